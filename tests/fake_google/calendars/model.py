"""What is kept: events, which all their calendars share, and each calendar's own copy of them.

What hangs on an event or a copy is never changed in place but replaced, so that many may share it: ten thousand
calendars fit into little memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from tests.fake_google.calendars.times import When, zone_of
from tests.fake_google.calls import Json

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(slots=True, eq=False)
class Event:
    """An event as its organizer and all guests have it; `content` holds what needs no rule of its own.

    `base` is what instances are named after: the id, or that of the series from which this one was split off.
    `series` and `original` are there for exceptions alone. `lines` are the lines of RRULE, RDATE and the like.
    """

    id: str
    base: str
    organizer: str
    creator: str
    created: datetime
    start: When
    end: When
    lines: tuple[str, ...] = ()
    series: str | None = None
    original: When | None = None
    attendees: tuple[Json, ...] = ()
    content: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    sequence: int = 0
    uid: str = ""
    meets: dict[str, Json] | None = None  # by requestId

    @property
    def type(self) -> str:
        """Return the event type, such as `default` or `outOfOffice`."""
        return str(self.content.get("eventType", "default"))


@dataclass(slots=True, eq=False)
class Copy:
    """An event in one calendar: `own` is what is that calendar's alone, `stamp` numbers its last change.

    `bare` says that nothing but the id is shown of a cancelled event any more.
    """

    event: Event
    order: int
    stamp: int
    updated: datetime
    own: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    cancelled: bool = False
    bare: bool = False

    @property
    def etag(self) -> str:
        """Return the tag of this state of the copy."""
        return f'"{3_500_000_000_000_000 + 2 * self.stamp}"'


@dataclass(slots=True, eq=False)
class Calendar:
    """A primary calendar; `shared` is the role of others than the owner, by address, `epoch` that of sync tokens."""

    owner: str
    time_zone: str
    name: str = ""
    copies: dict[str, Copy] = field(default_factory=dict)
    shared: dict[str, str] | None = None
    epoch: int = 0
    busy_error: str | None = None  # the reason with which free/busy cannot be told, for a while

    @property
    def title(self) -> str:
        """Return what the calendar is called: its owner's address, unless they renamed it."""
        return self.name or self.owner

    @property
    def zone(self) -> ZoneInfo:
        """Return the calendar's time zone."""
        return zone_of(self.time_zone)

    def role_of(self, user: str, others: str) -> str:
        """Return a user's access role; `others` is that of whoever it was not shared with."""
        if user.lower() == self.owner.lower():
            return "owner"
        return (self.shared or {}).get(user.lower(), others)

    def series_of(self, base: str) -> list[Copy]:
        """Return the series whose instances are named after this id: the first, and those split off from it."""
        prefix = f"{base}_R"
        found = [copy for id_, copy in self.copies.items() if id_ == base or id_.startswith(prefix)]
        return [copy for copy in found if copy.event.lines and copy.event.base == base]

    def exceptions_of(self, series: str) -> list[Copy]:
        """Return the exceptions of a series that this calendar has, cancelled ones included."""
        return [copy for copy in self.copies.values() if copy.event.series == series]
