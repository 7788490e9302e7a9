"""The student's side: load cells into one namespace, then answer one message after the other.

Every message has a number, and gets exactly one answer with that number; in between, a function
that the grader passed as an argument may be called back. Nothing that this process says is
believed on the other side: it is the student's process, and the student's code may do in it what
it likes.
"""

import ast
import builtins
import socket
import traceback
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from .wire import MAX_TEXT, Decoder, Encoder, WireError, pack, unpack

MAX_WARNINGS = 20
ERRSTATE = ("divide", "over", "under", "invalid")


def serve(connection: int) -> None:
    """Answer the grader at descriptor `connection` until it hangs up."""
    with socket.socket(fileno=connection) as grader:
        worker = Worker(grader)
        try:
            while True:
                worker.answer(*worker.receive())
        except (EOFError, OSError):
            return


class Worker:
    """One student's namespace and the connection to the grader."""

    def __init__(self, grader: socket.socket):
        self.grader = grader
        self.namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
        self.functions: list[Callable] = []
        self.number = 0
        self._arrived = bytearray()

    def receive(self) -> tuple[dict, list[bytes]]:
        """Return the grader's next message. Raises `EOFError` when it hung up."""
        return unpack(self._read)

    def answer(self, header: dict, pieces: list[bytes]) -> None:
        """Do what a message asks, and say what came of it."""
        self.number = header["number"]
        deeds = {"load": self._load, "look": self._look, "call": self._call, "run": self._run}
        self._send(*deeds[header["do"]](header, pieces))

    def _load(self, header: dict, pieces: list[bytes]) -> tuple[dict, list[bytes]]:
        """Run one cell, statement by statement; a failing import costs only its names."""
        error = None
        try:
            body = _parse(header["source"], header["file"])
        except BaseException as raised:
            return {"error": _describe(raised, header["file"])}, []
        for statement in body:
            try:
                self._execute(statement, header["file"])
            except BaseException as raised:
                error = error or _describe(raised, header["file"])
                if not (isinstance(statement, ast.Import | ast.ImportFrom) or header["lenient"]):
                    break
        return {"error": error}, []

    def _look(self, header: dict, pieces: list[bytes]) -> tuple[dict, list[bytes]]:
        """Say what is behind some names: a function, a value, or nothing at all."""
        encoder = Encoder(self._name_of)
        found = {
            name: encoder.encode(self.namespace[name])
            for name in header["names"]
            if name in self.namespace
        }
        return {"found": found}, encoder.pieces

    def _call(self, header: dict, pieces: list[bytes]) -> tuple[dict, list[bytes]]:
        """Call a function; answer with its result or its error, and the inputs as it left them."""
        decoder = Decoder(pieces, self._function_of)
        positional = decoder.decode(header["positional"])
        keywords = decoder.decode(header["keywords"])
        function = self.functions[header["function"]]
        encoder, reply = Encoder(self._name_of), {}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                with np.errstate(**{kind: header["errstate"][kind] for kind in ERRSTATE}):
                    result = function(*positional, **keywords)
            except BaseException as raised:
                reply["error"] = _describe(raised)
        try:
            if "error" not in reply:
                reply["result"] = encoder.encode(result)
            reply["after"] = encoder.encode([list(positional), keywords])
        except WireError as error:
            reply, encoder.pieces = {"error": _describe(error)}, []
        reply["warnings"] = [
            [warning.category.__name__, str(warning.message)[:MAX_TEXT]]
            for warning in caught[:MAX_WARNINGS]
        ]
        return reply, encoder.pieces

    def _run(self, header: dict, pieces: list[bytes]) -> tuple[dict, list[bytes]]:
        """Run an instructor's own graded cell; answer with the value of its last line."""
        encoder = Encoder(self._name_of)
        try:
            body = _parse(header["source"], header["file"])
            last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
            for statement in body:
                self._execute(statement, header["file"])
            if last is None:
                return {"value": None}, []
            code = compile(ast.Expression(last.value), header["file"], "eval", dont_inherit=True)
            return {"value": encoder.encode(eval(code, self.namespace))}, encoder.pieces
        except BaseException as raised:
            return {"error": _describe(raised)}, []

    def _execute(self, statement: ast.stmt, file: str) -> None:
        module = ast.Module([statement], type_ignores=[])
        exec(compile(module, file, "exec", dont_inherit=True), self.namespace)

    def _name_of(self, function: Callable) -> int:
        if function not in self.functions:
            self.functions.append(function)
        return self.functions.index(function)

    def _function_of(self, name: Any) -> Callable:
        """A function of the student's own, or one of the grader's that can be called here."""
        if isinstance(name, dict):
            return self.functions[name["own"]]

        def function(*positional: Any, **keywords: Any) -> Any:
            encoder = Encoder(self._name_of)
            header = {
                "call_back": name,
                "positional": encoder.encode(list(positional)),
                "keywords": encoder.encode(keywords),
            }
            number = self.number
            self._send(header, encoder.pieces)
            header, pieces = self.receive()
            while "do" in header:  # the grader's function calls one of the student's
                self.answer(header, pieces)
                header, pieces = self.receive()
            self.number = number
            decoder = Decoder(pieces, self._function_of)
            if "error" in header:
                kind, text = header["error"]
                known = getattr(builtins, kind, RuntimeError)
                raise (known if issubclass(known, Exception) else RuntimeError)(text)
            return decoder.decode(header["result"])

        return function

    def _send(self, header: dict, pieces: list[bytes]) -> None:
        self.grader.sendall(pack(header | {"number": self.number}, pieces))

    def _read(self, count: int) -> bytes:
        while len(self._arrived) < count:
            part = self.grader.recv(max(1 << 16, min(count - len(self._arrived), 1 << 20)))
            if not part:
                raise EOFError
            self._arrived += part
        data = bytes(self._arrived[:count])
        del self._arrived[:count]
        return data


def _parse(source: str, file: str) -> list[ast.stmt]:
    """Return the statements of a cell, without the lines that only IPython understands."""
    try:
        return ast.parse(source, file).body
    except SyntaxError:
        lines = source.split("\n")
        plain = ["" if line.lstrip().startswith(("%", "!")) else line for line in lines]
        if plain == lines:
            raise
        return ast.parse("\n".join(plain), file).body


def _describe(error: BaseException, file: str | None = None) -> list:
    """Return the first built-in type of an error, its own type, its text and its line in `file`."""
    known = next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins")
    try:
        text = str(error)[:MAX_TEXT]
    except BaseException:
        text = ""
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == file
    ]
    line = lines[0] if lines else None
    if isinstance(error, SyntaxError):
        line = error.lineno
    return [known, type(error).__name__[:80], text, line]
