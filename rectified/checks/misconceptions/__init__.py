"""Wrong ideas that come up with every activation, its derivative and its backward pass.

A topic adds the ideas that are its own before or after these. What a wrong idea returns is only
compared with a result that is already known to be wrong, so an idea that happens to be right for
a topic does no harm there.
"""

from rectified.checks.misconceptions.backward import of_backward
from rectified.checks.misconceptions.derivative import of_derivative
from rectified.checks.misconceptions.hints import AT_OUTPUT, NAN_FELL, NEIGHBOURS, OWN_ENTRY
from rectified.checks.misconceptions.rectifier import of_rectifier
from rectified.checks.misconceptions.result import of_result

__all__ = [
    "AT_OUTPUT",
    "NAN_FELL",
    "NEIGHBOURS",
    "OWN_ENTRY",
    "of_backward",
    "of_derivative",
    "of_rectifier",
    "of_result",
]
