"""Errors: what they say, and which exit code they end the program with."""

import re

import pytest

from scheduler import errors
from scheduler.errors import BadConfig, OnetooneError, Problem


def test_a_problem_reads_as_one_line() -> None:
    """Where, what, and what would mend it, if anything is known to."""
    assert str(Problem("a.csv:3", "no email", "fill it")) == "a.csv:3: no email; fill it"
    assert str(Problem("a.csv:3", "no email")) == "a.csv:3: no email"


def test_an_error_has_a_line_for_each_problem() -> None:
    """All are carried, none is left for the next run."""
    error = BadConfig(Problem("a", "b"), Problem("c", "d", "e"))
    assert str(error) == "a: b\nc: d; e"
    assert len(error.problems) == 2


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("OnetooneError", 1),
        ("WrongUsage", 2),
        ("BadConfig", 2),
        ("CalendarUnreadable", 4),
        ("WriteFailed", 4),
        ("DocumentBusy", 4),
        ("Refused", 5),
        ("PastLimit", 5),
        ("PlanOutdated", 5),
        ("AnotherRun", 6),
    ],
)
def test_exit_codes_are_those_that_scripts_rely_on(name: str, code: int) -> None:
    """And each stands in the tree at the top of the module."""
    error = getattr(errors, name)
    assert issubclass(error, OnetooneError)
    assert error.exit_code == code
    assert re.search(rf"^[ │├└─]* {name} +{code} ", str(errors.__doc__), re.MULTILINE)
