"""Draw the picture that stands for the book where somebody links to it: book/_static/social.png.

``python -m tools.social`` writes it. It is 1200 × 630 pixels, the size that link previews expect,
and committed, because it changes only when this file does.
"""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from rectified.activations.relu import relu
from rectified.figures import COLORS, GRID, INK, MUTED, PAPER, use_style
from tools.book import ROOT

PICTURE = ROOT / "book" / "_static" / "social.png"
SIZE = (1200, 630)  # pixels
DPI = 100


def draw() -> Figure:
    """Return the picture: the title on the left, the hinge on the right."""
    use_style()
    figure = plt.figure(figsize=(SIZE[0] / DPI, SIZE[1] / DPI), dpi=DPI, layout="none")
    figure.patch.set_facecolor(PAPER)
    figure.text(0.06, 0.60, "Rectified", fontsize=66, fontweight="bold", color=INK)
    figure.text(
        0.063,
        0.53,
        "ReLU and its family,\nfrom one kink to a\ntrained network",
        fontsize=29,
        color=MUTED,
        va="top",
        linespacing=1.35,
    )
    ax = figure.add_axes((0.54, 0.12, 0.42, 0.76))
    ax.axis("off")
    ax.axhline(0, color=GRID, linewidth=2)
    ax.axvline(0, color=GRID, linewidth=2)
    x = np.linspace(-1.2, 1.2, 241)
    ax.plot(x, relu(x), color=COLORS[0], linewidth=12, solid_joinstyle="miter", linestyle="-")
    ax.plot([0], [0], "o", color=COLORS[1], markersize=26)
    ax.set(xlim=(-1.25, 1.25), ylim=(-0.35, 1.25))
    return figure


def main() -> None:
    """Write the picture, without a date, so that the same source makes the same file."""
    mpl.use("Agg")
    figure = draw()
    figure.savefig(PICTURE, dpi=DPI, facecolor=PAPER, metadata={"Software": None})
    plt.close(figure)


if __name__ == "__main__":
    main()
