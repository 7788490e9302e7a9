"""Where a figure is shown: a page of the built book, or a running notebook."""

import os
from functools import cache
from importlib.resources import files

#: The book's Sphinx extension sets this variable; the kernels that run the chapters inherit it.
BOOK_VARIABLE = "RECTIFIED_BOOK"


def in_book() -> bool:
    """Return whether the code runs inside a build of the book."""
    return os.environ.get(BOOK_VARIABLE) == "1"


@cache
def page_style() -> str:
    """Return ``figures.css`` as a ``<style>`` element, for a notebook without a site around it."""
    return f"<style>{files('rectified.figures').joinpath('figures.css').read_text()}</style>"
