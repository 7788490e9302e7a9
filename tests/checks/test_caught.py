"""The table of what the checks catch, which the book shows, is of the present exercises."""

import re

import pytest

from tools import caught as tool
from tools.caught import RESULTS, count, table
from tools.mutants import all_slugs, load


def test_the_table_is_of_the_present_exercises():
    rows = re.findall(r"^\| ([a-z-]+) \| ([\d| ]+) \|$", RESULTS.read_text("utf-8"), re.M)
    found = {slug: [int(number) for number in cells.split("|")] for slug, cells in rows}
    assert list(found) == all_slugs()
    for slug, (functions, checks, points, _, wrong, caught, right, failed) in found.items():
        mutants = load(slug)
        on_file = [
            len([v for v in mutants.versions if bool(v.check) is kind]) for kind in (True, False)
        ]
        assert [functions, checks, wrong, right] == [
            len(mutants.asked),
            len(mutants.topic.checks),
            *on_file,
        ], f"{slug}: run `make caught`"
        assert points == sum(check.points for check in mutants.topic.checks)
        assert caught == wrong, slug
        assert failed == 0, slug


def test_the_sums_are_in_the_last_row():
    every = [count(slug, seeds=1) for slug in ("relu", "vanishing-gradients")]
    last = table(every).splitlines()[-1]
    assert last.split("|")[3].strip() == str(every[0].checks + every[1].checks)


@pytest.mark.parametrize(("raises", "caught"), [(False, 0), (True, None)])
def test_a_check_that_catches_nothing_and_one_that_catches_all_are_seen(
    raises, caught, monkeypatch
):
    def judge(check, functions, seed):
        if raises:
            return type("Result", (), {"points": 0, "max_points": check.points})
        return type("Result", (), {"points": check.points, "max_points": check.points})

    monkeypatch.setattr(tool, "run_check", judge)
    found = count("relu", seeds=1)
    assert found.caught == (found.wrong if raises else caught)
    assert found.failed == (found.right if raises else 0)
