"""From one event with its overrides to the calendar-neutral model, whatever form it was read in."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from scheduler.calendars.events import Facts
from scheduler.calendars.moments import in_utc, is_day
from scheduler.calendars.recurrence import Placed, placed, span_of
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
        uid, master, facts[id(master)], last_end(group, say, window.end, owner), owner
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


def last_end(group: Group[Raw], say: Say[Raw], near: datetime, owner: tzinfo) -> datetime | None:
    """Return when the last of the series ends: of its rules, its added dates, and what was moved.

    None where it has no end in sight of `near`.
    """
    master = group.master
    if master is None:
        return None
    times = master.times
    length = span_of(times.start, times.end, owner).duration
    gone = {in_utc(each, owner) for each in times.excluded} | set(group.overrides)
    stand = (v for v in group.overrides.values() if say(v.raw).status is not EventStatus.CANCELLED)
    ends = [span_of(v.times.start, v.times.end, owner).end.astimezone(UTC) for v in stand]
    starts = [times.start, *(each[0] if isinstance(each, tuple) else each for each in times.added)]
    for text in times.rules:
        by_rule = rule_of(text, times.start, near).starts()
        if by_rule is None:
            return None
        starts += by_rule
    ends += [start + length for start in (in_utc(each, owner) for each in starts) if start not in gone]
    return max(ends, default=in_utc(times.end, owner)).astimezone(UTC)
