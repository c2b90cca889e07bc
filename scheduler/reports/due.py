"""When a pair's next meeting was, or will be, due: the clock that runs from one meeting to the next."""

from collections.abc import Container, Iterator, Mapping
from datetime import date

from scheduler.cadence.elapsed import shared_weekdays
from scheduler.cadence.results import GapReport, MeetingOutcome, PairCoverage, PairStatus
from scheduler.every import Cadence, Unit
from scheduler.people import Pair
from scheduler.reports.words import local_day_of
from scheduler.timespans import DAY

_WEEK = 7
_WEEKDAYS_OF_MOST = 5
_ROUNDING = 1e-6
_MEETS = (MeetingOutcome.HELD, MeetingOutcome.PLANNED)
_CALLED_OFF = (MeetingOutcome.DECLINED, MeetingOutcome.CANCELLED)


def due_days(coverage: PairCoverage, report: GapReport) -> tuple[date, ...]:
    """Return the days in the window on which the cadence asked for a meeting that was not there yet.

    The clock is set back by each meeting, by each due day that passes without one, and by a meeting
    that was called off when one was due or half of the cadence had passed: that was the one. Leave stops
    it: a working day of both on which one is away takes off its share of a week. Only a day on which
    both work and neither is away is a due day; what falls on another waits for the next. The same place in
    the next month can be up to a week further off than a month is long, so cadences in months and
    quarters get that week on top. Of a week that the window's end cuts off nothing is said: the
    meeting may lie just beyond. Days are dates in the manager's zone. Nothing is due for a pair
    without a cadence, or whose calendars could not be read.
    """
    if coverage.cadence is None or coverage.status is PairStatus.UNKNOWN:
        return ()
    tz = coverage.pair.manager.tz
    first, end = (moment.astimezone(tz).date() for moment in (report.window.start, report.window.end))
    last = end - (end.weekday() + 1) * DAY
    start = max((day for day in _meeting_days(coverage) if day < first), default=_beginning(coverage, first))
    return tuple(day for day in _run_clock(coverage, coverage.cadence, start, last) if first <= day <= last)


class _Clock:
    """How far each day takes a pair towards its next meeting, in days."""

    def __init__(self, coverage: PairCoverage) -> None:
        self._away: Mapping[date, str] = coverage.away or {}
        self._weekdays = working_weekdays(coverage.pair)
        self._share = _WEEK / len(self._weekdays)

    def step(self, day: date) -> float:
        away = day in self._away and day.weekday() in self._weekdays
        return 1.0 - (self._share if away else 0.0)

    def can_meet(self, day: date) -> bool:
        return day.weekday() in self._weekdays and day not in self._away


def working_weekdays(pair: Pair) -> frozenset[int]:
    """Return the weekdays on which both work, Monday is 0; Monday to Friday for two who share none."""
    return shared_weekdays(pair) or frozenset(range(_WEEKDAYS_OF_MOST))


def _run_clock(coverage: PairCoverage, cadence: Cadence, start: date, last: date) -> Iterator[date]:
    met, called_off = _meeting_days(coverage), _days_of(coverage, _CALLED_OFF)
    clock = _Clock(coverage)
    asked = cadence.days + (0 if cadence.unit is Unit.WEEK else _WEEK)
    elapsed, late, day = 0.0, False, start
    while day < last:
        day += DAY
        elapsed += clock.step(day)
        if day in met or (day in called_off and (late or elapsed >= cadence.days / 2)):
            elapsed, late = 0.0, False
        elif clock.can_meet(day) and elapsed + _ROUNDING >= asked:
            yield day
            elapsed, late = elapsed - cadence.days, True


def _meeting_days(coverage: PairCoverage) -> frozenset[date]:
    tz = coverage.pair.manager.tz
    named = (local_day_of(moment, tz) for moment in (coverage.last_held, coverage.next_planned))
    return _days_of(coverage, _MEETS) | {day for day in named if day is not None}


def _days_of(coverage: PairCoverage, outcomes: Container[MeetingOutcome]) -> frozenset[date]:
    tz = coverage.pair.manager.tz
    return frozenset(m.span.start.astimezone(tz).date() for m in coverage.meetings if m.outcome in outcomes)


def _beginning(coverage: PairCoverage, first: date) -> date:
    pair = coverage.pair
    began = local_day_of(coverage.began, pair.manager.tz)
    starts = [day for day in (began, pair.manager.start_date, pair.report.start_date) if day is not None]
    return max([first, *starts])
