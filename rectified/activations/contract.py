"""What every elementwise activation promises, kept in one place.

A function that carries ``@elementwise`` is written for one float array ``x``; the decorator makes
it take array_like input of any shape (0-d and empty included), return an array of that shape,
keep float16, float32 and float64, turn integers and booleans into float64, leave its input alone,
and raise no floating-point warning. No formula lives here.

Two things are done for accuracy and speed, both out of the sight of the formulas: float16 is
computed in float32 and rounded once, and a large array is worked through in blocks that fit the
processor's cache, so that a formula's intermediate results never travel to main memory.
"""

import inspect
from collections.abc import Callable
from functools import wraps

import numpy as np
from numpy.typing import ArrayLike, NDArray

_FLOATS = (np.float16, np.float32, np.float64)

#: Bytes of one block: half a dozen intermediate results fit a 1 MiB level-2 cache.
BLOCK = 120_000


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


def wide(array: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return ``array`` in the precision that its mathematics is done in: at least float32."""
    return array.astype(np.float32) if array.dtype == np.float16 else array


def require(condition: bool, name: str, expected: str, value: object) -> None:
    """Raise ``ValueError``, naming the argument and what it should have been, unless condition."""
    if not condition:
        raise ValueError(f"{name} must be {expected}, not {value!r}")


def sum_to_shape(gradient: NDArray, shape: tuple[int, ...]) -> NDArray:
    """Return ``gradient`` summed over the axes along which an array of ``shape`` was broadcast.

    What was copied in the forward pass is added up in the backward pass. Raises ``ValueError`` if
    ``shape`` does not broadcast to the shape of the gradient.

    >>> sum_to_shape(np.ones((2, 3)), (3,))
    array([2., 2., 2.])
    """
    if np.broadcast_shapes(np.shape(gradient), shape) != np.shape(gradient):
        raise ValueError(f"shape {shape} does not broadcast to {np.shape(gradient)}")
    added = np.ndim(gradient) - len(shape)
    stretched = [added + axis for axis, length in enumerate(shape) if length == 1]
    return np.sum(gradient, axis=(*range(added), *stretched)).reshape(shape)


def elementwise(kernel: Callable[..., NDArray]) -> Callable[..., NDArray[np.floating]]:
    """Give ``kernel(x, ...)``, written for a float array, the contract of this module.

    A parameter may be an array that broadcasts to the shape of ``x``: a slope for each channel.

    Raises
    ------
    TypeError
        If ``x`` or an array parameter does not hold real numbers.
    ValueError
        If an array parameter does not broadcast to the shape of ``x``.
    """
    names = list(inspect.signature(kernel).parameters)[1:]

    @wraps(kernel)
    def function(x: ArrayLike, *args, **kwargs) -> NDArray[np.floating]:
        array = as_float_array(x)
        if args:
            if len(args) > len(names) or not kwargs.keys().isdisjoint(names[: len(args)]):
                inspect.signature(kernel).bind(x, *args, **kwargs)  # raises the usual TypeError
            kwargs.update(zip(names, args, strict=False))
        settings = {name: _setting(name, value, array) for name, value in kwargs.items()}
        with np.errstate(all="ignore"):
            if array.nbytes > BLOCK:
                return _by_blocks(kernel, array, settings)
            return np.asarray(kernel(wide(array), **settings), dtype=array.dtype)

    return function


def _setting(name: str, value: object, x: NDArray) -> object:
    """Return a parameter as the kernels want it: plain, or an array that broadcasts to ``x``."""
    if isinstance(value, np.generic):
        return value.item()  # a plain number does not widen float32
    if not isinstance(value, np.ndarray | list | tuple):
        return value
    parameter = as_float_array(value, name).astype(np.result_type(x, np.float32), copy=False)
    try:
        np.broadcast_to(parameter, x.shape)
    except ValueError:
        raise ValueError(
            f"{name} must broadcast to the shape of x, {x.shape}, not have shape {parameter.shape}"
        ) from None
    return parameter


def _by_blocks(kernel: Callable[..., NDArray], x: NDArray, settings: dict) -> NDArray:
    """Return ``kernel(x, **settings)`` computed block by block; array settings walk along."""
    # Once it has freed something larger, glibc's malloc recycles what is smaller than that; until
    # then it would hand the memory of every block back to the system and ask for it again.
    np.empty(16 * BLOCK, dtype=np.uint8)
    output = np.empty_like(x)
    spread = {name: value for name, value in settings.items() if isinstance(value, np.ndarray)}
    operands = [x, *spread.values(), output]
    precision = np.result_type(x, np.float32)
    walk = np.nditer(
        operands,
        flags=["external_loop", "buffered"],
        op_flags=[*[["readonly"]] * (len(operands) - 1), ["writeonly"]],
        op_dtypes=[precision] * len(operands),
        casting="same_kind",
        buffersize=BLOCK // precision.itemsize,
    )
    with walk:
        for block, *parameters, result in walk:
            here = dict(zip(spread, parameters, strict=True))
            result[...] = kernel(block, **(settings | here))
    return output
