"""How values travel between the grader and a student's process.

A message is a frame: two lengths, a header in JSON, and the bytes of arrays (`npy`). The header
describes the values; an array is a number that counts the pieces of bytes behind it; an array that
is there twice travels once, and arrives as one. Only numbers, text, tuples, lists, dicts, true
NumPy arrays of numbers, generators and references to functions travel; of anything else the name
of its type arrives, as a `Foreign`.

Whoever reads trusts nothing: lengths, depth, counts, types, shapes and sizes are checked before
memory is taken.
"""

import json
import re
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

from . import npy
from .npy import WireError

MAX_HEADER = 1 << 20
MAX_BODY = 1 << 25
MAX_DEPTH = 12
MAX_VALUES = 20_000
MAX_TEXT = 4_000
MAX_INT = 1 << 256
LENGTHS = struct.Struct("<IQ")
GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


class Foreign:
    """Stands for a value that does not travel; knows only the name of its type."""

    def __init__(self, type_name: str):
        self.type_name = type_name

    def __repr__(self) -> str:
        return f"<an object of type {self.type_name}>"


class Encoder:
    """Turns values into a header tree and pieces of bytes; functions are named by `name_of`."""

    def __init__(self, name_of: Callable[[Callable], Any]):
        self.name_of = name_of
        self.pieces: list[bytes] = []
        self.count = 0
        self._trees: dict[int, tuple[np.ndarray, dict]] = {}

    def encode(self, value: Any, depth: int = 0) -> Any:
        """Return the header's description of `value`. Raises `WireError` if it is too large."""
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_VALUES:
            raise WireError("a value is nested too deeply or has too many parts")
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if kind is int:
            return value if abs(value) < MAX_INT else Foreign(f"int of {value.bit_length()} bits")
        if kind is str:
            return value[:MAX_TEXT]
        if kind is complex:
            return {"complex": [value.real, value.imag]}
        if kind in (list, tuple):
            return {kind.__name__: [self.encode(item, depth + 1) for item in value]}
        if kind is dict:
            pairs = [
                [self.encode(key, depth + 1), self.encode(item, depth + 1)]
                for key, item in value.items()
            ]
            return {"dict": pairs}
        return self._encode_object(value)

    def _encode_object(self, value: Any) -> Any:
        if isinstance(value, np.ndarray):
            if id(value) not in self._trees:  # which keeps it, so that its id stays its own
                self._trees[id(value)] = (value, self._encode_array(value.view(np.ndarray)))
            return self._trees[id(value)][1]
        if isinstance(value, np.generic) and type(value).__module__ == "numpy":
            return self._encode_array(np.asarray(value)) | {"scalar": True}
        if type(value) is np.random.Generator:
            return {"generator": _plain(value.bit_generator.state)}
        if callable(value):
            return {"function": self.name_of(value)}
        return {"foreign": type(value).__name__[:80]}

    def _encode_array(self, array: np.ndarray) -> dict:
        if array.dtype.kind not in npy.KINDS:
            return {"foreign": f"array of {array.dtype}"[:80]}
        if array.nbytes > MAX_BODY:
            raise WireError(f"an array of {array.nbytes} bytes is too large")
        self.pieces.append(npy.write(array))
        tree = {"array": len(self.pieces) - 1}
        if not array.flags.writeable:
            tree["read_only"] = True
        if not array.flags.forc:
            tree["strided"] = True
        return tree


class Decoder:
    """Turns a header tree and pieces of bytes into values; `function_of` gives a named function."""

    def __init__(self, pieces: list[bytes], function_of: Callable[[Any], Any]):
        self.pieces = pieces
        self.function_of = function_of
        self.count = 0
        self._arrays: dict[int, np.ndarray | np.generic] = {}

    def decode(self, tree: Any, depth: int = 0) -> Any:
        """Return the value that `tree` describes. Raises `WireError` if it breaks the rules."""
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_VALUES:
            raise WireError("a value is nested too deeply or has too many parts")
        if tree is None or isinstance(tree, bool | int | float | str):
            if type(tree) is int and abs(tree) >= MAX_INT:
                raise WireError("an integer that is too large")
            return tree
        if not isinstance(tree, dict):
            raise WireError("a value of unknown form")
        for kind in ("list", "tuple"):
            if kind in tree:
                items = [self.decode(item, depth + 1) for item in _list(tree[kind])]
                return items if kind == "list" else tuple(items)
        if "dict" in tree:
            pairs = [_list(pair, 2) for pair in _list(tree["dict"])]
            try:
                return {self.decode(k, depth + 1): self.decode(v, depth + 1) for k, v in pairs}
            except TypeError as error:
                raise WireError("a key of a dict that is no key") from error
        return self._decode_leaf(tree)

    def _decode_leaf(self, tree: dict) -> Any:
        if "array" in tree:
            return self._decode_array(tree)
        if "function" in tree:
            return self.function_of(tree["function"])
        if "foreign" in tree:
            name = re.sub(r"[^\w.\[\]<> ]", "?", str(tree["foreign"])[:80])
            return type(name, (Foreign,), {})(name)
        if "complex" in tree:
            real, imag = _list(tree["complex"], 2)
            if not (isinstance(real, float) and isinstance(imag, float)):
                raise WireError("a complex number of something else")
            return complex(real, imag)
        if "generator" in tree:
            return _generator(tree["generator"])
        raise WireError("a value of unknown form")

    def _decode_array(self, tree: dict) -> np.ndarray | np.generic:
        index = tree["array"]
        if type(index) is not int or not 0 <= index < len(self.pieces):
            raise WireError("an array without its bytes")
        if index not in self._arrays:
            self._arrays[index] = self._as_described(npy.read(self.pieces[index]), tree)
        return self._arrays[index]

    def _as_described(self, array: np.ndarray, tree: dict) -> np.ndarray | np.generic:
        if tree.get("scalar"):
            if array.ndim:
                raise WireError("a scalar with a shape")
            return array[()]
        if tree.get("strided") and array.ndim:
            wide = np.empty((*array.shape[:-1], 2 * array.shape[-1]), array.dtype)
            wide[..., ::2] = array
            array = wide[..., ::2]
        if tree.get("read_only"):
            array.flags.writeable = False
        return array


def pack(header: dict, pieces: list[bytes]) -> bytes:
    """Return the frame of a message. Raises `WireError` if it is too large."""
    text = json.dumps(header | {"pieces": [len(piece) for piece in pieces]}, default=_foreign)
    body = b"".join(pieces)
    data = text.encode()
    if len(data) > MAX_HEADER or len(body) > MAX_BODY:
        raise WireError(f"a message of {len(data) + len(body)} bytes is too large")
    return LENGTHS.pack(len(data), len(body)) + data + body


def unpack(read: Callable[[int], bytes]) -> tuple[dict, list[bytes]]:
    """Read one message through `read(count)`; return its header and its pieces of bytes.

    Raises `WireError` for whatever `pack` does not make.
    """
    header_length, body_length = LENGTHS.unpack(read(LENGTHS.size))
    if header_length > MAX_HEADER or body_length > MAX_BODY:
        raise WireError(f"a message of {header_length + body_length} bytes is too large")
    try:
        header = json.loads(read(header_length))
    except (ValueError, RecursionError) as error:
        raise WireError("a message that is no JSON") from error
    if not isinstance(header, dict):
        raise WireError("a message without a header")
    sizes = _list(header.pop("pieces", None))
    if any(type(size) is not int or size < 0 for size in sizes) or sum(sizes) != body_length:
        raise WireError("the pieces of a message do not add up")
    body, pieces, start = read(body_length), [], 0
    for size in sizes:
        pieces.append(body[start : start + size])
        start += size
    return header, pieces


def _generator(state: Any) -> np.random.Generator:
    if not isinstance(state, dict) or state.get("bit_generator") not in GENERATORS:
        raise WireError("a generator of unknown kind")
    generator = np.random.Generator(getattr(np.random, state["bit_generator"])(0))
    try:
        generator.bit_generator.state = _unplain(state)
    except Exception as error:
        raise WireError("a generator without its state") from error
    return generator


def _plain(state: Any) -> Any:
    if isinstance(state, dict):
        return {key: _plain(value) for key, value in state.items()}
    return {"words": state.tolist()} if isinstance(state, np.ndarray) else state


def _unplain(state: Any) -> Any:
    if isinstance(state, dict) and set(state) == {"words"}:
        return np.array(state["words"], dtype=np.uint64)
    if isinstance(state, dict):
        return {key: _unplain(value) for key, value in state.items()}
    return state


def _foreign(value: Any) -> Any:
    if isinstance(value, Foreign):
        return {"foreign": value.type_name}
    raise TypeError(type(value).__name__)


def _list(value: Any, length: int | None = None) -> list:
    if not isinstance(value, list) or (length is not None and len(value) != length):
        raise WireError("a list of unknown form")
    return value
