"""The functions of the exercise, right, and the wrong ideas that are written in their place."""

from collections.abc import Callable

import numpy as np

from rectified.checks.judging import Misconception
from rectified.measure import patterns
from rectified.measure.regions_1d import breakpoints
from rectified.measure.stacks import pre_activations

_HANDED_ON = (
    "Some layer gets something else than it should. What is handed on are the values above 0 as "
    "they are, and 0 for the others: no negative values, no sizes, no mere switches. And is every "
    "bias added?"
)


def _stack(weights, biases):
    return list(zip(weights, biases, strict=True))


def pattern(weights, biases, x):
    """Return 1 for every hidden unit that is on at x, and 0 for the others, layer after layer."""
    found = [z > 0 for z in pre_activations(_stack(weights, biases), x)[:-1]]
    return np.concatenate([*found, np.zeros(0)])


def the_map(weights, biases, x):
    """Return the matrix and the offset of the affine map around x."""
    return patterns.affine_map(_stack(weights, biases), x)


def pieces(weights, biases, lo, hi):
    """Return the number of settings that are met from lo to hi."""
    found = breakpoints(_stack(weights, biases), float(lo), float(hi))
    return np.array(found.size + 1.0)


def rescaled(w_in, b, w_out, factor):
    """Return the weights of the same unit on another scale."""
    return w_in * factor, np.asarray(b * factor), w_out / factor


def of_pattern() -> tuple[Misconception, ...]:
    """Return what is written in place of ``pattern``."""

    def switched(test: Callable, act: Callable = lambda z: np.maximum(z, 0), last: bool = False):
        def returns(weights, biases, x):
            hidden, found = x, []
            for weight, bias in _stack(weights, biases):
                z = hidden @ weight + bias
                found.append(test(z) * 1.0)
                hidden = act(z)
            return np.concatenate([*(found if last else found[:-1]), np.zeros(0)])

        return returns

    def each(shape_of: Callable):
        return lambda w, b, x: shape_of(w, [0 * v for v in b], x)

    return (
        Misconception(
            switched(lambda z: z >= 0),
            "Only units at exactly 0 are off the mark: there a rectifier puts out 0, and counts "
            "as off.",
        ),
        Misconception(
            switched(lambda z: z > 0, last=True),
            "The outputs came along. The last layer has no rectifier, and so no switches.",
        ),
        Misconception(
            switched(lambda z: z > 0, act=lambda z: z),
            _HANDED_ON,
        ),
        Misconception(
            switched(lambda z: z > 0, act=lambda z: (z > 0) * 1.0),
            _HANDED_ON,
        ),
        Misconception(
            switched(lambda z: z <= 0),
            "On and off seem to be swapped, or the layers are in another order.",
        ),
        Misconception(
            switched(lambda z: np.maximum(z, 0)),
            "These are the values of the hidden units. Asked for is whether each is on.",
        ),
        Misconception(each(pattern), _HANDED_ON),
        Misconception(
            switched(lambda z: z > 0, act=np.abs),
            _HANDED_ON,
        ),
        Misconception(
            lambda w, b, x: pattern(w[:2], b[:2], x),
            "Only the first hidden layer is there. Every hidden layer has switches.",
        ),
        Misconception(
            lambda w, b, x: np.concatenate(
                [(z > 0) * 1.0 for z in pre_activations(_stack(w, b), x)[-2::-1]]
            ),
            "The layers are in reverse order: the first one comes first.",
        ),
        Misconception(
            lambda w, b, x: np.ones_like(pattern(w, b, x)),
            "Every unit counts as on. After the rectifier no value is below 0: which number tells "
            "on from off, and is it tested before the rectifier or after?",
        ),
        Misconception(
            lambda w, b, x: np.sum(pattern(w, b, x)),
            "This is how many are on. Asked for is which.",
        ),
    )


def of_affine() -> tuple[Misconception, ...]:
    """Return what is written in place of ``the_map``."""

    def composed(gates: Callable, gate_bias: bool = True, last_bias: bool = True):
        def returns(weights, biases, x):
            stack = _stack(weights, biases)
            zs = pre_activations(stack, x)
            matrix, offset = np.eye(len(x)), np.zeros(len(x))
            for n, (weight, bias) in enumerate(stack):
                last = n == len(stack) - 1
                matrix = matrix @ weight
                offset = offset @ weight + (bias if last_bias or not last else 0)
                if not last:
                    gate = gates(zs[n])
                    matrix, offset = matrix * gate, offset * gate if gate_bias else offset
            return matrix, offset

        return returns

    def on(z):
        return z > 0

    def last_switched(weights, biases, x):
        matrix, offset = the_map(weights, biases, x)
        gate = on(x @ matrix + offset)
        return matrix * gate, offset * gate

    def summed(step: Callable):
        def returns(weights, biases, x):
            offset = 0.0
            zs = pre_activations(_stack(weights, biases), x)
            for z, bias in zip(zs[:-1], biases[:-1], strict=True):
                offset = step(offset, bias, on(z))
            return the_map(weights, biases, x)[0], offset @ weights[-1] + biases[-1]

        return returns

    def bias_behind_switch(weights, biases, x):
        stack = _stack(weights, biases)
        offset = np.zeros(len(x))
        for z, (weight, bias) in zip(pre_activations(stack, x)[:-1], stack[:-1], strict=True):
            offset = offset @ weight * on(z) + bias
        return the_map(weights, biases, x)[0], offset @ weights[-1] + biases[-1]

    def no_offset(weights, biases, x):
        matrix, offset = the_map(weights, biases, x)
        return matrix, 0 * offset

    def last_bias(weights, biases, x):
        return the_map(weights, biases, x)[0], biases[-1]

    def transposed(weights, biases, x):
        matrix, offset = the_map(weights, biases, x)
        return matrix.T, offset

    def value(weights, biases, x):
        matrix, offset = the_map(weights, biases, x)
        return matrix, x @ matrix + offset

    return (
        Misconception(no_offset, "The offset is 0. What does the map make of the input 0?"),
        Misconception(
            composed(on, gate_bias=False),
            "The switches were applied to the matrix and not to the offset. A closed one stops "
            "both.",
        ),
        Misconception(
            composed(lambda z: 1.0),
            "The switches were left out: this is what the layers do without rectifiers.",
        ),
        Misconception(
            composed(lambda z: z <= 0),
            "The switches seem to be the wrong way round, or all closed. Which units are on?",
        ),
        Misconception(
            composed(lambda z: np.maximum(z, 0)),
            "The values of the hidden units were multiplied in. A switch multiplies by 0 or 1.",
        ),
        Misconception(
            transposed,
            "The matrix is transposed: the input is a row and stands on the left, x @ matrix.",
        ),
        Misconception(
            lambda *network: the_map(*network)[::-1],
            "The two results are there in the other order: first the matrix, then the offset.",
        ),
        Misconception(
            last_bias,
            "Only the bias of the last layer is there. What became of the earlier ones on their "
            "way through switches and weights?",
        ),
        Misconception(
            composed(on, last_bias=False), "The bias of the last layer is missing at the end."
        ),
        Misconception(
            last_switched,
            "The last layer was switched as well. It has no rectifier: its outputs pass, whatever "
            "their sign.",
        ),
        Misconception(
            bias_behind_switch,
            "Each bias was added behind the switch of its layer. It belongs to the pre-activation, "
            "so that a closed switch stops it as well.",
        ),
        *(
            Misconception(
                summed(step),
                "The biases of the hidden layers were added up as they are. What does the next "
                "layer's matrix make of a bias that reaches it?",
            )
            for step in (
                lambda offset, bias, gate: offset + bias * gate,
                lambda offset, bias, gate: (offset + bias) * gate,
                lambda offset, bias, gate: offset + bias,
            )
        ),
        Misconception(
            value,
            "The second result is the output at x. Asked for is the offset: the output is "
            "x @ matrix + offset.",
        ),
    )


def of_pieces() -> tuple[Misconception, ...]:
    """Return what is written in place of ``pieces``."""

    def hinges(weights, biases):
        with np.errstate(all="ignore"):
            return -biases[0] / weights[0][0]

    return (
        Misconception(
            lambda w, b, lo, hi: pieces(w, b, lo, hi) - 1,
            "This is one too few. How many pieces do three cuts make? Or is a flip missed?",
        ),
        Misconception(
            lambda w, b, lo, hi: pieces(w, b, lo, hi) + 1,
            "This is one too many. Are the ends of the interval counted as flips, or a flip that "
            "does not happen?",
        ),
        Misconception(
            lambda w, b, lo, hi: pieces(w, b, -1e6, 1e6),
            "Flips outside lo to hi were counted as well.",
        ),
        Misconception(
            lambda w, b, lo, hi: sum(v.size for v in b[:-1]) + 1.0,
            "This is the number of hidden units plus 1: some flip outside the interval, and in a "
            "deep network some flip several times.",
        ),
        Misconception(
            lambda w, b, lo, hi: sum(v.size for v in b) + 1.0,
            "This counts units, and the output among them. Which of them flip inside, and how "
            "often?",
        ),
        Misconception(
            lambda w, b, lo, hi: 2.0 ** sum(v.size for v in b[:-1]),
            "This is the number of all settings that one can think of. Which of them are met?",
        ),
        Misconception(
            lambda w, b, lo, hi: pieces(w[:2], b[:2], lo, hi),
            "Only the first hidden layer was looked at. Units of later layers flip as well.",
        ),
        Misconception(
            lambda w, b, lo, hi: pieces(
                [*w, np.ones((np.shape(w[-1])[1], 1))], [*b, np.zeros(1)], lo, hi
            ),
            "The output was treated like a hidden unit. Its sign does not matter.",
        ),
    )


def of_rescaling() -> tuple[Misconception, ...]:
    """Return what is written in place of ``rescaled``."""

    def scaled(*changes: Callable, hint: str) -> Misconception:
        return Misconception(
            lambda w_in, b, w_out, a: tuple(
                np.asarray(change(v, a))
                for change, v in zip(changes, (w_in, b, w_out), strict=True)
            ),
            hint,
        )

    def times(v, a):
        return v * a

    def over(v, a):
        return v / a

    def kept(v, a):
        return v

    return (
        scaled(
            times,
            kept,
            over,
            hint="The bias was left alone. It enters the unit too, and moves its hinge.",
        ),
        scaled(times, times, kept, hint="Nothing makes up for the change: look at what leaves."),
        scaled(times, times, times, hint="All three were multiplied. Then the output grows twice."),
        scaled(over, over, times, hint="It is the other way round: multiply what enters."),
        scaled(times, over, over, hint="The bias was divided. It enters the unit."),
        scaled(
            times,
            times,
            lambda v, a: v / a**2,
            hint="The output is divided once too often: relu(a z) is a relu(z), not a squared.",
        ),
        scaled(
            times,
            times,
            lambda v, a: v / np.sqrt(a),
            hint="relu(a z) is a relu(z): the whole factor comes out.",
        ),
        scaled(
            times, times, lambda v, a: v - a, hint="Dividing undoes multiplying, subtracting not."
        ),
        Misconception(
            lambda *unit: rescaled(*unit)[::-1],
            "The results are there in another order: w_in, b, w_out.",
        ),
    )
