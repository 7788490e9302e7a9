"""Judging one result: exactness, the first wrong number, the idea behind it."""

import numpy as np
import pytest

from rectified.checks.calling import call
from rectified.checks.core import CheckFailure
from rectified.checks.judging import Misconception, Target, judge, wrong_positions


def target(**changes):
    kept = {
        "name": "double",
        "arguments": ("x",),
        "reference": lambda x: 2.0 * x,
        "why": lambda x: f"twice {x} is that",
        "examples": (np.array([1.0, 3.0]),),
        "draw": lambda rng, shape, dtype: (rng.random(shape).astype(dtype),),
        "misconceptions": (Misconception(lambda x: x**2, "This looks like the square."),),
    }
    return Target(**(kept | changes))


def judged(function, x=(1.0, 3.0, 4.0), **changes):
    asked = target(**changes)
    outcome = call("double", function, {"x": np.array(x)}, {})
    with pytest.raises(CheckFailure) as caught:
        judge(asked, outcome)
    return " ".join(str(caught.value).split())


def test_a_right_result_passes():
    judge(target(), call("double", lambda x: x + x, {"x": np.array([1.0, 3.0])}, {}))


def test_the_first_wrong_number_is_shown_with_its_reason():
    message = judged(lambda x: np.where(x == 3.0, 5.0, 2 * x))
    assert message.startswith(
        "double(x) at x = 3.0 gives 5.0. It should give 6.0, because twice 3.0 is that. "
        "1 of the 3 values is wrong."
    )


def test_the_idea_behind_a_wrong_result_is_named():
    assert judged(lambda x: x * x).endswith("This looks like the square.")


def test_an_idea_that_gives_other_numbers_is_not_named():
    assert "square" not in judged(lambda x: x**3)


def test_an_idea_that_is_wrong_elsewhere_is_not_named():
    # At 2 the square is right, and the result is not: the square cannot be the idea.
    near_square = judged(lambda x: x * x + 1e-9, x=(2.0, 5.0))
    assert "square" not in near_square


def test_an_idea_that_fails_for_this_input_is_passed_over():
    ideas = (
        Misconception(lambda x: np.linalg.inv(x), "never"),
        Misconception(lambda x: x**2, "This looks like the square."),
    )
    with pytest.raises(CheckFailure, match="square"):
        judge(
            target(misconceptions=ideas),
            call("double", lambda x: x * x, {"x": np.array([1.0, 3.0])}, {}),
        )


def test_a_close_result_is_called_close():
    assert "close, but not exact" in judged(lambda x: 2 * x * (1 + 1e-6))


def test_lost_digits_are_told_from_a_coarse_approximation():
    tiny = target(reference=lambda x: 1e-12 * x)
    outcome = call("double", lambda x: (1 + 1e-12 * x) - 1, {"x": np.array([1.0, 3.0])}, {})
    with pytest.raises(CheckFailure, match=r"(?s)difference\s+of\s+two\s+nearly\s+equal"):
        judge(tiny, outcome)


def test_functions_and_lists_of_arrays_are_arguments_too():
    asked = target(
        name="total",
        arguments=("parts", "f"),
        reference=lambda parts, f: np.array(sum(f(part).sum() for part in parts)),
        why=lambda parts, f: f"there are {len(parts)} parts",
        misconceptions=(Misconception(lambda parts, f: f(parts[0]).sum(), "Only the first."),),
        elementwise=False,
    )
    given = {"parts": [np.ones((2, 2)), np.ones(3)], "f": np.negative}
    judge(asked, call("total", lambda parts, f: sum(f(p).sum() for p in parts), dict(given), {}))
    with pytest.raises(CheckFailure) as caught:
        judge(asked, call("total", lambda parts, f: f(parts[0]).sum(), dict(given), {}))
    message = " ".join(str(caught.value).split())
    shown = "[[[1.0, 1.0], [1.0, 1.0]], [1.0, 1.0, 1.0]]"
    assert f"at parts = {shown} and f = a function" in message
    assert "gives -4.0. It should give -7.0, because there are 2 parts. Only the first." in message


def test_a_nan_of_ones_own_making_is_pointed_out():
    assert "NaN came out" in judged(lambda x: np.where(x > 3, np.nan, 2 * x))


def test_a_wrong_shape_is_named_and_a_rearrangement_recognized():
    message = judged(lambda x: 2 * x[:2])
    assert "an array of shape (2,); it should have shape (3,)" in message
    assert "reduced to one number" in judged(lambda x: np.sum(2 * x))
    assert "arrangement is another" in judged(lambda x: 2 * x[:, None])


def test_a_constant_is_no_rearrangement_of_a_single_number():
    def constant(x):
        return 0

    message = judged(constant, x=(-0.93,))
    assert "decide once for the whole array" in message
    assert "arrangement" not in message
    assert "arrangement is another" in judged(lambda x: 2 * x[0], x=(-0.93,))


def test_the_sign_of_a_zero_is_not_shown():
    message = judged(lambda x: 2 * x + 1, x=(-0.0, 3.0))
    assert "x = 0.0 gives 1.0. It should give 0.0" in message
    assert "at x = -0" not in message


def test_settings_reach_the_reference_the_reason_and_the_ideas():
    scaled = target(
        reference=lambda x, factor: factor * x,
        why=lambda x, factor: f"the factor is {factor}",
        misconceptions=(Misconception(lambda x, factor: x + factor, "This adds."),),
    )
    outcome = call("double", lambda x, factor: x + factor, {"x": np.array([1.0])}, {"factor": 3.0})
    with pytest.raises(CheckFailure, match=r"(?s)the\sfactor\sis\s3\.0.*This\sadds"):
        judge(scaled, outcome)


@pytest.mark.parametrize(
    ("value", "expected", "wrong"),
    [
        (np.nan, np.nan, False),
        (np.nan, 0.0, True),
        (0.0, np.nan, True),
        (np.inf, np.inf, False),
        (-np.inf, np.inf, True),
        (1e308, np.inf, True),
        (-0.0, 0.0, False),
        (5e-324, 0.0, True),
    ],
)
def test_exact_agreement_knows_the_special_numbers(value, expected, wrong):
    assert wrong_positions(np.array([value]), np.array([expected])).tolist() == [wrong]


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_units_in_the_last_place_are_those_of_the_dtype(dtype):
    one = np.ones(1, dtype)
    above = np.nextafter(one, dtype(2))
    assert wrong_positions(above, one).all()
    assert not wrong_positions(above, one, ulps=1).any()
    assert wrong_positions(np.nextafter(above, dtype(2)), one, ulps=1).all()


def test_an_allowance_in_epsilons_counts_near_zero():
    assert not wrong_positions(np.array([1e-15]), np.array([0.0]), epsilons=10).any()
    assert wrong_positions(np.array([1e-14]), np.array([0.0]), epsilons=10).all()


def test_fewer_digits_than_asked_for_are_not_wrong_numbers():
    judge(
        target(), call("double", lambda x: (2 * x).astype(np.float32), {"x": np.array([0.1])}, {})
    )


def test_wrong_numbers_are_wrong_in_fewer_digits_too():
    assert "gives 0.3" in judged(lambda x: (3 * x).astype(np.float32), x=(0.1,))


def halves(x):
    return x / 2, -x / 2


def judged_halves(function):
    asked = target(
        reference=halves,
        parts=("upper", "lower"),
        elementwise=False,
        misconceptions=(Misconception(lambda x: (x / 2, x / 2), "The sign is lost."),),
    )
    try:
        judge(asked, asked.run(function, (np.array([1.0, 3.0]),), {}))
    except CheckFailure as failure:
        return " ".join(str(failure).split())
    return ""


def test_a_tuple_of_arrays_is_judged_part_by_part():
    assert judged_halves(halves) == ""
    assert judged_halves(lambda x: list(halves(x))) == ""
    message = judged_halves(lambda x: (x / 2, x / 2))
    assert message.startswith("double(x)[1] (lower) at x = [1.0, 3.0] gives 0.5 at position (0,).")
    assert message.endswith("The sign is lost.")


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda x: x, "returned an array of shape (2,); it should return 2 arrays or numbers"),
        (lambda x: (x, x, x), "returned a tuple of length 3; it should return 2"),
        (lambda x: None, "returned None"),
        (lambda x: (x / 2, "text"), "double(x)[1] (lower) with x = [1.0, 3.0] returned a str"),
        (lambda x: (x / 2, x[:1]), "double(x)[1] (lower) with x = [1.0, 3.0] returned an array"),
    ],
)
def test_what_is_no_such_tuple_is_told_what_it_should_be(function, said):
    assert said in judged_halves(function)
