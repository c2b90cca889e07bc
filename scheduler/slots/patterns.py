"""The dates on which a series can fall: each weekday with each phase of its cadence."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from scheduler.every import Cadence, Unit

_LONGEST_WAIT = timedelta(weeks=26)
_WEEK = timedelta(weeks=1)
_REGULAR_PLACES = 4  # every month has four of each weekday, some have a fifth
_MONTHS_DIFFER = 5


@dataclass(frozen=True, slots=True)
class Pattern:
    """A recurrence rule (RFC 5545) and its dates, in order; there is at least one."""

    rrule: str
    dates: tuple[date, ...]


@lru_cache(maxsize=256)
def patterns(cadence: Cadence, earliest: date, last: date) -> tuple[Pattern, ...]:
    """Return every pattern that there is of a cadence, each from its first date on.

    Weeks: each weekday, in each of the weeks of the cadence. Months and quarters: each weekday in
    each place of the month, first to fourth and last, in each of the months of the cadence. First
    dates lie within one cadence of the earliest (a 1st Tuesday may be four days later than a month
    away) and within half a year. Dates run up to `last`, included.
    """
    wait = min(timedelta(days=cadence.days), _LONGEST_WAIT)
    if cadence.unit is Unit.WEEK:
        firsts = (earliest + timedelta(days=days) for days in range(wait.days))
        found = [_weekly(cadence, first, last) for first in firsts]
    else:
        firsts = (earliest + timedelta(days=days) for days in range(wait.days + _MONTHS_DIFFER))
        found = _once([pattern for first in firsts for pattern in _monthly(cadence, first, last)])
    return tuple(pattern for pattern in found if pattern.dates)


def _once(found: list[Pattern]) -> list[Pattern]:
    """Return each pattern from its first date only; from a later one it is the same series begun later."""
    begun: set[tuple[str, date]] = set()
    result: list[Pattern] = []
    for pattern in found:
        if pattern.dates and (pattern.rrule, pattern.dates[0]) not in begun:
            result.append(pattern)
        begun.update((pattern.rrule, day) for day in pattern.dates)
    return result


def _weekly(cadence: Cadence, first: date, last: date) -> Pattern:
    days = range(0, (last - first).days + 1, cadence.count * 7)
    return Pattern(cadence.rrule(first), tuple(first + timedelta(days=day) for day in days))


def _monthly(cadence: Cadence, first: date, last: date) -> Iterator[Pattern]:
    months = cadence.count * (3 if cadence.unit is Unit.QUARTER else 1)
    rule, place = cadence.rrule(first), (first.day - 1) // 7 + 1
    if place <= _REGULAR_PLACES:
        yield Pattern(rule, tuple(_nth_of_months(first, last, months, place)))
    if (first + _WEEK).month != first.month:
        last_one = rule.replace("BYDAY=4", "BYDAY=-1")
        yield Pattern(last_one, tuple(_nth_of_months(first, last, months, -1)))


def _nth_of_months(first: date, last: date, months: int, place: int) -> Iterator[date]:
    month = first.year * 12 + first.month - 1
    while (day := _nth(month, first.weekday(), place)) <= last:
        yield day
        month += months


def _nth(month: int, weekday: int, place: int) -> date:
    """Return a weekday's place in a month, -1 for the last; months are counted from year 0."""
    year, index = divmod(month, 12)
    starts_on, length = monthrange(year, index + 1)
    first = 1 + (weekday - starts_on) % 7
    weeks = place - 1 if place > 0 else (length - first) // 7
    return date(year, index + 1, first + 7 * weeks)
