"""What a live check says of one fact: it holds, it does not, or why that could not be seen."""

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """How a fact stands; the value is the word that a line begins with."""

    HOLDS = "holds"
    DIFFERS = "differs"  # it does not hold, and the program lives with that
    UNTRIED = "untried"
    FAILED = "FAIL"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: the verdict, the fact, and what follows where it does not simply hold."""

    verdict: Verdict
    what: str
    then: str = ""


class Untried(Exception):
    """A fact can't be looked at here; the message says why."""


def holds(what: str) -> Finding:
    """Say that it is as the program expects."""
    return Finding(Verdict.HOLDS, what)


def differs(what: str, then: str) -> Finding:
    """Say that it is not, and what the program does instead."""
    return Finding(Verdict.DIFFERS, what, then)


def untried(what: str, why: str) -> Finding:
    """Say that it was not tried, and why."""
    return Finding(Verdict.UNTRIED, what, why)


def failed(what: str, then: str) -> Finding:
    """Say that it went wrong in a way that the program can't live with, and what mends it."""
    return Finding(Verdict.FAILED, what, then)
