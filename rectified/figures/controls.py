"""The controls of an explorable figure: a slider over numbers or a list of words."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

#: All frames travel with the page, drawn in advance; more than this and the page is slow to load.
MAX_FRAMES = 80

Value = float | int | str


@dataclass(frozen=True)
class Control:
    """One control: its name as a keyword of ``draw``, and its values in order."""

    name: str
    values: tuple[Value, ...]

    @property
    def label(self) -> str:
        """The name as the reader sees it."""
        return self.name.replace("_", " ")

    @property
    def is_slider(self) -> bool:
        """Whether the values are numbers (a slider) rather than words (a list)."""
        return not isinstance(self.values[0], str)

    @property
    def keys(self) -> tuple[str, ...]:
        """The values as they stand in a URL: the fewest digits that keep them apart, to 0.1%."""
        if not self.is_slider:
            return self.values
        for digits in range(1, 17):
            keys = tuple(_number(value, digits) for value in self.values)
            close = np.allclose([float(key) for key in keys], self.values, rtol=1e-3, atol=0)
            if close and len(set(keys)) == len(keys):
                return keys
        return tuple(repr(value) for value in self.values)

    @property
    def texts(self) -> tuple[str, ...]:
        """The values as the reader sees them, with a real minus sign."""
        return tuple(key.replace("-", "−") for key in self.keys) if self.is_slider else self.values


def _number(value: float, digits: int) -> str:
    """Return ``value`` to so many significant digits; an exponent only for the very small or large.

    >>> _number(10, 1), _number(0.025, 2), _number(1e-7, 3)
    ('10', '0.025', '1e-7')
    """
    if value == 0:
        return "0"
    if 1e-4 <= abs(value) < 1e6:
        return np.format_float_positional(value, precision=digits, fractional=False, trim="-")
    return np.format_float_scientific(value, precision=digits - 1, trim="-", exp_digits=1)


def read_controls(given: Mapping[str, Sequence]) -> tuple[Control, ...]:
    """Return the controls that the keywords of ``explore`` describe.

    Raises
    ------
    TypeError
        If a control is neither numbers nor words.
    ValueError
        If there are no controls or more than two, if one has fewer than two values, values that
        do not increase, or words that repeat, or if there are more than ``MAX_FRAMES`` frames.
    """
    if not 1 <= len(given) <= 2:
        raise ValueError(
            f"explore needs one or two controls as keywords, got {len(given)}: "
            "for example slope=np.linspace(0, 1, 21)"
        )
    controls = tuple(_read_control(name, values) for name, values in given.items())
    frames = int(np.prod([len(control.values) for control in controls]))
    if frames > MAX_FRAMES:
        sizes = " × ".join(f"{len(c.values)} values of {c.name}" for c in controls)
        raise ValueError(
            f"{sizes} are {frames} frames; the page carries every frame, "
            f"so {MAX_FRAMES} is the most: give the controls fewer values"
        )
    return controls


def _read_control(name: str, values: Sequence) -> Control:
    """Return one control, its values as plain Python numbers or words."""
    if isinstance(values, str) or np.ndim(values) != 1:
        raise TypeError(f"{name} must be a 1-d array of numbers or a list of words")
    if len(values) < 2:
        raise ValueError(f"{name} needs at least two values, got {len(values)}")
    if all(isinstance(value, str) for value in values):
        if len(set(values)) < len(values):
            raise ValueError(f"{name} has a word twice: {list(values)}")
        return Control(name, tuple(str(value) for value in values))
    array = np.asarray(values)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must hold numbers or words, not {array.dtype}")
    if not (np.isfinite(array).all() and (np.diff(array.astype(float)) > 0).all()):
        raise ValueError(f"{name} must hold finite numbers in increasing order")
    return Control(name, tuple(array.tolist()))


def all_settings(controls: Sequence[Control]) -> list[dict[str, Value]]:
    """Return the settings of every frame; the last control changes fastest."""
    names = [control.name for control in controls]
    return [
        dict(zip(names, values, strict=True))
        for values in itertools.product(*(control.values for control in controls))
    ]


def start_indices(controls: Sequence[Control], start: Mapping[str, Value] | None) -> list[int]:
    """Return where each control stands first: at the value in ``start`` nearest to it, or midway.

    Raises
    ------
    ValueError
        If ``start`` names no control, a word that is not there, or a number out of range.
    """
    start = dict(start or {})
    indices = [_start_index(control, start.pop(control.name, None)) for control in controls]
    if start:
        known = ", ".join(control.name for control in controls)
        raise ValueError(f"start names {', '.join(start)}, but the controls are {known}")
    return indices


def _start_index(control: Control, value: Value | None) -> int:
    """Return the index of the value at which one control starts."""
    if value is None:
        return (len(control.values) - 1) // 2 if control.is_slider else 0
    if not control.is_slider:
        if value not in control.values:
            raise ValueError(f"start: {control.name} has no value {value!r}")
        return control.values.index(value)
    values = np.asarray(control.values, dtype=float)
    if not values[0] <= value <= values[-1]:
        raise ValueError(
            f"start: {control.name} = {value} lies outside {values[0]:g} to {values[-1]:g}"
        )
    return int(np.argmin(np.abs(values - value)))
