"""A figure that answers back: one picture for every setting of one or two controls.

In the built book all pictures travel with the page and ``explore.js`` shows the chosen one; in a
running notebook the same call draws any setting live. What a picture shows is the caller's.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import matplotlib.pyplot as plt
from IPython.display import HTML, display
from matplotlib.figure import Figure

from rectified.figures import frames, svg
from rectified.figures.controls import Control, Value, all_settings, read_controls, start_indices
from rectified.figures.explorable_html import explorable_markup
from rectified.figures.live import live_controls
from rectified.figures.page import in_book
from rectified.figures.picture import describe, required_text

_names_on_this_page: set[str] = set()


@dataclass(frozen=True)
class Frame:
    """One setting drawn: its picture, and the words that go with it."""

    picture: svg.Element
    alt: str
    readout: str


def explore(
    draw: Callable[..., Figure],
    *,
    alt: str | Callable[..., str],
    caption: str,
    readout: Callable[..., str],
    start: Mapping[str, Value] | None = None,
    play: bool = False,
    **controls: Sequence,
) -> None:
    """Display the figure that ``draw(**settings)`` returns, with a control for each setting.

    Parameters
    ----------
    draw
        Draws one figure for one setting, of one size for every setting. Axis limits that stay
        put make the change visible and the page small. Its name (without ``draw_``) names the
        figure in the page's address, so it stays the same.
    alt
        What the figure shows to someone who cannot see it; a text, or a function of the settings.
    caption
        What to see in it; plain text, Unicode mathematics.
    readout
        A function of the settings that says in a line what changed.
    start
        The setting shown first, by control; the middle of a slider and the first word of a list
        where it says nothing.
    play
        Whether the page offers a button that runs through the first control.
    controls
        One or two: ``name=`` a 1-d array of increasing numbers (a slider) or a list of words
        (a list to choose from); at most 80 combinations.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of that kind; the message names it.
    """
    for argument, function in {"draw": draw, "readout": readout}.items():
        if not callable(function):
            raise TypeError(f"{argument} must be a function of the settings")
    caption = required_text("caption", caption)
    read = read_controls(controls)
    starts = start_indices(read, start)

    def frame(settings: Mapping[str, Value]) -> Frame:
        return draw_frame(draw, alt, readout, settings)

    if in_book():
        name = figure_name(draw)
        _names_on_this_page.add(name)
        display(HTML(book_figure(name, frame, caption, read, starts, play)))
    else:
        display(live_controls(frame, caption, read, starts))


def draw_frame(
    draw: Callable[..., Figure],
    alt: str | Callable[..., str],
    readout: Callable[..., str],
    settings: Mapping[str, Value],
) -> Frame:
    """Draw one setting and close its figure."""
    figure = draw(**settings)
    if not isinstance(figure, Figure):
        raise TypeError(
            f"draw must return a matplotlib Figure, but draw({settings}) "
            f"returned {type(figure).__name__}"
        )
    picture = svg.svg_tree(figure)
    plt.close(figure)
    return Frame(
        picture,
        required_text("alt", alt(**settings) if callable(alt) else alt),
        required_text("readout", readout(**settings)),
    )


def figure_name(draw: Callable[..., Figure]) -> str:
    """Return the id of a figure in the page: the name of ``draw``, with a number if repeated."""
    words = re.sub(r"[^a-z0-9]+", "-", getattr(draw, "__name__", "").lower()).strip("-")
    base = f"explore-{words.removeprefix('draw-') or 'figure'}"
    name, number = base, 2
    while name in _names_on_this_page:
        name, number = f"{base}-{number}", number + 1
    return name


def book_figure(
    name: str,
    frame: Callable[[Mapping[str, Value]], Frame],
    caption: str,
    controls: Sequence[Control],
    starts: Sequence[int],
    play: bool,
) -> str:
    """Return the HTML of the figure called ``name``, with every frame drawn."""
    settings = all_settings(controls)
    drawn = [frame(setting) for setting in settings]
    first = {c.name: c.values[i] for c, i in zip(controls, starts, strict=True)}
    shown = settings.index(first)
    picture = frames.merge([each.picture for each in drawn], shown)
    describe(picture, drawn[shown].alt)
    svg.prefix_ids(picture, f"{name}-")
    return explorable_markup(
        name,
        svg.markup(picture),
        caption,
        controls,
        starts,
        [(each.readout, each.alt) for each in drawn],
        play,
    )
