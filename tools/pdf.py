"""Print the whole book: one page with every chapter, ``_build/print/book.html``, and a PDF of it.

``python -m tools.pdf`` builds the site if a source has changed, joins the articles in the order of
the table of contents, and prints them with Chromium to ``_build/print/rectified.pdf``: tagged for
screen readers, with bookmarks. Links between chapters become links inside it.
"""

import re
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import yaml
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser

from tools.book import ROOT, build_if_changed
from tools.browser import chromium_path, headless_chromium

FOLDER = ROOT / "_build" / "print"
HERE = "https://here.invalid/"
#: What a reader of paper cannot use.
UNPRINTED = (
    ".headerlink, .copybtn, .rx-data, .rx-controls, script, noscript, "
    "details.hide"  # code that the page folds away: it draws a figure or checks a number
)
REFERRING = ("href", "for", "aria-labelledby", "aria-describedby", "aria-controls", "xlink:href")
URL_REFERENCE = re.compile(r"url\(#([\w-]+)\)")
STYLE = """
body { max-width: none; }
main { display: block; padding: 0; }
article.chapter { break-before: page; }
article.chapter:first-of-type { break-before: auto; }
"""


def documents(toc: Path = ROOT / "_toc.yml") -> list[str]:
    """Return the documents of the table of contents, in order."""

    def below(entries: list[dict]) -> list[str]:
        return [name for e in entries for name in [e["file"], *below(e.get("sections", []))]]

    contents = yaml.safe_load(toc.read_text())
    return [contents["root"], *below([e for p in contents["parts"] for e in p["chapters"]])]


def place(document: str, name: str = "") -> str:
    """Return the id that ``name`` of a document has on the joined page."""
    return f"{document.replace('/', '-')}--{name}" if name else document.replace("/", "-")


def chapter(page: BeautifulSoup, document: str, known: set[str]) -> Tag:
    """Return the article of a page, its ids and its links made those of the joined page."""
    article = page.select_one("article")
    for part in article.select(UNPRINTED):
        part.decompose()
    for tag in article.find_all(True):
        if tag.get("id"):
            tag["id"] = place(document, tag["id"])
        for key in REFERRING:
            if tag.get(key):
                tag[key] = _resolved(tag[key], key, document, known)
        for key, value in tag.attrs.items():
            if isinstance(value, str) and "url(#" in value:
                tag[key] = URL_REFERENCE.sub(lambda m: f"url(#{place(document, m[1])})", value)
        if tag.name == "img" and not urlsplit(tag["src"]).scheme:
            tag["src"] = "../html/" + urljoin(HERE + document, tag["src"]).removeprefix(HERE)
        if tag.name == "details":
            tag["open"] = ""
    article.name = "article"
    article["id"] = place(document)
    article["class"] = ["bd-article", "chapter"]
    return article


def _resolved(value: str, key: str, document: str, known: set[str]) -> str:
    """Return what an attribute that refers to an id, or to a page, says on the joined page."""
    if "href" not in key:
        return " ".join(place(document, name) for name in value.split())
    target = urlsplit(urljoin(f"{HERE}{document}.html", value))
    if target.netloc != urlsplit(HERE).netloc:
        return value
    page = unquote(target.path).removeprefix("/").removesuffix(".html")
    name = unquote(target.fragment).partition("&")[0]
    if page in known:
        return f"#{place(page, name)}"
    return f"../html{target.path}"


def joined(site: Path) -> str:
    """Return the whole book as one page; it loads styles and MathJax from the site beside it."""
    names = documents()
    pages = {
        name: BeautifulSoup((site / f"{name}.html").read_text(), "html.parser") for name in names
    }
    whole = BeautifulSoup(str(pages[names[0]]), "html.parser")
    whole.body.clear()
    for page in pages.values():
        if not whole.head.select("script[src*='mathjax/']"):
            for script in page.head.find_all("script", string=re.compile("MathJax")):
                whole.head.append(script)
            for script in page.select("script[src*='mathjax/']"):
                whole.head.append(script)
    for tag in whole.head.select("script[src], link[href]"):
        key = "src" if tag.name == "script" else "href"
        if "mathjax/" not in tag[key] and tag.name == "script":
            tag.decompose()
        elif not urlsplit(tag[key]).scheme:
            tag[key] = "../html/" + urljoin(f"{HERE}{names[0]}", tag[key]).removeprefix(HERE)
    style = whole.new_tag("style")
    style.string = STYLE
    whole.head.append(style)
    whole.html["data-theme"] = "light"
    main = whole.new_tag("main", attrs={"class": "bd-content"})
    whole.body.append(main)
    for name, page in pages.items():
        main.append(chapter(page, name, set(names)))
    return str(whole)


def print_book(site: Path, browser: Browser, folder: Path = FOLDER) -> Path:
    """Write the joined page and its PDF into ``folder``, beside ``site``; return the PDF."""
    folder.mkdir(parents=True, exist_ok=True)
    page_file, pdf = folder / "book.html", folder / "rectified.pdf"
    page_file.write_text(joined(site))
    page = browser.new_page()
    page.set_default_timeout(300_000)
    page.goto(page_file.as_uri(), wait_until="load")
    page.evaluate("() => window.MathJax?.startup?.promise")
    page.evaluate("() => document.fonts.ready")
    page.pdf(
        path=pdf,
        format="A4",
        margin=dict.fromkeys(("top", "right", "bottom", "left"), "18mm"),
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=(
            '<div style="font-size:8px;width:100%;text-align:center">Rectified · '
            '<span class="pageNumber"></span></div>'
        ),
        scale=0.82,
        tagged=True,
        outline=True,
    )
    page.close()
    return pdf


def main() -> None:
    """Print the book, and say where it is."""
    if chromium_path() is None:
        sys.exit("no Chromium to print with: run `python -m tools.system_needs`")
    site = build_if_changed()
    with headless_chromium() as browser:
        pdf = print_book(site, browser)
    print(f"The book to print is at {pdf.as_uri()}")


if __name__ == "__main__":
    main()
