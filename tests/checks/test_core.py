"""Running checks: points, messages, seeds, and what a failure may cost."""

import contextlib
import io
import json
import pickle
import warnings

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbgrader.utils import get_partial_grade
from traitlets.config import Config

from rectified.activations import relu, relu_grad
from rectified.checks import CheckFailure, check, core, grade
from rectified.checks.core import Check, Partial, Topic


def relu_backward(grad_output, x):
    return np.asarray(grad_output) * relu_grad(x)


SOLVED = {"relu": relu, "relu_grad": relu_grad, "relu_backward": relu_backward}


def topic_of(*runs):
    return Topic(
        "relu", tuple(Check(f"f.{i}", 4, ("f",), "something.", run) for i, run in enumerate(runs))
    )


@pytest.fixture
def only(monkeypatch):
    """Put one topic of made-up checks in the place of all others."""

    def put(*runs):
        topic = topic_of(*runs)
        monkeypatch.setattr(core, "get_topic", lambda slug: topic)

    return put


def test_all_points_are_earned_by_the_reference_functions():
    report = grade("relu", SOLVED)
    assert (report.score, report.max_score) == (26, 26)
    assert [result.message for result in report.results] == [""] * len(report.results)


def test_a_passed_check_prints_a_line_and_returns_none(capsys):
    assert check("relu.values", relu) is None
    out, err = capsys.readouterr()
    assert out == "relu.values passed, 2 points: x where x is positive, 0 elsewhere.\n"
    assert not err


def test_a_failed_check_raises_an_assertion_error_that_says_what_was_asked():
    with pytest.raises(AssertionError) as caught:
        check("relu.values", np.abs)
    text = str(caught.value)
    assert text.startswith("relu.values is not passed yet.")
    assert "x = -3.0 gives 3.0. It should give 0.0" in text


def test_in_ipython_the_traceback_is_the_message():
    failure = CheckFailure("first\n\nthird")
    assert failure._render_traceback_() == ["first", "", "third"]
    shell = InteractiveShell(config=Config(HistoryManager={"enabled": False}))
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        shell.showtraceback((CheckFailure, failure, None))
    assert shown.getvalue() == "first\n\nthird\n"


def test_a_share_of_the_points_is_partial_credit_for_nbgrader(only, capsys):
    only(lambda f, rng: Partial(0.25, "three kinds of bugs slipped through"))
    points = check("f.0", abs)
    assert points == 1.0
    output = {"data": {"text/plain": repr(points)}}
    assert get_partial_grade(output, 4) == 1.0
    assert "three kinds of bugs slipped through" in capsys.readouterr().out


@pytest.mark.parametrize(("share", "points"), [(0.0, 0.0), (1.0, 4.0)])
def test_the_ends_of_partial_credit_are_failure_and_success(only, share, points):
    only(lambda f, rng: Partial(share, "message"))
    assert grade("relu", {"f": abs}).score == points
    if points:
        assert check("f.0", abs) is None
    else:
        with pytest.raises(CheckFailure, match="message"):
            check("f.0", abs)


def test_a_missing_function_costs_its_own_checks_only():
    report = grade("relu", {name: f for name, f in SOLVED.items() if name != "relu_grad"})
    lost = {result.id.split(".")[0] for result in report.results if not result.passed}
    assert lost == {"relu_grad"}
    assert report.score == 26 - 9
    assert "relu_grad is not defined" in report.results[7].message


def test_what_is_not_a_function_is_named():
    report = grade("relu", SOLVED | {"relu": 3.0})
    assert report.results[0].message == "relu is a float; it should be a function."


def test_a_check_that_breaks_costs_itself_only_and_says_whose_fault_it_is(only):
    def broken(f, rng):
        raise ZeroDivisionError("ours")

    only(broken, lambda f, rng: None)
    report = grade("relu", {"f": abs})
    assert [result.points for result in report.results] == [0, 4]
    assert "a mistake of the course" in report.results[0].message
    assert "ZeroDivisionError: ours" in report.results[0].message


def draws(seed):
    seen = []

    def spy(x):
        seen.append(np.array(x).tolist())
        return relu(x)

    grade("relu", SOLVED | {"relu": spy}, seed)
    return seen


def test_the_same_seed_gives_the_same_inputs_and_another_gives_others():
    assert repr(draws(1)) == repr(draws(1))
    assert repr(draws(1)) != repr(draws(2))
    assert repr(draws(None)) != repr(draws(None))


def test_the_seed_can_come_from_the_environment(monkeypatch):
    monkeypatch.setenv(core.SEED_VARIABLE, "12")
    assert grade("relu", SOLVED).seed == 12
    assert grade("relu", SOLVED, 13).seed == 13


def test_the_inputs_of_a_check_do_not_depend_on_the_checks_before_it(only):
    drawn = []

    def draw(f, rng):
        drawn.append(rng.random())

    only(draw, draw)
    grade("relu", {"f": abs}, 5)
    first = list(drawn)
    core.run_check(topic_of(draw, draw).checks[1], (abs,), 5)
    assert drawn[2] == first[1] != first[0]


def test_a_failure_points_back_to_an_earlier_function_that_fails():
    def half_at_zero(x):
        return np.heaviside(np.asarray(x, float), 0.5)

    def through_the_output(grad_output, x):
        return np.asarray(grad_output) * half_at_zero(relu(x))

    mixed = {"relu": relu, "relu_grad": half_at_zero, "relu_backward": through_the_output}
    messages = {r.id: " ".join(r.message.split()) for r in grade("relu", mixed, 3).results}
    back = "relu_grad, which you may be calling, fails its own checks: mend that first."
    assert messages["relu_backward.ones"].startswith(back)
    assert "The slope is asked at the input x" in messages["relu_backward.ones"]
    assert back not in messages["relu_grad.kink"]
    assert messages["relu.values"] == ""
    mixed["relu_grad"] = relu_grad
    assert not any(back in r.message for r in grade("relu", mixed, 3).results)


def test_every_suspect_is_named_and_what_is_unwritten_is_not_blamed_on_others():
    def unwritten(*arguments):
        raise NotImplementedError

    wrong = {"relu": np.abs, "relu_grad": np.abs, "relu_backward": lambda g, x: np.abs(x)}
    last = " ".join(grade("relu", wrong).results[-1].message.split())
    assert last.startswith("relu and relu_grad, which you may be calling, fail their own checks:")
    untouched = grade("relu", dict.fromkeys(SOLVED, unwritten))
    assert not any("mend that first" in result.message for result in untouched.results)


@pytest.mark.parametrize("slug", core.slugs())
def test_functions_build_on_earlier_ones_of_their_topic(slug):
    topic = core.get_topic(slug)
    order = list(dict.fromkeys(name for c in topic.checks for name in c.functions))
    for name, earlier in topic.builds_on.items():
        assert all(order.index(other) < order.index(name) for other in earlier)


def test_the_report_is_plain_data():
    report = grade("relu", SOLVED, 3)
    plain = json.loads(json.dumps(report.as_dict()))
    assert (plain["score"], plain["max_score"], plain["seed"]) == (26, 26, 3)
    assert plain["results"][0] == {
        "id": "relu.values",
        "passed": True,
        "points": 2,
        "max_points": 2,
        "message": "",
    }


def test_unknown_names_are_refused_with_the_known_ones():
    with pytest.raises(KeyError, match=r"topics are .*relu"):
        grade("no-such-topic", {})
    with pytest.raises(KeyError, match=r"no check 'relu\.nothing'"):
        check("relu.nothing", relu)
    with pytest.raises(TypeError, match="takes relu"):
        check("relu.values")


def test_ids_are_unique_and_begin_with_a_function_of_the_check():
    checks = [c for slug in core.slugs() for c in core.get_topic(slug).checks]
    assert len({c.id for c in checks}) == len(checks)
    for c in checks:
        assert c.id.split(".")[0] in c.functions
        assert c.points > 0
        assert c.asks.endswith(".")


class Elsewhere:
    """A stand-in as a runner in another process has it: only bytes go there and come back.

    It sends copies, writes the bytes of the inputs back so that a change shows, and raises the
    warnings again on this side.
    """

    def __init__(self, function):
        self.function = function

    def __call__(self, *args, **kwargs):
        sent = pickle.loads(pickle.dumps((args, kwargs)))
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            value = np.array(self.function(*sent[0], **sent[1]))
        for ours, theirs in zip(args, sent[0], strict=True):
            if isinstance(ours, np.ndarray) and ours.tobytes() != theirs.tobytes():
                ours[...] = theirs
        for warning in caught:
            warnings.warn(warning.message, stacklevel=1)
        return value


def test_a_stand_in_for_a_function_elsewhere_is_judged_alike():
    def overwriting(x):
        x = np.asarray(x)
        x[x < 0] = 0
        return x

    def warning(x):
        x = np.asarray(x, dtype=float)
        return np.where(x == 0, 0, np.maximum(x, 0) / x)

    for functions in (SOLVED, {"relu": overwriting, "relu_grad": warning}):
        there = {name: Elsewhere(function) for name, function in functions.items()}
        assert grade("relu", there, 8) == grade("relu", functions, 8)
