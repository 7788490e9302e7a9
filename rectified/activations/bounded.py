"""Rectifiers made of straight pieces and a ceiling, cheap enough for a phone."""

import numpy as np

from rectified.activations.contract import elementwise
from rectified.activations.pieces import step


@elementwise
def relu6(x):
    """Return min(max(0, x), 6).

    Range [0, 6]; −inf gives 0, +inf gives 6, NaN stays NaN.
    Source: Krizhevsky, Convolutional deep belief networks on CIFAR-10, 2010.

    >>> relu6([-1.0, 3.0, 9.0])
    array([0., 3., 6.])
    """
    return np.clip(x, 0, 6)


@elementwise
def relu6_grad(x):
    """Return 1 where 0 < x < 6 and 0 elsewhere, both kinks included, as PyTorch and JAX do.

    NaN stays NaN.

    >>> relu6_grad([0.0, 3.0, 6.0])
    array([0., 1., 0.])
    """
    return step(x) * step(6 - x)


@elementwise
def hardtanh(x):
    """Return x where −1 < x < 1, and −1 or 1 beyond: tanh in three straight pieces.

    ±inf gives ±1, NaN stays NaN. Source: Collobert, PhD thesis, Université Paris VI, 2004.

    >>> hardtanh([-3.0, 0.5, 3.0])
    array([-1. ,  0.5,  1. ])
    """
    return np.clip(x, -1, 1)


@elementwise
def hardtanh_grad(x):
    """Return 1 where |x| < 1 and 0 elsewhere, both kinks included, as PyTorch does (JAX: 1).

    NaN stays NaN.

    >>> hardtanh_grad([-1.0, 0.0, 1.0])
    array([0., 1., 0.])
    """
    return step(1 - np.abs(x))


@elementwise
def hardsigmoid(x):
    """Return relu6(x + 3) / 6: the sigmoid in three straight pieces.

    0 for x ≤ −3, 1 for x ≥ 3, NaN stays NaN. Source: Courbariaux, Bengio & David, NIPS 2015,
    arXiv:1511.00363, for the idea; Howard et al., ICCV 2019, arXiv:1905.02244, for this slope.

    >>> hardsigmoid([-3.0, 0.0, 3.0])
    array([0. , 0.5, 1. ])
    """
    return np.clip(x + 3, 0, 6) / 6


@elementwise
def hardsigmoid_grad(x):
    """Return 1/6 where |x| < 3 and 0 elsewhere, both kinks included, as PyTorch and JAX do.

    NaN stays NaN.

    >>> hardsigmoid_grad([-3.0, 0.0, 3.0])
    array([0.        , 0.16666667, 0.        ])
    """
    return step(3 - np.abs(x)) / 6


@elementwise
def hardswish(x):
    """Return x · relu6(x + 3) / 6.

    0 for x ≤ −3, x for x ≥ 3, a parabola between: minimum −3/8 at −3/2. NaN stays NaN.
    Source: Howard et al., ICCV 2019, arXiv:1905.02244.

    >>> hardswish([-np.inf, -1.5, 4.0])
    array([-0.   , -0.375,  4.   ])
    """
    # x · relu6(x + 3) overflows before the division brings it back, and −∞·0 is NaN.
    return np.maximum(x, -3) * (np.clip(x + 3, 0, 6) / 6)


@elementwise
def hardswish_grad(x):
    """Return (2x + 3) / 6 where |x| < 3, 0 for x ≤ −3 and 1 for x ≥ 3.

    At the kinks the outer slope is returned, as PyTorch, JAX and Keras do (the inner ones are
    −1/2 and 3/2). NaN stays NaN.

    >>> hardswish_grad([-3.0, 0.0, 3.0])
    array([0. , 0.5, 1. ])
    """
    inner = (2 * np.clip(x, -3, 3) + 3) / 6
    return inner * step(3 - np.abs(x)) + (x >= 3)
