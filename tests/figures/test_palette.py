"""Both palettes, computed: contrast with the page, colours told apart by all eyes, one source."""

import itertools
import re
from importlib.resources import files

import numpy as np
import pytest

from rectified.figures.style import COLORS, GRID, INK, LINES, MUTED, PAPER, THEMED

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: lines are labelled in their own colour
SHAPE_CONTRAST = 3.0  # WCAG 2.2, 1.4.11
#: Just noticeable is about 2.3 in CIE 1976 Lab; ten times that is a different colour at a glance.
DISTANCE = 23.0
#: Grounds on which figures stand: the theme's pages, and JupyterLab's.
GROUNDS = {"light": ["#ffffff"], "dark": ["#121212", "#111111", "#1e1e1e"]}
# Machado, Oliveira and Fernandes, IEEE TVCG 15(6), 2009, severity 1
VISION = {
    "normal": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
_CSS = files("rectified.figures").joinpath("figures.css").read_text()
NUMBERED = [f"--rx-{number}" for number in range(1, len(COLORS) + 1)]


def palette(selector: str) -> dict[str, str]:
    """Return the custom properties of the first rule that starts with ``selector``."""
    rule = re.search(re.escape(selector) + r"[^{]*\{([^}]*)\}", _CSS)[1]
    return dict(re.findall(r"(--rx-[\w-]+): (#[0-9a-f]{6});", rule))


PALETTES = {"light": palette(":root"), "dark": palette('html[data-theme="dark"]')}


def linear(color: str) -> np.ndarray:
    """Return linear sRGB in [0, 1] of a hex colour."""
    rgb = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours."""
    low, high = sorted(linear(color) @ [0.2126, 0.7152, 0.0722] for color in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return CIE 1976 L*a*b* (D65) of linear sRGB."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(to_xyz) @ rgb / [0.9505, 1.0, 1.0891]
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("name", [*NUMBERED, "--rx-muted", "--rx-ink"])
def test_lines_and_their_labels_stand_out(theme, name):
    for ground in GROUNDS[theme]:
        assert contrast(PALETTES[theme][name], ground) >= TEXT_CONTRAST


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", PALETTES)
def test_colours_are_told_apart_by_all_eyes(theme, vision):
    seen = [
        lab(np.clip(np.array(VISION[vision]) @ linear(PALETTES[theme][name]), 0, 1))
        for name in NUMBERED
    ]
    closest = min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2))
    assert closest >= DISTANCE


def test_no_line_is_known_by_its_colour_alone():
    assert len(set(LINES)) == len(LINES) == len(set(COLORS)) == len(COLORS)


def test_style_and_css_have_the_same_light_colours():
    light = PALETTES["light"]
    assert {name: light[name] for name in THEMED.values()} == {
        name: color for color, name in THEMED.items()
    }
    assert light["--rx-ink"] == INK
    assert {MUTED, GRID, PAPER} <= set(THEMED)


def test_dark_page_gives_every_colour_a_value():
    assert PALETTES["dark"].keys() == PALETTES["light"].keys()
