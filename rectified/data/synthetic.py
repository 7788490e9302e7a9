"""Points with labels, drawn on demand: tasks whose right answer is known.

Every function returns (x, labels), x float64 (num_examples, features) and labels int64
(num_examples,). Classes take turns, so they are as equal in number as can be. ``noise`` is the
standard deviation of a Gaussian that is added to each coordinate.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Labelled = tuple[NDArray[np.float64], NDArray[np.int64]]


def spirals(
    num_examples: int,
    *,
    num_arms: int = 2,
    turns: float = 1.5,
    noise: float = 0.02,
    rng: np.random.Generator,
) -> Labelled:
    """Points on ``num_arms`` Archimedean spirals, r = t, φ = 2π (turns · t + arm/num_arms).

    t is uniform on [0, 1]; the label is the arm. x is (num_examples, 2), inside the unit circle
    but for the noise.
    """
    labels = _take_turns(num_examples, num_arms, "num_arms")
    radius = rng.random(num_examples)
    angle = 2 * np.pi * (turns * radius + labels / num_arms)
    return _noisy(radius * np.array([np.cos(angle), np.sin(angle)]), noise, rng), labels


def moons(num_examples: int, *, noise: float = 0.1, rng: np.random.Generator) -> Labelled:
    """Points on two half circles of radius 1 that reach into each other.

    Class 0 lies on (cos φ, sin φ), class 1 on (1 − cos φ, ½ − sin φ), φ uniform on [0, π]. x is
    (num_examples, 2).
    """
    labels = _take_turns(num_examples, 2)
    angle = np.pi * rng.random(num_examples)
    upper = np.array([np.cos(angle), np.sin(angle)])
    lower = np.array([1 - np.cos(angle), 0.5 - np.sin(angle)])
    return _noisy(np.where(labels == 0, upper, lower), noise, rng), labels


def blobs(
    num_examples: int, centers: ArrayLike, *, noise: float = 1.0, rng: np.random.Generator
) -> Labelled:
    """Gaussian clouds, one for each class, around ``centers``, (classes, features).

    x is (num_examples, features). The centers are given, not drawn, so that a second call draws
    test examples of the same task.
    """
    centers = np.asarray(centers, dtype=np.float64)
    if centers.ndim != 2:
        raise ValueError(f"centers must have shape (classes, features), not {centers.shape}")
    labels = _take_turns(num_examples, len(centers), "centers")
    return _noisy(centers[labels].T, noise, rng), labels


def xor(num_examples: int, *, noise: float = 0.1, rng: np.random.Generator) -> Labelled:
    """The corners (±1, ±1) of a square; the label is 1 where the signs differ.

    No linear classifier gets more than three corners right. x is (num_examples, 2).
    """
    corner = _take_turns(num_examples, 4)
    # Corners in the order (−1, −1), (−1, 1), (1, 1), (1, −1), so that the classes take turns.
    first, second = corner // 2, np.isin(corner, (1, 2)).astype(np.int64)
    return _noisy(2.0 * np.array([first, second]) - 1, noise, rng), first ^ second


def random_labels(
    num_examples: int, num_features: int, *, num_classes: int = 2, rng: np.random.Generator
) -> Labelled:
    """Standard normal points whose labels say nothing: only memory can learn them.

    x is (num_examples, num_features); the labels are a random order of equal classes, drawn
    independently of x.
    """
    labels = rng.permutation(_take_turns(num_examples, num_classes))
    return rng.standard_normal((num_examples, num_features)), labels


def _take_turns(
    num_examples: int, num_classes: int, name: str = "num_classes"
) -> NDArray[np.int64]:
    if num_examples < 1:
        raise ValueError(f"num_examples must be 1 or more, not {num_examples}")
    if num_classes < 1:
        raise ValueError(f"{name} must give 1 class or more, not {num_classes}")
    return np.arange(num_examples, dtype=np.int64) % num_classes


def _noisy(coordinates: NDArray, noise: float, rng: np.random.Generator) -> NDArray:
    """Return (examples, features) from (features, examples), with Gaussian noise added."""
    if noise < 0:
        raise ValueError(f"noise must be 0 or more, not {noise}")
    return coordinates.T + noise * rng.standard_normal(coordinates.T.shape)
