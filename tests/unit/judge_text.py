"""A calendar as text in two spellings, and how the judge is asked about it.

Each property is `written` as some calendar program may write it, and `meant` as the judge has to be told what this
program takes it for. They differ only where `Line.why` says why.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, cast
from zoneinfo import ZoneInfo

import recurring_ical_events  # type: ignore[import-untyped]  # it ships no types
from icalendar import Calendar, Event, vDDDTypes

from scheduler.calendars.moments import Moment, in_utc
from scheduler.timespans import Span

Kind = ZoneInfo | Literal["day", "floating"]
"""What the dates of a series are: times in a zone, days, or times without a zone."""

UTC_ZONE = ZoneInfo("UTC")
SERIES = "series"


@dataclass(frozen=True)
class Line:
    """A content line in both spellings, and why they differ."""

    written: str
    meant: str
    why: str = ""


@dataclass(frozen=True)
class Drawn:
    """A calendar with one series, whose calendar it is, and a half-open window to look at it through.

    `margin` is how far beyond the window the judge is asked: no change moves a date further.
    """

    owner: ZoneInfo
    window: Span
    margin: timedelta
    master: tuple[Line, ...]
    taken_out: tuple[Line, ...] = ()
    changes: tuple[tuple[Line, ...], ...] = ()

    @property
    def text(self) -> str:
        """The calendar as this program reads it."""
        return _calendar([self.master + self.taken_out, *self.changes], meant=False)

    def meant(self, *, taken_out: bool = True, changes: bool = True) -> str:
        """Return the calendar as the judge reads it, with or without EXDATE and overrides."""
        master = self.master + (self.taken_out if taken_out else ())
        return _calendar([master, *(self.changes if changes else ())], meant=True)


def _calendar(events: list[tuple[Line, ...]], *, meant: bool) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
    for event in filter(None, events):
        own = [line.meant if meant else line.written for line in event]
        lines += ["BEGIN:VEVENT", "UID:u1", "DTSTAMP:20100101T000000Z", *filter(None, own), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def judged(text: str, span: Span, owner: ZoneInfo) -> list[Event]:
    """Return what the judge finds in a half-open span, asked on the very text."""
    edges = (span.start.astimezone(owner), span.end.astimezone(owner))
    found: list[Event] = recurring_ical_events.of(Calendar.from_ical(text)).between(*edges)
    return found


def moment_of(event: Event, name: str) -> Moment:
    """Return the date or time that a property of the judge's holds."""
    return cast("date | datetime", cast("vDDDTypes", event[name]).dt)


def moment_in_utc(moment: Moment, owner: ZoneInfo) -> datetime:
    """Return a moment in UTC; a date is midnight of the owner's, and a floating time is the owner's, too."""
    if isinstance(moment, datetime) and moment.tzinfo is None:
        moment = moment.replace(tzinfo=owner)
    return in_utc(moment, owner)


def same(line: str) -> Line:
    """Return a line that both read alike."""
    return Line(line, line)


def spelled(name: str, moment: Moment, kind: Kind, parameters: str = "") -> str:
    """Return a content line that holds a date, a floating time, or one in a zone."""
    zone = f";TZID={kind.key}" if isinstance(kind, ZoneInfo) and kind != UTC_ZONE else ""
    return f"{name}{parameters}{';VALUE=DATE' if kind == 'day' else zone}:{value(moment, kind)}"


def value(moment: Moment, kind: Kind) -> str:
    """Return a date or time as it stands behind the colon."""
    if kind == "day" or not isinstance(moment, datetime):
        return f"{moment:%Y%m%d}"
    if isinstance(kind, ZoneInfo):
        moment = moment.astimezone(kind)
    return f"{moment:%Y%m%dT%H%M%S}{'Z' if kind == UTC_ZONE else ''}"
