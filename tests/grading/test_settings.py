import os
import sysconfig

from traitlets.config import Config

from rectified.grading.settings import configure


def test_the_programs_beside_this_python_come_first_on_the_path(monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin")
    configure(Config())
    assert os.environ["PATH"].split(os.pathsep) == [sysconfig.get_path("scripts"), "/usr/bin"]
    configure(Config())
    assert os.environ["PATH"].split(os.pathsep) == [sysconfig.get_path("scripts"), "/usr/bin"]
