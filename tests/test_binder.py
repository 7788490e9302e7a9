"""What a reader meets on Binder, with this environment in place of Binder's."""

import os
import shutil
import subprocess
import sysconfig

import nbformat
import pytest
from packaging.utils import canonicalize_name

from rectified.grading.source import read_source
from tests.jupyterlab import jupyterlab
from tools.exercises import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("binder")]


@pytest.fixture(scope="module")
def lab(tmp_path_factory, chromium):
    """A copy of what a reader opens, in a JupyterLab that `.binder/postBuild` has settled."""
    home, root = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("binder")
    for name in ("book", "exercises"):
        shutil.copytree(ROOT / name, root / name)
    solved = nbformat.read(ROOT / "exercises" / "relu.ipynb", as_version=4)
    for cell, source in zip(
        solved.cells, read_source(ROOT / "solutions" / "relu.md").cells, strict=True
    ):
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = source.source
    nbformat.write(solved, root / "exercises" / "solved.ipynb")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("JUPYTER")}
    environment = kept | {
        "HOME": str(home),
        "PATH": os.pathsep.join([sysconfig.get_path("scripts"), "/usr/bin", "/bin"]),
    }
    subprocess.run([ROOT / ".binder" / "postBuild"], env=environment, check=True)
    with jupyterlab(root, environment, chromium) as lab:
        yield lab


def errors(cells):
    return [
        output["evalue"]
        for cell in cells
        for output in cell.get("outputs", [])
        if output["output_type"] == "error"
    ]


def test_a_chapter_opens_as_a_notebook_runs_and_its_figures_answer(lab):
    lab.open("book/relu.md")
    cells = lab.run_all()
    assert errors(cells) == []
    live = [
        index
        for index, cell in enumerate(cells)
        for output in cell.get("outputs", [])
        if "application/vnd.jupyter.widget-view+json" in output.get("data", {})
    ]
    assert live, "explore() makes a widget in a running notebook"
    for index in live:
        cell = lab.page.evaluate_handle(
            """async index => {
                const {content} = jupyterapp.shell.currentWidget;
                await content.scrollToItem(index);
                return content.widgets[index].node;
            }""",
            index,
        ).as_element()
        control = cell.wait_for_selector("[role=slider], select")
        area = cell.query_selector(".jp-OutputArea")
        before = area.inner_html()
        control.focus()
        control.press("ArrowRight")
        lab.page.wait_for_function(
            "([area, before]) => area.innerHTML !== before", arg=[area, before]
        )


def test_an_unsolved_exercise_says_what_is_missing_and_shows_no_tool_of_an_instructor(lab):
    lab.open("exercises/relu.ipynb")
    menus = lab.page.locator(".lm-MenuBar-itemLabel").all_inner_texts()
    assert "Help" in menus
    assert "Nbgrader" not in menus
    assert "relu is still to be written" in errors(lab.run_all())[0]
    said = lab.validate()
    assert "The following cell failed" in said
    assert 'check("relu.values", relu)' in said


def test_a_solved_exercise_passes_validation(lab):
    lab.open("exercises/solved.ipynb")
    assert errors(lab.run_all()) == []
    assert "Success! Your notebook passes all the tests." in lab.validate()


def test_binder_installs_only_what_the_lock_pins():
    lock = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    locked = {canonicalize_name(line.split("==")[0]) for line in lock if "==" in line}
    wanted = (ROOT / ".binder" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert "-c ../constraints.txt" in wanted
    names = [line for line in wanted if line and not line.startswith(("#", "-"))]
    assert names
    assert [name for name in names if name not in locked] == []
