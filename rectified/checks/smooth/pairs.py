"""Pairs of a smooth rectifier and its derivative, right and wrong, for the test students write.

A pair is right if f(x) − f(−x) = x, f goes to 0 on the left, f_grad is the derivative of f, and
nothing jumps, not even the slope. Every function takes an array of any shape (or a number) and
returns an array of that shape. The bugs are of kinds that calls show.
"""

import numpy as np

from rectified.activations import bounded, exponential, leaky, relu, relu_grad, smooth
from rectified.activations.saturating import sigmoid
from rectified.checks.written_tests import Pair, member

_RIGHT = (
    (smooth.silu, smooth.silu_grad, "that multiplies x by a sigmoid"),
    (smooth.softplus, smooth.softplus_grad, "that never falls, and is convex"),
    (smooth.gelu, smooth.gelu_grad, "that multiplies x by a normal distribution function"),
    (
        lambda x: smooth.gelu(x, approximate="tanh"),
        lambda x: smooth.gelu_grad(x, approximate="tanh"),
        "that is an approximation of another one, and differentiates what it computes",
    ),
    (
        lambda x: smooth.swish(x, 2.5),
        lambda x: smooth.swish_grad(x, 2.5),
        "with a tight corner",
    ),
    (
        lambda x: smooth.softplus(x, 0.7),
        lambda x: smooth.softplus_grad(x, 0.7),
        "with a wide corner",
    ),
)


def _jumping(x):
    return smooth.silu(x) + 0.05 * (np.abs(x) > 1)


_WRONG = (
    (relu, relu_grad, "with a kink at 0"),
    (bounded.hardswish, bounded.hardswish_grad, "with kinks far from 0"),
    (
        lambda x: leaky.leaky_relu(x, 0.1),
        lambda x: leaky.leaky_relu_grad(x, 0.1),
        "that keeps falling to the left",
    ),
    (
        lambda x: x / 2,
        lambda x: np.full_like(x, 0.5),
        "that is the mirror image of itself as asked, but a straight line",
    ),
    (exponential.elu, exponential.elu_grad, "that goes to -1 on the left"),
    (
        smooth.mish,
        smooth.mish_grad,
        "whose gate is not the mirror image of itself, so that f(x) - f(-x) is not x",
    ),
    (smooth.silu, smooth.gelu_grad, "with the derivative of another unit"),
    (
        smooth.gelu,
        lambda x: smooth.gelu_grad(x, approximate="tanh"),
        "whose function is exact and whose derivative is that of an approximation",
    ),
    (smooth.silu, sigmoid, "whose derivative is the gate alone"),
    (
        lambda x: smooth.swish(x, 2.0),
        lambda x: sigmoid(2 * x) * (1 + x * sigmoid(-2 * x)),
        "whose derivative forgets a factor of the chain rule",
    ),
    (
        smooth.silu,
        lambda x: np.clip(smooth.silu_grad(x), 0, 1),
        "whose derivative is cut between 0 and 1",
    ),
    (
        smooth.silu,
        lambda x: smooth.silu_grad(smooth.silu(x)),
        "whose derivative is evaluated at the output",
    ),
    (
        lambda x: np.log(1 + np.exp(x)),
        smooth.softplus_grad,
        "whose function is infinite for large x",
    ),
    (
        lambda x: np.where(x < -30, np.nan, smooth.silu(x)),
        smooth.silu_grad,
        "whose function is NaN far to the left",
    ),
    (
        smooth.softplus,
        lambda x: np.where(np.abs(x) < 8, smooth.softplus_grad(x), 0.5),
        "whose derivative is wrong far from 0",
    ),
    (
        _jumping,
        smooth.silu_grad,
        "whose function jumps, although its derivative is right elsewhere",
    ),
    (
        lambda x: smooth.silu(x) + 0.01,
        smooth.silu_grad,
        "that does not go to 0 on the left",
    ),
    (
        lambda x: smooth.silu(2 * x) / 2 + 0.002 * np.sin(x) ** 2,
        lambda x: smooth.silu_grad(2 * x) + 0.002 * np.sin(2 * x),
        "that ripples for ever on the left",
    ),
)


def make_pairs(rng: np.random.Generator) -> list[Pair]:
    """Return every pair; the test is told nothing else."""
    made = []
    for known, is_wrong in ((_RIGHT, False), (_WRONG, True)):
        for f, f_grad, what in known:
            about = {"bug": what} if is_wrong else {"style": what}
            made.append(Pair((member(f), member(f_grad)), {}, **about))
    return made
