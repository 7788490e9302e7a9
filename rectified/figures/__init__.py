"""How the book draws: one style, figures that follow the page's theme, figures that answer back.

Every figure of the book goes through ``show`` (one picture) or ``explore`` (a picture for every
setting of one or two controls). Both emit inline SVG with an alt text and a caption. Nothing here
knows what is drawn.
"""

from rectified.figures.explorable import explore
from rectified.figures.picture import show
from rectified.figures.style import COLORS, GRID, INK, LINES, MUTED, PAPER, label_line, use_style

__all__ = [
    "COLORS",
    "GRID",
    "INK",
    "LINES",
    "MUTED",
    "PAPER",
    "explore",
    "label_line",
    "show",
    "use_style",
]
