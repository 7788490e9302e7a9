"""Wrong ideas about a gate and its way back."""

import numpy as np

from rectified.activations import sigmoid, silu, silu_grad, swiglu, swiglu_vjp
from rectified.checks.pairs_and_gates.ideas import UPSTREAM, say

_CUTS = (10, 20, 30, 50, 100, 500)


def of_gate():
    """Return what is written in place of SwiGLU."""
    return (
        *say("This is GLU: the gate is the sigmoid alone.", lambda a, b: a * sigmoid(b)),
        *say(
            "The two are swapped: b goes through the gate, a is what passes.",
            lambda a, b: b * silu(a),
        ),
        *say(
            "Exact near 0 and 0 far left: is the sigmoid made from a tanh? It loses its small "
            "values.",
            lambda a, b: a * b * 0.5 * (1 + np.tanh(b / 2)),
        ),
        *say(
            "This is ReGLU, with a rectifier. Which gate is asked for?",
            lambda a, b: a * np.maximum(b, 0),
        ),
        *say("No gate at all: this is the product.", lambda a, b: a * b),
        *say(
            "Both went through the gate. a passes as it is, as far as b lets it.",
            lambda a, b: silu(a) * silu(b),
        ),
        *say("They were added. A gate multiplies.", lambda a, b: a + silu(b)),
        *say("a is not used. What does the gate decide about?", lambda a, b: silu(b)),
        *say("The gate alone, without its b.", lambda a, b: sigmoid(b)),
        *say(
            "The gate was applied to the product. Which of the two goes through it?",
            lambda a, b: silu(a * b),
            lambda a, b: a * b * sigmoid(a * b),
        ),
        *say(
            "The gate opens the wrong way: look at the sign in the exponential.",
            lambda a, b: a * b * sigmoid(-b),
        ),
        *say("tanh in the gate: asked for is the sigmoid.", lambda a, b: a * b * np.tanh(b)),
        *say("The sigmoid sees a instead of b.", lambda a, b: a * b * sigmoid(a)),
        *say(
            "The factor 1.702 belongs to an approximation of GELU. Which gate is asked for?",
            lambda a, b: a * b * sigmoid(1.702 * b),
        ),
        *say(
            "b seems to be clipped: far from 0 the gate no longer changes. Does it have to be cut?",
            *(lambda a, b, e=e: a * silu(np.clip(b, -e, e)) for e in _CUTS),
            *(lambda a, b, e=e: a * b * sigmoid(np.clip(b, -e, e)) for e in _CUTS),
        ),
    )


def of_gate_vjp():
    """Return what is written in place of its way back."""
    return (
        *say("The two gradients are swapped.", lambda a, b, g: swiglu_vjp(a, b, g)[::-1]),
        *say(UPSTREAM, lambda a, b, g: swiglu_vjp(a, b, np.ones_like(g))),
        *say(
            "For b, a is missing: the product rule keeps the other factor.",
            lambda a, b, g: (g * silu(b), g * silu_grad(b)),
        ),
        *say(
            "For b this is the gate itself. Asked for is its slope.",
            lambda a, b, g: (g * silu(b), g * a * silu(b)),
        ),
        *say(
            "For b this is the sigmoid alone. silu(b) = b σ(b) is a product as well.",
            lambda a, b, g: (g * silu(b), g * a * sigmoid(b)),
        ),
        *say(
            "For b this is the slope of the sigmoid. silu has a factor b in front of it.",
            lambda a, b, g: (g * silu(b), g * a * sigmoid(b) * sigmoid(-b)),
        ),
        *say(
            "For b one half of the product rule is missing: σ(b) was differentiated, and the b in "
            "front of it?",
            lambda a, b, g: (g * silu(b), g * a * b * sigmoid(b) * sigmoid(-b)),
        ),
        *say(
            "For a this is the sigmoid: what was a multiplied by?",
            lambda a, b, g: (g * sigmoid(b), g * a * silu_grad(b)),
        ),
        *say(
            "For a, a came in. The derivative of a product by one factor is the other.",
            lambda a, b, g: (g * a * silu(b), g * a * silu_grad(b)),
            lambda a, b, g: (g * swiglu(a, b), g * swiglu(a, b)),
        ),
        *say(
            "A sign is turned. Is there a minus in y = a silu(b)?",
            lambda a, b, g: (-g * silu(b), -g * a * silu_grad(b)),
            lambda a, b, g: (g * silu(b), -g * a * silu_grad(b)),
        ),
        *say(
            "This is the way back of a plain product. Where is the gate?",
            lambda a, b, g: (g * b, g * a),
        ),
        *say(
            "This is the way back of ReGLU. Which gate is asked for?",
            lambda a, b, g: (g * np.maximum(b, 0), g * a * (b > 0)),
        ),
        *say(
            "This is the way back of GLU. Which gate is asked for?",
            lambda a, b, g: (g * sigmoid(b), g * a * sigmoid(b) * sigmoid(-b)),
        ),
        *say(
            "A sign inside the slope of silu is off. Differentiate b σ(b) again.",
            lambda a, b, g: (g * silu(b), g * a * sigmoid(b) * (1 - b * sigmoid(-b))),
        ),
    )
