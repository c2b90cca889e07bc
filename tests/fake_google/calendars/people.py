"""What people do in their calendars, beside the program: they create, move, decline, split and delete.

Nobody is mailed of it here: `mails` are those that the program asked for. To be called while no request is under
way, or from `FakeGoogle.just_before`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tests.fake_google.calendars.cancelling import cancel, take_out
from tests.fake_google.calendars.fields import editable, patched
from tests.fake_google.calendars.guests import Mailing, responded
from tests.fake_google.calendars.locating import locate, materialise
from tests.fake_google.calendars.model import Calendar, Copy, Event
from tests.fake_google.calendars.recurrence import continued, ended_before
from tests.fake_google.calendars.store import Store
from tests.fake_google.calendars.times import When
from tests.fake_google.calendars.writing import Writing
from tests.fake_google.calls import ApiError

_SPLIT_STAMP = "%Y%m%dT%H%M%S"
_ALLOWED = {"supportsAttachments": True, "conferenceDataVersion": 1}


@dataclass(frozen=True, slots=True)
class People:
    """People at their calendars; an `event` is an id, of an instance too: `<ID>_<YYYYMMDDTHHMMSSZ>`."""

    store: Store

    def create_event(self, owner: str, **event: Any) -> str:  # noqa: ANN401 - an event's JSON
        """Create an event of Calendar's JSON (`start` and `end` at least) and return its id.

        Whoever has no account here organizes it elsewhere: its guests alone have copies.
        """
        calendar = self.store.calendar_of(owner) or Calendar(owner, "UTC")
        copy = Writing(self.store).create(calendar, event, self._quiet(owner), _ALLOWED)
        return copy.event.id

    def change_event(self, user: str, event: str, **changes: Any) -> None:  # noqa: ANN401 - an event's JSON
        """Change an event, a series as a whole, or one instance, by a patch of Calendar's JSON."""
        calendar, copy = self._own(user, event)
        body = patched(editable(copy), changes)
        Writing(self.store).change(calendar, copy, body, self._quiet(user), _ALLOWED)

    def move_instance(self, user: str, event: str, start: datetime) -> None:
        """Move one instance, or a single event, to another time; it stays as long as it is."""
        calendar, copy = self._own(user, event)
        zone = copy.event.start.zone or calendar.time_zone
        new = When(start.astimezone(calendar.zone), calendar.time_zone).seen_in(zone)
        end = new.on_wall(new.wall + (copy.event.end.wall - copy.event.start.wall))
        times = {"start": new.json(calendar.zone), "end": end.json(calendar.zone)}
        body = editable(copy) | times
        Writing(self.store).change(calendar, copy, body, self._quiet(user), _ALLOWED)

    def accept(self, user: str, event: str) -> None:
        """Answer an invitation: yes."""
        self._respond(user, event, "accepted")

    def decline(self, user: str, event: str, comment: str = "") -> None:
        """Answer an invitation: no. The event stays in the calendar."""
        self._respond(user, event, "declined", **({"comment": comment} if comment else {}))

    def delete_event(self, user: str, event: str) -> None:
        """Delete an event, a whole series, or one instance: for everybody if it is one's own, else by declining it."""
        calendar, copy = self._own(user, event)
        if self.store.organizes(calendar, copy.event):
            cancel(self.store, copy.event)
        else:
            take_out(self.store, calendar, copy)

    delete_series = delete_event
    delete_instance = delete_event

    def end_series_from(self, user: str, instance: str) -> None:
        """Delete 'this and following': the series ends before the local midnight of that instance's day."""
        self._end(*self._split_point(user, instance))

    def split_series(self, user: str, instance: str, **changes: Any) -> str:  # noqa: ANN401 - an event's JSON
        """Edit 'this and following' and return the new series' id: `<ID>_R<first start in UTC>`.

        The old series ends before that day. Both get one etag and one time of update. ID is that of the very
        first series, however often it was split; the private properties go along.
        """
        copy, start = self._split_point(user, instance)
        old = copy.event
        new = self._following(old, start)
        before = self._end(copy, start)
        calendar = self._calendar(user)
        put = self.store.put(calendar, new, copy.own)
        for guests, there in before:
            if guests is not calendar and not there.cancelled:
                self.store.put(guests, new, there.own)
        if changes:
            body = patched(editable(put), changes)
            Writing(self.store).change(calendar, put, body, self._quiet(user), _ALLOWED)
        self.store.touch([there for event in (old, new) for _, there in self.store.copies_of(event)])
        return new.id

    def forget_tokens(self, user: str) -> None:
        """Let the sync tokens of a calendar go stale: the next use of one is answered 410."""
        self._calendar(user).epoch += 1

    def share(self, owner: str, user: str, role: str) -> None:
        """Give somebody a role in a calendar: none, freeBusyReader, reader or writer."""
        calendar = self._calendar(owner)
        calendar.shared = {**(calendar.shared or {}), user.lower(): role}

    def lose_access(self, user: str, status: int = 404, reason: str = "notFound") -> None:
        """Let every request of a calendar be refused, as when the account's Calendar is switched off."""
        account = self.store.accounts.get(user)
        if account is None:
            raise LookupError(user)
        account.calendar_off = (status, reason)

    def hide_busy(self, user: str, reason: str | None = "internalError") -> None:
        """Let free/busy queries of a calendar carry an error, until told None."""
        self._calendar(user).busy_error = reason

    def _following(self, old: Event, start: When) -> Event:
        id_ = (
            f"{old.base}_R{start.seen_in('UTC').wall:{_SPLIT_STAMP}}"
            if start.zone
            else f"{old.base}_R{start.stamp}"
        )
        end = start.on_wall(start.wall + (old.end.wall - old.start.wall))
        lines = continued(old, start)
        return replace(
            old, id=id_, start=start, end=end, lines=lines, uid=f"{id_}@google.com", sequence=old.sequence + 1
        )

    def _end(self, copy: Copy, start: When) -> list[tuple[Calendar, Copy]]:
        """End a series before the day of a start; what was changed of it later is gone. Return its copies."""
        event = copy.event
        event.lines = ended_before(event.lines, start)
        event.sequence += 1
        copies = list(self.store.copies_of(event))
        touched = [there for _, there in copies]
        for calendar, _ in copies:
            for there in calendar.exceptions_of(event.id):
                original = there.event.original
                if original and original.wall >= start.wall and not there.cancelled:
                    there.cancelled = there.bare = True
                    touched.append(there)
        self.store.touch(touched)
        return copies

    def _split_point(self, user: str, instance: str) -> tuple[Copy, When]:
        calendar = self._calendar(user)
        copy, start = locate(calendar, instance)
        if start is None:
            start = copy.event.original
            copy = calendar.copies[copy.event.series or ""]
        if start is None:
            raise LookupError(instance)
        return copy, start

    def _respond(self, user: str, event: str, response: str, **more: str) -> None:
        calendar, copy = self._own(user, event)
        index = self.store.is_guest(calendar, copy.event)
        if index is None:
            msg = f"{user} is not invited to {event}"
            raise LookupError(msg)
        responded(copy.event, index, {"responseStatus": response, **more})
        self.store.touch([there for _, there in self.store.copies_of(copy.event)])

    def _own(self, user: str, event: str) -> tuple[Calendar, Copy]:
        """Return a calendar and its copy of an event; an instance becomes an exception by that."""
        calendar = self._calendar(user)
        copy, start = locate(calendar, event)
        if copy.cancelled:
            raise ApiError(410, "deleted")
        return calendar, copy if start is None else materialise(self.store, calendar, copy, start)

    def _calendar(self, user: str) -> Calendar:
        calendar = self.store.calendar_of(user)
        if calendar is None:
            raise LookupError(user)
        return calendar

    def _quiet(self, user: str) -> Mailing:
        return Mailing(self.store, user)
