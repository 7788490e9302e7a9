"""Is this gradient right? Difference quotients, and checks that compare a gradient with them.

All differences are taken in float64. Kinks of a function are known to the checks by name, because
a difference quotient that straddles one measures neither slope.
"""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Function = Callable[..., ArrayLike]
_EPS = np.finfo(np.float64).eps


class GradientMismatch(AssertionError):
    """A gradient differs from the difference quotient by more than both roundings explain."""


def forward_difference(f: Function, x: ArrayLike, step: ArrayLike | None = None) -> NDArray:
    """Return (f(x + h) − f(x)) / h for an elementwise f; the error shrinks like h¹.

    The default step √ε · max(1, |x|) balances truncation (½ h f″) against rounding (ε f / h).
    """
    x = np.asarray(x, dtype=np.float64)
    above = x + _step(x, step, 1 / 2)
    return (_values(f, above) - _values(f, x)) / (above - x)


def central_difference(f: Function, x: ArrayLike, step: ArrayLike | None = None) -> NDArray:
    """Return (f(x + h) − f(x − h)) / 2h for an elementwise f; the error shrinks like h².

    The default step ∛ε · max(1, |x|) balances truncation (h² f‴ / 6) against rounding (ε f / h).
    At a distance δ < h above the kink of relu the result is ½ + δ / 2h, not 1.

    >>> central_difference(np.square, [3.0, -1.0], step=0.5)
    array([ 6., -2.])
    """
    x = np.asarray(x, dtype=np.float64)
    step = _step(x, step, 1 / 3)
    above, below = x + step, x - step
    return (_values(f, above) - _values(f, below)) / (above - below)


def complex_step(f: Function, x: ArrayLike, step: float = 1e-20) -> NDArray:
    """Return Im f(x + ih) / h for an elementwise f that accepts complex numbers.

    No difference is formed, so nothing cancels and h can be tiny: the result is as exact as f.
    ``f`` must be analytic in NumPy's sense. ``np.maximum`` happens to work, because NumPy orders
    complex numbers by their real part first (at a tie the imaginary part decides: relu has slope
    1 at 0). ``np.abs`` and everything built on it **silently** give 0, because the modulus drops
    the imaginary part. Functions of ``rectified.activations`` refuse complex input.

    Source: Squire & Trapp, SIAM Review 40(1), 1998.

    >>> complex_step(np.exp, 0.0)
    array(1.)
    """
    x = np.asarray(x, dtype=np.float64)
    return np.asarray(np.imag(f(x + 1j * step)) / step)


def numerical_gradient(
    f: Function, x: ArrayLike, step: ArrayLike | None = None
) -> NDArray[np.float64]:
    """Return the gradient of a scalar function f at the array x, one central difference an entry.

    Two calls of f for every entry of x: for small x. ``check_vjp`` needs two calls in all.

    >>> numerical_gradient(lambda x: x @ x, [1.0, 2.0], step=0.5)
    array([2., 4.])
    """
    x = np.asarray(x, dtype=np.float64)
    steps = np.broadcast_to(_step(x, step, 1 / 3), x.shape)
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += steps[index]
        below[index] -= steps[index]
        gradient[index] = (f(above) - f(below)) / (above[index] - below[index])
    return gradient


def relative_error(a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """Return |a − b| / max(|a|, |b|), elementwise; 0 where a equals b, NaN where either is NaN.

    >>> relative_error([1.0, 0.0, 0.0], [2.0, 0.0, 1e-9])
    array([0.5, 0. , 1. ])
    """
    a, b = np.broadcast_arrays(np.asarray(a, np.float64), np.asarray(b, np.float64))
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))
    return np.where(a == b, 0.0, error)


def check_gradient(
    f: Function,
    f_grad: Function,
    x: ArrayLike,
    kinks: Iterable[float] = (),
    *,
    step: float | None = None,
    tolerance: float = 1e-7,
) -> float:
    """Check the derivative ``f_grad`` of an elementwise, continuous ``f`` at the points x.

    Away from ``kinks`` the derivative must equal a central difference. Within reach of a kink the
    difference is taken on the far side from it. At a kink every value between the two one-sided
    slopes is right. Allowed is ``tolerance``, relative, plus the error of the difference itself,
    estimated from doubling its step (truncation) and from the rounding of f.

    Returns the largest relative error away from kinks (0 if there is no such point).

    Raises
    ------
    GradientMismatch
        If a value is wrong; the message names the function and the worst point.
    ValueError
        If the kinks are too close together for the step.
    """
    x = np.atleast_1d(np.asarray(x, dtype=np.float64))
    step = np.broadcast_to(_step(x, step, 1 / 3), x.shape)
    kinks = np.sort(np.array(list(kinks), dtype=np.float64))
    claimed = _values(f_grad, x)
    reach_right = np.min(kinks - x[..., None], axis=-1, initial=np.inf, where=kinks > x[..., None])
    reach_left = np.min(x[..., None] - kinks, axis=-1, initial=np.inf, where=kinks < x[..., None])
    at_kink = np.isin(x, kinks)
    near = np.minimum(reach_left, reach_right) <= 2 * step
    side = np.where(near, np.where(reach_right > reach_left, 1, -1), 0)
    reach = np.where(side > 0, reach_right, reach_left)
    crowded = np.where(at_kink, np.minimum(reach_left, reach_right), reach) <= 4 * step
    if np.any(crowded & (near | at_kink)):
        raise ValueError(
            f"kinks are too close together for step {step.max():g}: give a shorter one"
        )

    low, high, slack = np.empty(x.shape), np.empty(x.shape), np.empty(x.shape)
    for where, sides in ((~at_kink, (side,)), (at_kink, (-1, 1))):
        if not where.any():
            continue
        measured = [
            _slope(f, x[where], step[where], np.broadcast_to(s, x.shape)[where]) for s in sides
        ]
        slopes, errors = (np.array(part) for part in zip(*measured, strict=True))
        low[where], high[where] = slopes.min(0), slopes.max(0)
        slack[where] = errors.max(0) + tolerance * np.abs(slopes).max(0)
    wrong = ~((claimed >= low - slack) & (claimed <= high + slack))
    if wrong.any():
        distance = np.maximum(low - claimed, claimed - high) - slack
        worst = np.argmax(np.where(wrong, np.nan_to_num(distance, nan=np.inf), -np.inf))
        expected = (
            f"any value from {low.flat[worst]:.9g} to {high.flat[worst]:.9g}"
            if at_kink.flat[worst]
            else f"{low.flat[worst]:.9g} (if f bends sharply there, name the point in `kinks`)"
        )
        raise GradientMismatch(
            f"{_name(f_grad)}({x.flat[worst]:.9g}) is {claimed.flat[worst]:.9g}, but the slope of "
            f"{_name(f)} there is {expected}; {wrong.sum()} of {x.size} points are wrong"
        )
    return float(np.max(relative_error(claimed, low), initial=0.0, where=~at_kink))


def check_vjp(
    f: Function,
    vjp: Function,
    *inputs: ArrayLike,
    rng: np.random.Generator,
    step: float = 1e-5,
    tolerance: float = 1e-7,
) -> float:
    """Check ``vjp(*inputs, grad_output)``, the gradients of ⟨grad_output, f(*inputs)⟩.

    One random direction is enough to see any wrong entry: with probability 1 a wrong gradient has
    a wrong slope along it. Each input is moved alone, so the message says which one failed.
    ``vjp`` returns one array for one input, else one array for each. The inputs must keep further
    than ``step`` from kinks. Returns the largest relative error.

    Raises
    ------
    GradientMismatch
        If the slope along a random direction differs from a central difference, or a shape does.
    """
    inputs = [np.asarray(value, dtype=np.float64) for value in inputs]
    grad_output = rng.standard_normal(np.shape(f(*inputs)))
    gradients = vjp(*inputs, grad_output)
    gradients = [gradients] if len(inputs) == 1 else list(gradients)
    if len(gradients) != len(inputs):
        raise GradientMismatch(
            f"{_name(vjp)} returned {len(gradients)} gradients for {len(inputs)} inputs"
        )
    errors = []
    for position, gradient in enumerate(gradients):

        def along(moved, position=position):
            return np.vdot(grad_output, f(*inputs[:position], moved, *inputs[position + 1 :]))

        label = f"{_name(vjp)}, gradient of input {position}"
        errors.append(
            _check_direction(along, inputs[position], gradient, label, rng, step, tolerance)
        )
    return max(errors)


def check_layer(
    layer,
    x: ArrayLike,
    *,
    rng: np.random.Generator,
    step: float = 1e-5,
    tolerance: float = 1e-7,
) -> float:
    """Check ``layer.backward`` for the input and for every parameter, along random directions.

    ``layer`` has ``forward(x)``, ``backward(grad_output)`` and the lists ``parameters`` and
    ``gradients``; a whole network is a layer too. Its forward pass must be deterministic and in
    float64. Parameters are moved in place and put back. Returns the largest relative error.

    Raises
    ------
    GradientMismatch
        Naming the layer and the parameter whose gradient is wrong.
    """
    x = np.asarray(x, dtype=np.float64)
    grad_output = rng.standard_normal(np.shape(layer.forward(x)))
    grad_input = np.array(layer.backward(grad_output))
    gradients = [np.array(gradient) for gradient in layer.gradients]
    name = type(layer).__name__

    def along_input(moved):
        return np.vdot(grad_output, layer.forward(moved))

    errors = [_check_direction(along_input, x, grad_input, f"{name}: input", rng, step, tolerance)]
    for number, (parameter, gradient) in enumerate(zip(layer.parameters, gradients, strict=True)):
        kept = parameter.copy()

        def along_parameter(moved, parameter=parameter):
            parameter[...] = moved
            return np.vdot(grad_output, layer.forward(x))

        try:
            label = f"{name}: parameter {number} of shape {parameter.shape}"
            errors.append(
                _check_direction(along_parameter, kept, gradient, label, rng, step, tolerance)
            )
        finally:
            parameter[...] = kept
    return max(errors)


def _check_direction(f, x, gradient, label, rng, step, tolerance) -> float:
    """Compare ⟨gradient, d⟩ with the central difference of the scalar f along a random d."""
    if np.shape(gradient) != x.shape:
        raise GradientMismatch(f"{label}: shape {np.shape(gradient)}, expected {x.shape}")
    direction = rng.standard_normal(x.shape)
    measured = central_difference(
        np.vectorize(lambda t: f(x + t * direction), otypes=[float]), 0.0, step
    )
    terms = gradient * direction
    # The sum can cancel; its terms cannot, so they give the scale of a relative error.
    scale = max(abs(measured), np.linalg.norm(terms), np.finfo(np.float64).tiny)
    error = float(abs(measured - terms.sum()) / scale)
    if not error <= tolerance:
        raise GradientMismatch(
            f"{label}: slope {terms.sum():.9g} along a random direction, but a central difference "
            f"gives {float(measured):.9g} (relative error {error:.2g})"
        )
    return error


def _slope(f, x, step, side):
    """Return the slope of f at x on one side (−1, +1) or across (0), and a bound on its error."""

    def quotient(h):
        across = (_values(f, x + h) - _values(f, x - h)) / ((x + h) - (x - h))
        at, near, far = _values(f, x), _values(f, x + side * h), _values(f, x + 2 * side * h)
        one_sided = (4 * near - 3 * at - far) / (2 * side * h + (side == 0))
        return np.where(side == 0, across, one_sided)

    slope = quotient(step)
    # Rounding: f to 8 ulp (the contract of the activations) at both ends, and x itself to one.
    rounding = 16 * _EPS * (np.abs(_values(f, x)) + np.abs(slope) * (step + np.abs(x))) / step
    return slope, np.abs(quotient(2 * step) - slope) + rounding


def _step(x, step, power):
    return _EPS**power * np.maximum(1.0, np.abs(x)) if step is None else np.asarray(step, float)


def _values(f, x):
    values = np.asarray(f(x), dtype=np.float64)
    if values.shape != x.shape:
        raise ValueError(f"{_name(f)} must be elementwise: shape {x.shape} became {values.shape}")
    return values


def _name(f) -> str:
    return getattr(f, "__name__", repr(f))
