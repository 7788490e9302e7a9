"""What is asked of a factor that no rescaling allows: an exception, and the right one."""

import copy

import numpy as np

from rectified.checks import calling, properties, wording
from rectified.checks.core import CheckFailure
from rectified.checks.judging import Target

_FACTORS = (0.0, -2.0)
_ASKED = "The task asks for a ValueError here, so that the caller can tell what was wrong."


def refuses(target: Target) -> properties.Run:
    """Return a run: ValueError for a last argument, the factor, that is not above 0."""

    def run(function, rng: np.random.Generator) -> None:
        *others, _ = target.draw(rng, (), np.float64)
        for factor in _FACTORS:
            given = dict(zip(target.arguments, (*copy.deepcopy(others), factor), strict=True))
            with calling.quiet():
                try:
                    function(*given.values())
                except ValueError:
                    continue
                except Exception as error:
                    told = calling.explain(target.name, given, {}, error)
                    raise CheckFailure(f"{told}\n\n{_ASKED}") from None
            raise CheckFailure(
                wording.paragraphs(
                    f"{wording.call(target.name, given, {})} with factor = {factor:g} returned "
                    "something; it should raise a ValueError.",
                    "relu(a z) is a relu(z) for positive a only. A function that cannot do what "
                    "it promises should say so instead of returning other weights.",
                )
            )

    return properties.after_examples(target, run)
