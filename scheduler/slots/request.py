"""What is asked of this room, and what it answers: a `SlotRequest` in, a `Slot` or `NoSlot` out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from scheduler.every import Cadence
from scheduler.people import Pair, Person
from scheduler.timespans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRequest:
    """A pair that needs a series: how often, how long, from when, and until when.

    The first occurrence starts at or after `earliest`. `until` is the last local date, of the
    manager's zone, on which the two still meet, included. `urgency` is the days past the limit:
    the larger, the sooner the pair gets its choice; above zero the pair is overdue.
    `first_minutes` is how long the first occurrence takes where that is longer, `first_by` by when it should have begun.
    `before` are the starts of the series that the two had, each in the manager's zone, the last one last.
    """

    pair: Pair
    cadence: Cadence
    minutes: int
    earliest: datetime
    until: date | None = None
    urgency: float = 0.0
    first_minutes: int | None = None
    first_by: datetime | None = None
    before: tuple[datetime, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for a naive time or a meeting without length."""
        if any(moment.tzinfo is None for moment in (self.earliest, self.first_by, *self.before) if moment):
            msg = f"a request needs a time zone on its times: {self.earliest}, {self.first_by}, {self.before}"
            raise ValueError(msg)
        if self.minutes < 1:
            msg = f"a meeting takes at least one minute, not {self.minutes}"
            raise ValueError(msg)

    @property
    def longest(self) -> int:
        """The minutes that its longest occurrence takes."""
        return max(self.minutes, self.first_minutes or 0)

    @property
    def first_due(self) -> date | None:
        """The last day, by the manager's clock, on which the first occurrence is not late; None where any day will do."""
        if self.first_by is None:
            return None
        return (self.first_by.astimezone(self.pair.manager.tz) - datetime.resolution).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTime:
    """What is known of a person's time; spans may overlap and come in any order.

    `busy` may be overlapped where nothing better is left; `one_to_ones` never are, and may stand in
    `busy` too. Of these, `upward` are those with the person's own manager. `away` are local dates on which the person does
    not work, with the reason.
    """

    person: Person
    busy: tuple[Span, ...] = ()
    one_to_ones: tuple[Span, ...] = ()
    upward: tuple[Span, ...] = ()
    away: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time for the whole series.

    `start` is the first occurrence, in the manager's zone, in which the series recurs by the wall
    clock; `rrule` as RFC 5545 writes it, UNTIL included where the pair comes to an end. `dates` are
    the starts in the look-ahead; on `clashes` one of the two has another meeting, on `away` one of
    them does not work. `reasons` are plain sentences that name no other meeting.
    """

    start: datetime
    rrule: str
    minutes: int
    dates: tuple[datetime, ...]
    clashes: tuple[datetime, ...] = ()
    away: tuple[datetime, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoSlot:
    """No time fits: what stands in the way, and the cheapest thing that would help."""

    reason: str
    remedy: str
