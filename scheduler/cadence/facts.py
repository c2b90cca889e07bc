"""What is known of one pair before it is judged: its meetings, its start, its limits, its leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduler.cadence.elapsed import SharedTime
from scheduler.cadence.policy import Decision
from scheduler.cadence.results import Meeting, MeetingOutcome
from scheduler.every import Cadence
from scheduler.people import Pair, Person
from scheduler.timespans import DAY, Span, midnight, wall_clock_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One pair with its evidence.

    `window` is the pair's own, `meetings` are those of all that was read. `began` is when the two
    became a pair, None where that is not known. `away` holds each one's absences.
    """

    pair: Pair
    decision: Decision
    tolerance: float
    now: datetime
    window: Span
    meetings: tuple[Meeting, ...]
    began: datetime | None
    shared: SharedTime
    away: Mapping[str, Mapping[date, str]]

    @property
    def cadence(self) -> Cadence:
        """Return the cadence of a pair that has one; raise ValueError for a pair without."""
        if self.decision.cadence is None:
            msg = f"{self.pair} have no cadence"
            raise ValueError(msg)
        return self.decision.cadence

    @property
    def limit(self) -> float:
        """Return the longest interval that is on cadence, in days."""
        return self.limit_of(self.cadence)

    def too_long(self, start: datetime, end: datetime) -> Cadence | None:
        """Return the cadence that an interval breaks, leave taken out; None where it is on cadence.

        Where the cadence changes on a day that is known, each holds for its own time: what is planned for after
        that day is not measured by what holds before it.
        """
        until, later = self.decision.until, self.decision.then
        changes = None if until is None else midnight(until, self.pair.report.tz)
        if changes is None or later is None or end < changes:
            return self.cadence if self.shared.days(start, end) > self.limit else None
        if self.shared.days(start, changes) > self.limit:
            return self.cadence
        return later if self.shared.days(start, end) > self.limit_of(later) else None

    def limit_of(self, cadence: Cadence) -> float:
        """Return the longest interval that keeps a cadence, in days."""
        return cadence.limit(self.tolerance) / DAY

    @property
    def held(self) -> tuple[Meeting, ...]:
        """Return the meetings that were held, in order."""
        return tuple(m for m in self.meetings if m.outcome is MeetingOutcome.HELD)

    @property
    def planned(self) -> tuple[Meeting, ...]:
        """Return the meetings that are planned within the look-ahead, one that is running included."""
        ahead = (m for m in self.meetings if m.outcome is MeetingOutcome.PLANNED)
        return tuple(m for m in ahead if m.span.start < self.window.end)

    @property
    def last_held(self) -> datetime | None:
        """Return when the last one that was held started."""
        held = self.held
        return held[-1].span.start if held else None

    @property
    def counted_from(self) -> datetime:
        """Return where the present interval began: the last one held, the pair's start, or the window's."""
        return self.last_held or self.began or self.window.start

    @property
    def end(self) -> datetime:
        """Return the end of what is to be covered: of the look-ahead, or of the first last day of the two."""
        tz = self.pair.manager.tz
        last_days = (p.end_date for p in (self.pair.manager, self.pair.report))
        return min([self.window.end, *(midnight(day + DAY, tz) for day in last_days if day is not None)])

    @property
    def gap(self) -> float:
        """Return the days of the present interval so far, leave taken out."""
        return self.shared.days(self.counted_from, self.now)

    @property
    def days_since(self) -> int | None:
        """Return the whole wall-clock days since the last one held, leave counted."""
        last = self.last_held
        return None if last is None else int(wall_clock_days(last, self.now, self.shared.tz))

    def today(self, person: Person) -> date:
        """Return the date that it is where the person works."""
        return self.now.astimezone(person.tz).date()


def pair_began(pair: Pair, first_seen: datetime | None, memory_began: datetime | None) -> datetime | None:
    """Return when the two became a pair, None where nothing says so.

    It is the later of their first days, or when they were first seen as a pair if that was after
    the memory itself began: the report has come to this manager since.
    """
    firsts = [p.start_date for p in (pair.manager, pair.report) if p.start_date is not None]
    moments = [midnight(day, pair.manager.tz) for day in firsts]
    if first_seen is not None and memory_began is not None and first_seen > memory_began:
        moments.append(first_seen)
    return max(moments, default=None)


def look_back(facts: Facts) -> Span:
    """Return the part of the pair's look-back in which they were a pair; empty where it has yet to begin."""
    start = max(facts.window.start, facts.began or facts.window.start)
    return Span(min(start, facts.now), facts.now)


def coming_days(facts: Facts) -> tuple[date, ...]:
    """Return the dates of the look-ahead, today included."""
    first = facts.today(facts.pair.manager)
    return tuple(first + timedelta(days=n) for n in range((facts.window.end.date() - first).days))
