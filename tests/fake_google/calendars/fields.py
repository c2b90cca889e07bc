"""The body of a write: which fields belong to all copies, which to one, and what makes them wrong.

https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from tests.fake_google.calendars.model import Copy, Event
from tests.fake_google.calendars.recurrence import check_lines
from tests.fake_google.calendars.times import When, read_when
from tests.fake_google.calls import ApiError, Json

OWN = frozenset({"reminders", "transparency", "visibility", "colorId"})
CONTENT = frozenset(
    {
        "summary", "description", "location", "source", "status", "eventType", "anyoneCanAddSelf",
        "guestsCanModify", "guestsCanInviteOthers", "guestsCanSeeOtherGuests",
        "outOfOfficeProperties", "focusTimeProperties", "workingLocationProperties", "birthdayProperties",
        "attachments", "conferenceData", "hangoutLink",
    }
)  # fmt: skip
_ATTENDEE = ("email", "displayName", "optional", "resource", "responseStatus", "comment", "additionalGuests")
_RESPONSES = {"needsAction", "declined", "tentative", "accepted"}
_TYPES = {"default", "outOfOffice", "focusTime", "workingLocation", "birthday", "fromGmail"}
_ID = re.compile(r"[a-v0-9]{5,1024}")


@dataclass(frozen=True, slots=True)
class Fields:
    """What a write makes of an event, read and checked."""

    start: When
    end: When
    lines: tuple[str, ...]
    attendees: tuple[Json, ...]
    content: Mapping[str, Any]
    own: Mapping[str, Any]


def check_id(id_: str) -> None:
    """Raise ApiError unless a client may name its event so: base32hex in lower case, 5 to 1024 characters."""
    if not _ID.fullmatch(id_):
        raise ApiError(400, "invalid", "Invalid resource id value.")


def editable(copy: Copy) -> Json:
    """Return the part of an event's JSON that a write may change, as a patch is laid over it."""
    event = copy.event
    found: Json = {
        **{name: value for name, value in event.content.items() if name != "shared"},
        **{name: value for name, value in copy.own.items() if name != "private"},
        "start": _stored(event.start),
        "end": _stored(event.end),
        "attendees": list(event.attendees),
        "extendedProperties": {
            "shared": dict(event.content.get("shared", {})),
            "private": dict(copy.own.get("private", {})),
        },
    }
    if event.lines:
        found["recurrence"] = list(event.lines)
    return found


def patched(old: Any, new: Any) -> Any:  # noqa: ANN401 - JSON
    """Lay a patch over JSON: objects are merged, null takes away, anything else replaces, lists as a whole."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    merged = {**old, **{name: patched(old.get(name), value) for name, value in new.items()}}
    return {name: value for name, value in merged.items() if value is not None}


def read_fields(body: Json, time_zone: str, *, recurring: bool = True) -> Fields:
    """Read the body of a write; `recurring` is False for exceptions, which cannot repeat. Raise ApiError."""
    start = read_when(body.get("start"), "start", time_zone)
    end = read_when(body.get("end"), "end", time_zone)
    if start.whole_day != end.whole_day:
        raise ApiError(400, "invalid", "Start and end times must either both be date or both be dateTime.")
    if end.instant(ZoneInfo("UTC")) < start.instant(ZoneInfo("UTC")) or (
        start.whole_day and end.at == start.at
    ):
        raise ApiError(400, "timeRangeEmpty", "The specified time range is empty.", "calendar")
    lines = tuple(body.get("recurrence") or ()) if recurring else ()
    if lines:
        for name in ("start", "end"):
            if not start.whole_day and not body[name].get("timeZone"):
                raise ApiError(400, "required", f"Missing time zone definition for {name} time.")
        check_lines(lines, start)
    content = {name: body[name] for name in CONTENT & body.keys() if body[name] is not None}
    own = {name: body[name] for name in OWN & body.keys() if body[name] is not None}
    properties = body.get("extendedProperties") or {}
    if properties.get("shared"):
        content["shared"] = properties["shared"]
    if properties.get("private"):
        own["private"] = properties["private"]
    _check_type(body, start)
    return Fields(start, end, lines, _attendees(body), content, own)


def _attendees(body: Json) -> tuple[Json, ...]:
    found: dict[str, Json] = {}
    for guest in body.get("attendees") or ():
        address = guest.get("email", "")
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
            raise ApiError(400, "invalid", "Invalid attendee email.")
        if guest.get("responseStatus", "needsAction") not in _RESPONSES:
            raise ApiError(400, "invalid", "Invalid attendee response status.")
        kept = {name: guest[name] for name in _ATTENDEE if guest.get(name) is not None}
        found.setdefault(address.lower(), {"responseStatus": "needsAction", **kept})
    return tuple(found.values())


def _check_type(body: Json, start: When) -> None:
    kind = body.get("eventType", "default")
    if kind not in _TYPES:
        raise ApiError(400, "invalid", f"Invalid event type: {kind}")
    if kind in {"outOfOffice", "focusTime"} and (start.whole_day or body.get("attendees")):
        raise ApiError(400, "malformedOutOfOfficeOrFocusTime", f"A {kind} event has times and no attendees.")
    if kind == "workingLocation" and not body.get("workingLocationProperties"):
        raise ApiError(400, "invalid", "A working location event needs its properties.")


def _stored(when: When) -> Json:
    if when.zone is None:
        return {"date": when.wall.date().isoformat()}
    return {"dateTime": when.wall.isoformat(), "timeZone": when.zone}


def copied(event: Event, fields: Fields) -> bool:
    """Say whether these fields are what the event's copies share already."""
    return (event.start, event.end, event.lines, event.attendees, dict(event.content)) == (
        fields.start,
        fields.end,
        fields.lines,
        fields.attendees,
        dict(fields.content),
    )
