"""The tasks of the tournament: what is learned, by which network, for how long, and the score.

A task draws its examples anew for every seed, in three parts: to train on, to choose settings on,
and to score the final runs on. The test examples of the real sets are fixed, and nothing is ever
chosen by them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from rectified.data import load_digits, load_penguins, sample_curve, sawtooth, sine, spirals
from rectified.networks import softmax_cross_entropy, squared_error

#: (x_train, y_train, x_validation, y_validation, x_test, y_test)
Examples = tuple[NDArray, ...]


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task.

    Attributes
    ----------
    label : what people read.
    draw : function of a generator that returns ``Examples``, inputs of mean square about 1.
    hidden : widths of the hidden layers.
    outputs : number of outputs.
    classes : whether y holds labels, (n,), or numbers, (n, 1), of mean square about 1.
    unit, factor : what the score counts, and what a score is multiplied with to be in that unit.
    steps, batch_size : how long, by how many examples at a time.
    """

    label: str
    draw: Callable[[np.random.Generator], Examples]
    hidden: tuple[int, ...]
    outputs: int
    classes: bool
    unit: str
    factor: float
    steps: int
    batch_size: int = 32

    @property
    def loss(self) -> Callable:
        """The loss that training minimises."""
        return softmax_cross_entropy if self.classes else squared_error

    def score(self, outputs: NDArray, y: NDArray) -> NDArray:
        """Return the error of S networks, (S,), in ``unit``; smaller is better.

        The share of wrong labels, or the root mean square of the residuals. A network whose
        outputs are not all finite counts as one that always says 0.
        """
        finite = np.isfinite(outputs).all(axis=(-2, -1), keepdims=True)
        outputs = np.where(finite, outputs, 0.0)
        if self.classes:
            wrong = (outputs.argmax(axis=-1) != y).mean(axis=-1)
        else:
            wrong = np.sqrt(((outputs - y) ** 2).mean(axis=(-2, -1)))
        return self.factor * wrong


def _digits(rng: np.random.Generator) -> Examples:
    data = load_digits()
    order = rng.permutation(len(data.x_train))
    train, validation = order[:300], order[300:700]
    center = data.x_train.mean(axis=0)
    seen, new, unseen = (
        3.7 * (x - center)  # mean square 1
        for x in (data.x_train[train], data.x_train[validation], data.x_test)
    )
    return seen, data.y_train[train], new, data.y_train[validation], unseen, data.y_test


#: Mean and standard deviation of the body mass of the training penguins, in kilograms.
_MASS = load_penguins().y_train.mean(), load_penguins().y_train.std()


def _penguins(rng: np.random.Generator) -> Examples:
    data = load_penguins()
    order = rng.permutation(len(data.x_train))
    train, validation = order[:160], order[160:]
    center, spread = data.x_train.mean(axis=0), data.x_train.std(axis=0)
    x, x_test = ((part - center) / spread for part in (data.x_train, data.x_test))
    y, y_test = ((part - _MASS[0]) / _MASS[1] for part in (data.y_train, data.y_test))
    return x[train], y[train], x[validation], y[validation], x_test, y_test


def _spirals(rng: np.random.Generator, *, num_arms: int, turns: float) -> Examples:
    parts = []
    for count in (300, 300, 900):
        x, labels = spirals(count, num_arms=num_arms, turns=turns, noise=0.04, rng=rng)
        parts += [2.4 * x, labels]  # mean square 1
    return tuple(parts)


def _curve(rng: np.random.Generator, *, curve: Callable[[NDArray], NDArray]) -> Examples:
    parts = []
    for count, noise in ((100, 0.2), (100, 0.2), (400, 0.0)):
        x, y = sample_curve(curve, count, noise=noise, rng=rng)
        parts += [np.sqrt(3) * x, y]  # mean square 1
    return tuple(parts)


def _sine(x: NDArray) -> NDArray:
    return np.sqrt(2) * sine(x, periods=2)


def _sawtooth(x: NDArray) -> NDArray:
    return np.sqrt(3) * (2 * sawtooth(x, teeth=2) - 1)


_WAVE = Task(
    label="sine wave",
    draw=lambda rng: _curve(rng, curve=_sine),
    hidden=(24, 24),
    outputs=1,
    classes=False,
    unit="% of the target",
    factor=100.0,
    steps=500,
)

#: Name to ``Task``.
TASKS: Mapping[str, Task] = MappingProxyType(
    {
        "digits": Task(
            label="digits",
            draw=_digits,
            hidden=(32, 32),
            outputs=10,
            classes=True,
            unit="% wrong",
            factor=100.0,
            steps=250,
        ),
        "penguins": Task(
            label="penguins",
            draw=_penguins,
            hidden=(16, 16),
            outputs=1,
            classes=False,
            unit="g",
            factor=1000.0 * _MASS[1],
            steps=250,
        ),
        "spirals": Task(
            label="three spirals",
            draw=lambda rng: _spirals(rng, num_arms=3, turns=1.0),
            hidden=(24, 24),
            outputs=3,
            classes=True,
            unit="% wrong",
            factor=100.0,
            steps=500,
        ),
        "sine": _WAVE,
        "sawtooth": replace(_WAVE, label="sawtooth", draw=lambda rng: _curve(rng, curve=_sawtooth)),
        "deep": Task(
            label="deep and narrow",
            draw=lambda rng: _spirals(rng, num_arms=2, turns=0.75),
            hidden=(10,) * 16,
            outputs=2,
            classes=True,
            unit="% wrong",
            factor=100.0,
            steps=400,
        ),
    }
)
