"""The dates of a plain recurrence rule, reckoned from near where they are wanted and not replayed from its start.

A rule repeats the same days in every INTERVALth day, week or month; a year is twelve months. So the dates
of one such period follow from its number alone, and the number from any date. `plain_dates` gives None for
a rule that is not surely so; a property test holds the rest to the judge. Dates are day numbers as
`date.toordinal` counts them.
"""

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS = re.compile(r"(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*")
_ORDINALS = re.compile(r"[+-]?[1-5](?:MO|TU|WE|TH|FR|SA|SU)(?:,[+-]?[1-5](?:MO|TU|WE|TH|FR|SA|SU))*")
_MONTH_DAYS = re.compile(r"[+-]?(?:[12]\d|3[01]|0?[1-9])(?:,[+-]?(?:[12]\d|3[01]|0?[1-9]))*")
_PLACES = re.compile(r"[+-]?[1-9]\d?(?:,[+-]?[1-9]\d?)*")
_LAST_MONTH = 9999 * 12
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Days:
    """Every so many days from `base`: those at the `offsets` within each stretch of `step` days; none before `first`."""

    first: int
    base: int
    step: int
    offsets: tuple[int, ...]

    def onwards(self, day: int) -> Iterator[int]:
        """Yield the dates from `day` on, in order, without end."""
        begin = max(day, self.first)
        stretch = self.base + (begin - self.base) // self.step * self.step
        while True:
            for offset in self.offsets:
                if stretch + offset >= begin:
                    yield stretch + offset
            stretch += self.step

    def numbered(self, number: int, last: int) -> int | None:
        """Return the so-many-th date, counted from 1; None where it comes after `last`."""
        passed = bisect_left(self.offsets, self.first - self.base)
        stretches, place = divmod(passed + number - 1, len(self.offsets))
        found = self.base + stretches * self.step + self.offsets[place]
        return found if found <= last else None

    def backwards(self, day: int) -> Iterator[int]:
        """Yield the dates up to and with `day`, the last one first."""
        stretch = self.base + (day - self.base) // self.step * self.step
        while stretch >= self.base:
            for offset in reversed(self.offsets):
                if self.first <= stretch + offset <= day:
                    yield stretch + offset
            stretch -= self.step


@dataclass(frozen=True, slots=True)
class Months:
    """In every `step`th month from that of `first`, the days of the month that `days` names; none before `first`.

    A day is its number, counted from the end where negative; with `weekdays` it is one of these, all of them for 0
    and else the so-many-th. `places` (BYSETPOS) picks from what is named of a month.
    """

    first: int
    step: int
    days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    places: tuple[int, ...] = ()

    def onwards(self, day: int) -> Iterator[int]:
        """Yield the dates from `day` on, in order; they end with the year 9999."""
        begin = max(day, self.first)
        base = _month(self.first)
        for month in range(base + (_month(begin) - base) // self.step * self.step, _LAST_MONTH, self.step):
            yield from (each for each in self._of(month) if each >= begin)

    def numbered(self, number: int, last: int) -> int | None:
        """Return the so-many-th date, counted from 1; None where it comes after `last`."""
        until = takewhile(lambda day: day <= last, self.onwards(self.first))
        return next(islice(until, number - 1, None), None)

    def backwards(self, day: int) -> Iterator[int]:
        """Yield the dates up to and with `day`, the last one first."""
        if day < self.first:
            return
        base = _month(self.first)
        for month in range(base + (_month(day) - base) // self.step * self.step, base - 1, -self.step):
            yield from (each for each in reversed(self._of(month)) if self.first <= each <= day)

    def _of(self, month: int) -> list[int]:
        """Return the dates in one month, counted from the beginning of the year 1, in order."""
        year, of_year = month // _MONTHS + 1, month % _MONTHS + 1
        weekday, length = monthrange(year, of_year)
        before = date(year, of_year, 1).toordinal() - 1
        found = {day if day > 0 else length + 1 + day for day in self.days}
        for ordinal, wanted in self.weekdays:
            every = range((wanted - weekday) % 7 + 1, length + 1, 7)
            found.update(every if ordinal == 0 else _at(every, ordinal))
        named = [before + day for day in sorted(found) if 0 < day <= length]
        if not self.places:
            return named
        return sorted({each for place in self.places for each in _at(named, place)})


PlainDates = Days | Months


def plain_dates(parts: Mapping[str, str], start: date) -> PlainDates | None:
    """Return the dates of a rule without its COUNT and UNTIL that begins on `start`; None where it is not plain.

    A rule of months or years that does not name its own start is not plain: it may never come true.
    """
    step = int(parts.get("INTERVAL", "1"))
    others = parts.keys() - {"FREQ", "INTERVAL", "WKST"}
    match parts["FREQ"]:
        case "DAILY" if not others:
            return Days(start.toordinal(), start.toordinal(), step, (0,))
        case "DAILY" if step == 1 and others == {"BYDAY"}:
            return _weeks(parts, start, 1)
        case "WEEKLY" if others <= {"BYDAY"}:
            return _weeks(parts, start, step)
        case "MONTHLY":
            found = _months(parts, others, start, step)
        case "YEARLY" if parts.get("BYMONTH", str(start.month)) == str(start.month):
            if others & {"BYDAY", "BYMONTHDAY"} and "BYMONTH" not in others:
                return None
            found = _months(parts, others - {"BYMONTH"}, start, step * _MONTHS)
        case _:
            return None
    first = start.toordinal()
    return found if found is not None and next(found.backwards(first), None) == first else None


def _weeks(parts: Mapping[str, str], start: date, step: int) -> Days | None:
    days, first_day = parts.get("BYDAY", _WEEKDAYS[start.weekday()]), parts.get("WKST", "MO")
    if not _DAYS.fullmatch(days) or first_day not in _WEEKDAYS:
        return None
    begin = _WEEKDAYS.index(first_day)
    offsets = sorted({(_WEEKDAYS.index(day) - begin) % 7 for day in days.split(",")})
    base = start.toordinal() - (start.weekday() - begin) % 7
    return Days(start.toordinal(), base, 7 * step, tuple(offsets))


def _months(parts: Mapping[str, str], others: set[str], start: date, step: int) -> Months | None:
    places = parts.get("BYSETPOS", "")
    first = start.toordinal()
    if places and not _PLACES.fullmatch(places):
        return None
    chosen = tuple(map(int, places.split(","))) if places else ()
    named = others - {"BYSETPOS"}
    if not named and not places:
        return Months(first, step, days=(start.day,))
    if named == {"BYMONTHDAY"} and _MONTH_DAYS.fullmatch(parts["BYMONTHDAY"]):
        days = tuple(map(int, parts["BYMONTHDAY"].split(",")))
        return Months(first, step, days=days, places=chosen)
    if named == {"BYDAY"} and (_ORDINALS.fullmatch(parts["BYDAY"]) or _DAYS.fullmatch(parts["BYDAY"])):
        each = parts["BYDAY"].split(",")
        weekdays = tuple((int(day[:-2] or "0"), _WEEKDAYS.index(day[-2:])) for day in each)
        return Months(first, step, weekdays=weekdays, places=chosen)
    return None


def _at(days: "range | list[int]", place: int) -> tuple[int, ...]:
    """Return the so-many-th, from 1, or from -1 backwards, where there is one."""
    return (days[place - 1 if place > 0 else place],) if abs(place) <= len(days) else ()


def _month(day: int) -> int:
    """Return the number of the month, from 0 for January of the year 1."""
    found = date.fromordinal(day)
    return found.year * _MONTHS + found.month - 1 - _MONTHS
