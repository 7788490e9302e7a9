"""How long every activation and its derivative takes, against four baselines in the same run.

* ``copy``: ``x.copy()``, the memory traffic that nothing can avoid;
* ``maximum``: ``np.maximum(x, 0)``, the cheapest activation;
* ``textbook``: the formula as textbooks print it, correct digits or not;
* ``needed``: the transcendental functions that the formula cannot do without, one call each.

Every baseline allocates its result, as the activation does. The baselines run between the rounds
of the activation, so that a busy machine slows down both; the smallest time of each counts. It is
processor time: everything here runs on one thread, and waiting for a busy machine is no property
of a function.
"""

from collections.abc import Callable
from functools import partial
from time import process_time

import numpy as np
import pytest
from scipy.special import erf, ndtr

from rectified.activations import CATALOGUE, SELU_ALPHA, SELU_SCALE, STAR_BIAS, STAR_SCALE

#: Size of the array: how often it is timed, and how many calls in a row are timed as one.
ROUNDS = {10**3: (20, 100), 10**5: (50, 1), 10**7: (5, 1)}
PARTS = ("function", "derivative")


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _sigmoid_grad(x):
    return _sigmoid(x) * (1 - _sigmoid(x))


def _two_lines(slope):
    return lambda x: np.where(x > 0, x, slope * x), lambda x: np.where(x > 0, 1.0, slope)


def _swish_grad(x):
    return _sigmoid(x) + x * _sigmoid_grad(x)


def _gelu_grad(x):
    return 0.5 * (1 + erf(x / np.sqrt(2))) + x * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)


def _tanh_form(x):
    return np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)


def _gelu_tanh_grad(x):
    t = np.tanh(_tanh_form(x))
    slope = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * slope


def _mish_grad(x):
    t = np.tanh(np.log(1 + np.exp(x)))
    return t + x * (1 - t**2) * _sigmoid(x)


TEXTBOOK: dict[str, tuple[Callable, Callable]] = {
    "relu": (lambda x: x * (x > 0), lambda x: np.where(x > 0, 1.0, 0.0)),
    "leaky_relu": _two_lines(0.01),
    "prelu": _two_lines(0.25),
    "rrelu": _two_lines(11 / 48),
    "relu6": (
        lambda x: np.minimum(np.maximum(x, 0), 6),
        lambda x: np.where((x > 0) & (x < 6), 1.0, 0.0),
    ),
    "hardtanh": (
        lambda x: np.maximum(-1, np.minimum(x, 1)),
        lambda x: np.where(np.abs(x) < 1, 1.0, 0.0),
    ),
    "hardsigmoid": (
        lambda x: np.minimum(np.maximum(x + 3, 0), 6) / 6,
        lambda x: np.where(np.abs(x) < 3, 1 / 6, 0.0),
    ),
    "hardswish": (
        lambda x: x * np.minimum(np.maximum(x + 3, 0), 6) / 6,
        lambda x: np.where(x <= -3, 0.0, np.where(x >= 3, 1.0, (2 * x + 3) / 6)),
    ),
    "sigmoid": (_sigmoid, _sigmoid_grad),
    "tanh": (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
    "elu": (
        lambda x: np.where(x > 0, x, np.exp(x) - 1),
        lambda x: np.where(x > 0, 1.0, np.exp(x)),
    ),
    "celu": (
        lambda x: np.maximum(x, 0) + np.minimum(0, np.exp(x) - 1),
        lambda x: np.where(x > 0, 1.0, np.exp(x)),
    ),
    "selu": (
        lambda x: SELU_SCALE * np.where(x > 0, x, SELU_ALPHA * (np.exp(x) - 1)),
        lambda x: SELU_SCALE * np.where(x > 0, 1.0, SELU_ALPHA * np.exp(x)),
    ),
    "softplus": (lambda x: np.log(1 + np.exp(x)), _sigmoid),
    "gelu": (lambda x: 0.5 * x * (1 + erf(x / np.sqrt(2))), _gelu_grad),
    "gelu_tanh": (lambda x: 0.5 * x * (1 + np.tanh(_tanh_form(x))), _gelu_tanh_grad),
    "silu": (lambda x: x * _sigmoid(x), _swish_grad),
    "swish": (lambda x: x * _sigmoid(x), _swish_grad),
    "mish": (lambda x: x * np.tanh(np.log(1 + np.exp(x))), _mish_grad),
    "squared_relu": (lambda x: np.maximum(x, 0) ** 2, lambda x: 2 * np.maximum(x, 0)),
    "star_relu": (
        lambda x: STAR_SCALE * np.maximum(x, 0) ** 2 + STAR_BIAS,
        lambda x: 2 * STAR_SCALE * np.maximum(x, 0),
    ),
}

NEEDED: dict[str, tuple[tuple[Callable, ...], tuple[Callable, ...]]] = {
    "sigmoid": ((np.exp,), (np.exp,)),
    "tanh": ((np.tanh,), (np.tanh,)),
    "elu": ((np.expm1,), (np.exp,)),
    "celu": ((np.expm1,), (np.exp,)),
    "selu": ((np.expm1,), (np.exp,)),
    "softplus": ((np.exp, np.log1p), (np.exp,)),
    "gelu": ((ndtr,), (ndtr, np.exp)),
    "gelu_tanh": ((np.tanh,), (np.tanh,)),
    "silu": ((np.exp,), (np.exp,)),
    "swish": ((np.exp,), (np.exp,)),
    "mish": ((np.exp,), (np.exp,)),
}


def _all_of(calls: tuple[Callable, ...], x: np.ndarray, positive: np.ndarray) -> None:
    for call in calls:
        call(positive if call is np.log1p else x)


def _repeat(call: Callable, times: int) -> None:
    for _ in range(times):
        call()


@pytest.mark.benchmark(timer=process_time)
@pytest.mark.parametrize("name", CATALOGUE)
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", ROUNDS)
def test_speed(benchmark, size, dtype, part, name):
    x = (3 * np.random.default_rng(0).normal(size=size)).astype(dtype)
    which = PARTS.index(part)
    baselines = {
        "copy": x.copy,
        "maximum": partial(np.maximum, x, 0),
        "textbook": partial(TEXTBOOK[name][which], x),
    }
    if name in NEEDED:
        baselines["needed"] = partial(_all_of, NEEDED[name][which], x, np.abs(x))
    rounds, calls = ROUNDS[size]
    best = dict.fromkeys(baselines, np.inf)

    def time_the_baselines():
        for label, baseline in baselines.items():
            start = process_time()
            _repeat(baseline, calls)
            best[label] = min(best[label], process_time() - start)

    benchmark.group = f"{dtype}, {size:,} elements"
    benchmark.pedantic(
        _repeat,
        args=(partial(getattr(CATALOGUE[name], part), x), calls),
        setup=time_the_baselines,
        rounds=rounds,
        warmup_rounds=1,
    )
    benchmark.extra_info |= {
        "label": f"{name} {part}",
        "elements": size * calls,
        "ratios": {label: benchmark.stats.stats.min / time for label, time in best.items()},
    }
