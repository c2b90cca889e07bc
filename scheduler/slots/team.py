"""The problem of one manager's week: a time for each of those who need one, so that the whole is best.

This file is the definition, and nothing in it searches: `team_search` does. Whoever wants to know whether an answer
is the best there is gives the same problem to a solver (`benchmarks/slots_exact.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a series as a set of bits, one a day of the grid; `ahead` are those in the look-ahead.

    All of them are on one weekday, 0 for that of the grid's first day.
    """

    weekday: int
    every: int
    ahead: int

    @property
    def first(self) -> int:
        """The first of the dates, as a set of one bit."""
        return self.every & -self.every


class Choice(NamedTuple):
    """A time that a request could have: which of the problem's dates, the cells [start, end) of the day, its worth.

    `worth` is what the time is worth whatever the others get: the more the better. On the first of its dates it takes
    `longer` cells more.
    """

    dates: int
    start: int
    end: int
    worth: int
    longer: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What times cost each other, in the same measure as `Choice.worth`.

    `same_day` for each date of the look-ahead that two of them share; less than nothing where one day is wished for. `no_air` for
    each such date on which less than `air` cells lie between the two as they usually are. `another_hour` for each time of the week at which
    any of them starts: those who meet in alternate weeks may share one.
    """

    same_day: int = 0
    no_air: int = 0
    air: int = 1
    another_hour: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamProblem:
    """For each request its choices, and how urgent it is (days past the limit, at least nought).

    `hours` are the weekdays and cells at which the manager has a 1-2-1 already: they cost nothing more.
    """

    choices: tuple[tuple[Choice, ...], ...]
    urgencies: tuple[int, ...]
    dates: tuple[Dates, ...]
    weights: Weights = Weights()
    hours: frozenset[tuple[int, int]] = frozenset()


class Value(NamedTuple):
    """How good an answer is; the larger the better, the first that differs decides.

    How many have a time; how urgent those are, together; what their times are worth, less what they cost each other.
    """

    placed: int
    urgency: int
    worth: int


Answer = tuple[int | None, ...]
"""For each request which of its choices it gets, or None."""


def value_of(problem: TeamProblem, answer: Sequence[int | None]) -> Value:
    """Return how good an answer is; raise ValueError where two of its times stand on each other."""
    placed = [who for who, choice in enumerate(answer) if choice is not None]
    chosen = [problem.choices[who][choice] for who, choice in enumerate(answer) if choice is not None]
    if any(overlap(problem, one, other) for one, other in combinations(chosen, 2)):
        msg = "two of these times are on one date and at one time"
        raise ValueError(msg)
    hours = {(problem.dates[each.dates].weekday, each.start) for each in chosen} - problem.hours
    worth = sum(each.worth for each in chosen) - problem.weights.another_hour * len(hours)
    worth -= sum(between(problem, one, other) for one, other in combinations(chosen, 2))
    return Value(len(placed), sum(problem.urgencies[who] for who in placed), worth)


def overlap(problem: TeamProblem, one: Choice, other: Choice) -> bool:
    """Say whether two times have a date in common, and time on it."""
    earlier, later = (one, other) if one.start <= other.start else (other, one)
    dates, others = problem.dates[earlier.dates], problem.dates[later.dates]
    if later.start < earlier.end:
        return bool(dates.every & others.every)
    return later.start < earlier.end + earlier.longer and bool(dates.first & others.every)


def between(problem: TeamProblem, one: Choice, other: Choice) -> int:
    """Return what two times cost each other that do not overlap."""
    shared = (problem.dates[one.dates].ahead & problem.dates[other.dates].ahead).bit_count()
    weights = problem.weights
    apart = max(other.start - one.end, one.start - other.end)
    close = 0 <= apart < weights.air
    return shared * (weights.same_day + weights.no_air * close)
