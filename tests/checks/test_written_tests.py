"""Tests that students write: right pairs first, then the share that was caught."""

import sys

import numpy as np
import pytest

from rectified.checks import CheckFailure
from rectified.checks.gradient_checking import pairs_of_relu
from rectified.checks.leaky import pairs as leaky_pairs
from rectified.checks.written_tests import Pair, caught

PAIRS = (
    Pair((np.abs,), {"at": -2.0}, style="that is NumPy's own"),
    Pair((np.negative,), {"at": -2.0}, style="that negates"),
    Pair((np.sign,), {"at": -2.0}, bug="that forgets the size"),
    Pair((np.square,), {"at": -2.0}, bug="that squares"),
)


def run(test, seed=0, pairs=PAIRS):
    check = caught("accepts", ("f",), lambda rng: pairs)
    return check(test, np.random.default_rng(seed))


def failure(test):
    with pytest.raises(CheckFailure) as caught_failure:
        run(test)
    return " ".join(str(caught_failure.value).split())


def test_a_perfect_test_earns_all():
    assert run(lambda f, at: f(at) == 2) is None


def test_a_long_list_of_bugs_is_cut():
    many = [Pair((np.abs,), {}, style="that is right")]
    many += [Pair((np.sign,), {}, bug=f"with bug {n}") for n in range(9)]
    message = run(lambda f: True, pairs=many).message
    assert "- a pair with bug 5\n- and 3 more\n" in message
    assert "bug 6" not in message


def test_the_share_of_wrong_pairs_counts_and_the_rest_is_named_by_kind():
    half = run(lambda f, at: f(at) > 0)
    assert half.share == 0.5
    assert "\n\n- a pair that squares\n\n" in half.message
    assert "rejects 1 of 2 wrong ones. This slips through:" in " ".join(half.message.split())
    assert "forgets" not in half.message
    assert run(lambda f, at: True).share == 0


def test_a_right_pair_rejected_costs_everything():
    message = failure(lambda f, at: f is np.abs)
    assert "rejects a right pair, with at = -2.0: one that negates." in message


def test_a_verdict_that_is_turned_round_or_always_no_is_named():
    assert "Is the verdict turned round?" in failure(lambda f, at: f(at) != 2)
    assert "can never hold" in failure(lambda f, at: False)
    assert "turned round" not in failure(lambda f, at: f is np.abs)


def test_an_exception_is_a_rejection():
    def asserting(f, at):
        assert f(at) == 2
        return True

    assert run(asserting) is None
    message = failure(lambda f, at: f(at, at, at, at))
    assert "rejects a right pair" in message
    assert "stopped with" in message


@pytest.mark.parametrize("answer", [None, 1, "yes", np.array([True]), np.array(True), [True]])
def test_only_a_boolean_is_an_answer(answer):
    assert "should return one boolean" in failure(lambda f, at: answer)
    assert run(lambda f, at: np.bool_(f(at) == 2)) is None


def test_an_untouched_test_is_still_to_be_written():
    def untouched(f, at):
        raise NotImplementedError

    assert failure(untouched).startswith("accepts is still to be written")


def test_the_order_tells_nothing():
    def order(seed):
        seen = []
        run(lambda f, at: seen.append(f) or f(at) == 2, seed)
        return seen

    assert len({tuple(order(seed)) for seed in range(20)}) > 5


def test_a_stand_in_may_call_the_pair_back_from_elsewhere():
    """As a runner does that has the student's test in another process: it passes messages."""

    def elsewhere(*arguments):
        def call_back(x):
            return np.array(arguments[0](np.array(x)))

        return np.bool_(call_back(arguments[1]) == 2)

    assert run(elsewhere) is None


def test_what_the_test_prints_to_stderr_stays_inside(capsys):
    run(lambda f, at: bool(print("debugging", file=sys.stderr)) or f(at) == 2)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("made", [leaky_pairs.make_pairs, pairs_of_relu.make_pairs])
def test_pairs_take_numbers_lists_and_arrays_and_keep_their_shape(made):
    for pair in made(np.random.default_rng(0)):
        assert bool(pair.bug) != bool(pair.style)
        for function in pair.functions:
            for x in (-2.0, [1.0, -2.0], np.ones((2, 0)), np.array([np.nan, np.inf, -np.inf])):
                assert function(x).shape == np.shape(x)


@pytest.mark.parametrize("made", [leaky_pairs.make_pairs])
def test_every_bug_shows_and_has_a_name_of_its_own(made):
    x = np.array([-np.inf, -300.0, -30, -2, -0.5, -0.03, 0, 0.03, 0.5, 3, 30, 300, np.inf, np.nan])
    pairs = made(np.random.default_rng(0))
    wrong = [pair for pair in pairs if pair.bug]
    assert len({pair.bug for pair in wrong}) == len(wrong) >= 12
    names = list(wrong[0].settings)
    for pair in wrong:
        settings = pair.settings
        assert list(settings) == names
        # The first right pair, made for the same settings, differs somewhere.
        f, f_grad = leaky_pairs.right(**settings)
        at_kink = pair.functions[1](0.0)
        differs = [
            not np.allclose(ours(x[x != 0]), theirs(x[x != 0]), equal_nan=True)
            for ours, theirs in zip(pair.functions, (f, f_grad), strict=True)
        ]
        jumps = pair.functions[0](0.0) != 0
        steep = not settings["negative_slope"] - 1e-9 <= at_kink <= 1 + 1e-9
        assert any(differs) or jumps or steep, pair.bug
