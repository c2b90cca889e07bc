"""One event of Google Calendar, understood: its JSON as values, in the zone and the words of the model.

What the fields mean: https://developers.google.com/calendar/api/v3/reference/events. A series that a person
split (*this and following*) goes on under `<ID>_R<first start>`; both parts are one series here, by the UID of
the first. Titles, descriptions and places are not asked for, so that none is ever here.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from typing import Any

from scheduler.calendars.content import property_of
from scheduler.calendars.events import Facts, Times
from scheduler.calendars.moments import Clock, Moment, Period, moments
from scheduler.calendars.quirks.google import is_room
from scheduler.calendars.zones import known_zone
from scheduler.meetings import Answer, Attendee, Busy, EventStatus

KEY = "onetoone"
FIELDS = (
    "id,iCalUID,status,start,end,recurrence,recurringEventId,originalStartTime,"
    "attendees(email,self,resource,responseStatus),attendeesOmitted,organizer(email,self),"
    "eventType,transparency,sequence,extendedProperties/private,attachments/fileUrl"
)
_SPLIT = re.compile(r"_R\d{8}(?:T\d{6})?(?=@|\Z)")
_OF_GOOGLE = "@google.com"
_ANSWERS = {
    "accepted": Answer.ACCEPTED,
    "tentative": Answer.TENTATIVE,
    "declined": Answer.DECLINED,
}
_STATUS = {"cancelled": EventStatus.CANCELLED, "tentative": EventStatus.TENTATIVE}
_TWO = 2
# Where somebody works, and whose birthday it is, takes nobody's time.
_FREE = frozenset({"workingLocation", "birthday"})

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoogleEvent:
    """An event as Google tells it, in the calendar of `owner`, an address."""

    body: Body
    owner: str

    @property
    def series_id(self) -> str:
        """The id of the series that it belongs to: its own, where it is no exception."""
        return str(self.body.get("recurringEventId") or self.body["id"])

    @property
    def first_id(self) -> str:
        """The id under which the series was created, before anybody split it."""
        return _SPLIT.sub("", self.series_id)

    @property
    def mark(self) -> str | None:
        """The key that this program left on it; None on what people made."""
        found = self.body.get("extendedProperties", {}).get("private", {}).get(KEY)
        return str(found) if found else None

    @property
    def uid(self) -> str:
        """What all copies of it share, in whatever calendar: for ours the id, else the iCalUID of the first part."""
        told = _SPLIT.sub("", str(self.body.get("iCalUID") or ""))
        ours = told in {"", self.first_id + _OF_GOOGLE} and self.first_id.startswith(KEY)
        return self.first_id if ours or not told else told

    @property
    def sequence(self) -> int:
        """How often its time was changed."""
        return int(self.body.get("sequence", 0))

    @property
    def cancelled(self) -> bool:
        """Say whether it is called off: one date of a series, as the rest of a deleted one is not listed."""
        return self.body.get("status") == "cancelled"

    @property
    def all_day(self) -> bool:
        """Say whether it takes days, with no time of day."""
        return "date" in self.body.get("start", {})

    @property
    def absence(self) -> bool:
        """Say whether it may tell that its owner is away: out of office, or taken for whole days."""
        if self.body.get("eventType") == "outOfOffice":
            return True
        return self.all_day and _busy(self.body) is not Busy.FREE

    @property
    def is_of_many(self) -> bool:
        """Say whether more are invited than two and an organizer of neither, rooms aside; an absence is nobody else's."""
        guests = (g for g in self.body.get("attendees", ()) if not g.get("self") and not _is_room(g))
        return not self.absence and sum(1 for _ in guests) > _TWO

    def people(self) -> Iterable[str]:
        """Yield the addresses in it, the owner's own left out."""
        organizer = self.body.get("organizer", {})
        for one in (organizer, *self.body.get("attendees", ())):
            if "email" in one and not one.get("self"):
                yield str(one["email"]).lower()


def with_addresses(body: Body, become: Callable[[str], str]) -> Body:
    """Return an event in which each address became another; a room stays known as one."""

    def one(told: Body) -> Body:
        if "email" not in told:
            return told
        changed = {**told, "email": become(str(told["email"]))}
        return changed | {"resource": True} if _is_room(told) else changed

    result = dict(body)
    if "organizer" in body:
        result["organizer"] = one(body["organizer"])
    if "attendees" in body:
        result["attendees"] = [one(each) for each in body["attendees"]]
    return result


def times_of(event: GoogleEvent, owner: tzinfo, excluded: Iterable[Moment] = ()) -> Times:
    """Return when it takes place; `excluded` are dates that were taken out beside those it names.

    Days count in the owner's zone. Raises ValueError or KeyError for what can't be right.
    """
    body = event.body
    lines = [line for line in map(property_of, body.get("recurrence", ())) if line is not None]
    if any(line.name == "EXRULE" for line in lines):
        msg = "it leaves dates out by a rule (EXRULE), which hardly any calendar program keeps any more"
        raise ValueError(msg)
    start, end = moment_of(body["start"], owner), moment_of(body["end"], owner)
    if start == end and not isinstance(start, datetime):
        end = start + timedelta(days=1)  # as in a file: several programs write one day so
    if isinstance(start, datetime) is not isinstance(end, datetime) or end < start:
        msg = "it ends before it starts, or its start and its end are not both dates or both times"
        raise ValueError(msg)
    clock = Clock(start.tzinfo if isinstance(start, datetime) and start.tzinfo else owner)
    out = (each for line in lines if line.name == "EXDATE" for each in moments(line, clock))
    original = body.get("originalStartTime")
    return Times(
        start=start,
        end=end,
        rules=tuple(line.value for line in lines if line.name == "RRULE"),
        added=tuple(each for line in lines if line.name == "RDATE" for each in moments(line, clock)),
        excluded=(*(_bare(each) for each in out), *excluded),
        recurrence_id=moment_of(original, owner) if original else None,
    )


def moment_of(told: Body, owner: tzinfo) -> Moment:
    """Return a date, or a time in the zone that Google names beside it, in which a series recurs.

    In the owner's zone where it names none that is known: with a bare offset a series would not change its clocks.
    """
    if "date" in told:
        return date.fromisoformat(told["date"])
    found = datetime.fromisoformat(told["dateTime"])
    name = told.get("timeZone")
    zone = (known_zone(name) if name else None) or owner
    return found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)


def facts_of(event: GoogleEvent) -> Facts:
    """Return what it says beside its times; the owner stands in it under their main address."""
    body = event.body
    attendees: list[Attendee] = []
    incomplete = bool(body.get("attendeesOmitted"))
    for one in body.get("attendees", ()):
        room = _is_room(one)
        address = _address(one, event.owner)
        incomplete = incomplete or (address is None and not room)
        if address is not None:
            answer = _ANSWERS.get(one.get("responseStatus", ""), Answer.NEEDS_ACTION)
            attendees.append(_attendee(address, answer, is_room=room))
    return Facts(
        status=_STATUS.get(body.get("status", ""), EventStatus.CONFIRMED),
        busy=_busy(body),
        organizer=_address(body.get("organizer", {}), event.owner),
        attendees=tuple(attendees),
        incomplete_guests=incomplete,
        mark=event.mark,
        links=tuple(str(each["fileUrl"]) for each in body.get("attachments", ()) if "fileUrl" in each),
    )


@cache
def _attendee(email: str, answer: Answer, *, is_room: bool) -> Attendee:
    """Return one and the same value for whoever is in many meetings."""
    return Attendee(email, answer, is_room)


def _is_room(one: Body) -> bool:
    return bool(one.get("resource")) or is_room(str(one.get("email", "")))


def _address(one: Body, owner: str) -> str | None:
    if one.get("self"):
        return owner
    return str(one["email"]).lower() if one.get("email") else None


def _busy(body: Body) -> Busy:
    if body.get("eventType") in _FREE or body.get("transparency") == "transparent":
        return Busy.FREE
    if body.get("eventType") == "outOfOffice":
        return Busy.OUT_OF_OFFICE
    return Busy.TENTATIVE if body.get("status") == "tentative" else Busy.BUSY


def _bare(value: Moment | Period) -> Moment:
    return value[0] if isinstance(value, tuple) else value
