"""Facts about incremental sync: what changed is told, and how a date that was deleted looks there."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, timedelta
from typing import Any

from scheduler.google.trouble import GoogleError
from scheduler.live.finding import Finding, differs, holds, untried
from scheduler.live.ground import Ground, after, if_there
from scheduler.live.interface import Check

_FIELDS = "nextPageToken,nextSyncToken,items(id,status,start,location,recurringEventId,originalStartTime)"
_DAY = timedelta(days=1)
_WHOLE = "every calendar is read whole again every four to six weeks, so it is seen by then"
_CHANGED = "what changed since the last reading is told by a sync token"
_TOMBSTONE = "a deleted date is told as its id and original time, and nothing else"
_PLACE = "third"


def _synced(ground: Ground) -> Iterable[Finding]:
    event = ground.event_id
    since = (ground.here.start - _DAY).astimezone(UTC).isoformat()
    token = _read(ground, timeMin=since)[1]
    ground.change(event, {"location": _PLACE}, fields="id")
    found, waited = ground.until(lambda: _told(ground, token, lambda item: item.get("location") == _PLACE))
    if found is None:
        return differs(_CHANGED, _WHOLE), untried(_TOMBSTONE, "no change was told")
    return holds(_CHANGED + after(waited)), *_tombstone(ground, token)


def _tombstone(ground: Ground, token: str) -> Iterable[Finding]:
    """Delete the last date; it has to be told since the same token."""
    last = dates(ground)[-1]["id"]
    if_there(lambda: ground.events("delete", eventId=last, sendUpdates="none"))
    found, waited = ground.until(lambda: _told(ground, token, lambda item: item["id"] == last))
    if found is None:
        return (differs(_TOMBSTONE, f"it counts as planned until then: {_WHOLE}"),)
    if found.get("status") != "cancelled":
        then = "a date that somebody deleted counts as planned; please report it"
        return (differs(_TOMBSTONE, then),)
    if "originalStartTime" not in found:
        then = "a series of which somebody deletes a date is reported as one that can't be read; please report it"
        return (differs(_TOMBSTONE, then),)
    if "start" in found:
        return (differs(_TOMBSTONE, "it is told with more; the program leaves the date out all the same"),)
    return (holds(_TOMBSTONE + after(waited)),)


def _told(
    ground: Ground, token: str, wanted: Callable[[Mapping[str, Any]], bool]
) -> Mapping[str, Any] | None:
    """Return what the sync token tells of our series that is wanted; None where it does not (yet)."""
    try:
        items = _read(ground, syncToken=token)[0]
    except GoogleError as error:
        if error.status == 410:  # noqa: PLR2004 - an HTTP status is best read as its number
            return None
        raise
    return next((item for item in items if item["id"].startswith(ground.event_id) and wanted(item)), None)


def _read(ground: Ground, **how: str) -> tuple[list[Mapping[str, Any]], str]:
    items: list[Mapping[str, Any]] = []
    token = ""
    for page in ground.listed("list", maxResults=2500, fields=_FIELDS, **how):
        items += page.get("items", ())
        token = str(page.get("nextSyncToken", ""))
    return items, token


def dates(ground: Ground) -> list[Mapping[str, Any]]:
    """Return the dates of the scratch series that are not cancelled, the first one first."""
    pages = ground.listed(
        "instances",
        eventId=ground.event_id,
        maxResults=250,
        fields="nextPageToken,items(id,status,start,end,originalStartTime)",
    )
    items = [item for page in pages for item in page.get("items", ()) if item.get("status") != "cancelled"]
    return sorted(items, key=lambda item: str(item["start"]["dateTime"]))


CHECKS = (Check(_CHANGED, _synced),)
