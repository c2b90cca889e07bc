"""Series that repeat plainly, followed without the judge: the rule is replayed from near the window only.

Nearly every meeting is one: a single daily or weekly rule and times in one zone. `plain_starts` gives the very
dates that the library in `recurrence` gives, in a tenth of its time; a test holds the two together. For
whatever is not plain it gives None, and the judge is asked.
"""

from datetime import UTC, datetime, timedelta
from typing import cast

from dateutil.rrule import rrule, rrulestr

from scheduler.calendars.events import Times
from scheduler.calendars.rules import Rule, rule_of
from scheduler.timespans import Span

_STEP = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_PLAIN = frozenset({"FREQ", "INTERVAL", "BYDAY", "WKST"})
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_AFTER_CLOCK_CHANGES = 4  # no zone has changed its clocks at four or later for decades


def plain_starts(times: Times, window: Span) -> list[datetime] | None:
    """Return the starts of a plain series in half-open `window`, in UTC and in order; None where it is not plain.

    Not plain: several rules or added dates, a COUNT, days without a time, monthly and rarer ones, a start that its
    own rule does not name, one that goes on past midnight, and times in the hours in which clocks change. Raises ValueError in words for a rule that can't be followed.
    """
    start, end = times.start, times.end
    if not isinstance(start, datetime) or not isinstance(end, datetime) or start.hour < _AFTER_CLOCK_CHANGES:
        return None
    if (
        len(times.rules) != 1
        or times.added
        or start.date() != end.date()
        or "COUNT" in times.rules[0].upper()
    ):
        return None
    rule = rule_of(times.rules[0], start, window.end)
    parts = dict(rule.parts)
    days = parts.get("BYDAY", _WEEKDAYS[start.weekday()]).split(",")
    if not _PLAIN.issuperset(parts) or parts["FREQ"] not in _STEP or _WEEKDAYS[start.weekday()] not in days:
        return None
    if not set(days) <= set(_WEEKDAYS):
        return None
    until = rule.until if isinstance(rule.until, datetime) else None
    return [each for each in _replayed(rule, start, window) if until is None or each <= until]


def _replayed(rule: Rule, start: datetime, window: Span) -> list[datetime]:
    """Return the starts by the wall clock; the rule is begun whole intervals later, so that its weeks stay the same."""
    parts = dict(rule.parts)
    step = _STEP[parts["FREQ"]] * int(parts.get("INTERVAL", "1"))
    first, last = (edge.astimezone(start.tzinfo).replace(tzinfo=None) for edge in (window.start, window.end))
    begin = start.replace(tzinfo=None)
    near = begin + step * max(0, (first - begin) // step - 1)
    text = ";".join(f"{name}={value}" for name, value in rule.parts)
    dates = cast("rrule", rrulestr(text, dtstart=near)).between(first, last, inc=True)
    starts = (each.replace(tzinfo=start.tzinfo).astimezone(UTC) for each in dates)
    return [each for each in starts if window.holds(each)]
