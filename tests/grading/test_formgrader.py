"""nbgrader's own grading pages, in a JupyterLab started in the course directory."""

import pytest

from tests.jupyterlab import jupyterlab

pytestmark = [pytest.mark.browser, pytest.mark.nbgrader, pytest.mark.xdist_group("nbgrader")]


def test_formgrader_opens_and_autogrades_from_its_page(
    new_course, submit, bare_environment, chromium
):
    course = new_course()
    submit(course, "ada", {})
    with jupyterlab(course, bare_environment, chromium) as lab:
        lab.visit("lab")
        lab.menu("Nbgrader", "Formgrader")
        frame = lab.page.frame_locator("iframe")
        assignment = frame.locator("tr", has_text="relu")
        assignment.locator(".num-submissions a").click()
        submission = frame.locator("tr", has_text="ada")
        submission.get_by_text("needs autograding").wait_for()
        submission.locator(".autograde a").click()
        submission.locator(".label-success", has_text="graded").wait_for()
        assert submission.locator(".score").inner_text().startswith("0 / ")
    assert (course / "autograded" / "ada" / "relu" / "relu.ipynb").exists()
