"""What some tests need of the machine; without it they are skipped, by name."""

import shutil

import pytest

bubblewrap = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
