"""Facts about how a series ends: by UNTIL, split by a person, or deleted, after which its id stays used."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from scheduler.google.trouble import GoogleError
from scheduler.live.finding import Finding, differs, failed, holds, untried
from scheduler.live.ground import Ground, if_there
from scheduler.live.interface import Check
from scheduler.live.scratch import moment, series_body
from scheduler.live.syncing import dates

_DUPLICATE = 409
_FIRST_OUT = 3  # of the dates, which end before this one, counted from 0
_MOVED = 4
_HOUR = timedelta(hours=1)
_ENDS = "after UNTIL a series has no more dates"
_MOVED_GOES = "a date that a person had moved goes as well when its series ends before it"
_SPLIT = "'this and following' goes on under the id of the series and _R"
_NO_API = (
    "no API can split a series, a person has to. Both parts then count as one by the id before _R; under an id of "
    "another form the second part would count as somebody's own"
)
_TIMES = ("start", "end")
_USED = "the id of a deleted series can't be used again (409)"
_CANCELLED = "a deleted series can still be looked at, as cancelled"


def _ended(ground: Ground) -> Iterable[Finding]:
    event, person = ground.event_id, ground.here.person
    before = dates(ground)
    at, moved = _start(before[_FIRST_OUT]), before[_MOVED]
    later = {name: moment(datetime.fromisoformat(moved[name]["dateTime"]) + _HOUR, person) for name in _TIMES}
    ground.change(moved["id"], later, fields="id")
    last = f"{at.astimezone(UTC) - timedelta(seconds=1):%Y%m%dT%H%M%SZ}"
    ground.change(event, {"recurrence": [f"RRULE:FREQ=WEEKLY;UNTIL={last}"]}, fields="id")
    ground.until(lambda: [] if len(dates(ground)) <= _FIRST_OUT else None)
    left = dates(ground)
    late = {item["id"] for item in left if _start(item) >= at}
    if len(left) - len(late) < _FIRST_OUT:
        then = "dates before it went, too: series that are ended lose meetings; please report it"
        return (failed(_ENDS, then),)
    if late - {moved["id"]}:
        ends = differs(_ENDS, "a run that ends a series deletes each later date by itself")
    else:
        ends = holds(_ENDS)
    return ends, _of_moved(late, moved["id"])


def _of_moved(late: set[str], moved: str) -> Finding:
    if moved in late:
        return differs(_MOVED_GOES, "it stays; a run that ends a series deletes each such date by itself")
    return holds(_MOVED_GOES)


def _start(item: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(item["start"]["dateTime"])


def _deleted(ground: Ground) -> Iterable[Finding]:
    event, here = ground.event_id, ground.here
    if_there(lambda: ground.events("delete", eventId=event, sendUpdates="none"))
    return _again(ground, series_body(event, here.start, here.person, None, meet=False)), _looked_at(ground)


def _again(ground: Ground, body: object) -> Finding:
    try:
        ground.events("insert", body=body, sendUpdates="none", fields="id")
    except GoogleError as error:
        if error.status != _DUPLICATE:
            raise
        return holds(_USED)
    then = "that a person deleted a series is known from the state folder alone: keep it"
    return differs(_USED, then)


def _looked_at(ground: Ground) -> Finding:
    found = if_there(lambda: ground.events("get", eventId=ground.event_id, fields="id,status"))
    if found is not None and found.get("status") == "cancelled":
        return holds(_CANCELLED)
    if found is None:
        return differs(_CANCELLED, "it is not found at all, which the program takes for deleted as well")
    return differs(_CANCELLED, f"it is told as {found.get('status')}: a run may take it for standing")


CHECKS = (Check(_ENDS, _ended), Check(_SPLIT, lambda _: (untried(_SPLIT, _NO_API),)))
LAST = (Check(_USED, _deleted),)
