"""What goes wrong around a formula of an array, whatever it computes: for tests/mutants/.

A topic with many elementwise functions registers these versions for each of them from one right
formula, and its own ideas, wrong and right, by name.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tools.mutants import right, wrong

Formula = Callable[..., NDArray]


def floats(x):
    """Do what a notebook's as_floats does."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


def wrong_ideas(asked: str, check: str = "values", **formulas: Formula) -> None:
    """Register wrong formulas by name; each takes a float array and the settings."""
    _register(wrong(f"{asked}.{check}"), formulas)


def right_ideas(asked: str, **formulas: Formula) -> None:
    """Register right formulas by name; each takes a float array and the settings."""
    _register(right(asked), formulas)


def _register(mark: Callable, formulas: dict[str, Formula]) -> None:
    for name, formula in formulas.items():

        def version(x, *arguments, formula=formula, **settings):
            return formula(floats(x), *arguments, **settings)

        version.__name__ = name
        mark(version)


def with_bad_manners(asked: str, formula: Formula, lists: bool = True) -> None:
    """Register what goes wrong around a right ``formula``; ``lists`` if that check is asked for."""

    def guarded_by_if(x, **settings):
        """A question with a single answer, asked of the whole array."""
        return x if x > 700 else formula(floats(x), **settings)

    def list_out(x, **settings):
        return [float(formula(floats(v), **settings)) for v in x]

    def first_entry_decides(x, **settings):
        x = floats(x)
        return np.full_like(x, formula(x.ravel()[:1], **settings)[0])

    def loop_over_rows(x, **settings):
        x = floats(x)
        return np.array([formula(row, **settings) for row in x], dtype=x.dtype)

    def at_least_one_axis(x, **settings):
        return formula(np.atleast_1d(floats(x)), **settings)

    def flattened(x, **settings):
        return formula(floats(x).ravel(), **settings)

    def always_double(x, **settings):
        return formula(np.asarray(x, dtype=float), **settings)

    def arrays_only(x, **settings):
        return formula(x.astype(x.dtype), **settings)

    def dtype_of_input(x, **settings):
        """Integers stay integers."""
        x = np.asarray(x)
        return formula(floats(x), **settings).astype(x.dtype)

    def in_place(x, **settings):
        x = floats(x)
        if not x.ndim:
            return formula(x, **settings)
        x[...] = formula(x, **settings)
        return x

    def nan_replaced(x, **settings):
        x = floats(x)
        return formula(np.where(np.isnan(x), 0, x).astype(x.dtype), **settings)

    for check, versions in {
        "values": (guarded_by_if, list_out, first_entry_decides),
        "shapes": (loop_over_rows, at_least_one_axis, flattened),
        "dtype": (always_double,),
        "lists": (arrays_only, dtype_of_input) if lists else (),
        "untouched": (in_place,),
        "nan": (nan_replaced,),
    }.items():
        for version in versions:
            wrong(f"{asked}.{check}")(version)
