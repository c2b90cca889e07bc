"""Stretches of time. Every range in this project is half-open: [start, end).

Only aware datetimes are let in; a naive one is refused where a `Span` is born.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of time, [start, end); both ends aware; may be empty, never negative."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Raise ValueError for a naive end or an end before its start."""
        if self.start.tzinfo is None or self.end.tzinfo is None:
            msg = f"a span needs a time zone on both ends: {self.start} to {self.end}"
            raise ValueError(msg)
        if self.end < self.start:
            msg = f"a span may not end before it starts: {self.start} to {self.end}"
            raise ValueError(msg)

    @property
    def duration(self) -> timedelta:
        """Return end less start as Python subtracts: by the wall clock where both ends share one zone."""
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share any moment; spans that only touch do not."""
        return self.start < other.end and other.start < self.end

    def holds(self, moment: datetime) -> bool:
        """Say whether a moment lies inside; the end does not."""
        return self.start <= moment < self.end

    def covers(self, other: "Span") -> bool:
        """Say whether all of the other lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def clipped(self, window: "Span") -> "Span | None":
        """Return what lies inside the window, or None."""
        start, end = max(self.start, window.start), min(self.end, window.end)
        return Span(start, end) if start < end else None


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same time as the fewest spans, in order; touching spans become one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            if span.end > result[-1].end:
                result[-1] = Span(result[-1].start, span.end)
        elif span.start < span.end:
            result.append(span)
    return tuple(result)


def without(spans: Iterable[Span], holes: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans less the holes, merged and in order."""
    result: list[Span] = []
    gaps = merged(holes)
    for span in merged(spans):
        start = span.start
        for gap in gaps:
            if gap.end <= start or gap.start >= span.end:
                continue
            if gap.start > start:
                result.append(Span(start, gap.start))
            start = max(start, gap.end)
        if start < span.end:
            result.append(Span(start, span.end))
    return tuple(result)


def midnight(day: date, tz: tzinfo) -> datetime:
    """Return the start of a local day, in that zone."""
    return datetime.combine(day, time(), tz)


def local_day(day: date, tz: tzinfo) -> Span:
    """Return the whole local day: 23, 24 or 25 hours long."""
    return Span(midnight(day, tz), midnight(day + DAY, tz))


def local_dates(span: Span, tz: tzinfo) -> Iterator[date]:
    """Yield every local date that the span touches, in order."""
    if span.start >= span.end:
        return
    day = span.start.astimezone(tz).date()
    while midnight(day, tz) < span.end:
        yield day
        day += DAY


def wall_clock_days(start: datetime, end: datetime, tz: tzinfo) -> float:
    """Return the days from start to end as a wall clock counts them.

    A week from 10:00 to 10:00 is 7 days exactly, also when the clocks changed between.
    """
    apart = end.astimezone(tz).replace(tzinfo=None) - start.astimezone(tz).replace(tzinfo=None)
    return apart / DAY
