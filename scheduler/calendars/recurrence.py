"""From an event with its rules and overrides to the occurrences in a window.

First the slots of the series: the short way gives those of nearly every one (`plain_series`), and what is not surely
plain goes to the judge (`judge`). Then what was taken out and changed is laid over them, each date named by its moment in UTC.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Generic

from scheduler.calendars.events import Times
from scheduler.calendars.judge import judged_slots, length_of
from scheduler.calendars.moments import Moment, in_utc, is_day
from scheduler.calendars.plain_series import plain_slots
from scheduler.calendars.versions import Group, Raw, Version
from scheduler.timespans import Span

_DAY = timedelta(days=1)
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
    laid = Laid(group, owner)
    known: dict[datetime, Placed[Raw]] = {}
    if group.master is not None:
        for start, end in _slots(group.master.times, laid.reach(window), owner):
            each = laid.over(start, end)
            key = each.original_start.astimezone(UTC)
            # Two by the wall clock may be one moment: where clocks leap, an hour is the next one, too.
            if key not in known or known[key].span.end < each.span.end:
                known[key] = each
    known.update(laid.changed())
    return [each for key, each in known.items() if key not in group.lost and _inside(each, window)]


def _slots(times: Times, wide: Span, owner: tzinfo) -> Iterable[tuple[Moment, Moment]]:
    starts = plain_slots(times, wide)
    if starts is None:
        return judged_slots(times, wide, owner)
    length = length_of(times)
    return ((start, start + length) for start in starts)


class Laid(Generic[Raw]):
    """What was taken out of a series and changed in it, laid over its slots."""

    def __init__(self, group: Group[Raw], owner: tzinfo) -> None:
        """Look through the overrides; raise ValueError in words for those that can't be followed."""
        self._group = group
        self._owner = owner
        excluded = group.master.times.excluded if group.master is not None else ()
        timed = group.master is not None and not is_day(group.master.times.start)
        # A date takes out all of that day; a time takes out its day of an all-day series.
        self._out_days = {self._day_of(each) for each in excluded if is_day(each) or not timed}
        self._out = {each.astimezone(UTC) for each in excluded if isinstance(each, datetime) and timed}
        self._lengths = dict(_lengths(group.master.times)) if group.master is not None else {}
        forward = (
            (key, version) for key, version in group.overrides.items() if version.times.this_and_future
        )
        self._forward = sorted(forward, key=lambda pair: pair[0])
        self._farthest = max(
            (abs(_shift(version.times)) for _, version in self._forward), default=timedelta()
        )
        if self._farthest > _FARTHEST_SHIFT:
            msg = "this and all future occurrences were moved by more than a year"
            raise ValueError(msg)

    def reach(self, window: Span) -> Span:
        """Return where the slots lie whose occurrences may touch the window."""
        master = self._group.master
        versions = [version for _, version in self._forward] + ([master] if master is not None else [])
        lengths = [length_of(version.times) for version in versions]
        back = max((*lengths, *self._lengths.values())) + self._farthest + _DAY
        return Span(window.start - back, window.end + self._farthest + _DAY)

    def over(self, start: Moment, end: Moment) -> Placed[Raw]:
        """Return what became of a slot: it stands, is taken out, or was moved with those before it.

        An added period has the length that it says, also where a rule names its start, too.
        """
        master = self._group.master
        if master is None:
            msg = "a slot belongs to a series"
            raise TypeError(msg)
        own = self._lengths.get(start.astimezone(UTC)) if isinstance(start, datetime) else None
        span = span_of(start, end if own is None else start + own, self._owner)
        if self._is_out(start):
            return Placed(master, span, span.start, taken_out=True)
        original = span.start.astimezone(UTC) if self._forward else span.start
        ruling = next((version for key, version in reversed(self._forward) if key < original), None)
        if ruling is None:
            return Placed(master, span, span.start)
        length = length_of(ruling.times) if own is None else own
        went = start + _shift(ruling.times)
        return Placed(ruling, span_of(went, went + length, self._owner), span.start)

    @property
    def moves_on(self) -> bool:
        """Say whether some date was changed together with all that follow it."""
        return bool(self._forward)

    def stands(self, start: Moment) -> bool:
        """Say whether a slot was neither taken out nor changed by itself."""
        return not self._is_out(start) and in_utc(start, self._owner) not in self._group.overrides

    def changed(self) -> Iterator[tuple[datetime, Placed[Raw]]]:
        """Yield the overrides by their original start in UTC, but for those of dates that were taken out.

        A day that was taken out of a series of times is not the date that an override of that day names.
        """
        for key, version in self._group.overrides.items():
            times = version.times
            if times.recurrence_id is not None and not self._is_named_out(times.recurrence_id):
                original = span_of(times.recurrence_id, times.recurrence_id, self._owner).start
                yield key, Placed(version, span_of(times.start, times.end, self._owner), original)

    def _is_out(self, start: Moment) -> bool:
        return (bool(self._out_days) and self._day_of(start) in self._out_days) or self._is_named_out(start)

    def _is_named_out(self, start: Moment) -> bool:
        if not isinstance(start, datetime):
            return start in self._out_days
        return bool(self._out) and start.astimezone(UTC) in self._out

    def _day_of(self, moment: Moment) -> date:
        """Return the day by the clock of the series; one of days has none."""
        master = self._group.master
        if not isinstance(moment, datetime):
            return moment
        if master is not None and isinstance(master.times.start, datetime):
            moment = moment.astimezone(master.times.start.tzinfo)
        return moment.date()


def _lengths(times: Times) -> Iterator[tuple[datetime, timedelta]]:
    """Yield the lengths of those added dates that have their own, by their start in UTC."""
    for each in times.added:
        if isinstance(each, tuple):
            start, end = each
            yield start.astimezone(UTC), end if isinstance(end, timedelta) else end - start


def span_of(start: Moment, end: Moment, owner: tzinfo) -> Span:
    """Return a span of times in UTC, of days from midnight to midnight in the owner's zone.

    Where the clocks leap over the start so far that the end would lie before it, it keeps its length.
    """
    if not isinstance(start, datetime):
        return Span(_midnight(start, owner), _midnight(end, owner))
    begin, finish = start.astimezone(UTC), in_utc(end, owner)
    return Span(begin, finish if finish >= begin or end < start else begin + (end - start))


def _midnight(day: Moment, owner: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=owner)


def _repeats(times: Times) -> bool:
    return bool(times.rules or times.added or times.recurrence_id is not None)


def _one_off(version: Version[Raw], owner: tzinfo) -> Placed[Raw]:
    span = span_of(version.times.start, version.times.end, owner)
    return Placed(version, span, span.start)


def _inside(each: Placed[Raw], window: Span) -> bool:
    start, end = each.span.start, each.span.end
    if start < window.end and (window.start < end or window.start <= start == end):
        return True
    return window.holds(each.original_start)


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
