import nbformat
import pytest

from rectified.grading import course
from rectified.grading.course import make_course
from tools.exercises import ROOT

SLUGS = sorted(path.stem for path in (ROOT / "solutions").glob("*.md"))


def test_a_course_has_settings_and_a_source_for_each_solution(tmp_path):
    written = make_course(tmp_path / "course")
    sources = [tmp_path / "course" / "source" / slug / f"{slug}.ipynb" for slug in SLUGS]
    assert written == [tmp_path / "course" / "nbgrader_config.py", *sources]
    for path in sources:
        nbformat.validate(nbformat.read(path, as_version=4))


def test_the_source_keeps_solutions_and_hidden_tests(tmp_path):
    make_course(tmp_path)
    text = (tmp_path / "source" / "relu" / "relu.ipynb").read_text(encoding="utf-8")
    assert "BEGIN SOLUTION" in text
    assert "BEGIN HIDDEN TESTS" in text


def test_a_second_run_adds_what_is_missing_and_nothing_else(tmp_path):
    make_course(tmp_path)
    removed = tmp_path / "source" / "relu" / "relu.ipynb"
    removed.unlink()
    assert make_course(tmp_path) == [removed]
    assert make_course(tmp_path) == []


@pytest.mark.parametrize("name", ["nbgrader_config.py", "source/relu/relu.ipynb"])
def test_what_an_instructor_changed_is_left_alone(tmp_path, name):
    make_course(tmp_path)
    changed = tmp_path / name
    changed.write_text("mine", encoding="utf-8")
    other = tmp_path / ("source/relu/relu.ipynb" if "config" in name else "nbgrader_config.py")
    other.unlink()
    with pytest.raises(FileExistsError, match=changed.name):
        make_course(tmp_path)
    assert changed.read_text(encoding="utf-8") == "mine"
    assert not other.exists(), "nothing is written when something is in the way"


def test_without_solutions_the_error_says_what_a_course_is_made_from(tmp_path, monkeypatch):
    monkeypatch.setattr(course.rectified, "__file__", str(tmp_path / "rectified" / "__init__.py"))
    with pytest.raises(FileNotFoundError, match="made from a checkout"):
        make_course(tmp_path / "course")
    assert not (tmp_path / "course").exists()
