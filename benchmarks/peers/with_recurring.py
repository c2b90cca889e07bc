"""icalendar with recurring-ical-events: the judge of all the others."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import recurring_ical_events
from icalendar import Calendar, Event
from measure import Meeting, measured


def read(path: Path, start: datetime, end: datetime) -> Iterable[Event]:
    """Return every occurrence between the two."""
    return recurring_ical_events.of(Calendar.from_ical(path.read_bytes())).between(start, end)


def told(each: Event) -> Meeting | None:
    """Leave out what was cancelled."""
    return None if each.get("STATUS") == "CANCELLED" else (str(each["UID"]), each.start, each.end)


if __name__ == "__main__":
    measured(read, told)
