"""How one activation plays one task: settings are tuned, then fresh seeds are scored.

All networks of a stage train side by side, as in ``rectified.networks.independent``. Seeds are
shared: for one task and seed, every activation sees the same examples, the same order of batches,
and start weights that differ by a factor only. Scores can therefore be compared seed by seed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from rectified.activations import CATALOGUE
from rectified.networks import (
    Activation,
    Adam,
    Dense,
    PReLU,
    Sequential,
    fit,
    forward_gain,
    scaled,
)
from rectified.tournament.tasks import Task

#: The learning rates and the scales of the start weights that everybody may choose from.
RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)
SCALES = (0.25, 0.5, 0.7, 1.0, 1.4, 2.0, 4.0)
#: Seeds to choose on, and fresh ones for the scores.
TUNING_SEEDS = tuple(range(1000, 1005))
FINAL_SEEDS = tuple(range(30))

Pair = tuple[Callable, Callable]


@dataclass(frozen=True)
class Contestant:
    """An activation that plays: its layer, and the gain that its weights start with.

    Attributes
    ----------
    layer : function of the number of networks that returns a new layer.
    gain : std of a weight times √fan_in that keeps pre-activations at mean square 1.
    """

    layer: Callable[[int], object]
    gain: float


def from_pair(function: Callable, derivative: Callable, kinks: Sequence[float] = (0.0,)):
    """Return the ``Contestant`` of any pair of elementwise functions."""
    return Contestant(
        lambda networks: Activation((function, derivative)), forward_gain(function, kinks)
    )


def _from_catalogue(name: str) -> Contestant:
    record = CATALOGUE[name]
    return from_pair(record.function, record.derivative, record.kinks)


def _learned_slope() -> Contestant:
    return Contestant(lambda networks: PReLU(num_networks=networks), _from_catalogue("prelu").gain)


#: Name to ``Contestant``. "linear", the identity, takes part out of competition.
CONTESTANTS: Mapping[str, Contestant] = MappingProxyType(
    {
        "relu": _from_catalogue("relu"),
        "leaky_relu": _from_catalogue("leaky_relu"),
        "prelu": _learned_slope(),
        "relu6": _from_catalogue("relu6"),
        "squared_relu": _from_catalogue("squared_relu"),
        "elu": _from_catalogue("elu"),
        "selu": _from_catalogue("selu"),
        "softplus": _from_catalogue("softplus"),
        "gelu": _from_catalogue("gelu"),
        "silu": _from_catalogue("silu"),
        "mish": _from_catalogue("mish"),
        "hardswish": _from_catalogue("hardswish"),
        "tanh": _from_catalogue("tanh"),
        "sigmoid": _from_catalogue("sigmoid"),
        "linear": from_pair(np.array, np.ones_like),
    }
)


def build(
    task: Task, contestant: Contestant, num_inputs: int, scales: NDArray, rngs: Sequence
) -> Sequential:
    """Return S networks for ``task``, one for each of ``scales`` and ``rngs``; zero biases.

    With scale 1 the first pre-activations have mean square 1 and the later ones keep it.
    """
    layers: list = []
    for index, (fan_in, fan_out) in enumerate(pairwise((num_inputs, *task.hidden, task.outputs))):
        if index:
            layers.append(contestant.layer(len(rngs)))
        gain = contestant.gain if index else 1.0
        dense = Dense(fan_in, fan_out, initialization=scaled(gain), rng=rngs)
        dense.weights *= np.asarray(scales)[:, np.newaxis, np.newaxis]
        layers.append(dense)
    return Sequential(*layers)


def train(
    task: Task, contestant: Contestant, seeds: Sequence[int], rates: NDArray, scales: NDArray
) -> tuple[NDArray, NDArray]:
    """Train a network for each seed with its rate and scale; return validation and test scores.

    Parameters
    ----------
    task, contestant
        What is learned, and the activation that learns it.
    seeds, rates, scales
        S of each. What network s computes does not depend on the others.

    Returns
    -------
    Two arrays (S,), in the task's unit.
    """
    drawn = [task.draw(np.random.default_rng([seed, 0])) for seed in seeds]
    x, y, *held_out = (np.stack(part) for part in zip(*drawn, strict=True))
    starts = [np.random.default_rng([seed, 1]) for seed in seeds]
    orders = [np.random.default_rng([seed, 2]) for seed in seeds]
    network = build(task, contestant, x.shape[-1], scales, starts)
    fit(
        network,
        task.loss,
        Adam(network, rates),
        x,
        y,
        steps=task.steps,
        batch_size=task.batch_size,
        rng=orders,
        on_divergence="record",
    )
    with np.errstate(over="ignore", invalid="ignore"):
        x_validation, y_validation, x_test, y_test = held_out
        return (
            task.score(network.predict(x_validation), y_validation),
            task.score(network.predict(x_test), y_test),
        )


def tune(task: Task, contestant: Contestant, seeds: Sequence[int] = TUNING_SEEDS) -> NDArray:
    """Return the mean validation score of every setting, (scales, rates): the least is chosen."""
    shape = (len(SCALES), len(RATES), len(seeds))
    scales, rates, all_seeds = (
        grid.ravel() for grid in np.meshgrid(SCALES, RATES, seeds, indexing="ij")
    )
    validation, _ = train(task, contestant, all_seeds.tolist(), rates, scales)
    return validation.reshape(shape).mean(axis=-1)


def play(task: Task, contestant: Contestant, final_seeds: Sequence[int] = FINAL_SEEDS) -> dict:
    """Tune, then score fresh seeds: the whole part of one contestant in one task.

    Returns
    -------
    dict with ``rate`` and ``scale`` as chosen, ``tuning``: the grid of ``tune``, and ``scores``:
    the test score of every final seed. Lists and floats, as JSON wants them.
    """
    grid = tune(task, contestant)
    row, column = np.unravel_index(grid.argmin(), grid.shape)
    rates, scales = (np.full(len(final_seeds), value) for value in (RATES[column], SCALES[row]))
    _, scores = train(task, contestant, final_seeds, rates, scales)
    return {
        "rate": RATES[column],
        "scale": SCALES[row],
        "tuning": grid.tolist(),
        "scores": scores.tolist(),
    }
