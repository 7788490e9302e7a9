"""How weights start: the law of their variance, by author.

An initializer is a function of ``(shape, fan_in, fan_out, rng)`` that returns an array of that
shape. The functions here make one. What the variance should be for a given activation is computed
in ``gains``; schemes that look at the data or at the biases too are in ``whole_network``.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Initializer = Callable[[tuple[int, ...], int, int, np.random.Generator], NDArray]


def gaussian(std: float) -> Initializer:
    """Draw from N(0, std²), whatever the fans."""
    return lambda shape, fan_in, fan_out, rng: rng.normal(0.0, std, shape)


def uniform(limit: float) -> Initializer:
    """Draw from U(−limit, limit), whatever the fans; the variance is limit²/3."""
    return lambda shape, fan_in, fan_out, rng: rng.uniform(-limit, limit, shape)


def _with_variance(variance: Callable[[int, int], float], distribution: str) -> Initializer:
    """Draw with mean 0 and ``variance(fan_in, fan_out)`` from a normal or a uniform law."""
    if distribution not in ("normal", "uniform"):
        raise ValueError(f"distribution must be 'normal' or 'uniform', not {distribution!r}")

    def initialize(shape, fan_in, fan_out, rng):
        std = math.sqrt(variance(fan_in, fan_out))
        law = gaussian(std) if distribution == "normal" else uniform(math.sqrt(3) * std)
        return law(shape, fan_in, fan_out, rng)

    return initialize


def scaled(gain: float, distribution: str = "normal") -> Initializer:
    """Var W = gain²/fan_in, for a ``gain`` from ``forward_gain`` or ``backward_gain``."""
    return _with_variance(lambda fan_in, fan_out: gain**2 / fan_in, distribution)


def lecun(distribution: str = "normal") -> Initializer:
    """Var W = 1/fan_in: keeps the variance of a linear layer, and of SELU.

    Source: LeCun, Bottou, Orr & Müller, Efficient BackProp, 1998.
    """
    return scaled(1.0, distribution)


def he(negative_slope: float = 0.0, distribution: str = "normal") -> Initializer:
    """Var W = 2/((1 + negative_slope²)·fan_in): keeps E x² through ReLU or leaky ReLU.

    Source: He, Zhang, Ren & Sun, ICCV 2015, arXiv:1502.01852.
    """
    return scaled(math.sqrt(2 / (1 + negative_slope**2)), distribution)


def glorot(gain: float = 1.0, distribution: str = "uniform") -> Initializer:
    """Var W = 2·gain²/(fan_in + fan_out): between what forward and backward pass ask for.

    Source: Glorot & Bengio, AISTATS 2010 (uniform, gain 1).
    """
    return _with_variance(lambda fan_in, fan_out: 2 * gain**2 / (fan_in + fan_out), distribution)


def linear_default() -> Initializer:
    """U(−1/√fan_in, 1/√fan_in), so Var W = 1/(3·fan_in): the default of PyTorch's ``nn.Linear``.

    PyTorch draws the bias from the same law. The variance is six times below He's.
    """
    return lambda shape, fan_in, fan_out, rng: uniform(1 / math.sqrt(fan_in))(
        shape, fan_in, fan_out, rng
    )


def orthogonal(gain: float = 1.0) -> Initializer:
    """``gain`` times a matrix with orthonormal columns (or rows, if there are fewer rows).

    The first axis of ``shape`` makes the rows, the others together the columns; the law is
    uniform (Haar) over such matrices. Source: Saxe, McClelland & Ganguli, ICLR 2014,
    arXiv:1312.6120.
    """

    def initialize(shape, fan_in, fan_out, rng):
        rows, columns = shape[0], math.prod(shape[1:])
        tall = rng.normal(size=(max(rows, columns), min(rows, columns)))
        q, r = np.linalg.qr(tall)
        # The signs of R's diagonal are LAPACK's choice; moving them into Q makes the law uniform.
        q = q * np.sign(np.diag(r))
        return gain * (q if rows >= columns else q.T).reshape(shape)

    return initialize


INITIALIZATIONS: dict[str, Initializer] = {
    "he": he(),
    "he_uniform": he(distribution="uniform"),
    "glorot": glorot(),
    "glorot_normal": glorot(distribution="normal"),
    "lecun": lecun(),
    "lecun_uniform": lecun("uniform"),
    "linear_default": linear_default(),
    "orthogonal": orthogonal(),
}


def as_initializer(initialization: str | Initializer, name: str = "initialization") -> Initializer:
    """Return the initializer of that name, or ``initialization`` itself if it is one."""
    if callable(initialization):
        return initialization
    if initialization in INITIALIZATIONS:
        return INITIALIZATIONS[initialization]
    raise ValueError(
        f"{name} must be a function or one of {', '.join(INITIALIZATIONS)}, not {initialization!r}"
    )
