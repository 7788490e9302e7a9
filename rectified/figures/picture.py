"""One figure on the page: inline SVG with an alt text and a caption."""

from html import escape

import matplotlib.pyplot as plt
from IPython.display import HTML, display
from matplotlib.figure import Figure

from rectified.figures import svg
from rectified.figures.page import in_book, page_style

_on_this_page: set[str] = set()


def show(fig: Figure, *, alt: str, caption: str) -> None:
    """Display ``fig`` as a figure that follows the page's theme, and close it.

    Parameters
    ----------
    fig
        A matplotlib figure, drawn after ``use_style()``. Points too many for SVG are drawn with
        ``rasterized=True`` and become a PNG inside it.
    alt
        What the figure shows to someone who cannot see it: shape, trend, key values.
    caption
        What to see in it; plain text, Unicode mathematics.

    Raises
    ------
    TypeError
        If ``fig`` is not a matplotlib figure, or a text is not a string.
    ValueError
        If ``alt`` or ``caption`` is empty.
    """
    if not isinstance(fig, Figure):
        raise TypeError(f"fig must be a matplotlib Figure, not {type(fig).__name__}")
    alt, caption = required_text("alt", alt), required_text("caption", caption)
    picture = svg.svg_tree(fig)
    plt.close(fig)
    name = svg.content_id(svg.markup(picture) + caption, _on_this_page)
    _on_this_page.add(name)
    describe(picture, alt)
    svg.prefix_ids(picture, f"{name}-")
    style = "" if in_book() else page_style()
    display(HTML(style + figure_markup(svg.markup(picture), caption)))


def required_text(argument: str, text: str) -> str:
    """Return ``text`` stripped; raise an error that names ``argument`` if nothing is left."""
    if not isinstance(text, str):
        raise TypeError(f"{argument} must be a string, not {type(text).__name__}")
    if not text.strip():
        raise ValueError(f"{argument} is empty: say in words what the figure shows")
    return text.strip()


def describe(picture: svg.Element, alt: str) -> None:
    """Make an ``<svg>`` an image with the alternative text ``alt``, as wide as its place allows."""
    width = float(picture.get("viewBox", "0 0 0 0").split()[2])
    picture.set("role", "img")
    picture.set("aria-label", alt)
    # 1.45 px for one unit at most: type as large as the page's; a phone shows less
    picture.set("style", f"max-width:{1.45 * width:.0f}px")
    picture.set("width", "100%")


def figure_markup(content: str, caption: str) -> str:
    """Return a ``<figure>`` around ``content``."""
    return (
        f'<figure class="rx-figure">{content}'
        f"<figcaption>{escape(caption, quote=False)}</figcaption></figure>"
    )
