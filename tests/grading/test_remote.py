"""A function in the sandbox is called like any other, and whatever it does is that function's."""

import warnings

import numpy as np
import pytest

from rectified.grading.remote import Cell, StudentProcess, StudentProcessError
from rectified.grading.sandbox import Limits, make_sandbox
from tests import needs

pytestmark = needs.bubblewrap
LIMITS = Limits(call_cpu_seconds=0.4, call_seconds=2.0, submission_seconds=20.0)


@pytest.fixture(scope="module", params=["bubblewrap", "none"])
def sandbox(request):
    with make_sandbox(request.param, LIMITS) as made:
        yield made


@pytest.fixture
def load(sandbox):
    """Load cells of code and return the process; its functions are in `functions`."""
    processes = []

    def loader(*sources: str, given: str = "import numpy as np", names=("f", "g", "h")):
        cells = [Cell("given", given, given=True)]
        cells += [Cell(f"cell{n}", source) for n, source in enumerate(sources)]
        process = StudentProcess(sandbox, cells, names)
        processes.append(process)
        process.loaded = process.load()
        process.functions = process.loaded.namespace
        return process

    yield loader
    for process in processes:
        process.__exit__()


def test_results_of_every_kind_come_back(load):
    f = load("def f(*a, **k):\n    return (list(a), k, np.float32(2), None, 'text', 3)").functions[
        "f"
    ]
    result = f(np.arange(3), slope=0.5)
    np.testing.assert_array_equal(result[0][0], np.arange(3))
    assert result[1:] == ({"slope": 0.5}, np.float32(2), None, "text", 3)
    assert type(result[2]) is np.float32


def test_what_a_function_does_to_its_inputs_is_seen(load):
    code = "def f(x, y, z):\n    x += 1\n    y.append(5)\n    z['a'][0] = 7\n    return x"
    x, y, z = np.zeros(3), [1], {"a": np.ones(2)}
    inner = z["a"]
    load(code).functions["f"](x, y, z)
    np.testing.assert_array_equal(x, np.ones(3))
    assert y == [1, 5]
    assert inner[0] == 7
    assert z["a"] is inner


def test_a_protected_input_is_protected_there_as_well(load):
    x = np.zeros(3)
    x.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        load("def f(x):\n    x += 1").functions["f"](x)


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        ("ValueError('a')", ValueError),
        ("NotImplementedError()", NotImplementedError),
        ("ZeroDivisionError('a')", ZeroDivisionError),
        ("type('Own', (IndexError,), {})('a')", IndexError),
        ("SystemExit(3)", RuntimeError),
        ("KeyboardInterrupt()", RuntimeError),
        ("UnicodeDecodeError('utf-8', b'', 0, 1, 'a')", RuntimeError),
    ],
)
def test_exceptions_come_back_as_what_they_were(load, raised, kind):
    with pytest.raises(kind):
        load(f"def f():\n    raise {raised}").functions["f"]()


def test_warnings_come_back(load):
    f = load("def f(x):\n    return np.log(x)").functions["f"]
    with pytest.warns(RuntimeWarning, match="divide by zero"):
        f(np.zeros(2))
    with warnings.catch_warnings(), np.errstate(divide="ignore"):
        warnings.simplefilter("error")
        assert f(np.zeros(1))[0] == -np.inf


def test_functions_go_there_as_arguments_and_come_back_as_results(load):
    code = "def f(g, x):\n    return g(x, scale=2) + 1\ndef h(a):\n    return lambda x: a * x"
    functions = load(code).functions
    result = functions["f"](lambda x, scale: scale * x, np.ones(3))
    np.testing.assert_array_equal(result, np.full(3, 3.0))
    assert functions["h"](4)(5) == 20


def test_an_error_in_a_function_of_ours_can_be_caught_there(load):
    def ours(x):
        raise ZeroDivisionError("ours")

    code = "def f(g):\n  try:\n    g(1)\n  except ZeroDivisionError as e:\n    return str(e)"
    assert load(code).functions["f"](ours) == "ours"


def test_a_student_function_may_be_an_argument_of_another(load):
    functions = load("def f(g, x):\n    return g(x) + 1\ndef g(x):\n    return 10 * x").functions
    assert functions["f"](functions["g"], 2) == 21
    assert functions["f"](lambda x: functions["g"](x) + 5, 2) == 26


def test_a_generator_is_where_ours_is(load):
    f = load("def f(rng):\n    return rng.normal(size=3)").functions["f"]
    expected = np.random.default_rng(4).normal(size=3)
    np.testing.assert_array_equal(f(np.random.default_rng(4)), expected)


def test_a_generator_goes_on_from_call_to_call(load):
    f = load("def f(rng):\n    return rng.normal()").functions["f"]
    rng = np.random.default_rng(4)
    assert len({float(f(rng)) for _ in range(5)}) == 5


def test_where_a_generator_goes_on_is_not_for_the_student_to_choose(load):
    code = "def f(rng):\n    rng.bit_generator.state = type(rng.bit_generator)(7).state"
    later = []
    for cell in (code, "def f(rng):\n    pass"):
        rng = np.random.default_rng(4)
        load(cell).functions["f"](rng)
        later.append(rng.normal())
    assert later[0] == later[1]


def test_a_cell_that_fails_costs_only_its_own_names(load):
    process = load("def f(): return 1\n1 / 0\ndef g(): return 2", "def h(): return 3")
    assert sorted(process.functions) == ["f", "h"]
    assert "ZeroDivisionError (line 2)" in process.loaded.errors["cell0"]


def test_an_import_that_fails_costs_only_its_names(load):
    process = load("import rectified_is_not_here\ndef f(): return 1")
    assert process.functions["f"]() == 1


def test_a_cell_that_ends_the_process_is_left_out(load):
    process = load("import os\nos._exit(0)", "def f(): return 1")
    assert process.functions["f"]() == 1
    assert "cell0" in process.loaded.errors


def test_magic_lines_are_passed_over(load):
    assert load("%matplotlib inline\n!ls\ndef f(): return 7 % 4").functions["f"]() == 3


@pytest.mark.parametrize("death", ["os._exit(0)", "os.abort()"])
def test_a_function_that_ends_the_process_costs_one_call(load, death):
    functions = load(f"import os\ndef f():\n    {death}\ndef g(): return 2").functions
    with pytest.raises(StudentProcessError, match="ended the whole process"):
        functions["f"]()
    assert functions["g"]() == 2


def test_a_function_that_hangs_is_stopped_and_given_up_in_the_end(load):
    functions = load("def f():\n    while True: pass\ndef g(): return 2").functions
    for _ in range(2):
        with pytest.raises(StudentProcessError, match="took too long"):
            functions["f"]()
    with pytest.raises(StudentProcessError, match="given up"):
        functions["f"]()
    assert functions["g"]() == 2


def test_memory_is_limited(load):
    with pytest.raises(MemoryError):
        load("def f():\n    return np.ones(10**9)").functions["f"]()


def test_a_message_that_nobody_asked_for_is_the_students_problem(load):
    code = (
        "import gc\n"
        "def f():\n"
        "    for o in gc.get_objects():\n"
        "        if type(o).__name__ == 'Worker' and hasattr(o, 'grader'):\n"
        "            o.number += 5\n"
        "    return 1\n"
        "def g(): return 2"
    )
    process = load(code)
    with pytest.raises(StudentProcessError, match="nobody asked for"):
        process.functions["f"]()
    assert process.functions["g"]() == 2
    assert len(process.problems) == 1


def test_calls_back_are_counted(load):
    with pytest.raises(StudentProcessError, match=r"more than|too long"):
        load("def f(g):\n    while True: g()").functions["f"](lambda: None)


def test_values_that_are_no_functions_are_seen(load):
    process = load("f = 3\ng = object()\nh = np.ones(2)")
    assert process.functions["f"] == 3
    assert type(process.functions["g"]).__name__ == "object"
    np.testing.assert_array_equal(process.functions["h"], np.ones(2))
