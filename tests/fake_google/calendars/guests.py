"""What a change means for the others: copies in the guests' calendars, and mails to whom the program wants told."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fake_google.calendars.model import Copy, Event
from tests.fake_google.calendars.store import Mail, Store
from tests.fake_google.calls import Json

_INHERITED = ("transparency", "visibility")


@dataclass(frozen=True, slots=True)
class Mailing:
    """Who is told of a change by one user: `all` guests, those `externalOnly` who have no account here, or `none`."""

    store: Store
    user: str
    whom: str = "none"

    @classmethod
    def asked_for(cls, store: Store, user: str, parameters: Mapping[str, Any]) -> "Mailing":
        """Return what a request asks for; without a word of it nobody is told."""
        old_way = "all" if parameters.get("sendNotifications") else "none"
        return cls(store, user, parameters.get("sendUpdates", old_way))

    def send(self, kind: str, event: Event, addresses: Iterable[str]) -> None:
        """Send a mail of this kind to those of the addresses who are to be told, never to whoever made the change."""
        for address in addresses:
            external = self.store.accounts.get(address) is None
            wanted = self.whom == "all" or (self.whom == "externalOnly" and external)
            if wanted and not self.store.accounts.same(address, self.user):
                self.store.mails.append(Mail(address, kind, event.id))


def addresses(guests: Iterable[Json]) -> list[str]:
    """Return the guests' addresses."""
    return [guest["email"] for guest in guests]


def invite(store: Store, event: Event, own: Mapping[str, Any], guests: Collection[str]) -> list[Copy]:
    """Put a copy into the calendar of each of these guests who has one here; private properties stay behind.

    A guest who took the event out of their calendar, or was taken off the list, gets it back.
    """
    inherited = {name: own[name] for name in _INHERITED if name in own}
    put = []
    for address in guests:
        calendar = store.calendar_of(address)
        if calendar is None:
            continue
        there = calendar.copies.get(event.id)
        if there is None:
            put.append(store.put(calendar, event, inherited))
        elif there.event is event:
            there.cancelled = there.bare = False
            put.append(there)
    return put


def uninvite(store: Store, event: Event, guests: Collection[str]) -> list[Copy]:
    """Cancel the copies of guests who are on the list no more, except the organizer's own."""
    gone = []
    for address in guests:
        calendar = store.calendar_of(address)
        there = calendar.copies.get(event.id) if calendar else None
        if calendar and there and there.event is event and not store.organizes(calendar, event):
            there.cancelled = there.bare = True
            gone.append(there)
    return gone


def responded(event: Event, index: int, response: Mapping[str, Any]) -> None:
    """Let one attendee's answer stand in the event, and so in every copy of it."""
    guests = list(event.attendees)
    guests[index] = {**guests[index], **response}
    event.attendees = tuple(guests)
