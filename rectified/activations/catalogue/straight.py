"""Records of the activations made of straight pieces, and of the one parabola among them."""

import math
from functools import partial

from rectified.activations.bounded import (
    hardsigmoid,
    hardsigmoid_grad,
    hardswish,
    hardswish_grad,
    hardtanh,
    hardtanh_grad,
    relu6,
    relu6_grad,
)
from rectified.activations.catalogue.record import Activation, Fact, Interval, Minimum, mirror
from rectified.activations.leaky import (
    leaky_relu,
    leaky_relu_grad,
    prelu,
    prelu_grad,
    rrelu,
    rrelu_grad,
)
from rectified.activations.relu import relu, relu_grad

_REALS = Interval(-math.inf, math.inf, False, False)


def _homogeneous(f) -> Fact:
    return Fact("f(3x) = 3 f(x)", lambda x: f(3 * x) - 3 * f(x))


def _two_lines(slope: str) -> tuple[str, str]:
    """Return the LaTeX of x above 0 and slope · x below, and of its derivative."""
    return (
        rf"\begin{{cases}} x & x > 0 \\ {slope}\,x & x \le 0 \end{{cases}}",
        rf"\begin{{cases}} 1 & x > 0 \\ {slope} & x \le 0 \end{{cases}}",
    )


STRAIGHT = (
    Activation(
        name="relu",
        label="ReLU",
        function=relu,
        derivative=relu_grad,
        formula=r"\max(0, x)",
        slope_formula=r"[x > 0]",
        kinks=(0.0,),
        smoothness=0,
        range=Interval(0.0, math.inf, True, False),
        monotone=True,
        convex=True,
        lipschitz=1.0,
        facts=(
            mirror(relu),
            _homogeneous(relu),
            Fact("f(f(x)) = f(x)", lambda x: relu(relu(x)) - relu(x)),
        ),
        source="Fukushima, IEEE Trans. SSC 5(4), 1969; Nair & Hinton, ICML 2010",
        bibkey="nair2010",
    ),
    Activation(
        name="leaky_relu",
        label="Leaky ReLU",
        function=leaky_relu,
        derivative=leaky_relu_grad,
        parameters={"negative_slope": 0.01},
        formula=_two_lines("a")[0],
        slope_formula=_two_lines("a")[1],
        kinks=(0.0,),
        smoothness=0,
        range=_REALS,
        monotone=True,
        convex=True,
        lipschitz=1.0,
        facts=(_homogeneous(leaky_relu),),
        source="Maas, Hannun & Ng, ICML workshop, 2013",
        bibkey="maas2013",
    ),
    Activation(
        name="prelu",
        label="PReLU",
        function=partial(prelu, slope=0.25),
        derivative=partial(prelu_grad, slope=0.25),
        parameters={"slope": 0.25},
        formula=_two_lines("a")[0],
        slope_formula=_two_lines("a")[1],
        kinks=(0.0,),
        smoothness=0,
        range=_REALS,
        monotone=True,
        convex=True,
        lipschitz=1.0,
        facts=(
            Fact("f(x) = a x + (1 − a) relu(x)", lambda x: prelu(x, 0.25) - x / 4 - relu(x) * 0.75),
        ),
        source="He, Zhang, Ren & Sun, ICCV 2015, arXiv:1502.01852",
        bibkey="he2015",
    ),
    Activation(
        name="rrelu",
        label="RReLU (at test time)",
        function=rrelu,
        derivative=rrelu_grad,
        parameters={"lower": 1 / 8, "upper": 1 / 3},
        formula=_two_lines(r"\tfrac{l + u}{2}")[0],
        slope_formula=_two_lines(r"\tfrac{l + u}{2}")[1],
        kinks=(0.0,),
        smoothness=0,
        range=_REALS,
        monotone=True,
        convex=True,
        lipschitz=1.0,
        facts=(Fact("f(x) = prelu(x, 11/48)", lambda x: rrelu(x) - prelu(x, 11 / 48)),),
        source="Xu, Wang, Chen & Li, arXiv:1505.00853, 2015",
        bibkey="xu2015",
    ),
    Activation(
        name="relu6",
        label="ReLU6",
        function=relu6,
        derivative=relu6_grad,
        formula=r"\min(\max(0, x), 6)",
        slope_formula=r"[0 < x < 6]",
        kinks=(0.0, 6.0),
        smoothness=0,
        range=Interval(0.0, 6.0, True, True),
        monotone=True,
        convex=False,
        lipschitz=1.0,
        facts=(Fact("f(x) = relu(x) − relu(x − 6)", lambda x: relu6(x) - relu(x) + relu(x - 6)),),
        source="Krizhevsky, Convolutional deep belief networks on CIFAR-10, 2010",
        bibkey="krizhevsky2010",
    ),
    Activation(
        name="hardtanh",
        label="Hardtanh",
        function=hardtanh,
        derivative=hardtanh_grad,
        formula=r"\min(\max(-1, x), 1)",
        slope_formula=r"[\,|x| < 1\,]",
        kinks=(-1.0, 1.0),
        smoothness=0,
        range=Interval(-1.0, 1.0, True, True),
        monotone=True,
        convex=False,
        lipschitz=1.0,
        facts=(
            Fact(
                "f(x) = relu(x + 1) − relu(x − 1) − 1",
                lambda x: hardtanh(x) - relu(x + 1) + relu(x - 1) + 1,
            ),
        ),
        source="Collobert, PhD thesis, Université Paris VI, 2004",
        bibkey="collobert2004",
    ),
    Activation(
        name="hardsigmoid",
        label="Hard sigmoid",
        function=hardsigmoid,
        derivative=hardsigmoid_grad,
        formula=r"\tfrac16 \min(\max(0, x + 3), 6)",
        slope_formula=r"\tfrac16\,[\,|x| < 3\,]",
        kinks=(-3.0, 3.0),
        smoothness=0,
        range=Interval(0.0, 1.0, True, True),
        monotone=True,
        convex=False,
        lipschitz=1 / 6,
        facts=(Fact("f(x) + f(−x) = 1", lambda x: hardsigmoid(x) + hardsigmoid(-x) - 1),),
        source="Howard et al., ICCV 2019, arXiv:1905.02244",
        bibkey="howard2019",
    ),
    Activation(
        name="hardswish",
        label="HardSwish",
        function=hardswish,
        derivative=hardswish_grad,
        formula=r"\tfrac{x}{6} \min(\max(0, x + 3), 6)",
        slope_formula=(
            r"\begin{cases} 0 & x \le -3 \\ \tfrac{2x + 3}{6} & |x| < 3 \\"
            r" 1 & x \ge 3 \end{cases}"
        ),
        kinks=(-3.0, 3.0),
        smoothness=0,
        range=Interval(-3 / 8, math.inf, True, False),
        minimum=Minimum(-3 / 2, -3 / 8),
        monotone=False,
        convex=False,
        lipschitz=1.5,
        facts=(
            mirror(hardswish),
            Fact("f(x) = x · hardsigmoid(x)", lambda x: hardswish(x) - x * hardsigmoid(x)),
        ),
        source="Howard et al., ICCV 2019, arXiv:1905.02244",
        bibkey="howard2019",
    ),
)
