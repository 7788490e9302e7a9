"""333 penguins: a small regression task with real noise, and an easy classification task."""

import csv
import gzip
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from rectified.data.split import Split, every_fourth

SPECIES = ("Adelie", "Chinstrap", "Gentoo")
_MEASURES = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm")


def load_penguins(target: str = "body_mass") -> Split:
    """Return the complete 333 of 344 penguins, every fourth of each species for the test.

    Parameters
    ----------
    target : {"body_mass", "species"}
        ``"body_mass"``: y is (n, 1), in kilograms; x is (n, 7): bill length, bill depth and flipper
        length, standardised, then 1 if male, then which species, one-hot in the order of
        ``SPECIES``. ``"species"``: y is (n,), the index in ``SPECIES``; x is (n, 5): the three
        lengths and body mass, standardised, then 1 if male.

    Standardised means with the mean and the standard deviation of the training birds.

    Source: Gorman, Williams & Fraser, PLoS ONE 9(3): e90081, 2014, CC0; see README.md beside this
    module.

    >>> load_penguins().x_train.shape, load_penguins("species").x_test.shape
    ((251, 7), (82, 5))
    """
    if target not in ("body_mass", "species"):
        raise ValueError(f"target must be 'body_mass' or 'species', not {target!r}")
    birds = [row for row in _rows() if "NA" not in row.values()]
    species = np.array([SPECIES.index(bird["species"]) for bird in birds])
    male = np.array([[bird["sex"] == "male"] for bird in birds], float)
    mass = np.array([[float(bird["body_mass_g"]) / 1000] for bird in birds])
    lengths = np.array([[float(bird[name]) for name in _MEASURES] for bird in birds])
    test = every_fourth(species)
    if target == "body_mass":
        x = np.hstack([_standardize(lengths, ~test), male, np.eye(len(SPECIES))[species]])
        y = mass
    else:
        x = np.hstack([_standardize(np.hstack([lengths, mass]), ~test), male])
        y = species
    return Split(x[~test], y[~test], x[test], y[test])


def _rows() -> list[dict[str, str]]:
    packed = (files(__package__) / "penguins.csv.gz").read_bytes()
    return list(csv.DictReader(gzip.decompress(packed).decode().splitlines()))


def _standardize(values: NDArray, train: NDArray) -> NDArray:
    return (values - values[train].mean(axis=0)) / values[train].std(axis=0)
