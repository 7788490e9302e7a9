"""Every wrong version loses points at the check named for it, every right one none.

The versions are in tests/mutants/, a file for each topic; a new file there is tested by itself.
"""

import warnings

import pytest

from rectified.checks.core import run_check, slugs
from rectified.grading.source import SOLUTION, read_source
from tools.exercises import ROOT
from tools.messages import message_of
from tools.mutants import all_slugs, load

SEEDS = range(5)
MUTANTS = {slug: load(slug) for slug in all_slugs()}
VERSIONS = [(slug, version) for slug, mutants in MUTANTS.items() for version in mutants.versions]
ASKED = [(slug, asked) for slug, mutants in MUTANTS.items() for asked in mutants.asked]


def each(versions):
    return pytest.mark.parametrize(
        ("slug", "version"), versions, ids=[f"{slug}-{v.asked}-{v.name}" for slug, v in versions]
    )


each_wrong = each([(slug, version) for slug, version in VERSIONS if version.check])
each_right = each([(slug, version) for slug, version in VERSIONS if not version.check])
each_asked = pytest.mark.parametrize(("slug", "asked"), ASKED)


def results(slug, version, check_id=None):
    """Run the checks that take the function, or one of them, over all seeds."""
    for check in MUTANTS[slug].topic.checks:
        if version.asked in check.functions and check_id in (None, check.id):
            functions = MUTANTS[slug].functions(check.functions, version)
            for seed in SEEDS:
                yield run_check(check, functions, seed)


@each_wrong
def test_a_wrong_version_loses_points_at_its_check(slug, version):
    found = list(results(slug, version, version.check))
    assert found, f"no check of {slug} is called {version.check}"
    assert [result.points < result.max_points for result in found] == [True] * len(SEEDS)


@each_right
def test_a_right_version_loses_no_point(slug, version):
    lost = {result.id: result.message for result in results(slug, version) if not result.passed}
    assert not lost


@each_asked
def test_there_are_enough_versions(slug, asked):
    assert len(MUTANTS[slug].wrong(asked)) >= 12
    assert len(MUTANTS[slug].right(asked)) >= 4
    names = [v.name for v in MUTANTS[slug].versions if v.asked == asked]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("slug", slugs())
def test_every_topic_has_versions_and_every_check_has_failed_once(slug):
    caught_at = {version.check for version in MUTANTS[slug].versions}
    assert {check.id for check in MUTANTS[slug].topic.checks} <= caught_at


def solution_lines(slug):
    """Return the lines of code in the solutions of a topic, comments and blank lines left out."""
    notebook = read_source(ROOT / "solutions" / f"{slug}.md")
    for cell in notebook.cells:
        inside = False
        for line in cell.source.splitlines() if cell.cell_type == "code" else ():
            if inside and line.strip() and not line.strip().startswith("#"):
                yield line.strip()
            inside = SOLUTION[0] in line or (inside and SOLUTION[1] not in line)


@each_wrong
def test_a_message_can_be_read_and_gives_nothing_away(slug, version):
    message = message_of(MUTANTS[slug], version)
    assert message.startswith(version.asked)
    assert max(len(line) for line in message.splitlines()) <= 80
    flat = " ".join(message.split())
    for line in solution_lines(slug):
        said = line.removeprefix("return ")
        assert said.isidentifier() or said not in flat  # a word such as False is no solution


@each_wrong
def test_what_a_version_warns_of_stays_inside_the_check(slug, version):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        list(results(slug, version, version.check))
