"""Every activation and its derivative in 50-digit arithmetic: what accuracy is measured against.

``FORWARD[name]`` and ``DERIVATIVE[name]`` take one ``mpmath`` number and the parameters of the
catalogue. They follow the definitions, not the code under test: mpmath's exponent has no end, so
no formula needs to be protected from overflow. At kinks the derivative is the documented one.
"""

from mpmath import mp, mpf

mp.dps = 50

#: Beyond ±FAR an exponential tail is below 10^−4000, and mpmath would spend megabytes on it.
FAR = 10_000


def _tailed(f, left, right):
    """Return f between ±FAR, and its limiting forms ``left`` and ``right`` beyond."""

    def bounded(x, **parameters):
        if x < -FAR:
            return left(x, **parameters)
        if x > FAR:
            return right(x, **parameters)
        return f(x, **parameters)

    return bounded


def _zero(x, **_):
    return mpf(0)


def _one(x, **_):
    return mpf(1)


def _same(x, **_):
    return x


def _sigmoid(x):
    return mpf(x > 0) if abs(x) > FAR else 1 / (1 + mp.exp(-x))


def _softplus(x):
    return mp.log1p(mp.exp(x))


def _positive(x):
    return max(x, mpf(0))


def _phi(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def _gelu(x, approximate="none"):
    if approximate == "none":
        return x * mp.erfc(-x / mp.sqrt(2)) / 2
    return x * _sigmoid(2 * _cubic(x))


def _gelu_grad(x, approximate="none"):
    if approximate == "none":
        return mp.erfc(-x / mp.sqrt(2)) / 2 + x * _phi(x)
    gate = _sigmoid(2 * _cubic(x))
    slope = mp.sqrt(2 / mp.pi) * (1 + 3 * mpf(0.044715) * x**2)
    return gate + 2 * x * slope * gate * _sigmoid(-2 * _cubic(x))


def _cubic(x):
    return mp.sqrt(2 / mp.pi) * (x + mpf(0.044715) * x**3)


def _swish(x, beta=1.0):
    return x * _sigmoid(beta * x)


def _swish_grad(x, beta=1.0):
    gate = _sigmoid(beta * x)
    return gate * (1 + beta * x * _sigmoid(-beta * x))


def _mish_grad(x):
    weight = mp.tanh(_softplus(x))
    return weight + x * _sigmoid(x) / mp.cosh(_softplus(x)) ** 2


def _line(x, slope):
    return x if x > 0 else slope * x


def _line_grad(x, slope):
    return mpf(1) if x > 0 else mpf(slope)


def _curve(x, alpha=1.0):
    return x if x > 0 else alpha * mp.expm1(x)


def _curve_grad(x, alpha=1.0):
    return mpf(1) if x > 0 else alpha * mp.exp(x)


def _selu_constants():
    """Return alpha and scale from E f(z) = 0 and E f(z)² = 1, the expectations by quadrature."""
    density = [-mp.inf, -8, -4, -2, -1, 0]
    first = mp.quad(lambda z: mp.expm1(z) * _phi(z), density)
    second = mp.quad(lambda z: mp.expm1(z) ** 2 * _phi(z), density)
    alpha = -1 / mp.sqrt(2 * mp.pi) / first
    return alpha, 1 / mp.sqrt(mpf(1) / 2 + alpha**2 * second)


SELU_ALPHA, SELU_SCALE = _selu_constants()


def _clip(x, low, high):
    return min(max(x, mpf(low)), mpf(high))


def _inside(x, low, high):
    return mpf(1) if low < x < high else mpf(0)


def _hardswish_grad(x):
    return (2 * x + 3) / 6 if -3 < x < 3 else mpf(x >= 3)


FORWARD = {
    "relu": _positive,
    "leaky_relu": lambda x, negative_slope=0.01: _line(x, negative_slope),
    "prelu": lambda x, slope: _line(x, slope),
    "rrelu": lambda x, lower, upper: _line(x, (mpf(lower) + mpf(upper)) / 2),
    "relu6": lambda x: _clip(x, 0, 6),
    "hardtanh": lambda x: _clip(x, -1, 1),
    "hardsigmoid": lambda x: _clip(x + 3, 0, 6) / 6,
    "hardswish": lambda x: x * _clip(x + 3, 0, 6) / 6,
    "sigmoid": _sigmoid,
    "tanh": _tailed(mp.tanh, lambda x: mpf(-1), _one),
    "elu": _tailed(_curve, lambda x, alpha=1.0: -mpf(alpha), _same),
    "celu": _tailed(
        lambda x, alpha=1.0: alpha * _curve(x / alpha), lambda x, alpha=1.0: -mpf(alpha), _same
    ),
    "selu": _tailed(
        lambda x: SELU_SCALE * _curve(x, SELU_ALPHA),
        lambda x: -SELU_SCALE * SELU_ALPHA,
        lambda x: SELU_SCALE * x,
    ),
    "softplus": _tailed(lambda x, beta=1.0: _softplus(beta * x) / beta, _zero, _same),
    "gelu": _tailed(_gelu, _zero, _same),
    "gelu_tanh": _tailed(_gelu, _zero, _same),
    "silu": _swish,
    "swish": _swish,
    "mish": _tailed(lambda x: x * mp.tanh(_softplus(x)), _zero, _same),
    "squared_relu": lambda x: _positive(x) ** 2,
    "star_relu": lambda x, scale, bias: scale * _positive(x) ** 2 + bias,
}

DERIVATIVE = {
    "relu": lambda x: mpf(x > 0),
    "leaky_relu": lambda x, negative_slope=0.01: _line_grad(x, negative_slope),
    "prelu": lambda x, slope: _line_grad(x, slope),
    "rrelu": lambda x, lower, upper: _line_grad(x, (mpf(lower) + mpf(upper)) / 2),
    "relu6": lambda x: _inside(x, 0, 6),
    "hardtanh": lambda x: _inside(x, -1, 1),
    "hardsigmoid": lambda x: _inside(x, -3, 3) / 6,
    "hardswish": _hardswish_grad,
    "sigmoid": lambda x: _sigmoid(x) * _sigmoid(-x),
    "tanh": _tailed(lambda x: 1 / mp.cosh(x) ** 2, _zero, _zero),
    "elu": _tailed(_curve_grad, _zero, _one),
    "celu": _tailed(lambda x, alpha=1.0: _curve_grad(x / alpha), _zero, _one),
    "selu": _tailed(lambda x: SELU_SCALE * _curve_grad(x, SELU_ALPHA), _zero, lambda x: SELU_SCALE),
    "softplus": lambda x, beta=1.0: _sigmoid(beta * x),
    "gelu": _tailed(_gelu_grad, _zero, _one),
    "gelu_tanh": _tailed(_gelu_grad, _zero, _one),
    "silu": _swish_grad,
    "swish": _swish_grad,
    "mish": _tailed(_mish_grad, _zero, _one),
    "squared_relu": lambda x: 2 * _positive(x),
    "star_relu": lambda x, scale, bias: 2 * scale * _positive(x),
}
