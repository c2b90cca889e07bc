"""Events as Google Calendar answers them, and readings of them; Ana in Berlin is whose calendar it is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.calendars.google.reading import reading_of
from scheduler.meetings import CalendarReading
from scheduler.people import Person
from scheduler.timespans import Span
from tests.fake_google.calls import Json
from tests.unit.calendars_builders import BERLIN, WINDOW, person

ANA = person("ana@example.com")
ANA_HERSELF = {"email": "ana@example.com", "self": True}
BO = {"email": "bo@example.com", "responseStatus": "accepted"}


def at(text: str, zone: str = "Europe/Berlin", seen_in: ZoneInfo = BERLIN) -> Json:
    """Return a time by the wall clock of a zone, `2026-11-24 10:00`, with the offset of whose calendar it is in."""
    moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return {"dateTime": moment.astimezone(UTC).astimezone(seen_in).isoformat(), "timeZone": zone}


def on(day: str) -> Json:
    """Return a day."""
    return {"date": day}


def event(
    begins: str = "2026-11-24 10:00",
    *,
    minutes: int = 30,
    zone: str = "Europe/Berlin",
    **more: Any,  # noqa: ANN401 - an event's JSON
) -> Json:
    """Return a meeting that Ana arranged with Bo."""
    ends = datetime.fromisoformat(begins) + timedelta(minutes=minutes)
    plain: Json = {
        "id": "meeting",
        "status": "confirmed",
        "start": at(begins, zone),
        "end": at(ends.isoformat(), zone),
        "organizer": ANA_HERSELF,
        "attendees": [ANA_HERSELF | {"responseStatus": "accepted"}, BO],
        "eventType": "default",
    }
    found = plain | more
    return {"iCalUID": f"{found.get('recurringEventId', found['id'])}@google.com"} | found


def days(first: str, end: str, **more: Any) -> Json:  # noqa: ANN401 - an event's JSON
    """Return an event of Ana's own that takes the days from the first up to the end, which is not in it."""
    return event(f"{first} 00:00") | {"attendees": [], "start": on(first), "end": on(end)} | more


def weekly(begins: str = "2026-11-03 10:00", rule: str = "FREQ=WEEKLY", **more: Any) -> Json:  # noqa: ANN401 - an event's JSON
    """Return a series, weekly from 3 November on."""
    return event(begins, **({"recurrence": [f"RRULE:{rule}"]} | more))


def changed(original: str, begins: str | None = None, series: str = "meeting", **more: Any) -> Json:  # noqa: ANN401 - an event's JSON
    """Return an exception of a series: one date that was moved, or answered by itself."""
    return event(begins or original, **_named(original, series), **more)


def gone(original: str, series: str = "meeting") -> Json:
    """Return what Google shows of a date that was called off: which one it was, and nothing else."""
    return _named(original, series) | {"status": "cancelled"}


def _named(original: str, series: str) -> Json:
    moment = datetime.fromisoformat(original).replace(tzinfo=BERLIN).astimezone(UTC)
    return {
        "id": f"{series.partition('_R')[0]}_{moment:%Y%m%dT%H%M%SZ}",
        "recurringEventId": series,
        "originalStartTime": at(original),
    }


def read(*bodies: Json, owner: Person = ANA, window: Span = WINDOW) -> CalendarReading:
    """Return the reading of these events."""
    return reading_of(bodies, owner, window)


def month(year: int, number: int) -> Span:
    """Return a month of UTC."""
    first = date(year, number, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Span(*(datetime(d.year, d.month, d.day, tzinfo=UTC) for d in (first, following)))
