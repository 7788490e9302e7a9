"""The catalogue: one record for every elementwise activation of the course.

The cheat sheet, the plots, the layers and the tests read it. No formula is computed here, and
every number is checked against a 50-digit reference in the tests.
"""

from types import MappingProxyType

from rectified.activations.catalogue.curved import CURVED
from rectified.activations.catalogue.record import Activation
from rectified.activations.catalogue.straight import STRAIGHT

#: Name to ``Activation``, straight pieces first.
CATALOGUE = MappingProxyType({record.name: record for record in (*STRAIGHT, *CURVED)})

__all__ = ["CATALOGUE", "Activation"]
