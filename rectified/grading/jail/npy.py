"""An array as bytes in NumPy's own format, which holds no code; read without trust.

What is read is checked before memory is taken: kind, shape and number of bytes.
"""

import io
import math
from functools import lru_cache

import numpy as np

KINDS = "biufcU"  # of the dtypes that travel
MAX_HEADER = 1_000
PREFIX = 10  # the name of the format, its version, the length of the header


class WireError(Exception):
    """A message that breaks the rules of the wire."""


def write(array: np.ndarray) -> bytes:
    """Return the bytes of an array of one of the `KINDS`."""
    fortran = array.flags.fnc
    header = _written_header(array.dtype, array.shape, fortran)
    return header + array.tobytes("F" if fortran else "C")


def read(data: bytes) -> np.ndarray:
    """Return the array in `data`, its header checked against the bytes that are there."""
    if len(data) < PREFIX:
        raise WireError("bytes that are no array")
    start = PREFIX + int.from_bytes(data[PREFIX - 2 : PREFIX], "little")
    shape, fortran, dtype = _read_header(data[:start])
    content = memoryview(data)[start:]
    if dtype.hasobject or dtype.kind not in KINDS or dtype.subdtype is not None:
        raise WireError(f"an array of {dtype}")
    if any(type(length) is not int or not 0 <= length < 1 << 40 for length in shape):
        raise WireError("an array of impossible shape")
    if len(shape) > 32 or math.prod(shape) * dtype.itemsize != len(content):
        raise WireError("an array whose bytes do not fit its shape")
    if not len(content):
        return _empty(shape, dtype)
    order = "F" if fortran else "C"
    return np.frombuffer(content, dtype).reshape(shape, order=order).copy(order=order)


def _empty(shape: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    """Return an array of no bytes. NumPy gives text of length 0 a length: such is refused."""
    if dtype.itemsize == 0:
        raise WireError(f"an array of {dtype}")
    try:
        return np.empty(shape, dtype)
    except ValueError as error:
        raise WireError("an array of impossible shape") from error


@lru_cache(maxsize=256)
def _written_header(dtype: np.dtype, shape: tuple[int, ...], fortran: bool) -> bytes:
    """Return what stands before the bytes of such an array in NumPy's format."""
    stream = io.BytesIO()
    descr = np.lib.format.dtype_to_descr(dtype)
    header = {"descr": descr, "fortran_order": fortran, "shape": shape}
    np.lib.format.write_array_header_1_0(stream, header)
    return stream.getvalue()


@lru_cache(maxsize=256)
def _read_header(data: bytes) -> tuple[tuple[int, ...], bool, np.dtype]:
    """Return shape, order and dtype; the same few headers come by the hundred."""
    if len(data) > MAX_HEADER:
        raise WireError("an array with a long header")
    stream = io.BytesIO(data)
    try:
        if np.lib.format.read_magic(stream) != (1, 0):
            raise ValueError("not the format that arrays of numbers are written in")
        return np.lib.format.read_array_header_1_0(stream)
    except Exception as error:
        raise WireError("bytes that are no array") from error
