"""All calendars of the fake's domain: who may do what in which, and how copies come to be and change."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from tests.fake_google.accounts import Account, Accounts
from tests.fake_google.calendars.model import NOTHING, Calendar, Copy, Event
from tests.fake_google.calls import ApiError

ROLES = ("none", "freeBusyReader", "reader", "writer", "owner")


class Mail(NamedTuple):
    """A mail that Google sends: `kind` is invitation, update or cancellation."""

    to: str
    kind: str
    event: str


@dataclass
class Store:
    """The calendars; `others` is the role that people of the domain have in one another's unless it is shared."""

    accounts: Accounts
    now: Callable[[], datetime]
    others: str = "freeBusyReader"
    mails: list[Mail] = field(default_factory=list)
    stamp: int = 0

    def open(self, user: str, calendar_id: str, role: str) -> tuple[Calendar, str]:
        """Return a calendar, in which the user has at least this role, and the role; raise ApiError."""
        account = self.accounts.get(user if calendar_id == "primary" else calendar_id)
        if account is None:
            raise ApiError(404, "notFound", "Not Found")
        if account.calendar_off:
            status, reason = account.calendar_off
            raise ApiError(status, reason, "Not Found" if status == 404 else reason)
        held = self.role(user, account)
        if held == "none":
            raise ApiError(404, "notFound", "Not Found")
        if ROLES.index(held) < ROLES.index(role):
            sentence = f"You need to have {role} access to this calendar."
            raise ApiError(403, "requiredAccessLevel", sentence, "calendar")
        return account.calendar, held

    def role(self, user: str, account: Account) -> str:
        """Return the role that a user has in an account's calendar."""
        asking = self.accounts.get(user)
        return account.calendar.role_of(asking.email if asking else user, self.others)

    def put(self, calendar: Calendar, event: Event, own: Mapping[str, Any] = NOTHING) -> Copy:
        """Put an event into a calendar."""
        copy = Copy(event, 0, 0, event.created, own)
        self.touch([copy])
        copy.order = copy.stamp
        calendar.copies[event.id] = copy
        return copy

    def touch(self, copies: list[Copy]) -> None:
        """Let copies count as changed now, by one change: they get one etag and one time."""
        self.stamp += 1
        now = self.now()
        for copy in copies:
            copy.stamp, copy.updated = self.stamp, now

    def calendar_of(self, address: str) -> Calendar | None:
        """Return somebody's calendar; None for whoever has none here."""
        account = self.accounts.get(address)
        return account.calendar if account else None

    def copies_of(self, event: Event) -> Iterator[tuple[Calendar, Copy]]:
        """Go through the copies of an event: the organizer's first, then the guests'."""
        seen: list[Calendar] = []
        for address in (event.organizer, *(guest["email"] for guest in event.attendees)):
            calendar = self.calendar_of(address)
            if calendar is None or any(calendar is known for known in seen):
                continue
            seen.append(calendar)
            copy = calendar.copies.get(event.id)
            if copy is not None and copy.event is event:
                yield calendar, copy

    def is_guest(self, calendar: Calendar, event: Event) -> int | None:
        """Return which of an event's attendees a calendar's owner is; None if they are not among them."""
        for index, guest in enumerate(event.attendees):
            if self.accounts.same(guest["email"], calendar.owner):
                return index
        return None

    def organizes(self, calendar: Calendar, event: Event) -> bool:
        """Say whether a calendar's owner is the event's organizer."""
        return self.accounts.same(event.organizer, calendar.owner)
