"""Calendar v3 as far as the fake has it: events, free/busy, and a calendar's own data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.fake_google.calendars.freebusy import free_busy
from tests.fake_google.calendars.listing import Found, Query, find, instances, rendered
from tests.fake_google.calendars.locating import locate
from tests.fake_google.calendars.model import Calendar
from tests.fake_google.calendars.rendering import View
from tests.fake_google.calendars.store import Store
from tests.fake_google.calendars.sync import (
    SyncToken,
    changed,
    gives_token,
    page_of,
    page_token,
    read_page_token,
    window_of,
)
from tests.fake_google.calendars.times import milliseconds, moment, zone_of
from tests.fake_google.calendars.writing import Writing
from tests.fake_google.calls import ApiError, Call, Handler, Json

_LARGEST_PAGE = 2500
_USUAL_PAGE = 250
_REACH = timedelta(days=30)  # of updatedMin


@dataclass
class CalendarService:
    """The calendars' methods; `page_sizes` are sizes of pages to come, 0 for an empty one, used in turn for ever."""

    store: Store
    page_sizes: tuple[int, ...] = ()
    _pages: int = field(default=0)

    @property
    def handlers(self) -> Mapping[str, Handler]:
        """Return what this service does, by method id."""
        writing = Writing(self.store)
        return {
            "calendar.events.insert": writing.insert,
            "calendar.events.update": writing.update,
            "calendar.events.patch": writing.patch,
            "calendar.events.delete": writing.delete,
            "calendar.events.get": self._get,
            "calendar.events.list": self._list,
            "calendar.events.instances": self._instances,
            "calendar.freebusy.query": lambda call: free_busy(self.store, call),
            "calendar.calendars.get": self._calendar,
            "calendar.calendarList.get": self._calendar_list,
        }

    def _get(self, call: Call) -> Json:
        calendar, view = self._opened(call, "freeBusyReader")
        copy, start = locate(calendar, call.parameters["eventId"])
        return view.shown(copy) if start is None else view.instance(copy, start)

    def _list(self, call: Call) -> Json:
        calendar, view = self._opened(call, "freeBusyReader")
        asked = call.parameters
        query = Query.of(asked, call.now)
        if query.by_start and not query.single:
            raise ApiError(
                400, "badRequest", "The requested ordering is not available for the particular query."
            )
        if query.after >= query.before:
            raise ApiError(400, "timeRangeEmpty", "The specified time range is empty.", "calendar")
        if query.updated_min and query.updated_min < call.now - _REACH:
            sentence = "The requested minimum modification time lies too far in the past."
            raise ApiError(410, "updatedMinTooLongAgo", sentence, "calendar")
        if "syncToken" in asked:
            token = SyncToken.read(calendar, asked)
            found = changed(calendar, window_of(token, query, call.now), token.stamp)
        else:
            token = SyncToken.at(calendar, 0, asked)
            found = find(calendar, query)
        return self._page(view, found, asked, token)

    def _page(self, view: View, found: list[Found], asked: Mapping[str, Any], token: SyncToken) -> Json:
        """Return a page; the sync token of the last one goes back to when the first was asked for."""
        place = read_page_token(asked)
        upto = place.get("upto", self.store.stamp)
        items, after = page_of(found, place, self._size(asked))
        answer = _head(view) | {"items": [rendered(view, one) for one in items]}
        if after is not None:
            return answer | {"nextPageToken": page_token(after, upto)}
        if gives_token(asked):
            new = SyncToken(token.owner, view.calendar.epoch, upto, token.query, token.window)
            answer["nextSyncToken"] = new.text
        return answer

    def _instances(self, call: Call) -> Json:
        calendar, view = self._opened(call, "freeBusyReader")
        series = calendar.copies.get(call.parameters["eventId"])
        if series is None:
            raise ApiError(404, "notFound", "Not Found")
        query = Query.of({**call.parameters, "singleEvents": True}, call.now)
        exceptions = {copy.event.id for copy in calendar.exceptions_of(series.event.id)}
        found = [
            one for one in find(calendar, query) if one.start is None and one.copy.event.id in exceptions
        ]
        found += instances(calendar, series, query) if query.deleted or not series.cancelled else ()
        found = list(_originally(found, call.parameters.get("originalStart")))
        place = read_page_token(call.parameters)
        items, after = page_of(sorted(found, key=lambda one: one.key), place, self._size(call.parameters))
        answer = _head(view) | {"items": [rendered(view, one) for one in items]}
        return answer if after is None else answer | {"nextPageToken": page_token(after, 0)}

    def _calendar(self, call: Call) -> Json:
        calendar, _ = self.store.open(call.user, call.parameters["calendarId"], "reader")
        return {"kind": "calendar#calendar", **_about(calendar)}

    def _calendar_list(self, call: Call) -> Json:
        calendar, role = self.store.open(call.user, call.parameters["calendarId"], "freeBusyReader")
        own = {"primary": True, "selected": True} if role == "owner" else {}
        reminders = {"defaultReminders": [{"method": "popup", "minutes": 10}], "accessRole": role}
        return {"kind": "calendar#calendarListEntry", **_about(calendar), **reminders, **own}

    def _opened(self, call: Call, role: str) -> tuple[Calendar, View]:
        calendar, held = self.store.open(call.user, call.parameters["calendarId"], role)
        name = call.parameters.get("timeZone")
        zone = zone_of(name) if name else calendar.zone
        return calendar, View(self.store, calendar, zone, held, call.parameters.get("maxAttendees"))

    def _size(self, asked: Mapping[str, Any]) -> int:
        wanted = min(asked.get("maxResults", _USUAL_PAGE), _LARGEST_PAGE)
        if not self.page_sizes:
            return int(wanted)
        self._pages += 1
        return int(min(wanted, self.page_sizes[(self._pages - 1) % len(self.page_sizes)]))


def _originally(found: list[Found], start: str | None) -> Iterator[Found]:
    """Go through the instances that originally start then; all, where no start is named."""
    for one in found:
        original = one.start or one.copy.event.original
        if start is None or (original and original.instant(zone_of("UTC")) == moment(start)):
            yield one


def _about(calendar: Calendar) -> Json:
    return {
        "etag": f'"{calendar.epoch}"',
        "id": calendar.owner,
        "summary": calendar.title,
        "timeZone": calendar.time_zone,
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    }


def _head(view: View) -> Json:
    latest = max((copy.updated for copy in view.calendar.copies.values()), default=view.store.now())
    return {
        "kind": "calendar#events",
        "etag": f'"p{view.store.stamp}"',
        "summary": view.calendar.title,
        "description": "",
        "updated": milliseconds(latest),
        "timeZone": view.calendar.time_zone,
        "accessRole": view.role,
        "defaultReminders": [{"method": "popup", "minutes": 10}] if view.role == "owner" else [],
    }
