"""What every elementwise activation promises, kept in one place.

A function that carries ``@elementwise`` is written for one float array ``x``; the decorator makes
it take array_like input of any shape (0-d and empty included), return an array of that shape,
keep float16, float32 and float64, turn integers and booleans into float64, leave its input alone,
and raise no floating-point warning. No formula lives here.
"""

from collections.abc import Callable
from functools import wraps

import numpy as np
from numpy.typing import ArrayLike, NDArray

_FLOATS = (np.float16, np.float32, np.float64)


def as_float_array(x: ArrayLike, name: str = "x") -> NDArray[np.floating]:
    """Return ``x`` as an array of float16, float32 or float64; integers and booleans as float64.

    Raises
    ------
    TypeError
        If ``x`` does not hold real numbers (text, objects, complex), or is ``longdouble``.
    """
    array = np.asarray(x)
    if array.dtype.type in _FLOATS:
        return array
    if array.dtype.kind in "iub":
        return array.astype(np.float64)
    raise TypeError(
        f"{name} must hold real numbers (float16, float32, float64, integers or booleans), "
        f"not {array.dtype}"
    )


def elementwise(kernel: Callable[..., NDArray]) -> Callable[..., NDArray]:
    """Give ``kernel(x, ...)``, written for a float array, the contract of this module."""

    @wraps(kernel)
    def function(x: ArrayLike, *args, **kwargs) -> NDArray[np.floating]:
        array = as_float_array(x)
        with np.errstate(all="ignore"):
            return np.asarray(kernel(array, *args, **kwargs), dtype=array.dtype)

    return function
