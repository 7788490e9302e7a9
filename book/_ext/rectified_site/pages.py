"""What single pages get: the scripts of a figure or of the laboratory, a first page, a 404 page."""

import re
from importlib.resources import files
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

FIGURES = files("rectified.figures")
LABORATORY = Path(__file__).resolve().parents[2] / "laboratory"
#: What a page must hold -> the scripts that it then gets, in the order in which they run.
SCRIPTS = {
    "rx-explore": ("explore.js",),
    'id="laboratory-here"': tuple(
        f"{name}.js"
        for name in ("network", "tasks", "measures", "drawing", "settings", "run", "laboratory")
    ),
}
TOGGLED = re.compile(r'class="([^"]* )?(toggle|dropdown)[ "]')
COPIED = re.compile(r'class="highlight"')
#: Files of extensions -> what a page must hold to have a use for them.
NEEDED_FOR = {
    "design-tabs.js": re.compile(r"\bsd-tab-set\b"),
    "togglebutton.js": TOGGLED,
    "togglebutton.css": TOGGLED,
    "clipboard.min.js": COPIED,
    "copybutton.js": COPIED,
    "copybutton.css": COPIED,
}
NOT_FOUND = """
<h1>This page does not exist</h1>
<p>The address may be mistyped, or the page may have moved. Every chapter is in the menu; the
<a href="{first}">first page</a> has a map of the course.</p>
"""
#: In _static: templates, source maps, and a script of 1.5 MB that draws icons a second time.
UNUSED = ("*.html", "scripts/*.map", "styles/*.map", "scripts/fontawesome.js*")
#: Stands at the top of the site and leads to the first page, with and without its own folder.
FIRST_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta http-equiv="refresh" content="0; url={first}">
</head>
<body><main><h1>{title}</h1><p><a href="{first}">To the first page</a></p></main></body>
</html>
"""


def setup(app: Sphinx) -> None:
    """Register templates, static files and the hooks of single pages."""
    # Jupyter Book sets this one even where its extension, sphinx_comments, is not loaded
    app.add_config_value("comments_config", {}, "html")
    app.connect("config-inited", _configure)
    app.connect("builder-inited", _word_not_found)
    app.connect("html-page-context", _correct_roles)
    app.connect("html-page-context", _give_page_its_scripts)
    app.connect("html-page-context", _drop_what_the_page_does_not_use, priority=900)
    app.connect("build-finished", _remove_what_no_page_loads, priority=400)  # before the icons
    app.connect("build-finished", _write_first_page, priority=900)  # after sphinx_external_toc


def _configure(app: Sphinx, config: Config) -> None:
    """Add our templates before the theme's, and the files of single pages to the site's."""
    config.templates_path.insert(0, str(Path(__file__).parent / "templates"))
    config.html_static_path += [str(FIGURES / "figures.css"), str(FIGURES / "explore.js")]
    config.html_static_path += [str(path) for path in sorted(LABORATORY.iterdir())]
    app.add_css_file("figures.css")
    app.add_js_file("site.js", loading_method="defer")


def _word_not_found(app: Sphinx) -> None:
    """Say what stands on the 404 page; the first page is known only now."""
    first = f"{app.config.notfound_urls_prefix}{app.config.root_doc}.html"
    app.config.notfound_context = {
        "title": "This page does not exist",
        "body": NOT_FOUND.format(first=first),
    }


def _correct_roles(
    app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None
) -> None:
    """Give entries of a bibliography a role that ARIA still has: items of the list around them."""
    if "body" in context:
        context["body"] = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')


def _give_page_its_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None
) -> None:
    """Give each page the scripts of what it holds, and the laboratory its style."""
    for holds, scripts in SCRIPTS.items():
        if holds in context.get("body", ""):
            for name in scripts:
                app.add_js_file(name, loading_method="defer")
            if "laboratory.js" in scripts:
                app.add_css_file("laboratory.css")


def _drop_what_the_page_does_not_use(
    app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None
) -> None:
    """Take from a page the scripts and styles of extensions that have nothing to do on it."""
    body = context.get("body", "")
    idle = {f"_static/{name}" for name, needed in NEEDED_FOR.items() if not needed.search(body)}
    for kind in ("script_files", "css_files"):
        context[kind] = [file for file in context[kind] if str(file.filename) not in idle]


def _remove_what_no_page_loads(app: Sphinx, exception: Exception | None) -> None:
    """Remove from the site what the theme copies into it and no page asks for."""
    if exception is None and app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        for pattern in UNUSED:
            for path in static.glob(pattern):
                path.unlink()


def _write_first_page(app: Sphinx, exception: Exception | None) -> None:
    """Write the page at the top of the site."""
    if exception is None and app.builder.name == "html" and app.config.root_doc != "index":
        page = FIRST_PAGE.format(title=app.config.html_title, first=f"{app.config.root_doc}.html")
        (Path(app.outdir) / "index.html").write_text(page)
