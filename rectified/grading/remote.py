"""A student's functions, as functions that can be called here and run in the sandbox.

`StudentProcess` loads the cells and hands out the functions. A call sends copies of the arguments
and brings back the result, the warnings, the exception, and what the function did to its
arguments, so that a check does not notice where the function lives. A worker that hangs, dies or
breaks the rules of the wire is ended; the call fails, and the next call finds a fresh worker with
the same cells.
"""

import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rectified.grading.answers import builtin_name, copy_back, error_of, error_text, warnings_of
from rectified.grading.connection import Connection
from rectified.grading.jail.wire import MAX_TEXT, Decoder, Encoder, WireError, pack, unpack
from rectified.grading.sandbox import Sandbox, Worker

MAX_CALL_BACKS = 10_000
MAX_HANGS = 2


class StudentProcessError(RuntimeError):
    """The student's process did not answer a call; the text says why, for the student."""


@dataclass(frozen=True)
class Cell:
    """A cell to load. One that is `given` comes from the course, and its failures do not count."""

    name: str
    source: str
    given: bool = False


@dataclass
class Loaded:
    """What loading the cells gave: an error text for each cell that failed, and the names."""

    errors: dict[str, str] = field(default_factory=dict)
    namespace: dict[str, Any] = field(default_factory=dict)


class StudentProcess:
    """The cells of one submission, in a worker of `sandbox`. Use as a context manager."""

    def __init__(self, sandbox: Sandbox, cells: Sequence[Cell], names: Sequence[str]):
        self.problems: list[str] = []
        self._sandbox = sandbox
        self._limits = sandbox.limits
        self._cells = list(cells)
        self._names = list(names)
        self._hangs: dict[str, int] = {}
        self._until = time.monotonic() + self._limits.submission_seconds
        self._number = 0
        self._worker: Worker | None = None
        self._workers = ExitStack()
        self._loaded = Loaded()
        self._life = 0

    def __enter__(self) -> "StudentProcess":
        return self

    def __exit__(self, *error: object) -> None:
        self._end()

    def load(self) -> Loaded:
        """Run the cells in a fresh worker. A cell that ends or hangs the worker is left out.

        Raises `StudentProcessError` if the process does not even say what it defines.
        """
        errors: dict[str, str] = {}
        while True:
            self._end()
            self._worker = self._workers.enter_context(self._sandbox.worker())
            self._life += 1
            fatal = None
            for cell in self._cells:
                try:
                    fatal = cell
                    if error := self._load_cell(cell):
                        errors[cell.name] = error
                    fatal = None
                except StudentProcessError as error:
                    errors[cell.name] = str(error)
                    break
            if fatal is None:
                break
            self._cells.remove(fatal)
        found = self._look()
        self._loaded.errors |= errors
        self._loaded.namespace = found
        return self._loaded

    def _load_cell(self, cell: Cell) -> str:
        reply, _ = self._ask(
            {"do": "load", "source": cell.source, "file": cell.name, "lenient": cell.given},
            what="the cell",
        )
        error = None if cell.given else reply.get("error")
        return "" if error is None else error_text(error, lines=True)

    def _look(self) -> dict[str, Any]:
        reply, pieces = self._ask({"do": "look", "names": self._names}, what="the notebook")
        found = reply.get("found")
        if not isinstance(found, dict):
            raise self._broken("gave an answer of unknown form")
        decoder, namespace = Decoder(pieces, self._function_of("")), {}
        for name in self._names:
            if name in found:
                decoder.function_of = self._function_of(name)
                namespace[name] = self._decoded_by(decoder, found[name])
        return namespace

    def run(self, cell: Cell) -> Any:
        """Run an instructor's own graded cell beside the student's code; return its last value.

        Raises the error that the cell raised, as `call` does.
        """
        self._revive()
        message = {"do": "run", "source": cell.source, "file": cell.name}
        reply, pieces = self._ask(message, what=cell.name)
        if "error" in reply:
            raise error_of(reply["error"])
        return self._decoded(pieces, reply.get("value"), cell.name)

    def call(
        self, function: "RemoteFunction", positional: Sequence[Any], keywords: Mapping[str, Any]
    ) -> Any:
        """Call a student's function. Raises what it raised, or `StudentProcessError`."""
        what = function.__name__
        if self._hangs.get(what, 0) >= MAX_HANGS:
            raise StudentProcessError(f"{what} was given up: it had taken too long several times")
        self._revive()
        if function.life != self._life:
            function = self._reborn(function)
        callables: list[Callable] = []
        encoder = Encoder(lambda f: self._name_of(f, callables))
        message = {
            "do": "call",
            "function": function.handle,
            "positional": encoder.encode(list(positional)),
            "keywords": encoder.encode(dict(keywords)),
            "errstate": np.geterr(),
        }
        reply, pieces = self._ask(message, encoder.pieces, callables, what)
        try:
            if "after" in reply:
                after = self._decoded(pieces, reply["after"], what)
                copy_back([list(positional), dict(keywords)], after)
            heard = warnings_of(reply.get("warnings"))
        except (TypeError, ValueError, KeyError) as error:
            raise self._broken("sent back other things than it was given") from error
        for category, text in heard:
            warnings.warn(text, category, stacklevel=3)
        if "error" in reply:
            raise error_of(reply["error"])
        return self._decoded(pieces, reply.get("result"), what)

    def _reborn(self, function: "RemoteFunction") -> "RemoteFunction":
        """The function of the same name in the present worker."""
        found = self._loaded.namespace.get(function.__name__)
        if not isinstance(found, RemoteFunction):
            raise StudentProcessError(f"{function.__name__} is gone: its process had to be ended")
        return found

    def _revive(self) -> None:
        if self._worker is None:
            if time.monotonic() >= self._until:
                raise StudentProcessError("the time for this notebook is used up")
            self.load()

    def _end(self) -> None:
        self._workers.close()
        self._worker = None

    def _ask(
        self,
        message: dict,
        pieces: Sequence[bytes] = (),
        callables: Sequence[Callable] = (),
        what: str = "",
    ) -> tuple[dict, list[bytes]]:
        """Send one message and return its answer; serve the calls back in between."""
        if self._worker is None:
            raise StudentProcessError("the student's process is gone")
        self._number += 1
        number = self._number
        wire = Connection(self._worker, self._limits, self._until)
        try:
            wire.send(pack(message | {"number": number}, list(pieces)))
            for _ in range(MAX_CALL_BACKS):
                reply, received = unpack(wire.read)
                if reply.get("number") != number:
                    raise self._broken("sent an answer that nobody asked for")
                if "call_back" not in reply:
                    wire.finish()
                    return reply, received
                wire.send(self._call_back(reply, received, callables))
            raise self._broken(f"called a given function more than {MAX_CALL_BACKS} times")
        except TimeoutError as error:
            self._end()
            self._hangs[what] = self._hangs.get(what, 0) + 1
            raise StudentProcessError(
                f"{what} took too long and was stopped. Is there a loop that never ends?"
            ) from error
        except (OSError, EOFError) as error:
            self._end()
            self._hangs[what] = self._hangs.get(what, 0) + 1
            raise StudentProcessError(
                f"{what} ended the whole process: by sys.exit or a crash, by more memory or time "
                "than is allowed, or by starting other processes"
            ) from error
        except WireError as error:
            raise self._broken(f"sent {error}") from error

    def _call_back(self, request: dict, pieces: list[bytes], callables: Sequence) -> bytes:
        """Call a function of ours that was passed as an argument; return the answer's frame."""
        index = request["call_back"]
        if type(index) is not int or not 0 <= index < len(callables):
            raise self._broken("called a function that was not given to it")
        encoder = Encoder(lambda f: self._name_of(f, callables))
        positional = self._decoded(pieces, request.get("positional"), "function")
        keywords = self._decoded(pieces, request.get("keywords"), "function")
        if not isinstance(positional, list) or not isinstance(keywords, dict):
            raise self._broken("gave arguments of unknown form")
        header: dict[str, Any] = {}
        try:
            header["result"] = encoder.encode(callables[index](*positional, **keywords))
        except Exception as error:
            header["error"] = [builtin_name(error), str(error)[:MAX_TEXT]]
            encoder.pieces = []
        return pack(header, encoder.pieces)

    def _name_of(self, function: Callable, callables: list[Callable]) -> Any:
        """How a worker is told of a function: its own by handle, ours by place in `callables`."""
        if not isinstance(function, RemoteFunction):
            return _index(callables, function)
        if function.process is not self:
            raise WireError("a function of another student")
        return {"own": (function if function.life == self._life else self._reborn(function)).handle}

    def _decoded(self, pieces: list[bytes], tree: Any, name: str) -> Any:
        return self._decoded_by(Decoder(pieces, self._function_of(name)), tree)

    def _decoded_by(self, decoder: Decoder, tree: Any) -> Any:
        try:
            return decoder.decode(tree)
        except WireError as error:
            raise self._broken(f"sent {error}") from error

    def _function_of(self, name: str) -> Callable[[Any], "RemoteFunction"]:
        def function_of(handle: Any) -> RemoteFunction:
            if type(handle) is not int:
                raise WireError("a function without a number")
            return RemoteFunction(self, handle, name, self._life)

        return function_of

    def _broken(self, reason: str) -> StudentProcessError:
        """End a worker that broke the rules, and return the error that says so."""
        self._end()
        text = f"the student's process {reason}; it was ended"
        if text not in self.problems:
            self.problems.append(text)
        return StudentProcessError(text)


class RemoteFunction:
    """A student's function: called like any other, run in the sandbox."""

    def __init__(self, process: StudentProcess, handle: int, name: str, life: int):
        self.__name__ = name
        self.process = process
        self.handle = handle
        self.life = life

    def __deepcopy__(self, memo: dict) -> "RemoteFunction":
        return self

    def __call__(self, *positional: Any, **keywords: Any) -> Any:
        return self.process.call(self, positional, keywords)


def _index(items: Sequence[Any], item: Any) -> int:
    for index, known in enumerate(items):
        if known is item:
            return index
    items.append(item)
    return len(items) - 1
