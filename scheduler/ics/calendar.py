"""A whole VCALENDAR around finished events."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from scheduler.ics.text import escape_text, fold
from scheduler.ics.timezones import vtimezone_lines

# No version in it: an upgrade alone is no change of anybody's calendar.
PRODUCT = "-//onetoone//1-2-1s//EN"


def calendar_bytes(
    events: Iterable[tuple[str, ...]],
    zones: Iterable[tuple[ZoneInfo, datetime]],
    *,
    method: str | None = None,
    name: str | None = None,
) -> bytes:
    """Return the file: CRLF, folded, each zone once, from the earliest moment that is given with it.

    `events` are content lines as `event_lines` makes them. A file with a `method` is an iTIP message: one UID only
    (RFC 5546, 3.2). `name` is what a calendar program calls the calendar (NAME of RFC 7986, and its elder X-WR-CALNAME).
    """
    earliest: dict[str, tuple[ZoneInfo, datetime]] = {}
    for zone, start in zones:
        known = earliest.get(zone.key)
        earliest[zone.key] = (zone, start if known is None else min(start, known[1]))
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    if method is not None:
        head.append(f"METHOD:{method}")
    if name is not None:
        head += [f"NAME:{escape_text(name)}", f"X-WR-CALNAME:{escape_text(name)}"]
    timezones = (vtimezone_lines(*earliest[key]) for key in sorted(earliest))
    return fold(chain(head, *timezones, *events, ["END:VCALENDAR"]))
