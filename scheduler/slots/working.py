"""The same person with other working hours, to ask 'what if'."""

from dataclasses import replace
from datetime import time

from scheduler.hours import Shift, WorkingHours
from scheduler.people import Person

_LAST_MINUTE = 24 * 60 - 1


def longer(person: Person, before: int, after: int) -> Person:
    """Return the person with every working day so many minutes longer, within the day."""
    return replace(
        person, hours=WorkingHours(tuple(_longer(shifts, before, after) for shifts in person.hours.week))
    )


def also_on(person: Person, weekday: int) -> Person:
    """Return the person working on one more weekday, 0 for Monday, as on the working day before it."""
    week = list(person.hours.week)
    week[weekday] = next(week[day % 7] for day in range(weekday - 1, weekday - 8, -1) if week[day % 7])
    return replace(person, hours=WorkingHours(tuple(week)))


def day_start(person: Person) -> str:
    """Write when the person's working days begin, `08:50`; the earliest, where they differ."""
    return f"{min(shifts[0][0] for shifts in person.hours.week if shifts):%H:%M}"


def day_end(person: Person) -> str:
    """Write when the person's working days end, `17:10`; the latest, where they differ."""
    return f"{max(shifts[-1][1] for shifts in person.hours.week if shifts):%H:%M}"


def _longer(shifts: tuple[Shift, ...], before: int, after: int) -> tuple[Shift, ...]:
    if not shifts:
        return ()
    starts, ends = [shift[0] for shift in shifts], [shift[1] for shift in shifts]
    starts[0], ends[-1] = _clock(_minute(starts[0]) - before), _clock(_minute(ends[-1]) + after)
    return tuple(zip(starts, ends, strict=True))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _clock(minute: int) -> time:
    return time(*divmod(min(max(minute, 0), _LAST_MINUTE), 60))
