"""What stands in the calendars of a made-up company: stand-ups, staff meetings, work of all kinds, leave, public holidays.

Recurring meetings go on for as long as is asked, by the clock of who holds them; single ones get rarer the farther ahead.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

import holidays

from scheduler.people import Person
from scheduler.slots.request import PersonTime
from scheduler.timespans import Span

_DAY = timedelta(days=1)
_LONG = (30, 30, 30, 45, 60, 60, 60, 90)
_EVERY = (*(1,) * 6, *(2,) * 3, 4)
_SINGLE_FIRST_WEEK, _SINGLE_LATER = 4.0, 0.4
_TRIES = 12


@dataclass(frozen=True)
class Weekly:
    """A recurring meeting by a wall clock: weekday (0 is Monday), minute of the day, and every how many weeks."""

    tz: ZoneInfo
    weekday: int
    start: int
    minutes: int
    every: int = 1
    phase: int = 0


@dataclass(frozen=True)
class Load:
    """How busy people are: hours a week in meetings, at least and at most, for managers and for others."""

    managers: tuple[float, float] = (14, 20)
    others: tuple[float, float] = (8, 16)


def calendars(
    people: Sequence[Person],
    first: date,
    weeks: int,
    chance: Random,
    load: Load = Load(),
) -> dict[str, PersonTime]:
    """Return everybody's time from a Monday on, by address; managers come before their reports, as in `people`.

    A manager holds a daily stand-up and a weekly staff meeting, which reports attend at hours of theirs.
    """
    managers = {person.manager for person in people}
    held: dict[str, list[Weekly]] = {}
    result: dict[str, PersonTime] = {}
    for person in people:
        of_team = held.get(person.manager or "", [])
        meetings = [meeting for meeting in of_team if attends(person, meeting, first)]
        if person.email in managers:
            held[person.email] = _of_team(person, chance)
            meetings += held[person.email]
        hours = chance.uniform(*(load.managers if person.email in managers else load.others))
        meetings += _own(person, meetings, min(hours, _worked(person) * 0.75), chance)
        spans = [span for meeting in meetings for span in dates(meeting, first, weeks)]
        spans += _single(person, first, weeks, chance)
        away = _away(person, first, weeks, chance)
        result[person.email] = PersonTime(person=person, busy=tuple(spans), away=away)
    return result


def attends(person: Person, meeting: Weekly, first: date) -> bool:
    """Say whether a meeting lies inside the person's hours in its first week."""
    day = first + meeting.weekday * _DAY
    start = datetime.combine(day, time(*divmod(meeting.start, 60)), meeting.tz)
    return person.hours.hold(Span(start, start + timedelta(minutes=meeting.minutes)), person.tz)


@cache
def dates(meeting: Weekly, first: date, weeks: int) -> tuple[Span, ...]:
    """Return when it takes place in so many weeks; people who share a meeting share what is returned."""
    at, long = time(*divmod(meeting.start, 60)), timedelta(minutes=meeting.minutes)
    starts = (
        datetime.combine(first + (7 * week + meeting.weekday) * _DAY, at, meeting.tz).astimezone(UTC)
        for week in range(meeting.phase, weeks, meeting.every)
    )
    return tuple(Span(start, start + long) for start in starts)


def _of_team(manager: Person, chance: Random) -> list[Weekly]:
    shifts = {day: shifts for day, shifts in enumerate(manager.hours.week) if shifts}
    opens = max(_minute(day_shifts[0][0]) for day_shifts in shifts.values())
    stand_up = opens + chance.choice((0, 15, 30, 60))
    staff = opens + 30 * chance.randrange(2, 8)
    held = [Weekly(manager.tz, day, stand_up, 15) for day in shifts]
    return [*held, Weekly(manager.tz, chance.choice(sorted(shifts)), staff, 60)]


def _own(person: Person, taken: Sequence[Weekly], hours: float, chance: Random) -> Iterator[Weekly]:
    """Yield meetings inside the person's hours until they are as many hours a week; few of them overlap."""
    minutes = hours * 60 - sum(meeting.minutes / meeting.every for meeting in taken)
    cells = {(meeting.weekday, cell) for meeting in taken for cell in _cells(meeting.start, meeting.minutes)}
    opened = [(day, shift) for day, shifts in enumerate(person.hours.week) for shift in shifts]
    tries = 0
    while minutes > 0 and tries < _TRIES:
        day, (opens, closes) = chance.choice(opened)
        long, every = chance.choice(_LONG), chance.choice(_EVERY)
        steps = (_minute(closes) - long - _minute(opens)) // 30
        start = _minute(opens) + 30 * chance.randint(0, max(0, steps))
        wanted = {(day, cell) for cell in _cells(start, long)}
        if steps < 0 or not cells.isdisjoint(wanted):
            tries += 1
            continue
        tries = 0
        cells |= wanted
        minutes -= long / every
        yield Weekly(person.tz, day, start, long, every, chance.randrange(every))


def _single(person: Person, first: date, weeks: int, chance: Random) -> Iterator[Span]:
    for week in range(weeks):
        a_week = max(_SINGLE_LATER, _SINGLE_FIRST_WEEK * 0.7**week)
        for _ in range(int(a_week + chance.random())):
            day = first + (7 * week + chance.randrange(7)) * _DAY
            for opens, closes in person.hours.on(day)[:1]:
                start = _minute(opens) + 30 * chance.randrange(
                    max(1, (_minute(closes) - _minute(opens)) // 30)
                )
                yield _once(person.tz, day, start, chance.choice((30, 60)))


@cache
def _once(tz: ZoneInfo, day: date, start: int, minutes: int) -> Span:
    begin = datetime.combine(day, time(*divmod(start, 60)), tz).astimezone(UTC)
    return Span(begin, begin + timedelta(minutes=minutes))


def _away(person: Person, first: date, weeks: int, chance: Random) -> Mapping[date, str]:
    """Return public holidays and up to three stretches of leave of one or two weeks, on working dates, for a year."""
    found = dict.fromkeys(_feasts(person.country or ""), "public holiday")
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        begins = chance.randrange(max(weeks, 52) * 7)
        found.update(
            dict.fromkeys(
                (first + (begins + day) * _DAY for day in range(chance.choice((5, 7, 12)))), "out of office"
            )
        )
    last = first + 60 * 7 * _DAY
    return {day: why for day, why in sorted(found.items()) if first <= day < last and person.hours.on(day)}


@cache
def _feasts(country: str) -> tuple[date, ...]:
    return tuple(holidays.country_holidays(country, years=(2026, 2027, 2028)))


def _worked(person: Person) -> float:
    """Return the hours that a person works in a week."""
    minutes = sum(_minute(end) - _minute(start) for shifts in person.hours.week for start, end in shifts)
    return minutes / 60


def _cells(start: int, minutes: int) -> Iterable[int]:
    return range(start // 15, -(-(start + minutes) // 15))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
