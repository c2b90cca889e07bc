"""One VEVENT in the JSON of Google Calendar: what its owner's file says of it.

Times keep the clock on their wall, in an IANA zone; out-of-office days are events of their own type there, which have
times and not days (https://developers.google.com/workspace/calendar/api/guides/calendar-status).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from scheduler.people import Person
from tests.fake_google.calls import Json

Moment = datetime | date
_DAY = timedelta(days=1)
_ANSWERS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
_UNANSWERED = "needsAction"
_TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event, or an exception of one, as it stands in one person's file; moments are days, or times in UTC.

    `guests` are those listed, rooms among them; `own_answer` is that of the file's owner, None where they are no guest.
    """

    body: Json
    start: Moment
    organizer: str | None
    guests: tuple[Json, ...]
    own_answer: str | None
    free: bool
    cancelled: bool
    excluded: frozenset[Moment]


def read_event(event: icalendar.Event, owner: Person) -> Told | None:
    """Return what an event says; None where it does not say when it is, in a way that anybody could read."""
    start = _value(event.get("DTSTART"))
    if start is None:
        return None
    end = _end(event, start)
    guests = tuple(_guest(each) for each in _all(event, "ATTENDEE"))
    body: Json = {name.lower(): str(event[name]) for name in _TEXTS if name in event}
    body |= {"start": _when(event, "DTSTART", start, owner), "end": _when(event, "DTEND", end, owner)}
    free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    if free:
        body["transparency"] = "transparent"
    if _out_of_office(event, guests):
        body |= _away(start, end, owner)
    lines = [f"RRULE:{rule.to_ical().decode()}" for rule in _all(event, "RRULE")]
    return Told(
        body=body | ({"recurrence": lines} if lines else {}),
        start=_moment(start, owner),
        organizer=_address(event["ORGANIZER"]) if "ORGANIZER" in event else None,
        guests=guests,
        own_answer=next((g["responseStatus"] for g in guests if g["email"] in owner.addresses), None),
        free=free,
        cancelled=str(event.get("STATUS", "")).upper() == "CANCELLED",
        excluded=frozenset(_moment(each.dt, owner) for dates in _all(event, "EXDATE") for each in dates.dts),
    )


def original_of(event: icalendar.Event, owner: Person) -> Moment | None:
    """Return when the series had put an exception; None for what is none."""
    found = _value(event.get("RECURRENCE-ID"))
    return None if found is None else _moment(found, owner)


def stamp(original: Moment) -> str:
    """Return how Google names an instance: by its original start in UTC, or its day."""
    return f"{original:%Y%m%dT%H%M%SZ}" if isinstance(original, datetime) else f"{original:%Y%m%d}"


def _value(found: Any) -> Moment | None:  # noqa: ANN401 - icalendar's value, which may be a broken one
    value = found.dt if isinstance(found, icalendar.vDDDTypes) else None
    return value if isinstance(value, date) else None


def _all(event: icalendar.Event, name: str) -> Iterator[Any]:
    found = event.get(name, [])
    yield from found if isinstance(found, list) else [found]


def _end(event: icalendar.Event, start: Moment) -> Moment:
    end = _value(event.get("DTEND"))
    if end is not None:
        return end
    lasts: Any = event.get("DURATION")
    if isinstance(lasts, icalendar.vDDDTypes) and isinstance(lasts.dt, timedelta):
        return start + lasts.dt
    return start if isinstance(start, datetime) else start + _DAY


def _when(event: icalendar.Event, name: str, value: Moment, owner: Person) -> Json:
    if not isinstance(value, datetime):
        return {"date": value.isoformat()}
    told = event.get(name) or event["DTSTART"]
    zone = "UTC" if value.tzinfo is UTC else told.params.get("TZID", owner.tz.key)
    return {
        "dateTime": value.replace(tzinfo=None).isoformat(),
        "timeZone": WINDOWS_TO_OLSON.get(zone, zone),
    }


def _moment(value: Moment, owner: Person) -> Moment:
    if not isinstance(value, datetime):
        return value
    return (value if value.tzinfo else value.replace(tzinfo=owner.tz)).astimezone(UTC)


def _guest(found: Any) -> Json:  # noqa: ANN401 - icalendar's address, whose parameters are of any type
    answer = _ANSWERS.get(str(found.params.get("PARTSTAT", "")).upper(), _UNANSWERED)
    room = str(found.params.get("CUTYPE", "")).upper() in {"ROOM", "RESOURCE"}
    return {"email": _address(found), "responseStatus": answer} | ({"resource": True} if room else {})


def _address(found: object) -> str:
    return str(found).lower().removeprefix("mailto:")


def _out_of_office(event: icalendar.Event, guests: tuple[Json, ...]) -> bool:
    named = str(event.get("SUMMARY", "")) == "Out of office"
    return not guests and (named or event.get("X-MICROSOFT-CDO-BUSYSTATUS") == "OOF")


def _away(start: Moment, end: Moment, owner: Person) -> Json:
    """Return an absence as Google has it: from midnight to midnight, where days were told."""
    times = (
        value if isinstance(value, datetime) else datetime.combine(value, datetime.min.time(), owner.tz)
        for value in (start, end)
    )
    first, last = (
        {"dateTime": each.replace(tzinfo=None).isoformat(), "timeZone": owner.tz.key} for each in times
    )
    return {"start": first, "end": last, "eventType": "outOfOffice"}
