"""From one event with its overrides to the calendar-neutral model, whatever form it was read in."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import islice

from scheduler.calendars.events import Facts
from scheduler.calendars.judge import length_of
from scheduler.calendars.moments import Moment, Period, in_utc, is_day
from scheduler.calendars.recurrence import Laid, Placed, placed, span_of
from scheduler.calendars.rules import rule_of
from scheduler.calendars.versions import Group, Raw, Version
from scheduler.meetings import EventStatus, Occurrence, Series
from scheduler.timespans import Span

Say = Callable[[Raw], Facts]
"""What an event says beside its times."""


def in_model(
    uid: str, group: Group[Raw], say: Say[Raw], window: Span, owner: tzinfo
) -> tuple[list[Occurrence], Series | None]:
    """Return the occurrences of one UID in the window, and the series, where it is one.

    The mark of a series counts for an override without its own. Raises ValueError in words for a series that
    can't be followed.
    """
    facts = {
        id(version): say(version.raw) for version in (group.master, *group.overrides.values()) if version
    }
    master = group.master
    mark = facts[id(master)].mark if master is not None else None
    repeats = master is not None and bool(master.times.rules or master.times.added)
    in_series = repeats or bool(group.overrides)
    occurrences = [
        _occurrence(uid, each, facts[id(each.version)], mark, in_series=in_series)
        for each in placed(group, window, owner)
    ]
    if master is None or not repeats:
        return occurrences, None
    return occurrences, _series(
        uid, master, facts[id(master)], last_end(group, facts, window.end, owner), owner
    )


def _occurrence(
    uid: str, each: Placed[Raw], facts: Facts, mark: str | None, *, in_series: bool
) -> Occurrence:
    return Occurrence(
        uid=uid,
        span=each.span,
        original_start=each.original_start,
        in_series=in_series,
        all_day=is_day(each.version.times.start),
        status=EventStatus.CANCELLED if each.taken_out else facts.status,
        busy=facts.busy,
        organizer=facts.organizer,
        attendees=facts.attendees,
        incomplete_guests=facts.incomplete_guests,
        mark=facts.mark or mark,
    )


def _series(uid: str, master: Version[Raw], facts: Facts, last: datetime | None, owner: tzinfo) -> Series:
    times = master.times
    span = span_of(times.start, times.end, owner)
    return Series(
        uid=uid,
        start=times.start if isinstance(times.start, datetime) else span.start,
        minutes=round(span.duration.total_seconds() / 60),
        rrule="\n".join(text.strip() for text in times.rules),
        last_end=last,
        status=facts.status,
        organizer=facts.organizer,
        attendees=facts.attendees,
        mark=facts.mark,
        sequence=master.raw.sequence,
        links=facts.links,
    )


def last_end(group: Group[Raw], facts: Mapping[int, Facts], near: datetime, owner: tzinfo) -> datetime | None:
    """Return when the last of the series ends: of its rules, its added dates, and what was moved.

    None where it has no end in sight of `near`. `facts` are by the id of their version; what is cancelled is no end.
    """
    master = group.master
    if master is None:
        return None
    times = master.times
    laid = Laid(group, owner)
    length = length_of(times)
    slots = [_slot_added(each, times.start, length) for each in times.added]
    rules = [rule_of(text, times.start, near) for text in times.rules]
    if not rules or not all(rule.ended_before_start for rule in rules):
        slots.append((times.start, times.end))
    for rule in rules:
        starts = rule.backwards()
        if starts is None:
            return None
        standing = (each for each in starts if laid.stands(each))
        # Those behind it end earlier, but where a part of the series was moved as a whole.
        last = standing if laid.moves_on else islice(standing, 1)
        slots += ((each, each + length) for each in last)
    left = [laid.over(start, end) for start, end in slots if laid.stands(start)]
    left += (each for _, each in laid.changed())
    ends = (each.span.end for each in left if facts[id(each.version)].status is not EventStatus.CANCELLED)
    return max(ends, default=in_utc(times.end, owner)).astimezone(UTC)


def _slot_added(each: Moment | Period, first: Moment, length: timedelta) -> tuple[Moment, Moment]:
    """Return start and end of an added date: a period has a length of its own, a day is midnight by the series' clock."""
    if isinstance(each, tuple):
        start, end = each
        return start, end if isinstance(end, datetime) else start + end
    if is_day(each) and isinstance(first, datetime):
        each = datetime.combine(each, time(), first.tzinfo)
    return each, each + length
