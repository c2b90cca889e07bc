"""Small calendars to read: people, windows, events as text."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from scheduler.calendars.read_ics import scan
from scheduler.calendars.reading import reading_of
from scheduler.hours import WorkingHours
from scheduler.meetings import CalendarReading, EventStatus, Invitation, Occurrence
from scheduler.people import CalendarSource, Person
from scheduler.timespans import Span

BERLIN = ZoneInfo("Europe/Berlin")
STAMP = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
# twelve weeks back and ahead of 2026-11-23
WINDOW = Span(datetime(2026, 8, 31, tzinfo=UTC), datetime(2027, 2, 15, tzinfo=UTC))


def person(email: str = "ana@example.com", *, tz: ZoneInfo = BERLIN, address: str = "") -> Person:
    """Return somebody on the roster whose calendar is in the folder."""
    return Person(
        email=email,
        name=email.partition("@")[0].title(),
        tz=tz,
        hours=WorkingHours.parse("Mon-Fri 09:00-17:30"),
        calendar=CalendarSource("folder", address),
    )


def invitation(organizer: Person, attendee: Person, **changes: object) -> Invitation:
    """Return a weekly 1-2-1 from Tuesday, 1 December 2026, 10:00 in the organizer's zone."""
    values: dict[str, object] = {
        "uid": "1f0e-onetoone",
        "key": "ana|bo|0",
        "organizer": organizer,
        "attendee": attendee,
        "start": datetime(2026, 12, 1, 10, 0, tzinfo=organizer.tz),
        "minutes": 30,
        "rrule": "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU",
        "summary": "1-2-1: Ana / Bo, weekly; open",
        "stamped": STAMP,
    }
    return Invitation(**(values | changes))  # type: ignore[arg-type]  # a test changes one value by its name


def event(*lines: str, uid: str = "u1") -> str:
    """Return a VEVENT with these lines."""
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"])


def calendar(*parts: str) -> str:
    """Return a VCALENDAR with these lines and components."""
    return "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *parts, "END:VCALENDAR", ""])


def read(text: str | bytes, owner: Person | None = None, window: Span = WINDOW) -> CalendarReading:
    """Return the reading of one file."""
    data = text if isinstance(text, bytes) else text.encode()
    return reading_of([scan(data, "ana@example.com.ics")], owner or person(), window)


def starts(reading: CalendarReading) -> list[str]:
    """Return when what takes place starts, in UTC, cancelled ones left out."""
    return [
        written(each.span.start) for each in reading.occurrences if each.status is not EventStatus.CANCELLED
    ]


def cancelled(reading: CalendarReading) -> list[str]:
    """Return the original starts, in UTC, of what is cancelled."""
    return [
        written(each.original_start) for each in reading.occurrences if each.status is EventStatus.CANCELLED
    ]


def written(moment: datetime) -> str:
    """Return a moment in UTC as a test writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def only(reading: CalendarReading) -> Occurrence:
    """Return the one occurrence that there is."""
    (found,) = reading.occurrences
    return found
