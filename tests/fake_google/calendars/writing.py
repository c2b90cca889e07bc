"""insert, update, patch and delete, as organizers and as guests may do them."""

from base64 import b32hexencode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from tests.fake_google.calendars.cancelling import cancel, drop_stray_exceptions, take_out
from tests.fake_google.calendars.fields import Fields, check_id, copied, editable, patched, read_fields
from tests.fake_google.calendars.guests import Mailing, addresses, invite, uninvite
from tests.fake_google.calendars.locating import locate, materialise
from tests.fake_google.calendars.meets import with_meet
from tests.fake_google.calendars.model import Calendar, Copy, Event
from tests.fake_google.calendars.rendering import View
from tests.fake_google.calendars.store import Store
from tests.fake_google.calls import ApiError, Call, Json

_RESPONSE = ("responseStatus", "comment", "additionalGuests")


@dataclass(frozen=True, slots=True)
class Writing:
    """The writes of Calendar's `events` collection."""

    store: Store

    def insert(self, call: Call) -> Json:
        """Create an event in a calendar and in its guests'; an id that was ever used there is a duplicate."""
        calendar, _ = self.store.open(call.user, call.parameters["calendarId"], "writer")
        body = call.body or {}
        if body.get("eventType") == "fromGmail":
            raise ApiError(400, "invalid", "Events of this type cannot be created.")
        if body.get("id") and body.get("iCalUID"):
            raise ApiError(400, "invalid", "Both id and iCalUID are given.")
        mailing = Mailing.asked_for(self.store, call.user, call.parameters)
        copy = self.create(calendar, body, mailing, call.parameters)
        return self._view(calendar, call).whole(copy)

    def create(self, calendar: Calendar, body: Json, mailing: Mailing, parameters: Mapping[str, Any]) -> Copy:
        """Create an event from its JSON; raise ApiError."""
        id_ = body.get("id") or self._new_id()
        check_id(id_)
        if id_ in calendar.copies:
            raise ApiError(409, "duplicate", "The requested identifier already exists.")
        fields = read_fields(body, calendar.time_zone)
        now = self.store.now()
        event = Event(id_, id_, calendar.owner, mailing.user, now, fields.start, fields.end)
        event.uid = body.get("iCalUID") or f"{id_}@google.com"
        event.sequence = body.get("sequence") or 0
        fields = _settled(event, fields, parameters)
        event.lines, event.attendees, event.content = fields.lines, fields.attendees, fields.content
        copy = self.store.put(calendar, event, fields.own)
        invite(self.store, event, fields.own, self._others(calendar, event))
        mailing.send("invitation", event, addresses(event.attendees))
        return copy

    def update(self, call: Call) -> Json:
        """Replace an event: what the body does not have is taken away."""
        return self._changed(call, whole=True)

    def patch(self, call: Call) -> Json:
        """Change parts of an event."""
        return self._changed(call, whole=False)

    def delete(self, call: Call) -> None:
        """Cancel an event: for everybody if the organizer does it, else for this guest, who thereby declines."""
        calendar, _ = self.store.open(call.user, call.parameters["calendarId"], "writer")
        copy, start = locate(calendar, call.parameters["eventId"])
        if copy.cancelled:
            raise ApiError(410, "deleted", "Resource has been deleted")
        _check_etag(copy, call)
        if start is not None:
            copy = materialise(self.store, calendar, copy, start)
        self._end(calendar, copy, Mailing.asked_for(self.store, call.user, call.parameters))

    def change(
        self,
        calendar: Calendar,
        copy: Copy,
        body: Json,
        mailing: Mailing,
        parameters: Mapping[str, Any],
    ) -> None:
        """Let an event become what this JSON says, as far as the calendar's owner may; raise ApiError."""
        event = copy.event
        if body.get("status") == "cancelled":
            self._end(calendar, copy, mailing)
            return
        fields = read_fields(body, calendar.time_zone, recurring=event.series is None)
        if self.store.organizes(calendar, event) or event.content.get("guestsCanModify"):
            _check_unchangeable(event, body, fields)
            fields = _settled(event, fields, parameters)
        else:
            fields = self._guests_part(calendar, event, fields)
        shared, own = not copied(event, fields), dict(copy.own) != dict(fields.own)
        copy.own = fields.own
        if shared:
            self._share(event, fields, copy, mailing, body.get("sequence") or 0)
        elif own:
            self.store.touch([copy])

    def _changed(self, call: Call, *, whole: bool) -> Json:
        calendar, _ = self.store.open(call.user, call.parameters["calendarId"], "writer")
        copy, start = locate(calendar, call.parameters["eventId"])
        _check_etag(copy, call)
        if copy.cancelled:
            raise ApiError(403, "forbidden", "Forbidden")
        if start is not None:
            copy = materialise(self.store, calendar, copy, start)
        body = call.body or {}
        if not whole:
            body = patched(editable(copy), body)
        mailing = Mailing.asked_for(self.store, call.user, call.parameters)
        self.change(calendar, copy, body, mailing, call.parameters)
        return self._view(calendar, call).whole(copy)

    def _end(self, calendar: Calendar, copy: Copy, mailing: Mailing) -> None:
        if self.store.organizes(calendar, copy.event):
            mailing.send("cancellation", copy.event, addresses(copy.event.attendees))
            cancel(self.store, copy.event)
        else:
            take_out(self.store, calendar, copy)

    def _share(self, event: Event, fields: Fields, copy: Copy, mailing: Mailing, sequence: int) -> None:
        """Write what all copies share, let guests come and go, and tell them."""
        before = {address.lower(): address for address in addresses(event.attendees)}
        after = {address.lower(): address for address in addresses(fields.attendees)}
        touched = [there for _, there in self.store.copies_of(event)]
        moved = (event.start, event.end, event.lines) != (fields.start, fields.end, fields.lines)
        event.start, event.end, event.lines = fields.start, fields.end, fields.lines
        event.attendees, event.content = fields.attendees, fields.content
        event.sequence = max(sequence, event.sequence + moved)
        gone = [address for key, address in before.items() if key not in after]
        new = [address for key, address in after.items() if key not in before]
        touched += uninvite(self.store, event, gone)
        touched += invite(self.store, event, copy.own, new)
        self.store.touch(touched)
        if moved and event.series is None:
            drop_stray_exceptions(self.store, event)
        mailing.send("invitation", event, new)
        mailing.send("cancellation", event, gone)
        mailing.send("update", event, [address for key, address in after.items() if key in before])

    def _guests_part(self, calendar: Calendar, event: Event, fields: Fields) -> Fields:
        """Return the event as it is, but with the guest's own answer and what is their calendar's alone."""
        index = self.store.is_guest(calendar, event)
        attendees = event.attendees
        if index is not None:
            asked = [g for g in fields.attendees if self.store.accounts.same(g["email"], calendar.owner)]
            answer = {name: asked[0][name] for name in _RESPONSE if name in asked[0]} if asked else {}
            attendees = (*attendees[:index], {**attendees[index], **answer}, *attendees[index + 1 :])
        return Fields(event.start, event.end, event.lines, attendees, event.content, fields.own)

    def _others(self, calendar: Calendar, event: Event) -> list[str]:
        same = self.store.accounts.same
        return [a for a in addresses(event.attendees) if not same(a, calendar.owner)]

    def _new_id(self) -> str:
        digest = sha256(str(self.store.stamp).encode()).digest()
        return b32hexencode(digest).decode().lower()[:26]

    def _view(self, calendar: Calendar, call: Call) -> View:
        return View(self.store, calendar, calendar.zone, max_attendees=call.parameters.get("maxAttendees"))


def _settled(event: Event, fields: Fields, parameters: Mapping[str, Any]) -> Fields:
    """Let attachments and meetings change only where the request says that its program knows of them."""
    content = {name: value for name, value in fields.content.items() if name != "hangoutLink"}
    asked = content.pop("conferenceData", None)
    content |= with_meet(event, asked, allowed=parameters.get("conferenceDataVersion") == 1)
    if not parameters.get("supportsAttachments"):
        content.pop("attachments", None)
        if "attachments" in event.content:
            content["attachments"] = event.content["attachments"]
    elif len(content.get("attachments", ())) > 25:
        raise ApiError(400, "invalid", "Too many attachments.")
    return replace(fields, content=content)


def _check_unchangeable(event: Event, body: Json, fields: Fields) -> None:
    if fields.content.get("eventType", "default") != event.type:
        raise ApiError(400, "eventTypeRestriction", "Event type cannot be changed.", "calendar")
    if (body.get("sequence") or event.sequence) < event.sequence:
        sentence = "Invalid sequence value. The specified sequence number is below the current sequence number of the resource."
        raise ApiError(400, "invalid", sentence)


def _check_etag(copy: Copy, call: Call) -> None:
    wanted = call.headers.get("if-match")
    if wanted not in {None, "*", copy.etag}:
        raise ApiError(412, "conditionNotMet", "Precondition Failed")
