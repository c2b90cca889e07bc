"""events.list and events.instances: which events a query finds, in which order, page by page.

https://developers.google.com/workspace/calendar/api/v3/reference/events/list
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from tests.fake_google.calendars.model import Calendar, Copy
from tests.fake_google.calendars.recurrence import starts
from tests.fake_google.calendars.rendering import View
from tests.fake_google.calendars.times import When, moment
from tests.fake_google.calls import Json

_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_HORIZON = timedelta(days=2 * 365)  # how far a series without an end is expanded where no end is asked for


class Found(NamedTuple):
    """One item of a listing: a copy, or with a `start` an untouched instance; `key` says where in the order."""

    key: tuple[Any, ...]
    copy: Copy
    start: When | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a listing asks for: half-open in time, `after` an event's end and `before` its start."""

    after: datetime
    before: datetime
    horizon: datetime
    single: bool = False
    deleted: bool = False
    by_start: bool = False
    by_updated: bool = False
    types: frozenset[str] = frozenset()
    properties: tuple[tuple[str, str, str], ...] = ()
    updated_min: datetime | None = None
    uid: str | None = None
    text: str | None = None

    @classmethod
    def of(cls, parameters: Mapping[str, Any], now: datetime) -> "Query":
        """Read the parameters of events.list."""
        properties = [
            (where, *text.split("=", 1))
            for where, name in (("private", "privateExtendedProperty"), ("shared", "sharedExtendedProperty"))
            for text in parameters.get(name, ())
        ]
        after = moment(parameters["timeMin"]) if "timeMin" in parameters else _EARLIEST
        return cls(
            after=after,
            before=moment(parameters["timeMax"]) if "timeMax" in parameters else _LATEST,
            horizon=moment(parameters["timeMax"]) if "timeMax" in parameters else max(now, after) + _HORIZON,
            single=parameters.get("singleEvents", False),
            deleted=parameters.get("showDeleted", False),
            by_start=parameters.get("orderBy") == "startTime",
            by_updated=parameters.get("orderBy") == "updated",
            types=frozenset(parameters.get("eventTypes", ())),
            properties=tuple((where, name, value) for where, name, value in properties),
            updated_min=moment(parameters["updatedMin"]) if "updatedMin" in parameters else None,
            uid=parameters.get("iCalUID"),
            text=parameters.get("q"),
        )


def find(calendar: Calendar, query: Query) -> list[Found]:
    """Return what a query finds, in order."""
    copies = [copy for copy in calendar.copies.values() if _wanted(copy, query)]
    found = [one for copy in copies for one in _expanded(calendar, copy, query)]
    return sorted(found, key=lambda one: one.key)


def rendered(view: View, found: Found) -> Json:
    """Return an item as the listing shows it: cancelled exceptions are never shown whole."""
    if found.start is not None:
        return view.instance(found.copy, found.start)
    return view.tombstone(found.copy) if found.gone else view.shown(found.copy)


def instances(calendar: Calendar, series: Copy, query: Query) -> Iterator[Found]:
    """Go through the occurrences of a series in a span of time that nobody touched."""
    event = series.event
    length = event.end.wall - event.start.wall
    taken = {there.event.id for there in calendar.exceptions_of(event.id)}
    for start in starts(event, query.after - length - _DAY, query.horizon + _DAY):
        end = start.on_wall(start.wall + length)
        inside = start.instant(calendar.zone) < query.horizon and end.instant(calendar.zone) > query.after
        if inside and f"{event.base}_{start.stamp}" not in taken:
            yield Found(_key(series, start, query), series, start)


def _wanted(copy: Copy, query: Query) -> bool:
    """Say whether an event passes the filters that do not look at the time."""
    event = copy.event
    content: Mapping[str, Any] = {**event.content, "private": copy.own.get("private", {})}
    return (
        (not query.types or event.type in query.types)
        and (query.uid is None or event.uid == query.uid)
        and (query.updated_min is None or copy.updated >= query.updated_min)
        and all(content.get(where, {}).get(name) == value for where, name, value in query.properties)
        and (query.text is None or query.text.lower() in str(content.get("summary", "")).lower())
    )


def _expanded(calendar: Calendar, copy: Copy, query: Query) -> Iterator[Found]:
    """Go through what of an event is listed: itself, or its occurrences, or nothing."""
    event = copy.event
    deleted = query.deleted or query.updated_min is not None
    if event.lines and query.single:
        if deleted or not copy.cancelled:
            yield from instances(calendar, copy, query)
        return
    if copy.cancelled and not deleted and not _left_out(calendar, copy, query):
        return
    start, end = event.start.instant(calendar.zone), event.end.instant(calendar.zone)
    if event.lines:
        end = query.before  # a series is listed for ever, even when it has ended
    if start < query.before and (end > query.after or (start == end >= query.after)):
        yield Found(_key(copy, event.start, query), copy, gone=copy.cancelled and event.original is not None)


def _left_out(calendar: Calendar, copy: Copy, query: Query) -> bool:
    """Say whether this is a cancelled instance of a series that goes on: those are listed along with their series."""
    series = calendar.copies.get(copy.event.series or "")
    return not query.single and series is not None and not series.cancelled


def _key(copy: Copy, start: When, query: Query) -> tuple[Any, ...]:
    at = start.instant(UTC).isoformat()
    if query.by_start:
        return (at, copy.order)
    if query.by_updated:
        return (copy.stamp, copy.order, at)
    return (copy.order, at)
