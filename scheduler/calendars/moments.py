"""Dates and times of one file: values as RFC 5545 writes them, put into the zone that they mean.

Dates stay dates; every time comes out aware. A floating time is one in the zone of whoever
owns the calendar (section 3.3.5), or in the one that X-WR-TIMEZONE names for the whole of it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from scheduler.calendars.content import Property
from scheduler.calendars.quirks.google import without_zulu
from scheduler.calendars.quirks.outlook import with_whole_tzid
from scheduler.calendars.read_ics import printable
from scheduler.calendars.zones import known_zone, vendors_zone

Moment = date | datetime
Period = tuple[datetime, datetime | timedelta]
_FIRST_YEAR, _LAST_YEAR = 2, 9998
_UNTIL_IN_UTC = re.compile(r"(UNTIL=)(\d{8}T\d{6})Z", re.IGNORECASE)
# What Python reads as the library does.
_USUAL = re.compile(r"[0-9]{8}(?:T(?:[01][0-9]|2[0-3])[0-9]{4}Z?)?")


@dataclass(frozen=True, slots=True)
class Clock:
    """How a calendar tells the time: the zone of floating times, and those that it defines.

    `unknown` gathers the TZIDs that mean nothing; times in them were read as if they had none.
    """

    floating: tzinfo
    defined: Mapping[str, tzinfo] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    def zone(self, name: str) -> tzinfo:
        """Return the zone that a TZID means; where none is known, that of floating times."""
        bare = name.strip(" \"'")
        found = known_zone(name) or self.defined.get(name) or self.defined.get(bare) or vendors_zone(name)
        if found is None:
            self.unknown.add(printable(name))
            return self.floating
        return found


def read_value(text: str) -> object:
    """Return the date, time (aware only where it ends in Z) or duration that a value is; raise ValueError."""
    text = text.strip().upper()
    if _USUAL.fullmatch(text) is not None:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    from icalendar import vDDDTypes  # noqa: PLC0415 - it takes long to load, and hardly a file needs it

    return vDDDTypes.from_ical(text)  # type: ignore[no-untyped-call]  # the library has no type here


def moment(line: Property, clock: Clock, floating: tzinfo | None = None) -> Moment:
    """Return the date or aware time that a property holds; raise ValueError in words.

    `floating` is the zone of a time without one; by default the calendar's.
    """
    found = moments(line, clock, floating)
    if len(found) != 1 or isinstance(found[0], tuple):
        msg = f"its {line.name} is not one date or time"
        raise ValueError(msg)
    return found[0]


def moments(line: Property, clock: Clock, floating: tzinfo | None = None) -> list[Moment | Period]:
    """Return all dates, times and periods that a property holds, its TZID applied; an empty value holds none."""
    line = with_whole_tzid(line)
    tzid = line.parameters.get("TZID", "")
    zone = clock.zone(tzid) if tzid else floating or clock.floating
    values = (value.strip() for value in line.value.split(","))
    return [_value(line.name, value, zone) for value in values if value]


def _value(name: str, text: str, zone: tzinfo) -> Moment | Period:
    try:
        if "/" in text:
            start, _, end = text.partition("/")
            return _time(start, zone), duration(end) if "P" in end.upper() else _time(end, zone)
        found = read_value(without_zulu(text))
    except ValueError:
        found = None
    if isinstance(found, datetime):
        return _placed(name, found, zone)
    if isinstance(found, date):
        _must_be_in_range(name, found)
        return found
    msg = f"its {name} {printable(text)!r} is not a date or time"
    raise ValueError(msg)


def _time(text: str, zone: tzinfo) -> datetime:
    found = read_value(text)
    if not isinstance(found, datetime):
        msg = f"a period needs times, not {printable(text)!r}"
        raise ValueError(msg)  # noqa: TRY004 - what a file holds is a wrong value, whatever its type
    return _placed("period", found, zone)


def _placed(name: str, found: datetime, zone: tzinfo) -> datetime:
    _must_be_in_range(name, found)
    return found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(UTC)


def _must_be_in_range(name: str, found: date) -> None:
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        msg = f"its {name} lies in the year {found.year}"
        raise ValueError(msg)


def duration(text: str) -> timedelta:
    """Return a DURATION (section 3.3.6); raise ValueError in words for a broken or a negative one."""
    from icalendar import vDuration  # noqa: PLC0415 - as above

    try:
        found = vDuration.from_ical(text.strip().upper())  # type: ignore[no-untyped-call]  # the library has no type here
    except (ValueError, OverflowError):
        msg = f"its duration {printable(text)!r} is none"
        raise ValueError(msg) from None
    if not isinstance(found, timedelta) or found < timedelta():
        msg = "its duration is negative"
        raise ValueError(msg)
    return found


def is_day(value: Moment) -> bool:
    """Say whether it is a date, with no time of day."""
    return not isinstance(value, datetime)


def as_day(value: Moment, midnights: tzinfo) -> date:
    """Return the day that a time names in a series of days: its own, but for one in UTC that in the zone given.

    Midnight in UTC is what programs write that have no other way to write a date: it is that date.
    """
    if not isinstance(value, datetime):
        return value
    elsewhere = value.tzinfo is UTC and value.time() != time()
    return (value.astimezone(midnights) if elsewhere else value).date()


def rule_in_days(rule: str, midnights: tzinfo) -> str:
    """Return the rule of a series of days; an UNTIL in UTC, as Google and Exchange write it, becomes the day that it names.

    They write the midnight of the calendar's zone (see `as_day`).
    """
    return _UNTIL_IN_UTC.sub(lambda found: found[1] + _day_of(found[2], midnights), rule)


def _day_of(text: str, midnights: tzinfo) -> str:
    try:
        found = datetime.strptime(text, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        return as_day(found, midnights).isoformat().replace("-", "")
    except (ValueError, OverflowError):
        return f"{text}Z"  # refused in words where the rule is read


def in_utc(value: Moment, midnights: tzinfo) -> datetime:
    """Return the moment in UTC; a date is its midnight in the zone given."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime(value.year, value.month, value.day, tzinfo=midnights).astimezone(UTC)
