"""What each exercise demands, as properties of the student's functions."""

from rectified.checks.core import CheckFailure, Report, Result, check, grade

__all__ = ["CheckFailure", "Report", "Result", "check", "grade"]
