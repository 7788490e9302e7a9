"""Units are sorted by their lives, and the born-dead bounds hold where networks are drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rectified.measure import born_dead
from rectified.measure.dying import lives

RECORDS = hnp.arrays(bool, st.tuples(st.integers(1, 6), st.integers(1, 8)))


@given(RECORDS)
def test_lives_are_what_each_record_says(dead):
    sorted_lives = lives(dead)
    for unit, history in enumerate(dead.T):
        text = "".join("d" if entry else "a" for entry in history)
        assert sorted_lives.never_born[unit] == ("a" not in text)
        assert sorted_lives.died[unit] == ("a" in text and text.endswith("d"))
        assert sorted_lives.revived[unit] == ("da" in text)
        assert sorted_lives.never_dead[unit] == ("d" not in text)


@given(RECORDS)
def test_dead_at_the_end_is_never_born_or_died_and_not_both(dead):
    sorted_lives = lives(dead)
    assert np.array_equal(sorted_lives.never_born ^ sorted_lives.died, dead[-1])
    assert not np.any(sorted_lives.never_born & sorted_lives.died)
    alive_now = sorted_lives.never_dead | sorted_lives.revived | dead[-1]
    assert alive_now.all()


def test_leading_axes_are_kept_and_no_record_is_an_error():
    assert lives(np.zeros((4, 3, 5), dtype=bool)).died.shape == (3, 5)
    with pytest.raises(ValueError, match="record"):
        lives(np.zeros((0, 5), dtype=bool))


NETWORKS = 40_000
ROWS = [(2, 10), (3, 10), (5, 10), (10, 10), (4, 20), (4, 100), (1, 5), (6, 2)]


def standard_error(p):
    return np.sqrt(p * (1 - p) / NETWORKS) + 1 / NETWORKS


@pytest.mark.parametrize(("width", "num_layers"), ROWS)
def test_simulation_lies_between_the_bounds(width, num_layers):
    hidden = [width] * (num_layers - 1)
    low = born_dead.lower_bound(width, num_layers)
    orthogonal = born_dead.orthogonal_rays(width, num_layers)
    high = born_dead.upper_bound(hidden)
    rng = np.random.default_rng([width, num_layers])
    measured = born_dead.simulate(hidden, NETWORKS, rng)
    assert low <= orthogonal <= high
    # Four standard errors at the bound: a right bound fails once in 30,000 draws.
    assert measured >= orthogonal - 4 * standard_error(orthogonal)
    assert measured <= high + 4 * standard_error(high)


@pytest.mark.parametrize(
    ("hidden", "point"), [([3] * 10, [1.0]), ([2, 5, 3], [1.0, -2.0, 0.5]), ([4] * 30, [-7.0])]
)
def test_upper_bound_is_exact_for_one_input(hidden, point):
    exact = born_dead.upper_bound(hidden)
    measured = born_dead.simulate(hidden, NETWORKS, np.random.default_rng(1), inputs=[point])
    assert measured == pytest.approx(exact, abs=4 * standard_error(exact))


@pytest.mark.parametrize("angle", [0.1, 0.7, np.pi / 2, 2.5])
@pytest.mark.parametrize("width", [1, 2, 4])
def test_one_layer_kills_two_rays_as_often_as_the_proof_says(angle, width):
    rays = [[1.0, 0.0], [np.cos(angle), np.sin(angle)]]
    exact = ((np.pi - angle) / (2 * np.pi)) ** width
    measured = born_dead.simulate([width], NETWORKS, np.random.default_rng(width), inputs=rays)
    assert measured == pytest.approx(exact, abs=4 * standard_error(exact))


@pytest.mark.parametrize(("width", "num_layers"), ROWS[:6])
def test_chain_of_orthogonal_rays_is_the_closed_form_of_lu_et_al(width, num_layers):
    a1 = 1 - 0.5**width
    a2 = 1 - 0.5 ** (width - 1) - (width - 1) * 0.25**width
    c = (1 - 0.5 ** (width - 1)) * (1 - 0.5**width) / (1 + (width - 1) * 0.5**width)
    power = num_layers - 2
    closed = 1 - a1**power + c * (a2**power - a1**power)
    assert born_dead.orthogonal_rays(width, num_layers) == pytest.approx(closed, abs=1e-13)


def test_two_layers_never_kill_both_rays():
    # One hidden layer: every unit is on for one of the two rays.
    assert born_dead.lower_bound(3, 2) == born_dead.orthogonal_rays(3, 2) == 0
    assert born_dead.simulate([3], 10_000, np.random.default_rng(0)) == 0


def test_width_buys_depth_exponentially():
    # Union bound: width log2(L / δ) keeps the chance to die on an input below δ.
    for num_layers in (10, 100, 10_000):
        width = int(np.ceil(np.log2(num_layers / 0.01)))
        assert born_dead.upper_bound([width] * (num_layers - 1)) < 0.01


def test_depth_makes_every_narrow_network_dead():
    chances = [born_dead.lower_bound(4, num_layers) for num_layers in (10, 100, 1000)]
    assert chances[0] < chances[1] < chances[2]
    assert chances[2] > 1 - 1e-12


@pytest.mark.parametrize("bound", [born_dead.lower_bound, born_dead.orthogonal_rays])
def test_bounds_need_a_hidden_layer(bound):
    with pytest.raises(ValueError, match="num_layers"):
        bound(3, 1)
