"""Fresh networks whose switches stand firm, walks with well separated flips, and single units."""

from itertools import pairwise

import numpy as np

from rectified.measure.regions_1d import breakpoints
from rectified.measure.stacks import pre_activations

MARGIN = 1e-3  # of pre-activations from 0
GAP = 0.004  # between flips, and from flips to the ends, as a share of the walk
_TRIES = 1000


def _network(rng, widths, biased=True, bias_scale=0.5):
    weights, biases = [], []
    for pair in pairwise(widths):
        weights.append(np.round(rng.normal(scale=(2 / pair[0]) ** 0.5, size=pair), 3))
        biases.append(np.round(rng.normal(scale=bias_scale, size=pair[1]), 3) * biased)
    return weights, biases


def _mixed(weights, biases, x):
    """Return whether every hidden layer has units on and off, all of them clearly."""
    hidden = pre_activations(list(zip(weights, biases, strict=True)), x)[:-1]
    clear = all(np.abs(z).min() > MARGIN for z in hidden)
    return clear and all(0 < np.count_nonzero(z > 0) < z.size for z in hidden)


def networks(depths, biased=True):
    """Return a maker of a network of so many layers, hidden widths 3 to 5, and an input."""

    def draw(rng, shape, dtype):
        depth = int(rng.choice(depths))
        for _ in range(_TRIES):
            widths = [3, *(int(w) for w in rng.integers(3, 6, depth - 1)), 2]
            weights, biases = _network(rng, widths, biased)
            x = np.round(rng.normal(size=3), 3)
            if _mixed(weights, biases, x):
                return weights, biases, x
        raise RuntimeError("no network of firm switches was drawn")

    return draw


def on_an_edge(rng, shape, dtype):
    """Return a network and an input at which units of the first layer are at exactly 0."""
    weights, biases, x = networks([2])(rng, shape, dtype)
    x = np.round(rng.choice([-2.0, -1.0, 1.0, 2.0], 3))
    weights[0] = np.round(2 * weights[0]) / 2  # halves, so that sums are exact
    z = x @ weights[0]
    biases[0] = np.where(np.arange(z.size) % 2, np.where(z > 0, 1.0, -1.0) - z, -z)
    return weights, biases, x


def _walk(rng, widths, low, high, least, most):
    for _ in range(_TRIES):
        weights, biases = _network(rng, widths, bias_scale=0.8)
        lo = float(np.round(rng.uniform(low - 0.5, low + 0.5), 2))
        hi = float(np.round(rng.uniform(high - 0.5, high + 0.5), 2))
        found = breakpoints(list(zip(weights, biases, strict=True)), lo, hi)
        gaps = np.diff(np.concatenate([[lo], found, [hi]])) / (hi - lo)
        if least <= found.size <= most and gaps.min() > GAP:
            return weights, biases, lo, hi
    raise RuntimeError("no walk with well separated flips was drawn")


def walks(depths):
    """Return a maker of a network with one input, of so many layers, and of an interval.

    Some hinges of a single hidden layer lie outside the interval.
    """

    def draw(rng, shape, dtype):
        depth = int(rng.choice(depths))
        widths = [1, *[6] * (depth - 1), 1]
        if depth == 1:
            return *_network(rng, widths), -1.0, 1.5
        if depth == 2:
            return _walk(rng, widths, -0.8, 1.0, 2, 4)
        return _walk(rng, widths, -2.0, 2.0, 5, 30)

    return draw


def without_flips(rng, shape, dtype):
    """Return a network with hidden units and an interval in which none of them flips."""
    return _walk(rng, [1, 3, 2, 1], 4.0, 6.0, 0, 0)


def units(rng, shape, dtype):
    """Return the weights into and out of a unit, its bias, and a positive factor."""
    w_in, w_out = (np.round(rng.normal(size=n), 3) for n in (4, 3))
    factor = float(np.round(np.exp(rng.uniform(0.3, 2.0) * rng.choice([-1, 1])), 3))
    return w_in, float(np.round(rng.normal(), 3)), w_out, factor
