"""What the catalogue says about one activation, and the small types that it says it with."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from numpy.typing import NDArray


class Interval(NamedTuple):
    """The values that a function takes; an end is closed if it is reached at a finite x."""

    low: float
    high: float
    low_closed: bool
    high_closed: bool

    def __str__(self) -> str:
        left, right = "[" if self.low_closed else "(", "]" if self.high_closed else ")"
        return f"{left}{_short(self.low)}, {_short(self.high)}{right}"


class Minimum(NamedTuple):
    """The one point where a function is smallest: ``value`` = f(``at``)."""

    at: float
    value: float


class Fact(NamedTuple):
    """A statement that can be run: ``residual(x)`` is 0 at every x, up to rounding."""

    statement: str
    residual: Callable[[NDArray], NDArray]


def mirror(f: Callable[[NDArray], NDArray]) -> Fact:
    """Return the fact that the part of ``f`` that is odd is x/2, as it is for relu."""
    return Fact("f(x) − f(−x) = x", lambda x: f(x) - f(-x) - x)


@dataclass(frozen=True, kw_only=True)
class Activation:
    """An elementwise activation. All that is said holds for the ``parameters`` given here.

    Attributes
    ----------
    name, label : its name in the code, and as people write it.
    function, derivative : callables of x that need no further argument; keywords override
        ``parameters``.
    parameters : names and values.
    formula, slope_formula : LaTeX of f(x) and f′(x).
    kinks : where the derivative jumps; there ``derivative`` returns a convention.
    smoothness : how many derivatives are continuous: 0, 1 or infinity.
    range : an ``Interval``.
    minimum : a ``Minimum``, or None if there is no single lowest point.
    monotone, convex : never decreasing; never below its tangents.
    lipschitz : the largest |f′|, or infinity.
    facts : statements that hold for every x.
    source, bibkey : who introduced it; its key in the bibliography.
    """

    name: str
    label: str
    function: Callable[..., NDArray]
    derivative: Callable[..., NDArray]
    formula: str
    slope_formula: str
    range: Interval
    monotone: bool
    convex: bool
    lipschitz: float
    source: str
    bibkey: str
    parameters: Mapping[str, float | str] = field(default_factory=dict)
    kinks: tuple[float, ...] = ()
    smoothness: float = math.inf
    minimum: Minimum | None = None
    facts: tuple[Fact, ...] = ()


def _short(number: float) -> str:
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    return f"{number:.5g}".replace("-", "−")
