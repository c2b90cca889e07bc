"""The short way: series that repeat plainly, followed without the judge.

Nearly every meeting is one: a single rule whose dates can be reckoned (`plain_dates`), and times in one zone. `plain_slots`
gives the very dates that the library in `judge` gives, in a fraction of its time; a test holds the two together. For whatever is
not plain it gives None, and the judge is asked.
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import takewhile

from scheduler.calendars.events import Times
from scheduler.calendars.moments import Moment
from scheduler.calendars.rules import Rule, rule_of
from scheduler.timespans import Span

_MARGIN = 2  # days: no wall clock is further from UTC, even where a zone left out a day
_LAST_DAY = date.max.toordinal() - _MARGIN


def plain_slots(times: Times, window: Span) -> list[Moment] | None:
    """Return the dates or times at which a plain series begins in half-open `window`, and perhaps some around it.

    They are in the zone of the series, each but once; those that EXDATE takes out are among them. None where it is not
    plain: it has several rules or added dates, or its dates can't be reckoned. Raises ValueError in words for a rule
    that can't be followed.
    """
    if len(times.rules) != 1 or times.added:
        return None
    rule = rule_of(times.rules[0], times.start, window.end)
    if rule.plain is None:
        return None
    if rule.ended_before_start:
        return []
    days = _days(rule, window)
    start = times.start
    if not isinstance(start, datetime):
        return [date.fromordinal(day) for day in days]
    clock = start.timetz().replace(fold=0)
    # The wall clock is followed; where it stands still or leaps, the zone tells which moment is meant.
    found: list[Moment] = [datetime.combine(date.fromordinal(day), clock) for day in days]
    until = rule.until
    if isinstance(until, datetime):
        while found and _after(found[-1], until):
            found.pop()
    return found


def _after(moment: Moment, until: datetime) -> bool:
    return isinstance(moment, datetime) and moment > until


def _days(rule: Rule, window: Span) -> Iterator[int]:
    """Yield the days of the rule around the window, and the start, which always counts (RFC 5545, section 3.8.5.3)."""
    if rule.plain is None:
        return
    first, last = window.start.toordinal() - _MARGIN, min(window.end.toordinal() + _MARGIN, _LAST_DAY)
    if rule.until is not None:
        margin = _MARGIN if isinstance(rule.until, datetime) else 0
        last = min(last, rule.until.toordinal() + margin)
    start = rule.start.toordinal()
    if first <= start <= last:
        yield start
        first = start + 1
    yield from takewhile(lambda day: day <= last, rule.plain.onwards(first))
