"""Working hours: when in the week a person can be met, by the clock on their wall."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from enum import StrEnum

from scheduler.timespans import Span, local_dates

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PART = re.compile(
    r"(?P<first>[A-Za-z]{3})(?:\s*-\s*(?P<last>[A-Za-z]{3}))?"
    r"\s+(?P<start>\d{1,2}:\d{2})\s*-\s*(?P<end>\d{1,2}:\d{2})",
)
Shift = tuple[time, time]


class HalfDay(StrEnum):
    """The half of a day in which somebody would rather meet, by the clock on their wall."""

    MORNINGS = "mornings"
    AFTERNOONS = "afternoons"


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours of each weekday, Monday first, as local half-open shifts [start, end)."""

    week: tuple[tuple[Shift, ...], ...]

    @classmethod
    def parse(cls, text: str) -> "WorkingHours":
        """Read `Mon-Fri 09:00-17:30`, or several such parts with `;` or `,` between.

        Days may wrap around the weekend (`Sun-Thu`). Raises ValueError in words that say what to
        write instead.
        """
        week: list[list[Shift]] = [[] for _ in WEEKDAYS]
        for part in filter(None, (piece.strip() for piece in re.split("[;,]", text))):
            days, shift = _parse_part(part)
            for day in days:
                week[day].append(shift)
        if not any(week):
            msg = "no hours given; write them like 'Mon-Fri 09:00-17:30'"
            raise ValueError(msg)
        return cls(tuple(_joined(shifts, text) for shifts in week))

    def on(self, day: date) -> tuple[Shift, ...]:
        """Return the shifts of a date."""
        return self.week[day.weekday()]

    def spans(self, window: Span, tz: tzinfo) -> Iterator[Span]:
        """Yield the working spans inside the window, clipped to it, in order."""
        for day in local_dates(window, tz):
            for start, end in self.on(day):
                shift = Span(datetime.combine(day, start, tz), datetime.combine(day, end, tz))
                inside = shift.clipped(window)
                if inside is not None:
                    yield inside

    def hold(self, span: Span, tz: tzinfo) -> bool:
        """Say whether the whole span lies inside one shift, by the local clock of that date."""
        start, end = span.start.astimezone(tz), span.end.astimezone(tz)
        if start.date() != end.date():
            return False
        return any(a <= start.time() and end.time() <= b for a, b in self.on(start.date()))

    def __str__(self) -> str:
        """Write the hours as `parse` reads them, equal neighbouring days joined."""
        parts: list[str] = []
        day = 0
        while day < len(WEEKDAYS):
            last = day
            while last + 1 < len(WEEKDAYS) and self.week[last + 1] == self.week[day]:
                last += 1
            name = WEEKDAYS[day] if last == day else f"{WEEKDAYS[day]}-{WEEKDAYS[last]}"
            parts += [f"{name} {start:%H:%M}-{end:%H:%M}" for start, end in self.week[day]]
            day = last + 1
        return "; ".join(parts)


def _parse_part(part: str) -> tuple[list[int], Shift]:
    found = _PART.fullmatch(part)
    if found is None:
        msg = f"{part!r} is not a stretch of working hours; write it like 'Mon-Fri 09:00-17:30'"
        raise ValueError(msg)
    first = _weekday(found["first"])
    last = _weekday(found["last"]) if found["last"] else first
    days = [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    start, end = _clock(found["start"]), _clock(found["end"])
    if end <= start:
        msg = f"{part!r} ends before it starts; the first time must be the earlier one"
        raise ValueError(msg)
    return days, (start, end)


def _joined(shifts: list[Shift], text: str) -> tuple[Shift, ...]:
    """Return the shifts in order, those that touch as one; raise ValueError where they overlap."""
    result: list[Shift] = []
    for start, end in sorted(shifts):
        if result and start < result[-1][1]:
            msg = f"{text!r} has hours that overlap; write each stretch once"
            raise ValueError(msg)
        touches = result and start == result[-1][1]
        result.append((result.pop()[0] if touches else start, end))
    return tuple(result)


def _weekday(name: str) -> int:
    try:
        return WEEKDAYS.index(name.title())
    except ValueError:
        msg = f"{name!r} is not a weekday; write one of {', '.join(WEEKDAYS)}"
        raise ValueError(msg) from None


def _clock(text: str) -> time:
    hour, minute = map(int, text.split(":"))
    try:
        return time(hour, minute)
    except ValueError:
        msg = f"{text!r} is not a time of day; write it between 00:00 and 23:59"
        raise ValueError(msg) from None
