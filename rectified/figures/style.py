"""One plotting style: colours with a name in the page's theme, line styles, labels on lines.

The colours here are those of the light page. ``rectified.figures.svg`` writes each of them as a
CSS custom property with the light colour as fallback, so that ``figures.css`` can give it another
value on a dark page. Colours that are not in ``THEMED`` stay as they are on every page.
"""

import matplotlib as mpl
import numpy as np
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Annotation

#: Line colours, in the order in which a plot uses them: told apart under the three kinds of
#: dichromacy and, as text, legible on both pages (tests/figures/test_palette.py computes both).
COLORS = ("#044076", "#c25310", "#08845d", "#c401ce", "#6209fa", "#533f15")
#: Line styles in step with COLORS: no line is known by its colour alone.
LINES = (
    "-",
    (0, (6, 2)),
    (0, (1, 1.4)),
    (0, (7, 2, 1.5, 2)),
    (0, (3, 1.5)),
    (0, (9, 2, 1, 2, 1, 2)),
)
#: Text and axes.
INK = "#1f2328"
#: Text that stands back: notes, second labels.
MUTED = "#59616b"
#: Zero lines and grids.
GRID = "#a6aeb8"
#: The page itself, for what must cover a line.
PAPER = "#ffffff"

#: Colour of the light page -> its name in figures.css.
THEMED = {
    **{color: f"--rx-{number}" for number, color in enumerate(COLORS, start=1)},
    MUTED: "--rx-muted",
    GRID: "--rx-grid",
    PAPER: "--rx-paper",
}

FIGURE_SIZE = (5.4, 3.4)  # inches: 389 units wide, so that 10 units are 10 px on a phone
FONT_SIZE = 10.0


def use_style() -> None:
    """Make matplotlib draw every later figure in the style of the book.

    >>> use_style()
    >>> mpl.rcParams["svg.fonttype"]
    'none'
    """
    mpl.rcParams.update(
        {
            "axes.axisbelow": True,
            "axes.edgecolor": INK,
            "axes.facecolor": "none",
            "axes.grid": False,
            "axes.labelcolor": INK,
            "axes.prop_cycle": cycler(color=COLORS, linestyle=LINES),
            "axes.spines.right": False,
            "axes.spines.top": False,
            "axes.titlecolor": INK,
            "axes.titlelocation": "left",
            "axes.titlesize": FONT_SIZE,
            "axes.formatter.use_mathtext": False,
            "figure.constrained_layout.use": True,
            "figure.edgecolor": "none",
            "figure.facecolor": "none",
            "figure.figsize": FIGURE_SIZE,
            "figure.titlesize": FONT_SIZE,
            "font.family": "sans-serif",
            "font.sans-serif": [
                "DejaVu Sans"
            ],  # comes with matplotlib; the page's font replaces it
            "font.size": FONT_SIZE,
            "grid.color": GRID,
            "grid.linewidth": 0.6,
            "hatch.color": INK,
            "image.cmap": "cividis",
            "legend.frameon": False,
            "legend.fontsize": FONT_SIZE,
            "legend.labelcolor": INK,
            "lines.linewidth": 2.0,
            "lines.markersize": 5.0,
            "patch.edgecolor": INK,
            "savefig.dpi": 160,
            "savefig.edgecolor": "none",
            "savefig.facecolor": "none",
            "svg.fonttype": "none",
            "svg.hashsalt": "rectified",
            "text.color": INK,
            "xtick.color": INK,
            "xtick.labelsize": FONT_SIZE,
            "ytick.color": INK,
            "ytick.labelsize": FONT_SIZE,
        }
    )


def label_line(
    ax: Axes,
    line: Line2D,
    text: str,
    *,
    x: float | None = None,
    offset: tuple[float, float] = (5.0, 0.0),
    **text_properties,
) -> Annotation:
    """Write ``text`` beside ``line`` in the line's colour, instead of a legend.

    Parameters
    ----------
    ax, line
        The axes and the line, as ``ax.plot`` returned it.
    text
        What to write; Unicode mathematics rather than TeX.
    x
        Where along the line, in data units; None is the line's last finite point.
    offset
        Points to the right of and above that place. A negative first number puts the text to
        the left of the point, 0 centres it.
    text_properties
        Passed on to ``ax.annotate`` (``ha``, ``va``, ``rotation``, ``color`` …).

    Raises
    ------
    ValueError
        If the line has no finite point, or ``x`` lies outside it.
    """
    xs, ys = (np.asarray(data, dtype=float) for data in line.get_data())
    finite = np.isfinite(xs) & np.isfinite(ys)
    xs, ys = xs[finite], ys[finite]
    if not xs.size:
        raise ValueError("line has no finite point to label")
    if x is None:
        place = (xs[-1], ys[-1])
    elif not xs.min() <= x <= xs.max():
        raise ValueError(
            f"x = {x:g} lies outside the line, which runs {xs.min():g} to {xs.max():g}"
        )
    else:
        order = np.argsort(xs, kind="stable")
        place = (x, float(np.interp(x, xs[order], ys[order])))
    dx, dy = offset
    properties = {
        "color": line.get_color(),
        "ha": "left" if dx > 0 else "right" if dx < 0 else "center",
        "va": "bottom" if dy > 0 else "top" if dy < 0 else "center",
    } | text_properties
    return ax.annotate(
        text,
        xy=place,
        xytext=offset,
        textcoords="offset points",
        annotation_clip=False,
        **properties,
    )
