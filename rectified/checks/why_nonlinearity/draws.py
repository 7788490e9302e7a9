"""Fresh layers, corners and knots for the exercise."""

from itertools import pairwise

import numpy as np


def _network(rng, widths, biased):
    pairs = list(pairwise(widths))
    weights = [np.round(rng.normal(scale=pair[0] ** -0.5, size=pair), 3) for pair in pairs]
    biases = [np.round(rng.normal(size=out), 3) * biased for _, out in pairs]
    return weights, biases


def layers(depths, biased=True):
    """Return a maker of layers whose widths differ from one another, up to five of them."""

    def draw(rng, shape, dtype):
        depth = int(rng.choice(depths))
        widths = [int(w) for w in rng.permutation(np.arange(depth + 1) % 5 + 2)]
        return _network(rng, widths, biased)

    return draw


def square_layers(depth):
    """Return a maker of layers of one width: no wrong order shows by its shapes."""
    return lambda rng, shape, dtype: _network(rng, [3] * (depth + 1), True)


def _places(rng, low, high):
    return np.round(rng.uniform(low, high), 2)


def hats(far=0.0):
    """Return a maker of x and three corners; of x at least ``far`` outside them, if it is given."""

    def draw(rng, shape, dtype):
        left = _places(rng, -2.0, 1.0)
        centre = np.round(left + _places(rng, 0.4, 1.0), 2)
        right = np.round(centre + _places(rng, 1.2, 2.5), 2)  # never as far as the other side
        size = int(np.prod(shape))
        if far:
            x = np.where(np.arange(size) % 2, right + far, left - far)
            x = x + np.where(np.arange(size) % 2, 1, -1) * rng.uniform(0, 3, size)
        else:
            x = rng.uniform(left - 1, right + 1, size)
        x = rng.permutation(np.round(x, 3)).astype(dtype).reshape(shape)
        return x, float(left), float(centre), float(right)

    return draw


def at_corners(rng, shape, dtype):
    _, *corners = hats()(rng, (), dtype)
    return np.array(rng.permutation(corners), dtype=dtype), *corners


def points(count, even):
    def draw(rng, shape, dtype):
        steps = np.ones(count - 1) * rng.choice([0.5, 2.0, 4.0])
        steps = steps if even else np.round(rng.uniform(0.4, 3.0, count - 1), 2)
        knots = np.cumsum(np.concatenate([[_places(rng, -3.0, 3.0)], steps]))
        return np.round(knots, 2), np.round(rng.uniform(-4, 4, count), 2)

    return draw


def in_unit(depths, low=0.0, high=1.0):
    """Return a maker of x from low to high and of a depth."""

    def draw(rng, shape, dtype):
        x = np.round(rng.uniform(low, high, shape), 3).astype(dtype)
        return x, int(rng.choice(depths))

    return draw


def outside_unit(rng, shape, dtype):
    size = int(np.prod(shape))
    x = np.where(np.arange(size) % 2, rng.uniform(1, 3, size), rng.uniform(-2, 0, size))
    return np.round(rng.permutation(x), 3).astype(dtype).reshape(shape), int(rng.choice([1, 2, 3]))
