"""The book's own Sphinx extension: what Jupyter Book and its theme leave to a site.

``execution`` tells chapters that they run inside the book and keys the execution cache,
``ledger`` lets the claims be narrowed to one verdict, ``mathjax`` and ``icons`` put what pages
need on the site itself, ``pages`` gives each page what it needs and no more, ``reach`` makes the
site findable and lets a reader take it along, ``sections`` makes sections of the
headings that cells print. What a figure is lives in ``rectified.figures``.
"""

from sphinx.application import Sphinx

from rectified_site import execution, icons, ledger, mathjax, pages, reach, sections


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the parts."""
    for part in (execution, ledger, mathjax, icons, pages, reach, sections):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
