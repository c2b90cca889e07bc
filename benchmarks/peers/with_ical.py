"""`ical` (allenporter), as Home Assistant reads local calendars: its timeline joins series and overrides."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from ical.calendar_stream import IcsCalendarStream
from ical.event import Event, EventStatus
from measure import BERLIN, Meeting, measured


def read(path: Path, start: datetime, end: datetime) -> Iterable[Event]:
    """Return every occurrence that overlaps the two."""
    calendar = IcsCalendarStream.calendar_from_ics(path.read_text())
    return calendar.timeline_tz(BERLIN).overlapping(start, end)


def told(each: Event) -> Meeting | None:
    """Leave out what was cancelled."""
    return None if each.status is EventStatus.CANCELLED else (str(each.uid), each.start, each.end)


if __name__ == "__main__":
    measured(read, told)
