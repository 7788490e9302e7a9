"""Drawn sets: shapes, balance, reproducibility, and the geometry that each is named for."""

import numpy as np
import pytest

from rectified.data import blobs, moons, random_labels, spirals, xor

CENTERS = [[0.0, 0.0], [3.0, 0.0], [0.0, 3.0]]
MAKERS = {
    "spirals": lambda n, rng: spirals(n, num_arms=3, rng=rng),
    "moons": lambda n, rng: moons(n, rng=rng),
    "blobs": lambda n, rng: blobs(n, CENTERS, rng=rng),
    "xor": lambda n, rng: xor(n, rng=rng),
    "random_labels": lambda n, rng: random_labels(n, 2, num_classes=3, rng=rng),
}
each_maker = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


@each_maker
@pytest.mark.parametrize("num_examples", [1, 7, 100])
def test_shapes_and_types(make, num_examples):
    x, labels = make(num_examples, np.random.default_rng(0))
    assert x.shape == (num_examples, 2)
    assert labels.shape == (num_examples,)
    assert x.dtype == np.float64
    assert labels.dtype == np.int64


@each_maker
def test_classes_differ_by_at_most_one_example(make):
    _, labels = make(101, np.random.default_rng(0))
    counts = np.bincount(labels)
    assert np.ptp(counts) <= 1
    assert counts.min() > 0


@each_maker
def test_the_generator_alone_decides(make):
    first, again, other = (make(50, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first[0], again[0])
    np.testing.assert_array_equal(first[1], again[1])
    assert not np.array_equal(first[0], other[0])


@each_maker
def test_too_few_examples_are_refused(make):
    with pytest.raises(ValueError, match="num_examples"):
        make(0, np.random.default_rng(0))


def test_noiseless_spiral_points_lie_on_their_arm():
    x, labels = spirals(300, num_arms=3, turns=2.0, noise=0.0, rng=np.random.default_rng(0))
    radius = np.hypot(*x.T)
    winding = np.arctan2(x[:, 1], x[:, 0]) / (2 * np.pi) - 2.0 * radius
    arm = (3 * winding) % 3
    distance = np.minimum(np.abs(arm - labels), 3 - np.abs(arm - labels))
    assert radius.max() <= 1
    assert distance.max() < 1e-9


def test_noiseless_moons_lie_on_two_half_circles():
    x, labels = moons(200, noise=0.0, rng=np.random.default_rng(0))
    upper, lower = x[labels == 0], x[labels == 1]
    np.testing.assert_allclose(np.hypot(*upper.T), 1, rtol=1e-12)
    np.testing.assert_allclose(np.hypot(*(lower - [1.0, 0.5]).T), 1, rtol=1e-12)
    assert upper[:, 1].min() >= 0
    assert lower[:, 1].max() <= 0.5


def test_noiseless_xor_is_the_truth_table():
    x, labels = xor(8, noise=0.0, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(np.abs(x), 1)
    assert len(np.unique(x, axis=0)) == 4
    np.testing.assert_array_equal(labels, x[:, 0] * x[:, 1] < 0)


def test_blobs_have_their_centers_and_spread():
    num_examples, noise = 30_000, 2.0
    x, labels = blobs(num_examples, CENTERS, noise=noise, rng=np.random.default_rng(0))
    for label, center in enumerate(CENTERS):
        cloud = x[labels == label]
        # Five standard errors, of a mean noise/√n and of a standard deviation noise/√(2n).
        margin = 5 * noise / np.sqrt(len(cloud))
        np.testing.assert_allclose(cloud.mean(axis=0), center, atol=margin)
        np.testing.assert_allclose(cloud.std(axis=0), noise, atol=margin / np.sqrt(2))


def test_random_labels_are_independent_of_the_points():
    x, labels = random_labels(20_000, 5, rng=np.random.default_rng(0))
    # Each correlation has standard error 1/√n.
    correlation = (x * (2 * labels - 1)[:, np.newaxis]).mean(axis=0)
    assert np.abs(correlation).max() < 5 / np.sqrt(20_000)
    assert not np.array_equal(labels, np.arange(20_000) % 2)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda rng: moons(10, noise=-0.1, rng=rng), "noise"),
        (lambda rng: blobs(10, [1.0, 2.0], rng=rng), "centers"),
        (lambda rng: spirals(10, num_arms=0, rng=rng), "num_arms"),
        (lambda rng: random_labels(10, 2, num_classes=0, rng=rng), "num_classes"),
    ],
)
def test_bad_arguments_are_named(make, name):
    with pytest.raises(ValueError, match=name):
        make(np.random.default_rng(0))
