"""Tolerances sit between the worst right and the best wrong version, with room on both sides."""

import numpy as np
import pytest

from rectified.checks.calling import call
from rectified.checks.judging import Target, judge, measure
from tools.margins import main, margins
from tools.mutants import all_slugs

# A right version that uses half of what is allowed, or a wrong one within a factor of ten, would
# make the next one written a matter of luck.
ROOM_BELOW, ROOM_ABOVE = 0.5, 10.0


@pytest.mark.parametrize("slug", all_slugs())
def test_right_versions_keep_well_below_the_tolerance_and_wrong_ones_well_above(slug):
    for margin in margins(slug, seeds=range(2)):
        assert margin.right <= ROOM_BELOW, margin
        assert margin.wrong >= ROOM_ABOVE, margin


def test_where_right_versions_are_exact_there_is_no_row():
    assert margins("relu", seeds=[0]) == []


def test_the_table_names_both_versions(capsys):
    assert main(["vanishing-gradients"]) == 0
    row = next(
        line for line in capsys.readouterr().out.splitlines() if "sigmoid_grad.tails" in line
    )
    assert row.split()[2] == "by_logarithms"
    assert row.split()[4] == "value_times_rest"


def test_a_deviation_is_measured_in_what_is_allowed_even_if_the_result_is_wrong():
    double = Target(
        name="double",
        arguments=("x",),
        reference=lambda x: 2.0 * x,
        why=lambda x: "",
        examples=(np.ones(1),),
        draw=lambda rng, shape, dtype: (rng.random(shape),),
        ulps=4.0,
    )
    x = {"x": np.array([1.0, 1.0])}
    with measure() as found:
        judge(double, call("double", lambda x: 2 * x + [0, 2**-51], dict(x), {}))
        with pytest.raises(AssertionError):
            judge(double, call("double", lambda x: 2 * x + [0, 2**-48], dict(x), {}))
    assert found == [0.25, 2.0]
    judge(double, call("double", lambda x: 2 * x, dict(x), {}))
    assert len(found) == 2
