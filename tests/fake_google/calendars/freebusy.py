"""freebusy.query: when people are busy, and nothing else of their calendars.

https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
"""

from datetime import datetime, timedelta
from typing import Any

from tests.fake_google.calendars.listing import Query, find
from tests.fake_google.calendars.model import Calendar, Copy
from tests.fake_google.calendars.store import Store
from tests.fake_google.calendars.times import When, moment, rfc3339, zone_of
from tests.fake_google.calls import ApiError, Call, Json

_MOST = 50
_LONGEST = timedelta(days=90)
_FREE_TYPES = {"workingLocation", "birthday"}


def free_busy(store: Store, call: Call) -> Json:
    """Answer a query: an error stands beside the calendars that have none to show, and the answer is 200 all the same."""
    body = call.body or {}
    if not body.get("timeMin") or not body.get("timeMax"):
        raise ApiError(400, "required", "Missing time range.")
    after, before = moment(body["timeMin"]), moment(body["timeMax"])
    if before <= after:
        raise ApiError(400, "timeRangeEmpty", "The specified time range is empty.", "calendar")
    if before - after > _LONGEST:
        raise ApiError(400, "timeRangeTooLong", "The requested time range is too long.", "calendar")
    most = min(body.get("calendarExpansionMax", _MOST), _MOST)
    zone = zone_of(body.get("timeZone") or "UTC")
    calendars: Json = {}
    for index, item in enumerate(body.get("items") or ()):
        found = _calendar(store, call.user, item["id"]) if index < most else "tooManyCalendarsRequested"
        if isinstance(found, str):
            calendars[item["id"]] = {"errors": [{"domain": "global", "reason": found}], "busy": []}
        else:
            spans = [
                {"start": rfc3339(start, zone), "end": rfc3339(end, zone)}
                for start, end in busy_spans(store, found, after, before)
            ]
            calendars[item["id"]] = {"busy": spans}
    times = {"timeMin": _echo(after), "timeMax": _echo(before)}
    return {"kind": "calendar#freeBusy", **times, "calendars": calendars}


def busy_spans(
    store: Store, calendar: Calendar, after: datetime, before: datetime
) -> list[tuple[datetime, datetime]]:
    """Return when a calendar's owner is busy within [after, before), merged and in order."""
    query = Query(after, before, before, single=True)
    spans: list[Any] = []
    for found in find(calendar, query):
        if not _busy(store, calendar, found.copy):
            continue
        start, end = _span(calendar, found.copy, found.start)
        if start < end:
            spans.append((max(start, after), min(end, before)))
    merged: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _calendar(store: Store, user: str, id_: str) -> Calendar | str:
    account = store.accounts.get(user if id_ == "primary" else id_)
    if account is None or account.calendar_off or store.role(user, account) == "none":
        return "notFound"
    return account.calendar.busy_error or account.calendar


def _busy(store: Store, calendar: Calendar, copy: Copy) -> bool:
    """Say whether an event keeps its calendar's owner busy; an invitation not answered does."""
    own = store.is_guest(calendar, copy.event)
    declined = own is not None and copy.event.attendees[own]["responseStatus"] == "declined"
    transparent = copy.own.get("transparency") == "transparent"
    return not (copy.cancelled or declined or transparent or copy.event.type in _FREE_TYPES)


def _span(calendar: Calendar, copy: Copy, start: When | None) -> tuple[datetime, datetime]:
    event, zone = copy.event, calendar.zone
    if start is None:
        return event.start.instant(zone), event.end.instant(zone)
    end = start.on_wall(start.wall + (event.end.wall - event.start.wall))
    return start.instant(zone), end.instant(zone)


def _echo(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
