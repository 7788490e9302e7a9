"""A clean page for every test of figures, and one drawing function."""

from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from rectified.figures import label_line, use_style
from rectified.figures.page import BOOK_VARIABLE


@pytest.fixture(autouse=True)
def clean_page(monkeypatch):
    """Start in the book's style on an empty page; leave matplotlib as it was."""
    mpl.use("Agg")
    monkeypatch.setattr("rectified.figures.picture._on_this_page", set())
    monkeypatch.setattr("rectified.figures.explorable._names_on_this_page", set())
    with mpl.rc_context():
        use_style()
        yield
    plt.close("all")


@pytest.fixture
def in_book(monkeypatch):
    """Make the figures believe that the book is being built."""
    monkeypatch.setenv(BOOK_VARIABLE, "1")


@pytest.fixture
def in_notebook(monkeypatch):
    """Make the figures believe that a notebook runs."""
    monkeypatch.delenv(BOOK_VARIABLE, raising=False)


@pytest.fixture
def shown(monkeypatch):
    """What was displayed, in order."""
    outputs = []
    for module in ("picture", "explorable"):
        monkeypatch.setattr(f"rectified.figures.{module}.display", outputs.append)
    return outputs


@contextmanager
def book_page() -> Iterator[list]:
    """Start an empty page of the book, for fixtures that outlive a test; yield what it shows."""
    outputs: list = []
    with pytest.MonkeyPatch.context() as patch, mpl.rc_context():
        patch.setenv(BOOK_VARIABLE, "1")
        patch.setattr("rectified.figures.explorable.display", outputs.append)
        patch.setattr("rectified.figures.explorable._names_on_this_page", set())
        mpl.use("Agg")
        use_style()
        yield outputs


def draw_leaky(slope: float = 0.1) -> Figure:
    """Draw a hinge with a slope left of zero."""
    x = np.linspace(-3, 3, 201)
    figure, axes = plt.subplots()
    (line,) = axes.plot(x, np.where(x > 0, x, slope * x))
    axes.set(xlim=(-3, 3), ylim=(-3, 3), xlabel="x", ylabel="f(x)")
    label_line(axes, line, "leaky", x=2, offset=(-5, 0))
    return figure
