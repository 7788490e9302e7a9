"""Fresh layers, widths and units, and two checks of the kind of what goes in or comes out."""

import numpy as np

from rectified.checks import wording
from rectified.checks.calling import call
from rectified.checks.core import CheckFailure
from rectified.checks.dying_units.ideas import chance
from rectified.checks.properties import after_examples


def layer(leading=(), inputs=3, at_zero=False):
    """Return a maker of pre-activations (…, inputs, 4): dead, alive once, alive often.

    With ``at_zero`` some dead units have a pre-activation of exactly 0, and some live ones too.
    """

    def draw(rng, shape, dtype):
        size = np.round(rng.uniform(0.1, 4.0, (*leading, inputs, 4)), 3)
        on = rng.random(size.shape) < np.array([0.0, 0.0, 0.0, 0.7])
        on[..., rng.integers(inputs), 2] = True  # a unit that is on once
        z = np.where(on, size, -size)
        if at_zero:
            z[..., rng.integers(inputs), [0, 3]] = 0.0
            z[..., :, 1] = 0.0
        return (z[..., rng.permutation(4)],)

    return draw


def widths(fewest, most, narrowest=1, widest=6):
    """Return a maker of a list of that many widths."""

    def draw(rng, shape, dtype):
        count = int(rng.integers(fewest, most + 1))
        return ([int(n) for n in rng.integers(narrowest, widest + 1, count)],)

    return draw


def unit(units=None, decay=None, rate=None):
    """Return a maker of weights, bias, decay and rate; of a whole layer if ``units`` is given."""

    def draw(rng, shape, dtype):
        w = np.round(rng.normal(size=(4,) if units is None else (4, units)), 3)
        signs = rng.permutation(np.where(np.arange(units or 2) % 2, 1.0, -1.0))  # both occur
        sign = signs[0] if units is None else signs
        b = np.round(rng.uniform(0.5, 4.0, units) * sign, 3)
        drawn_decay, drawn_rate = np.round(rng.uniform([0.1, 0.1], [0.9, 0.8]), 2)
        return (
            w,
            float(b) if units is None else b,
            float(drawn_decay) if decay is None else decay,
            float(drawn_rate) if rate is None else rate,
        )

    return draw


def is_mask(target):
    """Return the check that the result has dtype bool."""

    def run(function, rng):
        outcome = target.run(function, target.draw(rng, (), np.float64), {})
        if outcome.value.dtype != bool:
            raise CheckFailure(
                wording.paragraphs(
                    f"{outcome} returned numbers of dtype {outcome.value.dtype}; it should return "
                    "True and False, dtype bool: a mask that can pick out units.",
                    "A comparison makes booleans. What happens to them afterwards?",
                )
            )

    return after_examples(target, run)


def any_kind(function, rng):
    """Widths may come as a tuple or as an array."""
    (drawn,) = widths(2, 5)(rng, (), np.float64)
    for given, what in ((tuple(drawn), "a tuple"), (np.array(drawn), "an array of integers")):
        try:
            outcome = call("born_dead_upper_bound", function, {"widths": given}, {})
        except CheckFailure as failure:
            hint = f"Here the widths came as {what}. A list of the same numbers may pass."
            if "negative integer powers" in " ".join(str(failure).split()):
                hint += " NumPy refuses a negative power of an integer: which number is the base?"
            raise CheckFailure(f"{failure}\n\n{wording.paragraphs(hint)}") from None
        right = chance(drawn)
        value = np.asarray(outcome.value, dtype=np.float64)
        if value.shape != () or not abs(value - right) <= 1e-12:
            raise CheckFailure(
                wording.paragraphs(
                    f"{outcome} for {what}, {wording.values(given)}, gives "
                    f"{wording.values(outcome.value)}. It should give {right:.6g}, as for the "
                    "same widths in a list.",
                    "Is a step of yours done differently for lists, tuples and arrays?",
                )
            )
