"""Sync tokens and page tokens: what has changed since, and where a listing goes on.

https://developers.google.com/workspace/calendar/api/guides/sync
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tests.fake_google.calendars.listing import Found, Query, instances
from tests.fake_google.calendars.model import Calendar, Copy
from tests.fake_google.calls import ApiError, Json

_WITHOUT_TOKEN = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "updatedMin",
)
_WINDOW = ("timeMin", "timeMax")
_FREE = {"calendarId", "pageToken", "syncToken", "maxResults", "showDeleted", *_WINDOW}


@dataclass(frozen=True, slots=True)
class SyncToken:
    """How far a program has read a calendar: up to this change, by this query."""

    owner: str
    epoch: int
    stamp: int
    query: Json
    window: Json

    @classmethod
    def at(cls, calendar: Calendar, stamp: int, parameters: Mapping[str, Any]) -> "SyncToken":
        """Return the token for a calendar as it was at a change."""
        window = {name: parameters[name] for name in _WINDOW if name in parameters}
        return cls(calendar.owner, calendar.epoch, stamp, _asked(parameters), window)

    @classmethod
    def read(cls, calendar: Calendar, parameters: Mapping[str, Any]) -> "SyncToken":
        """Read the token of a request, and check that what stands beside it is allowed; raise ApiError."""
        for name in (*_WITHOUT_TOKEN, *_WINDOW):
            if name in parameters:
                raise ApiError(400, "badRequest", f"Sync token cannot be used with {name}.")
        if parameters.get("showDeleted") is False:
            raise ApiError(400, "badRequest", "Sync token cannot be used without deleted events.")
        try:
            token = cls(**_unpacked(parameters["syncToken"]))
        except (ValueError, TypeError):
            raise _stale() from None
        if (token.owner, token.epoch) != (calendar.owner, calendar.epoch):
            raise _stale()
        if token.query != _asked(parameters):
            raise ApiError(400, "badRequest", "The parameters are not those of the initial sync.")
        return token

    @property
    def text(self) -> str:
        """Return the token as it travels."""
        return _packed({name: getattr(self, name) for name in self.__slots__})


def gives_token(parameters: Mapping[str, Any]) -> bool:
    """Say whether a listing by these parameters may be continued by an incremental sync."""
    return not any(name in parameters for name in _WITHOUT_TOKEN)


def changed(calendar: Calendar, query: Query, since: int) -> list[Found]:
    """Return what has changed after a change: tombstones for what is gone, an edited instance along with its series.

    The window of the first listing is not applied to what is not expanded: an event that leaves it is reported.
    """
    found = {copy.event.id: copy for copy in calendar.copies.values() if copy.stamp > since}
    for copy in list(found.values()):
        series = calendar.copies.get(copy.event.series or "")
        if series is not None and series.cancelled:
            del found[copy.event.id]
        elif series is not None:
            found[series.event.id] = series
    listed = [one for copy in found.values() for one in _delta(calendar, copy, query)]
    return sorted(listed, key=lambda one: one.key)


def _delta(calendar: Calendar, copy: Copy, query: Query) -> Iterator[Found]:
    if copy.event.lines and query.single:
        yield from instances(calendar, copy, query)
    elif query.types and copy.event.type not in query.types:
        return
    else:
        yield Found((copy.order, ""), copy, gone=copy.cancelled)


def page_of(found: list[Found], token: Json, size: int) -> tuple[list[Found], list[Any] | None]:
    """Return the items that follow where a page token points, at most `size`, and the place after them if more follow."""
    after = tuple(token.get("after", ()))
    rest = [one for one in found if one.key > after] if after else found
    if len(rest) <= size:
        return rest, None
    return rest[:size], list(rest[size - 1].key) if size else list(after)


def page_token(after: list[Any], upto: int) -> str:
    """Return the token of the page that follows a place, in a listing begun at a change."""
    return _packed({"after": after, "upto": upto})


def read_page_token(parameters: Mapping[str, Any]) -> Json:
    """Read the page token of a request, if it has one; raise ApiError."""
    if "pageToken" not in parameters:
        return {}
    try:
        return _unpacked(parameters["pageToken"])
    except ValueError:
        raise ApiError(400, "invalid", "Invalid page token value.") from None


def window_of(token: SyncToken, query: Query, now: datetime) -> Query:
    """Return a query with the window of the listing that a sync token goes back to."""
    first = Query.of(token.window, now)
    return replace(query, after=first.after, before=first.before, horizon=first.horizon)


def _asked(parameters: Mapping[str, Any]) -> Json:
    return {name: value for name, value in parameters.items() if name not in _FREE}


def _stale() -> ApiError:
    sentence = "Sync token is no longer valid, a full sync is required."
    return ApiError(410, "fullSyncRequired", sentence, "calendar")


def _packed(value: Json) -> str:
    return urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode()


def _unpacked(text: str) -> Json:
    found = json.loads(urlsafe_b64decode(text.encode()))
    if not isinstance(found, dict):
        raise ValueError(text)  # noqa: TRY004 - as json has it for what cannot be read
    return found
