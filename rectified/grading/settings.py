"""The settings of nbgrader that every course needs, called by the course's `nbgrader_config.py`."""

import os
import sysconfig

from traitlets.config import Config


def configure(config: Config) -> None:
    """Write the settings into `config` and make nbgrader's helper programs findable.

    - nbgrader creates a gradebook with the program `alembic`, which it looks for on PATH. It is
      installed next to this Python, so that directory goes onto PATH: no environment has to be
      activated, also for JupyterLab started by its full name.
    - nbgrader gives 0 points to a graded cell that writes to stderr. A failed check raises, so
      whatever is on stderr (a warning, a log line) costs nothing and is set aside before marking.
    - nbgrader prints the hidden tests in the feedback; here they stay hidden.
    - nbgrader runs scripts that a student wrote into an answer when somebody opens it for marking;
      here they are shown as text.
    """
    scripts = sysconfig.get_path("scripts")
    search = os.environ.get("PATH", os.defpath).split(os.pathsep)
    if scripts not in search:
        os.environ["PATH"] = os.pathsep.join([scripts, *search])
    config.CourseDirectory.course_id = "rectified"
    config.Execute.timeout = 60
    config.IgnorePattern.enabled = True
    config.IgnorePattern.pattern = "."
    config.HideTests.enabled = True  # nbconvert leaves what it does not know switched off
    config.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "rectified.grading.feedback.HideTests",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    config.HTMLExporter.filters = {"markdown2html": "rectified.grading.feedback.student_markdown"}
