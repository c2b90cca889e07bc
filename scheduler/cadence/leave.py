"""Whether a person is on leave now, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.people import Pair, Person
from scheduler.timespans import DAY

LONG_LEAVE = 5
"""So many working days in a row away pause a pair; a day or two away do not."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Working dates in a row on which a person is away, first and last included."""

    first: date
    last: date
    working_days: int


def leave_now(person: Person, away: Mapping[date, str], today: date) -> Leave | None:
    """Return the leave that the person is on today, in their own dates; None where they are not.

    Days on which they never work do not interrupt it: on the weekend in the middle of two weeks
    away they are away, on the one before it they are not yet. Days outside their employment
    are not leave.
    """
    before = _working(person, today, -DAY)
    after = _working(person, today, DAY)
    if not all(_on_leave(person, away, day) for day in (before, after)):
        return None
    first, last, count = before, after, 1 if before == after else 2
    while _on_leave(person, away, earlier := _working(person, first - DAY, -DAY)):
        first, count = earlier, count + 1
    while _on_leave(person, away, later := _working(person, last + DAY, DAY)):
        last, count = later, count + 1
    return Leave(first, last, count)


def meets_again(
    pair: Pair, away: Mapping[date, str], weekdays: frozenset[int], days: tuple[date, ...]
) -> bool:
    """Say whether on any of these days both work and neither is away or gone."""
    return any(
        day.weekday() in weekdays
        and day not in away
        and pair.manager.employed(day)
        and pair.report.employed(day)
        for day in days
    )


def _working(person: Person, day: date, step: timedelta) -> date:
    """Return the nearest working day from this one on, itself included."""
    while not person.hours.on(day):
        day += step
    return day


def _on_leave(person: Person, away: Mapping[date, str], day: date) -> bool:
    return day in away and person.employed(day)
