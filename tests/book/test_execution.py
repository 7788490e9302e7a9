"""The cache of chapters' outputs: what its key leaves out is what no chapter uses."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEFT_OUT = r"rectified\.(checks|grading|cli)|from rectified import .*\b(checks|grading|cli)\b"


@pytest.mark.parametrize("path", sorted(ROOT.glob("book/*.md")), ids=lambda path: path.stem)
def test_page_uses_nothing_that_the_key_leaves_out(path):
    cells = re.findall(r"```\{code-cell\}.*?```", path.read_text(encoding="utf-8"), re.DOTALL)
    assert not [cell for cell in cells if re.search(LEFT_OUT, cell)]


def test_what_chapters_import_uses_nothing_that_the_key_leaves_out():
    rooms = ["activations", "networks", "measure", "data", "figures"]
    program = ";".join(
        [
            "import importlib, pkgutil, sys, rectified",
            f"rooms = [importlib.import_module('rectified.' + name) for name in {rooms!r}]",
            "[importlib.import_module(found.name) for room in rooms"
            " for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.')]",
            "print(*(name for name in sys.modules"
            " if name.startswith(('rectified.checks', 'rectified.grading', 'rectified.cli'))))",
        ]
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
