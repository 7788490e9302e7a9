"""Regions tile the box, carry the right affine maps, and come in the numbers that theory gives."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectified.activations import relu, relu_grad
from rectified.measure import arrangements, patterns, regions_1d, regions_2d, stacks
from rectified.measure.approximation import sawtooth_stack
from rectified.networks import Activation, Dense, Sequential, gaussian, perceptron

RELU = (relu, relu_grad)


def random_stack(widths, seed, bias_std=0.5):
    rng = np.random.default_rng(seed)
    return stacks.affine_stack(perceptron(widths, RELU, bias=gaussian(bias_std), rng=rng))


@pytest.mark.parametrize("seed", range(10))
def test_stack_is_the_network_and_moves_with_it(seed):
    rng = np.random.default_rng(seed)
    network = perceptron([3, 8, 8, 2], RELU, bias=gaussian(0.3), rng=rng)
    stack = stacks.affine_stack(network)
    x = rng.standard_normal((5, 3))
    assert np.array_equal(stacks.evaluate(stack, x), network.forward(x))
    for parameter in network.parameters:
        parameter += 1
    assert np.array_equal(stacks.evaluate(stack, x), network.forward(x))


def test_other_networks_are_refused():
    rng = np.random.default_rng(0)
    first, second = Dense(2, 2, rng=rng), Dense(2, 2, rng=rng)
    for layers in (
        (first, Activation((np.tanh, np.cosh)), second),
        (first, Activation(RELU)),
        (first, second, first),
    ):
        with pytest.raises(ValueError, match="relu between"):
            stacks.affine_stack(Sequential(*layers))
    with pytest.raises(ValueError, match="single"):
        stacks.affine_stack(perceptron([2, 2], RELU, rng=[rng, rng]))


@pytest.mark.parametrize("seed", range(10))
def test_network_is_its_affine_map_at_every_input(seed):
    stack = random_stack([6, 32, 32, 32, 4], seed)
    x = np.random.default_rng(seed).standard_normal((50, 6))
    matrix, offset = patterns.affine_map(stack, x)
    value = stacks.evaluate(stack, x)
    assert np.abs(np.einsum("bi,bij->bj", x, matrix) + offset - value).max() < 1e-12


@pytest.mark.parametrize("seed", range(10))
def test_affine_map_holds_for_neighbours_of_the_same_pattern(seed):
    stack = random_stack([3, 16, 16, 2], seed)
    rng = np.random.default_rng(seed)
    x = rng.standard_normal(3)
    near = x + 1e-3 * rng.standard_normal((200, 3))
    same = (patterns.activation_pattern(stack, near) == patterns.activation_pattern(stack, x)).all(
        1
    )
    assert same.sum() > 50
    matrix, offset = patterns.affine_map(stack, x)
    assert np.abs(near[same] @ matrix + offset - stacks.evaluate(stack, near[same])).max() < 1e-12


@pytest.mark.parametrize("seed", range(10))
def test_without_bias_the_network_is_homogeneous_on_a_ray(seed):
    stack = random_stack([4, 16, 16, 1], seed, bias_std=0)
    x = np.random.default_rng(seed).standard_normal((20, 4))
    assert np.array_equal(*(patterns.activation_pattern(stack, scale * x) for scale in (1, 3)))
    _, offset = patterns.affine_map(stack, x)
    assert np.all(offset == 0)


def test_patterns_are_counted_once():
    assert patterns.count_patterns(np.eye(4, dtype=bool)[[0, 1, 1, 3, 0]]) == 3


# Along a line


@pytest.mark.parametrize(("pieces", "depth"), [(2, 6), (3, 4), (4, 3), (5, 3), (2, 10), (7, 2)])
def test_sawtooth_network_has_pieces_to_the_depth(pieces, depth):
    found = regions_1d.linear_pieces(sawtooth_stack(pieces, depth), 0.0, 1.0)
    assert len(found.slopes) == pieces**depth
    assert np.allclose(found.edges, np.linspace(0, 1, pieces**depth + 1), rtol=0, atol=1e-12)
    assert np.allclose(np.abs(found.slopes), pieces**depth, rtol=1e-12)


@pytest.mark.parametrize("widths", [[3, 3], [2, 2, 4], [4, 4, 5], [3, 3, 3, 2]])
def test_folding_network_reaches_the_montufar_bound(widths):
    # Fold [0, 1] with all layers but the last; the last cuts every fold at interior points.
    stack = sawtooth_stack(widths[0], 1)
    for width in widths[1:-1]:
        fold = sawtooth_stack(width, 1)
        stack = [*stack[:-1], (stack[-1][0] @ fold[0][0], fold[0][1]), fold[1]]
    cuts = np.arange(1, widths[-1] + 1) / (widths[-1] + 1) - 1e-3
    last = stack[-1][0] @ np.ones((1, widths[-1]))
    stack = [*stack[:-1], (last, -cuts), (np.random.default_rng(0).random((widths[-1], 1)), 0.0)]
    found = regions_1d.breakpoints(stack, 0.0, 1.0)
    assert len(found) + 1 == arrangements.montufar_lower_bound(1, widths)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("widths", [[1, 16, 1], [1, 16, 16, 1], [1, 8, 8, 8, 8, 1]])
def test_breakpoints_are_where_patterns_change_and_nowhere_else(widths, seed):
    stack = random_stack(widths, seed)
    points = regions_1d.breakpoints(stack, -2.0, 2.0)
    edges = np.concatenate([[-2.0], points, [2.0]])
    gaps = np.diff(edges)
    inside = edges[:-1, None] + gaps[:, None] * np.linspace(0.01, 0.99, 15)
    seen = patterns.activation_pattern(stack, inside[..., None])
    assert np.all(seen == seen[:, :1])
    assert np.all(np.any(seen[1:, 0] != seen[:-1, 0], axis=1))


@pytest.mark.parametrize("seed", range(10))
def test_pieces_join_and_equal_the_network(seed):
    stack = random_stack([1, 16, 16, 2], seed)
    edges, slopes, offsets = regions_1d.linear_pieces(stack, -3.0, 3.0)
    value = stacks.evaluate(stack, edges[:, None])
    assert np.abs(edges[:-1, None] * slopes + offsets - value[:-1]).max() < 1e-11
    assert np.abs(edges[1:, None] * slopes + offsets - value[1:]).max() < 1e-11


def test_a_unit_that_the_output_ignores_ends_no_piece():
    stack = [(np.ones((1, 2)), np.array([0.0, -0.5])), (np.array([[1.0], [0.0]]), np.zeros(1))]
    assert regions_1d.breakpoints(stack, -1.0, 1.0).tolist() == [0, 0.5]
    assert regions_1d.linear_pieces(stack, -1.0, 1.0).edges.tolist() == [-1, 0, 1]


def test_units_that_switch_at_one_point_make_one_breakpoint():
    # x = 0.3 up to rounding, in each of these ways; the second layer adds its own at 0.5.
    first = (np.array([[1.0, -10.0, 7.0]]), np.array([-0.3, 3.0, -2.1]))
    second = (np.array([[1.0, 3.0], [0.0, 0.0], [0.0, 0.0]]), np.array([-0.2, -0.6]))
    points = regions_1d.breakpoints([first, second, (np.ones((2, 1)), np.zeros(1))], -1.0, 1.0)
    assert points == pytest.approx([0.3, 0.5], abs=1e-15)


def test_one_input_is_needed_on_a_line_and_two_in_the_plane():
    with pytest.raises(ValueError, match="one input"):
        regions_1d.breakpoints(random_stack([2, 3, 1], 0), -1.0, 1.0)
    with pytest.raises(ValueError, match="2 inputs"):
        regions_2d.linear_regions(random_stack([1, 3, 1], 0))


def test_breakpoints_per_neuron_do_not_grow_with_depth():
    # Hanin & Rolnick 2019: as many as neurons, whatever the depth. 20 seeds, [−1, 1], bias std 0.1.
    def per_neuron(width, depth):
        widths = [1, *[width] * depth, 1]
        counts = [
            len(regions_1d.breakpoints(random_stack(widths, seed, bias_std=0.1), -1.0, 1.0))
            for seed in range(20)
        ]
        return np.mean(counts) / (width * depth), np.std(counts, ddof=1) / 20**0.5 / width / depth

    shallow, shallow_error = per_neuron(16, 1)
    for depth in (2, 4, 8):
        deep, deep_error = per_neuron(16, depth)
        # A factor of even 1.1 per layer would be 2 at depth 8; and depth must not lose them all.
        assert 0.5 * shallow < deep < shallow + 4 * np.hypot(shallow_error, deep_error)


# In the plane


def lines_as_stack(normals, offsets):
    return [(normals.T, offsets), (np.ones((len(offsets), 1)), np.zeros(1))]


def random_lines(num_lines, seed, central=False):
    rng = np.random.default_rng(seed)
    angle = np.pi * (np.arange(num_lines) + rng.uniform(0.1, 0.9, num_lines)) / num_lines
    offsets = np.zeros(num_lines) if central else rng.standard_normal(num_lines)
    return np.column_stack([np.cos(angle), np.sin(angle)]), offsets


@pytest.mark.parametrize("num_lines", [3, 5, 8, 12, 20, 40])
@pytest.mark.parametrize("central", [False, True])
def test_polygons_of_an_arrangement_are_as_many_as_zaslavsky_says(num_lines, central):
    normals, offsets = random_lines(num_lines, num_lines, central)
    meeting = [
        np.linalg.solve(normals[list(pair)], -offsets[list(pair)])
        for pair in combinations(range(num_lines), 2)
    ]
    half = 1 + 1.1 * np.abs(meeting).max()  # a box that holds all crossings sees all regions
    found = regions_2d.linear_regions(
        lines_as_stack(normals, offsets), (-half, half), (-half, half)
    )
    assert len(found) == arrangements.zaslavsky(num_lines, 2, central=central)


@pytest.mark.parametrize(
    ("num_lines", "regions"), [(3, 7), (5, 16), (8, 37), (12, 79), (20, 211), (40, 821)]
)
def test_zaslavsky_numbers_in_the_plane(num_lines, regions):
    assert arrangements.zaslavsky(num_lines, 2) == regions
    assert arrangements.zaslavsky(num_lines, 2, central=True) == 2 * num_lines


@pytest.mark.parametrize("central", [False, True])
@pytest.mark.parametrize(
    ("n", "d"), [(0, 2), (1, 1), (7, 1), (10, 2), (9, 3), (7, 4), (6, 5), (3, 6)]
)
def test_count_of_random_hyperplanes_is_zaslavskys(n, d, central):
    rng = np.random.default_rng(100 * n + d)
    offsets = np.zeros(n) if central else rng.standard_normal(n)
    count = arrangements.count_regions(rng.standard_normal((n, d)), offsets)
    assert count == arrangements.zaslavsky(n, d, central=central)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-2, 2), st.integers(-2, 2), st.integers(-2, 2)).filter(
            lambda line: line[:2] != (0, 0)
        ),
        min_size=1,
        max_size=9,
    )
)
def test_count_and_polygons_agree_on_lines_in_any_position(lines):
    # Small integers make parallel, equal and concurrent lines; crossings have |coordinate| ≤ 8.
    lines = np.array(lines, dtype=float)
    found = regions_2d.linear_regions(
        lines_as_stack(lines[:, :2], lines[:, 2]), (-20, 20), (-20, 20)
    )
    assert len(found) == arrangements.count_regions(lines[:, :2], lines[:, 2])


def test_bad_hyperplanes_are_refused():
    with pytest.raises(ValueError, match="must not be 0"):
        arrangements.count_regions([[0, 0]], [1])
    with pytest.raises(ValueError, match="shape"):
        arrangements.count_regions([[1, 0]], [1, 2])


@pytest.mark.parametrize("seed", range(10))
def test_regions_tile_the_box_with_one_affine_map_each(seed):
    stack = random_stack([2, 8, 8, 2], seed)
    found = regions_2d.linear_regions(stack, (-2.0, 1.0), (-1.0, 3.0))
    assert sum(region.area for region in found) == pytest.approx(12, rel=1e-10)
    rng = np.random.default_rng(seed)
    for region in found:
        # A tiny sliver's inside is within rounding of its edges: the pattern there is moot.
        if region.area < 1e-8:
            continue
        mix = rng.dirichlet(np.ones(len(region.vertices)), 4) @ region.vertices
        inside = 0.99 * mix + 0.01 * region.center
        assert np.all(patterns.activation_pattern(stack, inside) == region.pattern)
        value = stacks.evaluate(stack, region.vertices)
        assert np.abs(region.vertices @ region.matrix + region.offset - value).max() < 1e-10


def test_where_a_whole_layer_is_off_the_next_one_cuts_nothing():
    # Quadrants; in the third all units are off, so the second layer is 0 there, neither on nor off.
    stack = [(np.eye(2), np.zeros(2)), (np.eye(2)[:, ::-1], np.zeros(2)), (np.ones((2, 1)), [0.0])]
    found = regions_2d.linear_regions(stack)
    assert [region.area for region in found] == [1, 1, 1, 1]
    dead = [region for region in found if not region.pattern.any()]
    assert len(dead) == 1
    assert dead[0].center.tolist() == [-0.5, -0.5]


@pytest.mark.parametrize("seed", range(10))
def test_a_line_through_the_box_meets_the_regions_that_the_one_dimensional_count_finds(seed):
    stack = random_stack([2, 12, 12, 1], seed)
    found = regions_2d.linear_regions(stack)
    start, end = np.array([-1.0, -0.9]), np.array([1.0, 0.83])
    cut = regions_1d.on_line(stack, start, end)
    edges = np.concatenate([[0], regions_1d.breakpoints(cut, 0.0, 1.0), [1]])
    middles = start + (edges[:-1, None] + edges[1:, None]) / 2 * (end - start)
    on_path = patterns.activation_pattern(stack, middles)
    known = {region.pattern.tobytes() for region in found}
    assert {pattern.tobytes() for pattern in on_path} <= known
    across = np.array([-end[1] + start[1], end[0] - start[0]])
    sides = [(region.vertices - start) @ across for region in found]
    assert sum(side.min() < 0 < side.max() for side in sides) == len(edges) - 1
