"""The scratch series and the scratch document: when, what they are called, and the marks by which they are found again.

The marks are not those of real series and agendas, so that no run takes a scratch thing for its own.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from scheduler.people import Pair, Person

TITLE = "onetoone doctor (scratch, is removed again)"
MARK = {"onetoone-scratch": "doctor"}
DATES = 6
_NAMES = ("onetoone doctor", "nobody (scratch, is removed again)")
DOCUMENT_TITLE = f"1-2-1: {_NAMES[0]} and {_NAMES[1]}"
EVENT_PREFIX = "livecheck"
_TEXT = "`onetoone doctor --live` looks how Google behaves. If this is still here, delete it: nothing depends on it."
_FAR = timedelta(days=400)
_LENGTH = timedelta(minutes=15)
_QUIET_HOUR = time(4)  # no zone changes its clocks at four
_SUNDAY = 6


def far_away(now: datetime, person: Person) -> datetime:
    """Return when the scratch series begins: a Sunday at four in the morning by the person's clock, in over a year."""
    day = (now.astimezone(person.tz) + _FAR).date()
    day += timedelta(days=(_SUNDAY - day.weekday()) % 7)
    return datetime.combine(day, _QUIET_HOUR, person.tz)


def series_body(
    event_id: str, start: datetime, person: Person, guest: str | None, *, meet: bool
) -> Mapping[str, Any]:
    """Return the event that is inserted: it takes nobody's time, reminds nobody, and ends by itself."""
    end = start + _LENGTH
    body: dict[str, Any] = {
        "id": event_id,
        "summary": TITLE,
        "description": _TEXT,
        "start": moment(start, person),
        "end": moment(end, person),
        "recurrence": [f"RRULE:FREQ=WEEKLY;COUNT={DATES}"],
        "transparency": "transparent",
        "visibility": "private",
        "reminders": {"useDefault": False, "overrides": []},
        "extendedProperties": {"private": MARK},
    }
    if guest is not None:
        body["attendees"] = [{"email": person.email, "responseStatus": "accepted"}, {"email": guest}]
    if meet:
        kind = {"type": "hangoutsMeet"}
        body["conferenceData"] = {"createRequest": {"requestId": event_id, "conferenceSolutionKey": kind}}
    return body


def moment(at: datetime, person: Person) -> Mapping[str, str]:
    """Return a time in the person's zone, as Calendar takes it."""
    return {"dateTime": at.astimezone(person.tz).isoformat(), "timeZone": person.tz.key}


def scratch_pair(person: Person) -> Pair:
    """Return the pair whose agenda the scratch document is: the person alone, so that it is shared with nobody."""
    alone = replace(person, name=_NAMES[0], aliases=frozenset())
    return Pair(alone, replace(alone, name=_NAMES[1]))
