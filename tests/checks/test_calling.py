"""Calling a student's function: nothing leaks, and whatever goes wrong says where to look."""

import sys
import warnings

import numpy as np
import numpy.ma
import pytest

from rectified.checks.calling import call
from rectified.checks.core import CheckFailure

X = {"x": np.array([1.0, -2.0])}


def message_of(function, arguments=X):
    with pytest.raises(CheckFailure) as caught:
        call("f", function, arguments, {})
    return " ".join(str(caught.value).split())


def test_the_outcome_keeps_the_input_before_and_after():
    def overwrite(x):
        x[:] = 7.0
        return x + 1

    outcome = call("f", overwrite, {"x": np.array([1.0, -2.0])}, {})
    assert outcome.arguments["x"].tolist() == [1.0, -2.0]
    assert outcome.after["x"].tolist() == [7.0, 7.0]
    assert outcome.value.tolist() == [8.0, 8.0]


def test_settings_go_by_name_and_are_named_in_messages():
    outcome = call("f", lambda x, *, slope: slope * x, X, {"slope": 0.5})
    assert outcome.value.tolist() == [0.5, -1.0]
    assert str(outcome) == "f(x, slope=0.5)"


def test_stderr_and_warnings_do_not_leak(capsys):
    def noisy(x):
        print("debugging", file=sys.stderr)
        warnings.warn("outdated", DeprecationWarning, stacklevel=1)
        return np.array(x) / 0.0

    outcome = call("f", noisy, X, {})
    assert capsys.readouterr().err == ""
    assert outcome.warned == ("divide by zero encountered in divide",)


def test_floating_point_warnings_are_seen_though_switched_off_in_the_notebook():
    with np.errstate(all="ignore"):
        assert call("f", lambda x: x / 0.0, X, {}).warned


@pytest.mark.parametrize("value", [1.5, 2, True, np.float32(1.5), np.array(1.5)])
def test_a_number_counts_as_an_array(value):
    assert call("f", lambda x: value, X, {}).value.shape == ()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "Does the function end with a `return`"),
        ([1.0, 2.0], "returned a list"),
        ("text", "returned a str"),
        (np.array([1j]), "ndarray with dtype complex128"),
        (np.array([None]), "ndarray with dtype object"),
        (np.array(["a"]), "dtype <U1"),
        (np.ma.masked_array([1.0]), "MaskedArray"),
        (10**400, "returned an int"),
    ],
)
def test_what_is_no_array_of_real_numbers_is_refused(value, said):
    assert said in message_of(lambda x: value)


def test_an_object_that_pretends_to_be_an_array_is_refused():
    class Pretender:
        def __array__(self, dtype=None, copy=None):
            return np.zeros(2)

        def __eq__(self, other):
            return True

        __hash__ = None

    assert "returned a Pretender" in message_of(lambda x: Pretender())


def test_an_untouched_function_is_still_to_be_written():
    def untouched(x):
        raise NotImplementedError

    assert message_of(untouched).startswith("f is still to be written, or calls a function that")


def recurse(x):
    return recurse(x)


@pytest.mark.parametrize(
    ("function", "arguments", "said"),
    [
        (lambda x: x if x > 0 else 0, X, "one yes-or-no question"),
        (lambda x: max(x, 0), X, "one yes-or-no question"),
        (lambda x: float(x), X, "take one number"),
        (lambda x: x + np.zeros(3), X, "shapes do not fit"),
        (lambda x: x @ np.zeros(3), X, "a matrix product sums over"),
        (lambda x: np.dot(x, np.zeros(3)), X, "a matrix product sums over"),
        (lambda x: np.where(x > 0, 1, 0)[x > 5] + x, X, "shapes do not fit"),
        (lambda x: x.astype(int).__setitem__(0, np.nan), X, "cannot store fractions or NaN"),
        (lambda x: x.item(0)[0], X, "indexed that has no entries"),
        (lambda x: None.uniform(), X, "Something is None here"),
        (lambda: 0, X, "signature in the task"),
        (lambda x, y: 0, X, "signature in the task"),
        (lambda x: [v + 1 for v in x], {"x": 3.0}, "Must there be a loop"),
        (lambda x: len(x), {"x": np.array(3.0)}, "Must there be a loop"),
        (lambda x: [v + 1 for v in x], {"x": np.array(3.0)}, "Must there be a loop"),
        (lambda x: x.clip(0), {"x": [1.0]}, "Turn it into an array"),
        (lambda x: x.clip(0), {"x": 1.0}, "Turn it into an array"),
        (lambda x: x.clip(0), {"x": 1}, "Turn it into an array"),
        (lambda x: x > 0, {"x": [1.0]}, "Turn it into an array"),
        (lambda x: -x, {"x": [1.0]}, "Turn it into an array"),
        (lambda x: 0.5 * x, {"x": [1.0]}, "Turn it into an array"),
        (lambda x: x[0, 0], X, "any number of axes"),
        (lambda x: x[5], X, "Is an index needed at all"),
        (lambda x: x.__iadd__(0.5), {"x": np.array([1])}, "cannot store fractions"),
        (lambda x: None + x, X, "what a function did not return"),
        (lambda x: eval("missing"), X, "spelt right"),
        (lambda x: sys.exit(), X, "ends the whole program"),
        (recurse, X, "calls itself without end"),
    ],
)
def test_an_exception_gets_a_word_of_where_to_look(function, arguments, said):
    message = message_of(function, arguments)
    assert "stopped with" in message
    assert said in message


def test_an_unknown_exception_is_quoted_briefly():
    def fail(x):
        raise OSError("word " * 1000)

    message = message_of(fail)
    assert "OSError: word word" in message
    assert len(message) < 500


def test_an_interrupt_is_not_swallowed():
    def interrupted(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        call("f", interrupted, X, {})
