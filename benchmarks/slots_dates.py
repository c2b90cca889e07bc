"""The dates of a series and a person's time, by dateutil and the clock on the wall: no code of `scheduler.slots` is in it."""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from scheduler.people import Person
from scheduler.slots.request import PersonTime
from scheduler.timespans import Span


@cache
def expanded(rule: str, first: datetime, last: datetime) -> tuple[datetime, ...]:
    """Return the wall-clock times of a rule up to a last one, as dateutil has them."""
    return tuple(rrulestr(rule, dtstart=first).between(first, last, inc=True))


def shown_once(wall: datetime, tz: ZoneInfo) -> bool:
    """Say whether a clock shows this time exactly once."""
    moments = {wall.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return len(moments) == 1


def in_hours(person: Person, span: Span) -> bool:
    """Say whether a span lies in one stretch of the person's hours, by their clock on that date."""
    start, end = (moment.astimezone(person.tz).replace(tzinfo=None) for moment in (span.start, span.end))
    return any(
        datetime.combine(start.date(), opens) <= start and end <= datetime.combine(start.date(), closes)
        for opens, closes in person.hours.week[start.weekday()]
    )


class Taken:
    """When a person has other meetings, and when they are away; built once a person."""

    def __init__(self, known: PersonTime) -> None:
        self._dates, self._tz = known.away, known.person.tz
        self._starts: list[datetime] = []
        self._ends: list[datetime] = []
        for span in sorted(known.busy):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def busy(self, span: Span) -> bool:
        """Say whether they have a meeting at any moment of the span."""
        last = bisect_left(self._starts, span.end) - 1
        return last >= 0 and self._ends[last] > span.start

    def away(self, span: Span) -> bool:
        """Say whether they do not work on a date that the span touches, by their own clock."""
        last = span.end - timedelta(microseconds=1)
        return any(moment.astimezone(self._tz).date() in self._dates for moment in (span.start, last))
