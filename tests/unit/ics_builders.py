"""People and invitations to write calendar files about."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from scheduler.hours import WorkingHours
from scheduler.meetings import Invitation
from scheduler.people import CalendarSource, Person

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
FIRST = datetime(2026, 12, 1, 10, 0)  # noqa: DTZ001 - a wall-clock time, put into a zone by whoever uses it
AWKWARD_NAMES = (
    'Müller, Jo; the "Boss": ^n\' \\ end',
    "שלום עולם \u202eRTL\u202c",
    "line one\r\nline two\ttab",
    "李" * 60,
    "👩🏽‍💻 " * 30,
    "\x00con\x1btrol\x85\u2028",
    "",
)


def person(email: str = "ann@example.org", name: str = "Ann Able", tz: str = "Europe/Berlin") -> Person:
    """Return somebody with usual hours."""
    hours = WorkingHours.parse("Mon-Fri 09:00-17:30")
    return Person(email=email, name=name, tz=ZoneInfo(tz), hours=hours, calendar=CalendarSource("folder"))


def invitation(
    *,
    tz: str = "Europe/Berlin",
    manager: str = "Ann Able",
    report: str = "Bo Baker",
    rrule: str = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    start: datetime = FIRST,
    summary: str = "1-2-1: Ann / Bo",
    description: str = "",
    link: str | None = None,
) -> Invitation:
    """Return an invitation of Bo by Ann, first on Tuesday 1 December 2026 at 10:00."""
    return Invitation(
        uid="ann-bo-0@onetoone",
        key="ann:bo:0",
        organizer=person(name=manager, tz=tz),
        attendee=person("bo@example.org", report, tz),
        start=start.replace(tzinfo=ZoneInfo(tz)),
        minutes=30,
        rrule=rrule,
        summary=summary,
        description=description,
        link=link,
        stamped=NOW,
    )
