"""How long an interval was, leave taken out: in days as the manager's wall clock counts them."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from scheduler.people import Pair
from scheduler.timespans import DAY, wall_clock_days

_OFFICE_WEEK = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class SharedTime:
    """The time in which the two could have met.

    `weekdays` are those on which both work (Monday is 0), `away` the sorted dates on such weekdays
    on which one of them is away, `tz` the manager's zone.
    """

    tz: tzinfo
    weekdays: frozenset[int]
    away: tuple[date, ...]

    @classmethod
    def of(cls, pair: Pair, *absences: Iterable[date]) -> "SharedTime":
        """Gather the absences of both; two who share no weekday are taken to work Monday to Friday."""
        weekdays = shared_weekdays(pair) or _OFFICE_WEEK
        away = {day for days in absences for day in days if day.weekday() in weekdays}
        return cls(pair.manager.tz, weekdays, tuple(sorted(away)))

    def days(self, start: datetime, end: datetime) -> float:
        """Return the wall-clock days from start to end, less `leave_days`; never below 0."""
        return max(0.0, wall_clock_days(start, end, self.tz) - self.leave_days(start, end))

    def leave_days(self, start: datetime, end: datetime) -> float:
        """Return what leave takes out between start and end, in days of a seven-day week.

        Each date that lies whole in between, on which both would work and one is away, is worth
        7/n days, n being the weekdays on which both work: a week away is 7 days, not 5.
        """
        local = start.astimezone(self.tz)
        first = local.date() + (DAY if local.time() != time() else 0 * DAY)
        count = bisect_left(self.away, end.astimezone(self.tz).date()) - bisect_left(self.away, first)
        return max(0, count) * 7 / len(self.weekdays)


def shared_weekdays(pair: Pair) -> frozenset[int]:
    """Return the weekdays on which both work, Monday is 0; maybe none."""
    weeks = zip(pair.manager.hours.week, pair.report.hours.week, strict=True)
    return frozenset(day for day, (one, other) in enumerate(weeks) if one and other)


def told_apart(absences: Iterable[tuple[str, Mapping[date, str]]]) -> dict[date, str]:
    """Return the dates on which anybody is away, in order, with whose it is and why."""
    told: dict[date, list[str]] = {}
    for name, away in absences:
        for day, why in away.items():
            told.setdefault(day, []).append(f"{name}: {why}")
    return {day: "; ".join(told[day]) for day in sorted(told)}
