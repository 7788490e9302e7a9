"""Measure the error of every activation against 50 digits: ``python -m tools.accuracy``.

Writes ``rectified/activations/accuracy.json``, which the cheat sheet prints and a test keeps true.

An error is counted in units of the last place of the exact value. Where the function is badly
conditioned the unit is multiplied by the condition number κ = |x f′(x) / f(x)|: rounding x alone
moves the result by κ/2 units, so no formula that starts from a rounded x can promise less. That
is the case in the Gaussian tail of GELU (κ = x²) and where a derivative crosses zero.

Results below |x| times the smallest normal number are the tail: there x · σ(x) passes through
numbers that have lost digits, SciPy's ndtr is 0 below −37.7, and the error is counted in
smallest normal numbers.
"""

import json
from pathlib import Path

import numpy as np
from mpmath import mp, mpf

from rectified.activations import CATALOGUE, Activation
from tools.reference import DERIVATIVE, FORWARD

STORE = Path(__file__).parent.parent / "rectified" / "activations" / "accuracy.json"
DTYPES = ("float64", "float32", "float16")


def sample(dtype: str, special: tuple[float, ...] = ()) -> np.ndarray:
    """Return inputs over the whole range of ``dtype``: log-spaced, both signs, denser below 760.

    The smallest and largest numbers are among them, and 0 and every ``special`` point with both
    its neighbours. e^{−760} is below the smallest float64.
    """
    kind, info = np.dtype(dtype).type, np.finfo(dtype)
    binades = np.log2([float(info.smallest_subnormal), float(info.max)])
    magnitudes = np.concatenate(
        [
            np.exp2(np.linspace(*binades, 300)[:-1]),
            np.linspace(0.01, 16, 250),
            np.linspace(16, 120, 150),
            np.linspace(120, 760, 120),
            [float(info.max), float(info.tiny), float(info.smallest_subnormal)],
        ]
    )
    with np.errstate(over="ignore"):
        magnitudes = magnitudes.astype(kind)
    magnitudes = magnitudes[np.isfinite(magnitudes)]
    points = np.array([0.0, *special], kind)
    beside = [np.nextafter(points, kind(-np.inf)), np.nextafter(points, kind(np.inf))]
    return np.unique(np.concatenate([magnitudes, -magnitudes, points, *beside]))


def worst_error(function, reference, x: np.ndarray) -> dict[str, float]:
    """Return the largest errors of ``function`` over the array ``x``.

    ``ulps``, found at ``at``: units of the last place (times κ where κ > 1), outside the tail.
    ``relative``: relative error, where the result is a normal number.
    ``tail``: error in smallest normal numbers, within the tail.
    """
    info = np.finfo(x.dtype)
    tiny, top, eps = (mpf(float(value)) for value in (info.tiny, info.max, info.eps))
    worst = {"ulps": mpf(0), "at": mpf(0), "relative": mpf(0), "tail": mpf(0)}
    for point, value in zip(x, function(x), strict=True):
        point, value = mpf(float(point)), mpf(float(value))
        exact = reference(point)
        if abs(exact) >= top * (1 + eps / 4):  # rounds to infinity
            exact = mp.sign(exact) * mp.inf
        if value == exact:
            continue
        error = abs(value - exact)
        if abs(exact) >= tiny:
            worst["relative"] = max(worst["relative"], error / abs(exact))
        if abs(exact) < tiny * min(max(abs(point), 1), 1024):
            worst["tail"] = max(worst["tail"], error / tiny)
            continue
        units = error / (eps * mpf(2) ** (mp.frexp(exact)[1] - 1))
        if units > worst["ulps"]:
            units /= max(abs(point * mp.diff(reference, point) / exact), 1)
        if units > worst["ulps"]:
            worst |= {"ulps": units, "at": point}
    return {key: float(value) for key, value in worst.items()}


def measure_one(record: Activation, dtype: str) -> dict[str, dict[str, float]]:
    """Return the worst errors of one activation and of its derivative in one dtype."""
    special = (*record.kinks, *((record.minimum.at,) if record.minimum else ()))
    x = sample(dtype, special)
    pairs = {
        "function": (record.function, FORWARD[record.name]),
        "derivative": (record.derivative, DERIVATIVE[record.name]),
    }
    return {
        part: worst_error(f, lambda z, g=g: g(z, **record.parameters), x)
        for part, (f, g) in pairs.items()
    }


def measure() -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    """Return ``errors[name][dtype]["function" or "derivative"]`` for the whole catalogue."""
    return {
        name: {dtype: measure_one(record, dtype) for dtype in DTYPES}
        for name, record in CATALOGUE.items()
    }


def main() -> None:
    """Write the store, numbers to three digits."""
    rounded = json.loads(
        json.dumps(measure()), parse_float=lambda text: float(f"{float(text):.3g}")
    )
    STORE.write_text(json.dumps(rounded, indent=1) + "\n")
    print(f"wrote {STORE.name}: {len(rounded)} activations")


if __name__ == "__main__":
    main()
