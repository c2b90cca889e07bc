"""From the events of one Google calendar to what the check needs to know of it.

Each series is read by itself: whatever is wrong with one event, the others come through.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from scheduler.calendars.google.event import Body, GoogleEvent, facts_of, moment_of, times_of
from scheduler.calendars.in_model import in_model
from scheduler.calendars.moments import Moment, in_utc
from scheduler.calendars.versions import Group, Version
from scheduler.errors import Problem
from scheduler.meetings import CalendarReading, Detail, Occurrence, Series, Unread, in_order
from scheduler.people import Person
from scheduler.timespans import Span

_log = logging.getLogger(__name__)
_REMEDY = "open the event in Google Calendar and save it again"


@dataclass(slots=True)
class _Family:
    """A series, or a single event, with its exceptions."""

    master: GoogleEvent | None = None
    exceptions: list[GoogleEvent] = field(default_factory=list)

    @property
    def all(self) -> Iterable[GoogleEvent]:
        return filter(None, (self.master, *self.exceptions))

    @property
    def known(self) -> GoogleEvent:
        """The event that says most of who it is: a date that was called off may come with nothing but its id."""
        return next((event for event in self.all if not event.cancelled), next(iter(self.all)))

    @property
    def is_of_many(self) -> bool:
        """Say whether on each of its dates more people are in it than two and whoever arranged it for them."""
        told = [event for event in self.all if not event.cancelled]
        return bool(told) and all(event.is_of_many for event in told)


def reading_of(
    bodies: Iterable[Body], person: Person, window: Span, near: Span | None = None
) -> CalendarReading:
    """Return what the events hold in half-open `window`.

    With `near` they are no more than what concerns the people that the calendar is read for: of meetings of many,
    which are no 1-2-1s on any date, only the dates in that span are looked at then, enough to say so.
    """
    families: dict[str, _Family] = {}
    for body in bodies:
        event = GoogleEvent(body, person.email)
        family = families.setdefault(event.series_id, _Family())
        if "recurringEventId" in body:
            family.exceptions.append(event)
        else:
            family.master = event
    occurrences: list[Occurrence] = []
    parts: dict[str, list[Series]] = {}
    unread: list[Unread] = []
    for family in families.values():
        try:
            crowd = near is not None and family.is_of_many
            found, series = _read(family, near if near is not None and crowd else window, person.tz)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one event, the others are read
            unread.append(_unread(family, person, error))
            continue
        occurrences += found
        if series is not None:
            parts.setdefault(series.uid, []).append(series)
    return CalendarReading(
        owner=person.email,
        window=window,
        occurrences=in_order(occurrences),
        series=tuple(_last_part(parts[uid]) for uid in sorted(parts)),
        unread=tuple(unread),
        detail=Detail.FULL if near is None else Detail.MEETINGS,
    )


def _read(family: _Family, window: Span, owner: tzinfo) -> tuple[list[Occurrence], Series | None]:
    known = family.known
    gone = [moment_of(e.body["originalStartTime"], owner) for e in family.exceptions if e.cancelled]
    group: Group[GoogleEvent] = Group(known.uid)
    if family.master is not None:
        times = times_of(family.master, owner, _like(gone, family.master, owner))
        group.master = Version(family.master, times)
    for event in family.exceptions:
        # A date that was called off may come with nothing but its id: it is left out of the series then.
        if not event.cancelled:
            times = times_of(event, owner)
            if times.recurrence_id is not None:
                group.overrides[in_utc(times.recurrence_id, owner)] = Version(event, times)
    return in_model(known.uid, group, facts_of, window, owner)


def _like(gone: list[Moment], master: GoogleEvent, owner: tzinfo) -> list[Moment]:
    """Return the dates taken out in the zone of the series."""
    start = moment_of(master.body["start"], owner)
    if not isinstance(start, datetime):
        return gone
    return [each.astimezone(start.tzinfo) if isinstance(each, datetime) else each for each in gone]


def _last_part(parts: list[Series]) -> Series:
    """Return the newest part of a series that was split: what it goes on as."""
    return max(parts, key=lambda part: part.start)


def _unread(family: _Family, person: Person, error: Exception) -> Unread:
    _log.debug("an event of %s can't be read", person.email, exc_info=True)
    told = str(error) if isinstance(error, ValueError) else type(error).__name__
    known = family.known
    where = f"the calendar of {person.email}"
    problem = Problem(where, f"the event {known.series_id!r} can't be read: {told}", _REMEDY)
    return Unread(problem, frozenset(address for event in family.all for address in event.people()))
