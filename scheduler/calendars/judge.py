"""The judge: recurring-ical-events, asked when a series takes place by its rules and added dates.

Its input is put into one form, and rules that repeat within the day are followed beside it (`within_day`). It is asked for the
slots of a series alone: what is taken out or changed is laid over them in `recurrence`, where each date has one name. The
library knows a date by its time in UTC or by the wall clock, whichever fits, and so takes one of a day for another.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from scheduler.calendars.events import Times
from scheduler.calendars.moments import Moment, Period, in_utc, is_day
from scheduler.calendars.rules import Rule, rule_of
from scheduler.timespans import Span

if TYPE_CHECKING:
    from icalendar import Event

_DAY = timedelta(days=1)


def judged_slots(times: Times, wide: Span, owner: tzinfo) -> Iterator[tuple[Moment, Moment]]:
    """Yield start and end of whatever touches `wide`, and perhaps some around it; EXDATE is left aside.

    Raises ValueError in words for a series that can't be followed.
    """
    # they take long to load, and plain series do not need them
    from icalendar import Calendar  # noqa: PLC0415
    from recurring_ical_events import CalendarQuery  # type: ignore[import-untyped]  # noqa: PLC0415 - it ships no types

    rules = [rule_of(text, times.start, wide.end) for text in times.rules]
    length = length_of(times)
    for rule in rules:
        if rule.within_day:
            found = (each for each in rule.starts(wide.end) if in_utc(each + length, owner) >= wide.start)
            yield from ((each, each + length) for each in found)
    calendar = Calendar()
    calendar.add_component(_component(times, rules, wide.end))
    for series in CalendarQuery(calendar).series:
        yield from ((each.start, each.end) for each in series.between(*_bounds(times, wide, owner)))


def length_of(times: Times) -> timedelta:
    """Return how long each occurrence takes: by the wall clock, or in days."""
    if isinstance(times.start, datetime) and isinstance(times.end, datetime):
        return times.end - times.start
    return timedelta(days=times.end.toordinal() - times.start.toordinal())


def _bounds(times: Times, wide: Span, owner: tzinfo) -> tuple[Moment, Moment]:
    """Return the range in the kind that the events are of: the library compares days with days."""
    if is_day(times.start):
        return wide.start.astimezone(owner).date(), wide.end.astimezone(owner).date() + _DAY
    return wide.start.astimezone(UTC), wide.end.astimezone(UTC)


def _component(times: Times, rules: list[Rule], latest: datetime) -> "Event":
    from icalendar import Event, vDDDLists, vDDDTypes, vRecur  # noqa: PLC0415 - as above

    event = Event()
    event["UID"] = "series"
    event["DTSTART"] = vDDDTypes(times.start)
    event["DTEND"] = vDDDTypes(times.end)
    texts = [rule.within(latest) for rule in rules if not rule.within_day]
    if not texts and rules and all(rule.ended_before_start for rule in rules):
        # It has no date then, not even its start; a rule that has none says so.
        texts = [Rule(times.start, (("FREQ", "DAILY"),), rules[0].until, None).within(latest)]
    if texts:
        event["RRULE"] = [vRecur.from_ical(text) for text in texts]
    if times.added:
        event["RDATE"] = vDDDLists([_of_kind(each, times.start) for each in times.added])
    return event


def _of_kind(value: Moment | Period, start: Moment) -> Moment | Period:
    """Return a time as its date where the series is one of days."""
    if not is_day(start):
        return value
    bare = value[0] if isinstance(value, tuple) else value
    return date(bare.year, bare.month, bare.day)
