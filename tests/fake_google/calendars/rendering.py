"""Events as the API shows them: whole, as an instance of their series, or as little more than an id."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tests.fake_google.calendars.model import Calendar, Copy
from tests.fake_google.calendars.store import Store
from tests.fake_google.calendars.times import When, milliseconds
from tests.fake_google.calls import Json


@dataclass(frozen=True, slots=True)
class View:
    """Whose eyes look at a calendar: the zone of the answer, the role, how many attendees are wanted."""

    store: Store
    calendar: Calendar
    zone: ZoneInfo
    role: str = "owner"
    max_attendees: int | None = None

    def whole(self, copy: Copy) -> Json:
        """Return an event with all that may be seen of it."""
        event = copy.event
        if self._hidden(copy):
            return self._busy(copy, event.start, event.end) | self._place(copy)
        found: Json = {
            **self._head(copy, event.id),
            "start": event.start.json(self.zone),
            "end": event.end.json(self.zone),
            **self._place(copy),
        }
        if event.lines:
            found["recurrence"] = list(event.lines)
        return found

    def instance(self, copy: Copy, start: When) -> Json:
        """Return one occurrence of a series that nobody changed."""
        event = copy.event
        end = start.on_wall(start.wall + (event.end.wall - event.start.wall))
        place: Json = {"recurringEventId": event.id, "originalStartTime": start.json(self.zone)}
        if self._hidden(copy):
            return self._busy(copy, start, end) | place | {"id": instance_id(copy, start)}
        return {
            **self._head(copy, instance_id(copy, start)),
            "start": start.json(self.zone),
            "end": end.json(self.zone),
            **place,
        }

    def tombstone(self, copy: Copy) -> Json:
        """Return what is left of a cancelled event in an incremental sync; of an exception also which one it was."""
        found = _bare(copy)
        event = copy.event
        if event.original is not None:
            found |= {"recurringEventId": event.series, "originalStartTime": event.original.json(self.zone)}
        return found

    def shown(self, copy: Copy) -> Json:
        """Return an event as `get` does: cancelled ones with their details, where those are still there."""
        if copy.cancelled and (copy.bare or copy.event.original is not None):
            return self.tombstone(copy)
        return self.whole(copy)

    def _place(self, copy: Copy) -> Json:
        event = copy.event
        if event.series is None or event.original is None:
            return {}
        return {"recurringEventId": event.series, "originalStartTime": event.original.json(self.zone)}

    def _hidden(self, copy: Copy) -> bool:
        private = copy.own.get("visibility") in {"private", "confidential"}
        return self.role == "freeBusyReader" or (self.role == "reader" and private)

    def _busy(self, copy: Copy, start: When, end: When) -> Json:
        return _bare(copy) | {
            "eventType": copy.event.type,
            "status": "cancelled" if copy.cancelled else "confirmed",
            "visibility": "private",
            "start": start.json(self.zone),
            "end": end.json(self.zone),
        }

    def _head(self, copy: Copy, id_: str) -> Json:
        event = copy.event
        found: Json = {
            "kind": "calendar#event",
            "etag": copy.etag,
            "id": id_,
            "htmlLink": _link(id_, self.calendar.owner),
            "created": event.created.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "updated": milliseconds(copy.updated),
            "creator": self._person(event.creator),
            "organizer": self._person(event.organizer),
            "iCalUID": event.uid,
            "sequence": event.sequence,
            "reminders": {"useDefault": True},
            "eventType": "default",
            "status": "confirmed",
            **event.content,
            **copy.own,
        }
        if copy.cancelled:
            found["status"] = "cancelled"
        if event.attendees:
            found |= self._attendees(copy)
        private, shared = copy.own.get("private"), event.content.get("shared")
        found.pop("private", None)
        found.pop("shared", None)
        properties = {"private": private, "shared": shared}
        if private or shared:
            found["extendedProperties"] = {name: dict(value) for name, value in properties.items() if value}
        return found

    def _person(self, address: str) -> Json:
        if self.store.accounts.same(address, self.calendar.owner):
            return {"email": address, "self": True}
        return {"email": address}

    def _attendees(self, copy: Copy) -> Json:
        event = copy.event
        own = self.store.is_guest(self.calendar, event)
        shown = [
            guest
            | ({"organizer": True} if self.store.accounts.same(guest["email"], event.organizer) else {})
            | ({"self": True} if index == own else {})
            for index, guest in enumerate(event.attendees)
        ]
        too_many = self.max_attendees is not None and len(shown) > self.max_attendees
        secret = event.content.get("guestsCanSeeOtherGuests") is False
        if too_many or (secret and not self.store.organizes(self.calendar, event)):
            return {"attendees": [guest for guest in shown if guest.get("self")], "attendeesOmitted": True}
        return {"attendees": shown}


def instance_id(copy: Copy, start: When) -> str:
    """Return the id of an occurrence: named after the first series, even where a later one was split off."""
    return f"{copy.event.base}_{start.stamp}"


def _bare(copy: Copy) -> Json:
    return {
        "kind": "calendar#event",
        "etag": copy.etag,
        "id": copy.event.id,
        "status": "cancelled" if copy.cancelled else "confirmed",
    }


def _link(id_: str, owner: str) -> str:
    eid = urlsafe_b64encode(f"{id_} {owner}".encode()).decode().rstrip("=")
    return f"https://www.google.com/calendar/event?eid={eid}"
