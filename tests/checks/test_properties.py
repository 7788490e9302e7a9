"""The makers of checks, on a function with a parameter, where the topics leave gaps."""

from dataclasses import replace

import numpy as np
import pytest

from rectified.checks import changes, inputs, properties
from rectified.checks.core import CheckFailure
from rectified.checks.judging import Target


def leak(x, negative_slope=0.5):
    x = np.asarray(x)
    return np.where(x > 0, x, x.dtype.type(negative_slope) * x)


LEAK = Target(
    name="leak",
    arguments=("x",),
    reference=leak,
    why=lambda x, negative_slope=0.5: f"the slope on the left is {negative_slope:g}",
    examples=(np.array([-2.0, 3.0]),),
    draw=lambda rng, shape, dtype: (inputs.between_kinks(rng, shape, dtype),),
    settings=({}, {"negative_slope": 0.25}),
)
SLOPE = replace(LEAK, name="slope", reference=lambda x: np.where(x > 0, 1.0, 0.5))


def failure(run, function, seed=0):
    with pytest.raises(CheckFailure) as caught:
        run(function, np.random.default_rng(seed))
    return " ".join(str(caught.value).split())


def passes(run, function, seeds=20):
    return all(run(function, np.random.default_rng(seed)) is None for seed in range(seeds))


def test_values_are_asked_for_under_every_setting():
    assert passes(properties.values(LEAK), leak)
    ignoring = failure(properties.values(LEAK), lambda x, negative_slope=0.5: leak(x))
    assert ignoring.startswith("leak(x, negative_slope=0.25) at x = -2.0 gives -1.0.")
    assert "the slope on the left is 0.25" in ignoring


def test_a_rounding_passes_only_where_it_is_allowed():
    def rounded(x, negative_slope=0.5):
        return np.nextafter(leak(x, negative_slope), np.inf)

    assert failure(properties.values(LEAK), rounded)
    assert passes(properties.values(replace(LEAK, ulps=1.0)), rounded)


@pytest.mark.parametrize("at_kink", [0.5, 0.7, 1.0])
def test_any_subgradient_passes_where_the_task_leaves_it_open(at_kink):
    run = properties.subgradients(SLOPE, [0.0], 0.5, 1.0)
    assert passes(run, lambda x: np.where(x == 0, at_kink, np.where(x > 0, 1.0, 0.5)))


@pytest.mark.parametrize("at_kink", [0.49, 1.01, 0.0, np.nan])
def test_what_is_no_subgradient_fails(at_kink):
    run = properties.subgradients(SLOPE, [0.0], 0.5, 1.0)
    message = failure(run, lambda x: np.where(x == 0, at_kink, np.where(x > 0, 1.0, 0.5)))
    assert "any number from 0.5 to 1 is a subgradient" in message


def test_subgradients_need_the_right_shape():
    run = properties.subgradients(SLOPE, [0.0, 0.0], 0.5, 1.0)
    assert "should have shape (2,)" in failure(run, lambda x: 0.5)


SCALED = Target(
    name="scaled",
    arguments=("scale", "x"),
    reference=lambda scale, x: scale * np.asarray(x, dtype=np.float64),
    why=lambda scale, x: f"{scale} times {x} is that",
    examples=(2.0, np.array([-2.0, 3.0])),
    draw=lambda rng, shape, dtype: (3.0, inputs.between_kinks(rng, shape, dtype)),
)


@pytest.mark.parametrize("maker", ["values", "shapes", "array_like", "untouched", "nan"])
def test_an_argument_may_be_a_plain_number(maker):
    run = getattr(properties, maker)(SCALED)
    assert passes(run, lambda scale, x: scale * np.asarray(x, dtype=float), seeds=3)
    assert "It should give" in failure(run, lambda scale, x: np.asarray(x, dtype=float))


def test_nan_goes_into_x_wherever_it_stands():
    def swallowing(scale, x):
        return np.nan_to_num(scale * np.asarray(x, dtype=float))

    assert "x = nan gives 0.0" in failure(properties.nan(SCALED), swallowing)


def test_fresh_asks_for_every_target_and_setting():
    run = properties.fresh(LEAK, replace(LEAK, settings=({"negative_slope": 2.0},)))
    assert passes(run, leak)
    only_up_to_one = failure(run, lambda x, negative_slope=0.5: leak(x, min(negative_slope, 1.0)))
    assert "negative_slope=2.0" in only_up_to_one
    ignored = failure(run, lambda x, negative_slope=0.5: leak(x))
    assert "negative_slope=0.25" in ignored


def test_a_change_inside_a_list_of_arrays_is_seen():
    before = [np.zeros(2), np.ones(3)]
    assert changes.same(before, [np.zeros(2), np.ones(3)])
    assert not changes.same(before, [np.zeros(2), np.array([1.0, 1.0, 2.0])])
    assert not changes.same(before, before[:1])
    assert not changes.same(before, before[::-1])


def test_the_array_of_a_list_that_was_changed_is_named():
    target = Target(
        name="total",
        arguments=("arrays",),
        reference=lambda arrays: sum(np.sum(a) for a in arrays),
        why=lambda arrays: "",
        examples=([np.ones(2), np.ones(1)],),
        draw=lambda rng, shape, dtype: ([np.ones(2), np.ones(1)],),
        elementwise=False,
    )

    def spoiling(arrays):
        arrays[1] -= 1
        return np.sum(arrays[0]) + 1

    message = failure(properties.untouched(target), spoiling)
    assert "changed its input: arrays[1] was [1.0] and is [0.0] after the call" in message


def test_of_a_large_array_the_number_that_changed_is_named():
    before, after = np.arange(24.0).reshape(4, 6), np.arange(24.0).reshape(4, 6)
    after[1, 2] = 9.5
    assert changes.first("x", before, after) == ("x[1, 2]", 8.0, 9.5)
    assert changes.first("w", [before, before], [before, after]) == ("w[1][1, 2]", 8.0, 9.5)


def test_layouts_are_tried_beyond_shapes():
    def by_memory(x, negative_slope=0.5):
        """Right for arrays in C order, wrong for all others."""
        return leak(np.ravel(x, order="K").reshape(np.shape(x)))

    assert "for a transposed array" in failure(properties.shapes(LEAK), by_memory)


def test_a_dtype_that_is_right_for_some_inputs_only_is_found():
    def single(x, negative_slope=0.5):
        return leak(x).astype(np.float32) if x.dtype == np.float64 else leak(x)

    tolerant = replace(LEAK, ulps=2.0**30)  # looks at the dtype alone
    assert "returned float32; it should return float64" in failure(
        properties.float_dtype(tolerant), single
    )


def test_the_four_manners_of_the_contract_are_a_point_each():
    checks = properties.contract(LEAK)
    assert [c.id for c in checks] == ["leak.shapes", "leak.dtype", "leak.lists", "leak.untouched"]
    assert [c.points for c in checks] == [1, 1, 1, 1]


@pytest.mark.parametrize("maker", ["shapes", "float_dtype", "array_like", "untouched", "nan"])
def test_a_wrong_function_earns_nothing_by_its_manners_and_hears_the_same_everywhere(maker):
    mirrored = failure(getattr(properties, maker)(LEAK), lambda x: leak(-np.asarray(x)))
    assert mirrored == failure(properties.values(LEAK), lambda x: leak(-np.asarray(x)))


def test_quiet_asks_for_right_values_without_a_warning_at_every_target():
    def overflows(x, negative_slope=0.5):
        np.exp(np.abs(x) * 1000)
        return leak(x, negative_slope)

    far = replace(LEAK, draw=lambda rng, shape, dtype: (np.array([-500.0, 500.0]),))
    assert passes(properties.quiet(LEAK, far), leak)
    assert "overflow" in failure(properties.quiet(LEAK), overflows)
    capped = failure(properties.quiet(LEAK, far), lambda x: np.minimum(leak(x), 100))
    assert "at x = 500.0 gives 100.0" in capped
