"""From an event with its rules and overrides to the occurrences in a window.

recurring-ical-events judges which there are; here its input is put into one form, its answer cut to
the half-open window, and what it leaves out by design (dates taken out, meetings moved away) added.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Generic

from icalendar import Calendar, Event, vDDDLists, vDDDTypes, vRecur
from recurring_ical_events import CalendarQuery  # type: ignore[import-untyped]  # it ships no types

from scheduler.calendars.events import Times
from scheduler.calendars.moments import Moment, Period, in_utc, is_day
from scheduler.calendars.plain_series import plain_starts
from scheduler.calendars.rules import rule_of
from scheduler.calendars.versions import Group, Raw, Version
from scheduler.timespans import Span

_DAY = timedelta(days=1)
_MARGIN = 2 * _DAY
_FARTHEST_SHIFT = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Placed(Generic[Raw]):
    """One occurrence: whose words it has, where it stands and where the series had put it.

    `taken_out` is true for one that the series itself leaves out (EXDATE).
    """

    version: Version[Raw]
    span: Span
    original_start: datetime
    taken_out: bool = False


def placed(group: Group[Raw], window: Span, owner: tzinfo) -> list[Placed[Raw]]:
    """Return the occurrences that touch the window, or whose original start lies in it.

    Spans are in UTC, those of all-day ones from midnight to midnight in the owner's zone. Raises
    ValueError in words for a series that can't be followed.
    """
    if group.master is not None and not group.overrides and not _repeats(group.master.times):
        one = _one_off(group.master, owner)
        return [one] if _inside(one, window) else []
    found = _plainly(group, window, owner)
    if found is None:
        found = [*_from_the_judge(group, window, owner), *_moved_away(group, window, owner)]
        if group.master is not None and group.master.times.excluded:
            found += _taken_out(group.master, window, owner)
    known = {
        each.original_start.astimezone(UTC): each
        for each in found
        if each.original_start.astimezone(UTC) not in group.lost
    }
    return list(known.values())


def _plainly(group: Group[Raw], window: Span, owner: tzinfo) -> list[Placed[Raw]] | None:
    """Return the occurrences of a plain series (see `plain_series`); None where it is for the judge."""
    if group.master is None or any(version.times.this_and_future for version in group.overrides.values()):
        return None
    master, times = group.master, group.master.times
    if any(is_day(each) for each in times.excluded):
        return None
    length = span_of(times.start, times.end, owner).duration
    edges = (window.start - length, window.end, *group.overrides)
    starts = plain_starts(times, Span(min(edges), max(edges) + _DAY))
    excluded = {in_utc(each, owner) for each in times.excluded}
    if (
        starts is None
        or not excluded.isdisjoint(group.overrides)
        or not group.overrides.keys() <= set(starts)
    ):
        return None
    slots = (
        Placed(master, Span(start, start + length), start, taken_out=start in excluded)
        for start in starts
        if start not in group.overrides
    )
    changed = (
        Placed(version, span_of(version.times.start, version.times.end, owner), original)
        for original, version in group.overrides.items()
    )
    return [each for each in (*slots, *changed) if _inside(each, window)]


def span_of(start: Moment, end: Moment, owner: tzinfo) -> Span:
    """Return a span of times in UTC, of days from midnight to midnight in the owner's zone."""
    if isinstance(start, datetime):
        return Span(in_utc(start, owner), in_utc(end, owner))
    return Span(_midnight(start, owner), _midnight(end, owner))


def _midnight(day: Moment, owner: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=owner)


def _repeats(times: Times) -> bool:
    return bool(times.rules or times.added or times.recurrence_id is not None)


def _one_off(version: Version[Raw], owner: tzinfo) -> Placed[Raw]:
    span = span_of(version.times.start, version.times.end, owner)
    return Placed(version, span, span.start)


def _inside(each: Placed[Raw], window: Span) -> bool:
    touches = each.span.overlaps(window) or (
        each.span.start == each.span.end and window.holds(each.span.start)
    )
    return touches or window.holds(each.original_start)


def _from_the_judge(group: Group[Raw], window: Span, owner: tzinfo) -> Iterator[Placed[Raw]]:
    farthest = max((abs(shift) for shift in _shifts(group)), default=timedelta())
    if farthest > _FARTHEST_SHIFT:
        msg = "this and all future occurrences were moved by more than a year"
        raise ValueError(msg)
    wide = Span(window.start - farthest - _MARGIN, window.end + farthest + _MARGIN)
    for each in _asked(group, wide, owner):
        if _inside(each, window):
            yield each


def _shifts(group: Group[Raw]) -> Iterator[timedelta]:
    for version in group.overrides.values():
        if version.times.this_and_future:
            yield _shift(version.times)


def _shift(times: Times) -> timedelta:
    """Return how far an override of this and all future occurrences moves each of them."""
    start, named = times.start, times.recurrence_id
    if not times.this_and_future or named is None:
        return timedelta()
    if isinstance(start, datetime) and isinstance(named, datetime):
        return start - named
    if is_day(start) and is_day(named):
        return timedelta(days=start.toordinal() - named.toordinal())
    msg = "this and all future occurrences were changed between days and times"
    raise ValueError(msg)


def _asked(group: Group[Raw], wide: Span, owner: tzinfo) -> Iterator[Placed[Raw]]:
    """Ask the library; it names the override that an occurrence comes from by its RECURRENCE-ID."""
    calendar = Calendar()
    if group.master is not None:
        calendar.add_component(_component(group.master, wide.end))
    for version in group.overrides.values():
        calendar.add_component(_component(version, wide.end))
    by_id = {_library_id(version.times): version for version in group.overrides.values()}
    for series in CalendarQuery(calendar).series:
        for found in series.between(*_bounds(group, wide, owner)):
            source = by_id[found.recurrence_ids[0]] if found.recurrence_ids else group.master
            if source is not None:
                yield _placed(source, found.start, found.end, owner)


def _bounds(group: Group[Raw], wide: Span, owner: tzinfo) -> tuple[Moment, Moment]:
    """Return the range in the kind that the events are of: the library compares days with days."""
    versions = [*([group.master] if group.master else []), *group.overrides.values()]
    if all(is_day(version.times.start) for version in versions):
        return wide.start.astimezone(owner).date(), wide.end.astimezone(owner).date() + _DAY
    return wide.start.astimezone(UTC), wide.end.astimezone(UTC)


def _placed(version: Version[Raw], start: Moment, end: Moment, owner: tzinfo) -> Placed[Raw]:
    span = span_of(start, end, owner)
    times = version.times
    if times.recurrence_id is None:
        return Placed(version, span, span.start)
    original = start - _shift(times) if times.this_and_future else times.recurrence_id
    return Placed(version, span, span_of(original, original, owner).start)


def _library_id(times: Times) -> datetime:
    named = times.recurrence_id
    if isinstance(named, datetime):
        return named.astimezone(UTC).replace(tzinfo=None)
    return datetime(named.year, named.month, named.day) if named is not None else datetime.min  # noqa: DTZ001, DTZ901 - the library's own key is naive


def _component(version: Version[Raw], latest: datetime) -> Event:
    times = version.times
    event = Event()
    event["UID"] = "series"
    event["DTSTART"] = vDDDTypes(times.start)
    event["DTEND"] = vDDDTypes(times.end)
    event["SEQUENCE"] = version.raw.sequence
    if times.recurrence_id is not None:
        event["RECURRENCE-ID"] = vDDDTypes(times.recurrence_id)
        if times.this_and_future:
            event["RECURRENCE-ID"].params["RANGE"] = "THISANDFUTURE"
        return event
    rules = [rule_of(text, times.start, latest).within(latest) for text in times.rules]
    if rules:
        event["RRULE"] = [vRecur.from_ical(rule) for rule in rules]
    if times.added:
        event["RDATE"] = vDDDLists([_of_kind(each, times.start) for each in times.added])
    if times.excluded:
        event["EXDATE"] = vDDDLists([_of_kind(each, times.start) for each in times.excluded])
    return event


def _of_kind(value: Moment | Period, start: Moment) -> Moment | Period:
    """Return a time as its date where the series is one of days."""
    if not is_day(start):
        return value
    bare = value[0] if isinstance(value, tuple) else value
    return date(bare.year, bare.month, bare.day)


def _moved_away(group: Group[Raw], window: Span, owner: tzinfo) -> Iterator[Placed[Raw]]:
    """Yield the overrides whose original start lies in the window though they take place outside of it."""
    for original, version in group.overrides.items():
        span = span_of(version.times.start, version.times.end, owner)
        if window.holds(original) and not span.overlaps(window):
            around = Span(span.start - _DAY, span.end + _DAY)
            only = Group(group.uid, group.master, {original: version})
            yield from (each for each in _asked(only, around, owner) if each.original_start == original)


def _taken_out(master: Version[Raw], window: Span, owner: tzinfo) -> list[Placed[Raw]]:
    """Return the occurrences that there would be without EXDATE and are not, at their original slots."""
    left = {each.original_start for each in _slots(master, window, owner)}
    whole = replace(master, times=replace(master.times, excluded=()))
    return [
        replace(each, version=master, taken_out=True)
        for each in _slots(whole, window, owner)
        if each.original_start not in left
    ]


def _slots(master: Version[Raw], window: Span, owner: tzinfo) -> Iterable[Placed[Raw]]:
    yield from _from_the_judge(Group(master.raw.uid, master), window, owner)
