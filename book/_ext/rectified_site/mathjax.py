"""MathJax on the site itself: the parts that set TeX with HTML and CSS, without menu and speech.

The files come from the installed package sphinx-mathjax-offline. Sphinx puts the script into the
pages that have mathematics, and into no other. Assistive MathML stays: it is what a screen reader
reads.
"""

import shutil
from importlib.metadata import distribution
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from rectified_site.icons import cut_font

PACKAGE = "sphinx-mathjax-offline"
PARTS = (
    "startup.js",
    "core.js",
    "input/tex.js",
    "input/tex/extensions",
    "output/chtml.js",
    "output/chtml/fonts",
    "a11y/assistive-mml.js",
)
#: A font of 41 KB that ``\\mathbb{R}`` alone makes a page load: cut to the capitals, which it draws
#: double-struck, and to a few signs. tests/site sees that no formula of the book needs another.
AMS_FONT = "output/chtml/fonts/woff-v2/MathJax_AMS-Regular.woff"
AMS_KEPT = frozenset(map(ord, "ABCDEFGHIJKLMNOPQRSTUVWXYZ⩽⩾≲≳≜∄∅■□"))
SETTINGS = {
    "loader": {"load": ["core", "input/tex", "output/chtml", "a11y/assistive-mml"]},
    "options": {"enableAssistiveMml": True},
    "tex": {"macros": {"R": r"\mathbb{R}", "E": r"\mathbb{E}"}},
}


def setup(app: Sphinx) -> None:
    """Point Sphinx to the site's own MathJax, and copy it there."""
    app.connect("config-inited", _configure)
    app.connect("builder-inited", _copy)


def _configure(app: Sphinx, config: Config) -> None:
    """Load MathJax from the site; settings of ``_config.yml`` win over ours."""
    config.mathjax_path = "mathjax/startup.js"
    config.mathjax3_config = {**SETTINGS, **(config.mathjax3_config or {})}


def _copy(app: Sphinx) -> None:
    """Copy the parts of MathJax that pages load."""
    if app.builder.format != "html":
        return
    source = Path(distribution(PACKAGE).locate_file(PACKAGE)) / "static" / "mathjax"
    target = Path(app.outdir) / "_static" / "mathjax"
    for part in PARTS:
        if not (source / part).exists():
            raise ExtensionError(f"{PACKAGE} has no {part}: MathJax cannot be put on the site")
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part, dirs_exist_ok=True)
        else:
            shutil.copy2(source / part, target / part)
    cut_font(source / AMS_FONT, target / AMS_FONT, set(AMS_KEPT))
