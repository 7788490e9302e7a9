"""What CONTRIBUTING.md and the README point at exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BUILT = "_build/"


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "README.md"])
def test_every_path_that_is_named_exists(document):
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", (ROOT / document).read_text()))
    paths = {path for path in named if not path.startswith(BUILT)}
    assert len(paths) > 5
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "README.md"])
def test_every_make_target_that_is_named_exists(document):
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", (ROOT / document).read_text(), re.MULTILINE))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert named
    assert named <= targets
