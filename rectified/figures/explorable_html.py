"""The HTML around the frames of an explorable figure: controls, readout, table of all settings.

Without a script the controls stay hidden and the figure is a plain picture; ``explore.js``
connects them.
"""

import itertools
import json
from collections.abc import Sequence
from html import escape

from rectified.figures.controls import Control
from rectified.figures.picture import figure_markup


def explorable_markup(
    name: str,
    picture: str,
    caption: str,
    controls: Sequence[Control],
    starts: Sequence[int],
    words: Sequence[tuple[str, str]],
    play: bool,
) -> str:
    """Return the figure called ``name``; ``words`` are readout and alt text of every frame."""
    shown = 0
    for control, index in zip(controls, starts, strict=True):
        shown = shown * len(control.values) + index
    parts = [
        _control(name, control, index) for control, index in zip(controls, starts, strict=True)
    ]
    if play and controls[0].is_slider:
        parts.append('<button type="button" class="rx-play" hidden>Play</button>')
    content = (
        f'<div class="rx-controls" role="group" aria-label="Settings of this figure" hidden>'
        f"{''.join(parts)}</div>{picture}"
        f'<p class="rx-readout" role="status">{escape(words[shown][0], quote=False)}</p>'
    )
    figure = figure_markup(content, caption)
    table = _table(controls, words)
    figure = figure.replace("</figcaption>", f"{table}</figcaption>")
    return figure.replace(
        '<figure class="rx-figure"', f'<figure class="rx-figure rx-explore" id="{name}"'
    )


def _control(name: str, control: Control, start: int) -> str:
    """Return one labelled native control."""
    identity = f"{name}-{control.name.replace('_', '-')}"
    label = f'<label for="{identity}">{escape(control.label)}</label>'
    shared = f'id="{identity}" data-name="{control.name}"'
    if control.is_slider:
        keys = escape(json.dumps(control.keys), quote=True)
        return (
            f'<div class="rx-control">{label}<input type="range" {shared} min="0" '
            f'max="{len(control.values) - 1}" step="1" value="{start}" data-keys="{keys}" '
            f'aria-valuetext="{control.texts[start]}" autocomplete="off">'
            f'<span class="rx-value" aria-hidden="true">{control.texts[start]}</span></div>'
        )
    options = "".join(
        f"<option{' selected' if index == start else ''}>{escape(text)}</option>"
        for index, text in enumerate(control.texts)
    )
    return (
        f'<div class="rx-control">{label}'
        f'<select {shared} autocomplete="off">{options}</select></div>'
    )


def _table(controls: Sequence[Control], words: Sequence[tuple[str, str]]) -> str:
    """Return every setting with its readout as a folded table: the figure's long description."""
    alts = {alt for _, alt in words}
    settings = itertools.product(*(control.texts for control in controls))
    rows = []
    for texts, (readout, alt) in zip(settings, words, strict=True):
        cells = "".join(f'<th scope="row">{escape(text)}</th>' for text in texts)
        described = f' data-alt="{escape(alt, quote=True)}"' if len(alts) > 1 else ""
        rows.append(f"<tr{described}>{cells}<td>{escape(readout, quote=False)}</td></tr>")
    heads = "".join(f'<th scope="col">{escape(control.label)}</th>' for control in controls)
    return (
        '<details class="rx-data"><summary>All settings as a table</summary>'
        '<div class="rx-scroll" tabindex="0" role="region" aria-label="All settings">'
        f'<table><thead><tr>{heads}<th scope="col">what the figure shows</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div></details>"
    )
