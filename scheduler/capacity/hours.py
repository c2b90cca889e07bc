"""Hours a week: what 1-2-1s take now, what is asked for, and how long a working week is.

Sums do not depend on the order in which pairs come.
"""

from collections.abc import Iterable
from datetime import timedelta
from math import fsum

from scheduler.cadence.results import MeetingOutcome, PairCoverage
from scheduler.capacity.what_if import Asked
from scheduler.hours import WEEKDAYS, WorkingHours
from scheduler.timespans import Span

_MINUTES = 60
_WEEK = timedelta(weeks=1)


def hours_asked(pairs: Iterable[Asked]) -> float:
    """Return the hours a week that these pairs take of their manager, on average."""
    return fsum(pair.minutes_a_week for pair in pairs) / _MINUTES


def hours_found(coverages: Iterable[PairCoverage], outcome: MeetingOutcome, window: Span) -> float:
    """Return the hours a week of the meetings with this outcome that start in the half-open window, over all of it.

    Leave is not taken out: it is what these weeks did take. Raises ZeroDivisionError for an empty window.
    """
    seconds = fsum(
        meeting.span.end.timestamp() - meeting.span.start.timestamp()
        for coverage in coverages
        for meeting in coverage.meetings
        if meeting.outcome is outcome and window.holds(meeting.span.start)
    )
    return seconds / _MINUTES / _MINUTES / ((window.end - window.start) / _WEEK)


def working_week(hours: WorkingHours) -> float:
    """Return how many hours of a week are working hours, by the clock on the wall."""
    minutes = sum(
        (end.hour - start.hour) * _MINUTES + end.minute - start.minute
        for weekday in range(len(WEEKDAYS))
        for start, end in hours.week[weekday]
    )
    return minutes / _MINUTES
