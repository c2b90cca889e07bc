"""This program's own reading, as the job calls it: it also says which dates were taken out, cancelled or moved away.

It reads answers of attendees, absences and marks beside the times.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from measure import BERLIN, Meeting, measured

from scheduler.calendars.read_ics import scan
from scheduler.calendars.reading import reading_of
from scheduler.hours import WorkingHours
from scheduler.meetings import EventStatus, Occurrence
from scheduler.people import CalendarSource, Person
from scheduler.timespans import Span


def read(path: Path, start: datetime, end: datetime) -> Sequence[Occurrence]:
    """Return every occurrence, those that do not take place among them."""
    owner = Person(
        email="owner0@example.com",
        name="Owner",
        tz=BERLIN,
        hours=WorkingHours.parse("Mon-Fri 09:00-17:30"),
        calendar=CalendarSource("folder", ""),
    )
    return reading_of([scan(path.read_bytes(), str(path))], owner, Span(start, end)).occurrences


def told(each: Occurrence) -> Meeting | None:
    """Leave out what was cancelled or taken out."""
    if each.status is EventStatus.CANCELLED:
        return None
    return each.uid, each.span.start, each.span.end


if __name__ == "__main__":
    measured(read, told)
