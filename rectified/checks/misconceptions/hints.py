"""Hints that several wrong ideas share."""

NAN_FELL = (
    "NaN came out as an ordinary number. Every comparison with NaN is False, so NaN falls into "
    "whatever branch is left over; and some NumPy functions are made to ignore or replace it. "
    "Which step does it here?"
)
NEIGHBOURS = (
    "These are differences between neighbours in the array. The entries of x are separate "
    "inputs; the derivative of each depends on itself alone."
)
AT_OUTPUT = (
    "The slope is asked at the input x, not at the output. Is a derivative evaluated at the value "
    "of the function here?"
)
OWN_ENTRY = (
    "Entry i of the output depends on entry i of x alone, so only entry i of grad_output "
    "concerns it."
)
