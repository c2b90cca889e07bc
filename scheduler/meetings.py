"""What is in a calendar, whoever keeps it: the calendar-neutral model, in RFC 5545's words.

No titles, no descriptions, no locations: what the check does not need is never read in.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.errors import Problem
from scheduler.people import Person
from scheduler.timespans import Span


class Answer(StrEnum):
    """An attendee's participation status (RFC 5545, PARTSTAT)."""

    NEEDS_ACTION = "needs_action"
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    DELEGATED = "delegated"


class EventStatus(StrEnum):
    """The event's own status (RFC 5545, STATUS)."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


class Busy(StrEnum):
    """What an event does to its owner's time (TRANSP, Outlook's BUSYSTATUS, Google's eventType)."""

    FREE = "free"
    TENTATIVE = "tentative"
    BUSY = "busy"
    OUT_OF_OFFICE = "out_of_office"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody or something invited; `is_room` is true for rooms and resources."""

    email: str
    answer: Answer = Answer.NEEDS_ACTION
    is_room: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One meeting on one date, as it stands in one person's calendar.

    `original_start` is where the series had put it (RFC 5545, RECURRENCE-ID); it equals `start`
    unless a person moved the meeting, and names the occurrence within its series. All-day ones run
    from local midnight to local midnight of the owner. `organizer` is None where the file names
    none. `attendees` holds the guests as listed, which may or may not include the organizer.
    `incomplete_guests` is true where the provider did not tell us everybody.
    """

    uid: str
    span: Span
    original_start: datetime
    in_series: bool = False
    all_day: bool = False
    status: EventStatus = EventStatus.CONFIRMED
    busy: Busy = Busy.BUSY
    organizer: str | None = None
    attendees: tuple[Attendee, ...] = ()
    incomplete_guests: bool = False
    mark: str | None = None

    @property
    def moved(self) -> bool:
        """Say whether a person moved it away from where the series had put it."""
        return self.span.start != self.original_start


def in_order(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """Return them by the moment at which they start, then by UID and by where the series had put them.

    Moments are compared as seconds: Python compares two datetimes of one zone by what their clocks show.
    """
    return tuple(sorted(occurrences, key=_place))


def _place(each: Occurrence) -> tuple[float, str, float]:
    start, original = each.span.start, each.original_start
    at = start.timestamp()
    return at, each.uid, at if original is start else original.timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A recurring event as it stands in one person's calendar.

    `last_end` is the end of its last occurrence, None where it never ends. `mark` is the key that
    this program left on it, None where people made it. `links` are its attachments.
    """

    uid: str
    start: datetime
    minutes: int
    rrule: str
    last_end: datetime | None = None
    status: EventStatus = EventStatus.CONFIRMED
    organizer: str | None = None
    attendees: tuple[Attendee, ...] = ()
    mark: str | None = None
    sequence: int = 0
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A broken event: what is wrong with it, and which addresses it names.

    It may have been the very meeting we look for; a pair that both stand in it is not called fine
    or missing on its account.
    """

    problem: Problem
    addresses: frozenset[str] = frozenset()


class Detail(StrEnum):
    """How much of a calendar was read, or is still held: the least that what is asked can do with.

    FULL: everything. MEETINGS: what the people it is read for are in, and absences. SERIES: what is left of that
    once it was checked, its series and the dates of ours. BUSY: when the owner is taken, and nothing else
    (free/busy). NOTHING: it was not asked for, as nothing depends on it so far.
    """

    FULL = "full"
    MEETINGS = "meetings"
    SERIES = "series"
    BUSY = "busy"
    NOTHING = "nothing"

    @property
    def tells_meetings(self) -> bool:
        """Say whether a meeting that is not in it is not in the calendar."""
        return self in {Detail.FULL, Detail.MEETINGS}

    @property
    def tells_series(self) -> bool:
        """Say whether a series that is not in it is not in the calendar."""
        return self in {Detail.FULL, Detail.MEETINGS, Detail.SERIES}

    @property
    def tells_time(self) -> bool:
        """Say whether time that is free in it is free in the calendar."""
        return self in {Detail.FULL, Detail.BUSY}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be read of one calendar: in how much detail, and, for MEETINGS, about which addresses."""

    detail: Detail = Detail.FULL
    about: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarReading:
    """One person's calendar over one window, in as much detail as was asked for.

    `occurrences` are those that touch the window, or whose original start lies in it, cancelled
    ones included, ordered by start and UID. `series` are all recurring events, whatever their dates. Where
    only free/busy was read, occurrences are stretches of time without anybody in them.
    """

    owner: str
    window: Span
    occurrences: tuple[Occurrence, ...] = ()
    series: tuple[Series, ...] = ()
    unread: tuple[Unread, ...] = ()
    warnings: tuple[Problem, ...] = ()
    detail: Detail = Detail.FULL


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was read of everybody: a reading or a problem for each address, never neither."""

    readings: Mapping[str, CalendarReading]
    unreadable: Mapping[str, Problem]

    def of(self, people: Collection[str]) -> "Evidence":
        """Return what is known of these people alone."""
        return Evidence(
            {email: reading for email, reading in self.readings.items() if email in people},
            {email: problem for email, problem in self.unreadable.items() if email in people},
        )

    def checked(self, ours: Collection[str]) -> "Evidence":
        """Return the same without the dates that only the check looks at; those of series in `ours` stay, by UID."""
        return Evidence({email: _held(one, ours) for email, one in self.readings.items()}, self.unreadable)

    def with_newer(self, newer: "Evidence") -> "Evidence":
        """Return the same, but for those people of whom something newer is known."""
        read = {**self.readings, **newer.readings}
        failed = {**self.unreadable, **newer.unreadable}
        return Evidence(
            {email: one for email, one in read.items() if email not in newer.unreadable},
            {email: one for email, one in failed.items() if email not in newer.readings},
        )


def _held(reading: CalendarReading, ours: Collection[str]) -> CalendarReading:
    if reading.detail is not Detail.MEETINGS:
        return reading
    kept = tuple(each for each in reading.occurrences if each.mark is not None or each.uid in ours)
    return replace(reading, occurrences=kept, detail=Detail.SERIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A recurring 1-2-1 that the program creates.

    `start` is the first occurrence in the organizer's zone; `rrule` as RFC 5545 writes it, without
    the `RRULE:`; `uid` and `key` come from the pair and the generation of its series alone. The first
    occurrence takes `first_minutes` where that is given, every other one `minutes`.
    """

    uid: str
    key: str
    organizer: Person
    attendee: Person
    start: datetime
    minutes: int
    rrule: str
    summary: str
    description: str = ""
    link: str | None = None
    sequence: int = 0
    first_minutes: int | None = None
    stamped: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the series recurs: the organizer's."""
        return self.organizer.tz
