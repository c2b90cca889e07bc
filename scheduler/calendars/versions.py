"""Which VEVENT of one UID counts: the series itself, its overrides, and what is too broken to tell.

A UID that stands there twice is one event in two versions (RFC 5546, section 2.1.5): the higher
SEQUENCE wins, then the later LAST-MODIFIED, then the later DTSTAMP. Where that tells nothing, and where
series and override contradict each other, it is read as docs/where-the-standard-is-silent.md says.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from typing import Generic, Protocol, TypeVar

from scheduler.calendars.components import printable, printable_uid
from scheduler.calendars.events import RawEvent, Times, status_of, times_of
from scheduler.calendars.moments import Moment, as_day, in_utc, is_day, moment
from scheduler.errors import Problem
from scheduler.meetings import EventStatus, Unread

_LONGEST = 160
_REMEDY = "open the event in the calendar program and save it again"


class Source(Protocol):
    """Where an event was read from, whatever its form: all that following its dates asks of it."""

    @property
    def uid(self) -> str:
        """The UID that it shares with the rest of its series."""
        ...

    @property
    def sequence(self) -> int:
        """Its SEQUENCE (RFC 5545, section 3.8.7.4)."""
        ...


Raw = TypeVar("Raw", bound=Source)


@dataclass(frozen=True, slots=True)
class Version(Generic[Raw]):
    """An event that was understood, with its times."""

    raw: Raw
    times: Times


@dataclass(slots=True)
class Group(Generic[Raw]):
    """All that counts of one UID: the series or one-off event, and its overrides by original start in UTC.

    `lost` are original starts whose override is broken: what became of them is not known.
    """

    uid: str
    master: Version[Raw] | None = None
    overrides: dict[datetime, Version[Raw]] = field(default_factory=dict)
    lost: set[datetime] = field(default_factory=set)
    unread: list[Unread] = field(default_factory=list)


def unread(raw: RawEvent, what: str) -> Unread:
    """Return the event as one that could not be read."""
    named = f"the event {printable_uid(raw.uid)!r}" if raw.uid else "an event without a UID"
    problem = Problem(raw.block.place, f"{named} can't be read: {printable(what, _LONGEST)}", _REMEDY)
    return Unread(problem, raw.block.addresses)


def group_of(raws: Iterable[RawEvent], owner: tzinfo) -> Group[RawEvent]:
    """Sort out the VEVENTs of one UID; dates count from midnight in the owner's zone."""
    versions: list[Version[RawEvent]] = []
    broken: list[RawEvent] = []
    group: Group[RawEvent] = Group("")
    for raw in raws:
        group.uid = raw.uid
        try:
            _must_be_whole(raw)
            versions.append(Version(raw, times_of(raw)))
        except (ValueError, OverflowError) as error:
            group.unread.append(unread(raw, str(error)))
            broken.append(raw)
    _choose_master(group, versions)
    for version in versions:
        if version.times.recurrence_id is not None:
            _add_override(group, version, owner)
    for raw in broken:
        _lose(group, raw, owner)
    _settle(group)
    return group


def _must_be_whole(raw: RawEvent) -> None:
    what = raw.block.fault or "; ".join(raw.broken)
    if what:
        raise ValueError(what)


def _choose_master(group: Group[RawEvent], versions: Iterable[Version[RawEvent]]) -> None:
    for version in versions:
        if version.times.recurrence_id is not None:
            continue
        before = group.master
        if before is None or before.raw.version <= version.raw.version:
            group.master = version
        if before is not None and before.raw.version == version.raw.version and before.times != version.times:
            what = f"the event on line {version.raw.block.line} has the same UID, and nothing tells which is the newer one"
            group.unread.append(unread(before.raw, what))


def _add_override(group: Group[RawEvent], version: Version[RawEvent], owner: tzinfo) -> None:
    if version.times.recurrence_id is None:
        return
    named = _as_the_series_has_it(version.times.recurrence_id, group.master)
    version = replace(version, times=replace(version.times, recurrence_id=named))
    repeats = version.times.rules or version.times.added
    # Beside its series it carries a copy of that one's rule; without, or where it changes all that follows, it means more.
    if repeats and (group.master is None or version.times.this_and_future):
        what = "it changes one occurrence and repeats by itself; only the one was read"
        group.unread.append(unread(version.raw, what))
    key = in_utc(named, owner)
    before = group.overrides.get(key)
    if before is None or before.raw.version <= version.raw.version:
        group.overrides[key] = version


def _as_the_series_has_it(named: Moment, master: Version[RawEvent] | None) -> Moment:
    """Return a RECURRENCE-ID as a date for a series of days, as a time for one of times.

    Section 3.8.4.4 wants it so; some programs write the date alone.
    """
    if master is None or is_day(named) is is_day(master.times.start):
        return named
    if isinstance(named, datetime):
        return as_day(named, master.raw.clock.floating)
    start = master.times.start
    return datetime.combine(named, start.timetz()) if isinstance(start, datetime) else named


def _lose(group: Group[RawEvent], raw: RawEvent, owner: tzinfo) -> None:
    """Leave out the occurrence that a broken override changes; where it names none, the whole series."""
    if "RECURRENCE-ID" not in raw.properties and not any("RECURRENCE-ID" in what for what in raw.broken):
        return
    named = _readable_id(raw)
    if named is not None:
        group.lost.add(in_utc(_as_the_series_has_it(named, group.master), owner))
    elif group.master is not None:
        group.unread.append(
            unread(group.master.raw, "one of its occurrences was changed, and it is not known which")
        )
        group.master = None


def _readable_id(raw: RawEvent) -> Moment | None:
    line = raw.first("RECURRENCE-ID")
    try:
        return moment(line, raw.clock) if line is not None else None
    except (ValueError, OverflowError):
        return None


def _settle(group: Group[RawEvent]) -> None:
    """Decide where the series says one thing of a date and its override another: the later word counts.

    A series that was called off takes its changed dates with it. A date that was taken out and then changed takes
    place as changed; where nothing tells which came later, it is out.
    """
    master, overrides = group.master, group.overrides.items()
    if master is None or not overrides:
        return
    if status_of(master.raw) is EventStatus.CANCELLED:
        group.overrides = {at: each for at, each in overrides if each.raw.sequence > master.raw.sequence}
        return
    if not master.times.excluded:
        return
    later = [each.times.recurrence_id for _, each in overrides if each.raw.version > master.raw.version]
    named = {name for each in later if each is not None for name in _names_of(each, master)}
    left = tuple(out for out in master.times.excluded if _names_of(out, master)[0] not in named)
    if len(left) < len(master.times.excluded):
        group.master = replace(master, times=replace(master.times, excluded=left))


def _names_of(named: Moment, master: Version[RawEvent]) -> tuple[Moment, ...]:
    """Return by what an occurrence can be named: its moment in UTC, and its day by the clock of the series."""
    start = master.times.start
    if isinstance(named, datetime) and isinstance(start, datetime):
        return in_utc(named, UTC), named.astimezone(start.tzinfo).date()
    return (named,)
