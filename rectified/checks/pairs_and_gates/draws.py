"""Fresh inputs of units that see several numbers: no ties, no kinks, axes of different lengths."""

import numpy as np

from rectified.checks import inputs


def one(shape=(3, 4)):
    """Return a maker of x away from 0, of a fixed shape."""
    return lambda rng, _, dtype: (inputs.between_kinks(rng, shape, dtype),)


def with_doubled_upstream(shape=(2, 3), axis=-1):
    """Return a maker of x and of a gradient that is twice as long along ``axis``."""

    def draw(rng, _, dtype):
        doubled = list(shape)
        doubled[axis] *= 2
        x = inputs.between_kinks(rng, shape, dtype)
        return x, inputs.upstream(rng, tuple(doubled), dtype)

    return draw


def _apart(rng, shape, dtype):
    """Return numbers of both signs in random order, no two of them equal in any dtype."""
    size = int(np.prod(shape))
    x = np.linspace(-4, 4, size) + 0.05 * rng.uniform(-1, 1)
    return np.round(rng.permutation(x), 2).astype(dtype).reshape(shape)


def groups(shape, pieces):
    """Return a maker of x and of the size of its groups."""
    return lambda rng, _, dtype: (_apart(rng, shape, dtype), pieces)


def groups_with_upstream(shape, pieces, axis=-1):
    """Return a maker of x, the size of its groups, and a gradient for each group."""

    def draw(rng, _, dtype):
        fewer = list(shape)
        fewer[axis] //= pieces
        return _apart(rng, shape, dtype), pieces, inputs.upstream(rng, tuple(fewer), dtype)

    return draw


def two(rng, shape, dtype):
    """Return a and b of one shape."""
    return tuple(inputs.between_kinks(rng, shape, dtype, reach=5.0) for _ in "ab")


def two_with_upstream(rng, shape, dtype):
    """Return a, b and a gradient of one shape."""
    return *two(rng, (2, 3), dtype), inputs.upstream(rng, (2, 3), dtype)


def far(rng, shape, dtype):
    """Return a, and b that is far from 0, up to where exponentials overflow."""
    a, _ = two(rng, (8,), dtype)
    b = inputs.tails(rng, (8,), dtype, 30.0, 700.0)
    b[:2] = rng.permutation([-1000.0, 1000.0])
    return a, b


def far_with_upstream(rng, shape, dtype):
    """Return the same with a gradient."""
    return *far(rng, shape, dtype), inputs.upstream(rng, (8,), dtype)


def ends(dtype):
    """Return infinities, a huge negative number (that may be doubled) and the smallest ones."""
    info = np.finfo(dtype)
    return (np.array([np.inf, -np.inf, info.min / 4, info.tiny, -info.tiny], dtype=dtype),)
