"""The rectifier: keep what is positive, replace the rest by zero."""

import numpy as np

from rectified.activations.contract import elementwise


@elementwise
def relu(x):
    """Return max(0, x), elementwise.

    Shape and float dtype follow ``x``; NaN stays NaN, −inf gives 0, +inf gives +inf.
    Source: Nair & Hinton, ICML 2010; Fukushima, IEEE Trans. SSC 5(4), 1969.

    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    """
    return np.maximum(x, 0)


@elementwise
def relu_grad(x):
    """Return the derivative of relu: 1 where x > 0, 0 where x < 0, and 0 at the kink x = 0.

    Any number in [0, 1] is a subgradient at 0; 0 is what PyTorch, JAX and TensorFlow return
    for their relu. NaN stays NaN.

    >>> relu_grad([-2.0, 0.0, 3.0])
    array([0., 0., 1.])
    """
    # np.heaviside(x, 0) is the same, and 2 to 3 times slower: it branches at every entry.
    return np.sign(np.maximum(x, 0))
