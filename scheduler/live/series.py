"""Facts about a series: an id of its own, etags, the mark that this program alone sees, a longer first date, a Meet link."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from scheduler.google.trouble import GoogleError
from scheduler.live.finding import Finding, Untried, differs, failed, holds
from scheduler.live.ground import Ground, after, if_there
from scheduler.live.interface import Check
from scheduler.live.scratch import MARK, moment, series_body

_DUPLICATE, _STALE = 409, 412
_LONGER = timedelta(hours=1)
_OF_INSTANCE = "end,extendedProperties/private"


def _made(ground: Ground) -> Iterable[Finding]:
    ground.need_calendars()
    try:
        _insert(ground, mail="none" if ground.here.guest is None else "all")
    except GoogleError as error:
        if (
            error.status != _DUPLICATE
        ):  # an answer that was lost: the request came through, and was sent again
            raise
    ground.events("get", eventId=ground.here.event_id, fields="id")
    ground.standing()
    return (holds(MADE.what),)


def _made_twice(ground: Ground) -> Iterable[Finding]:
    _ = ground.event_id
    try:
        _insert(ground, mail="none")
    except GoogleError as error:
        if error.status != _DUPLICATE:
            raise
        return (holds(TWICE.what),)
    then = "a request that is sent twice may invite twice; only one run goes at a time, so it takes a lost answer"
    return (differs(TWICE.what, then),)


def _insert(ground: Ground, *, mail: str) -> None:
    """Create the series; nothing else sends a mail."""
    here = ground.here
    body = series_body(here.event_id, here.start, here.person, here.guest, meet=here.meet)
    how: dict[str, Any] = {
        "sendUpdates": mail,
        "supportsAttachments": True,
        "conferenceDataVersion": int(here.meet),
    }
    ground.events("insert", body=body, fields="id", **how)


def _stale(ground: Ground) -> Iterable[Finding]:
    event = ground.event_id
    old = ground.events("get", eventId=event, fields="etag")["etag"]
    ground.change(event, {"location": "first"}, fields="id")
    try:
        ground.change(event, {"location": "second"}, fields="id", headers={"If-Match": old})
    except GoogleError as error:
        if error.status != _STALE:
            raise
        return (holds(STALE.what),)
    then = "what a person changes in a series in the very moment in which a run ends it may be undone"
    return (differs(STALE.what, then),)


def _marked(ground: Ground) -> Iterable[Finding]:
    event = ground.event_id
    told = ground.events("get", eventId=event, fields="extendedProperties/private")
    if told.get("extendedProperties", {}).get("private") != MARK:
        then = "a run does not know its own series again, and neither ends nor extends them; please report it"
        return (failed(MARKED.what, then),)
    found, waited = ground.until(lambda: _searched(ground))
    if found is None:
        then = "no run searches by it; leftovers of a live check are then found by the journal in the state folder"
        return (differs("a series is found by its private property", then),)
    return (holds(MARKED.what + after(waited)),)


def _searched(ground: Ground) -> str | None:
    key, value = next(iter(MARK.items()))
    pages = ground.listed(
        "list", privateExtendedProperty=f"{key}={value}", fields="nextPageToken,items(id)", maxResults=2500
    )
    ids = (item["id"] for page in pages for item in page.get("items", ()))
    return next((each for each in ids if each == ground.here.event_id), None)


def _longer(ground: Ground) -> Iterable[Finding]:
    """Let the first date alone take longer, by the id of its instance; afterwards it is as it was."""
    here, first = ground.here, f"{ground.event_id}_{ground.here.start.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    found = if_there(lambda: ground.events("get", eventId=first, fields=_OF_INSTANCE))
    if found is None:
        return (differs(LONGER.what, "there is no instance of that id: the first takes as long as the rest"),)
    if found.get("extendedProperties", {}).get("private") != MARK:
        then = (
            "an instance does not bear the mark of its series: leave 'first_minutes' out of [[cadence.rules]]"
        )
        return (failed(LONGER.what, then),)
    usual, longer = found["end"], moment(here.start + _LONGER, here.person)
    ground.change(first, {"end": longer}, fields="id")
    seen = ground.events("get", eventId=first, fields=_OF_INSTANCE)
    ground.change(first, {"end": usual}, fields="id")
    if datetime.fromisoformat(seen["end"]["dateTime"]) != here.start + _LONGER:
        return (differs(LONGER.what, "the first meeting of a new joiner takes as long as the rest"),)
    return (holds(LONGER.what),)


def _meeting(ground: Ground) -> Iterable[Finding]:
    if not ground.here.meet:
        why = "meet is not set in [google]"
        raise Untried(why)
    link, waited = ground.until(lambda: _link(ground.events("get", eventId=ground.event_id)))
    if link is None:
        then = "series are created without a link; set meet = false, or let an administrator allow Meet"
        return (differs(MEET.what, then),)
    return (holds(MEET.what + after(waited)),)


def _link(event: Mapping[str, Any]) -> str | None:
    points = event.get("conferenceData", {}).get("entryPoints", ())
    return next((str(each["uri"]) for each in points if each.get("entryPointType") == "video"), None)


MADE = Check("a series can be created in one's own calendar, under an id of ours", _made)
TWICE = Check("the same series, asked for twice, is there once (409)", _made_twice)
STALE = Check("a change of what somebody else has changed meanwhile is refused (412)", _stale)
MARKED = Check("a private property stays on a series, and finds it", _marked)
MEET = Check("a Meet link is made with a series", _meeting)
LONGER = Check("the first date of a series can take longer than the rest", _longer)
CHECKS = (MADE, TWICE, STALE, MARKED, LONGER, MEET)
