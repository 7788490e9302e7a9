"""The theme's icons as small fonts and few rules: only what its pages can show.

The theme brings Font Awesome as web fonts of 300 KB. ``site.css`` names two fonts of our own
under the same family; a browser asks for the theme's only if it meets a glyph that ours lack.
This module cuts ours out of the theme's, and the rules of the other icons, 20 KB of every page
gzipped, out of its style sheet.
"""

import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

THEME = "styles/pydata-sphinx-theme.css"
SOURCES = {"icons-solid.woff": "fa-solid-900.ttf", "icons-brands.woff": "fa-brands-400.ttf"}

_CONTENT_RULE = re.compile(r"([^{}]*)\{[^{}]*content:\s*[\"']\\([ef][0-9a-f]{3})[^{}]*\}")
_NAMED_ICON = re.compile(r"\.fa-([a-z0-9-]+)::?before")
_LITERAL_GLYPH = re.compile("[\ue000-\uf8ff]")  # private use, where the fonts keep icons
_ICON_RULE = re.compile(r"(?:\.fa-[a-z0-9-]+::?before,?)+\{content:\"[^\"]*\"\}")
_CLASS_USED = re.compile(r"\bfa-([a-z0-9-]+)")


def setup(app: Sphinx) -> None:
    """Cut the fonts once the pages are written."""
    app.connect("build-finished", _write_fonts)


def _write_fonts(app: Sphinx, exception: Exception | None) -> None:
    """Write both fonts with the glyphs that pages, scripts and style sheets name."""
    if exception or app.builder.format != "html":
        return
    site = Path(app.outdir)
    wanted = glyphs_used(site)
    fonts = site / "_static" / "vendor" / "fontawesome" / "webfonts"
    for target, source in SOURCES.items():
        if not (fonts / source).exists():
            raise ExtensionError(f"the theme has no {source}: cut its icons another way")
        cut_font(fonts / source, site / "_static" / target, wanted)
    sheet = site / "_static" / THEME
    sheet.write_text(without_idle_icons(sheet.read_text(), names_used(site)))


def glyphs_used(site: Path) -> set[int]:
    """Return the code points of the icons that the built ``site`` names."""
    sheets = "".join(path.read_text() for path in site.glob("_static/**/*.css"))
    used = {ord(glyph) for glyph in _LITERAL_GLYPH.findall(sheets)}
    by_name: dict[str, int] = {}
    for selector, code in _CONTENT_RULE.findall(sheets):
        names = _NAMED_ICON.findall(selector)
        by_name |= dict.fromkeys(names, int(code, 16))
        if not names:  # a rule of the theme that draws the icon itself
            used.add(int(code, 16))
    return used | {by_name[name] for name in names_used(site) if name in by_name}


def names_used(site: Path) -> set[str]:
    """Return the names of icons, without ``fa-``, that pages and scripts of ``site`` hold."""
    holders = [*site.rglob("*.html"), *site.glob("_static/scripts/*theme.js")]
    return {name for path in holders for name in _CLASS_USED.findall(path.read_text())}


def without_idle_icons(sheet: str, names: set[str]) -> str:
    """Return a style sheet without the rules that draw no icon among ``names``.

    >>> without_idle_icons('.fa-a:before,.fa-b:before{content:"1"}.fa-c:before{content:"2"}', {"b"})
    '.fa-a:before,.fa-b:before{content:"1"}'
    """

    def kept(rule: re.Match) -> str:
        return rule[0] if names.intersection(_NAMED_ICON.findall(rule[0])) else ""

    return _ICON_RULE.sub(kept, sheet)


def cut_font(source: Path, target: Path, code_points: set[int]) -> None:
    """Write the font ``source`` with no other glyphs than ``code_points``, as WOFF."""
    options = subset.Options(flavor="woff", drop_tables=["FFTM"], notdef_outline=True)
    with TTFont(source) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=code_points & set(font.getBestCmap()))
        cutter.subset(font)
        font.flavor = "woff"
        font.save(target, reorderTables=False)
