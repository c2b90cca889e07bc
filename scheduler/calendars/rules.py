"""Recurrence rules (RFC 5545, section 3.3.10): put into the one form that is followed, and bounded.

Plain ones are reckoned (`plain_dates`). The others are replayed from their start, and one that would take more than
`MOST_STEPS` to reach the end of the window, such as one that repeats each minute for years, is refused and not
waited for. So is a calendar's next one once those before it took `MOST_STEPS_TOGETHER`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from scheduler.calendars.moments import Moment, is_day
from scheduler.calendars.plain_dates import PlainDates, plain_dates
from scheduler.calendars.replay import (
    must_come_true,
    start_on,
    starts_back,
    starts_of,
    steps_of,
    stride,
    utc,
    written,
)
from scheduler.calendars.rule_parts import Parts, parts_of, until_of
from scheduler.calendars.within_day import WITHIN_DAY

MOST_STEPS = 50_000
MOST_STEPS_TOGETHER = 500_000
MOST_RULES = 50
_FAR = timedelta(days=50 * 366)
_TOO_OFTEN = f"it repeats too often to be followed (more than {MOST_STEPS:,} steps from its start)"
_TOO_MANY = f"the calendar has too many rules that are hard to follow (more than {MOST_STEPS_TOGETHER:,} steps together)"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is followed from `start`: no COUNT any more, UNTIL in UTC (or a date) or None for no end in sight.

    `plain` are its dates where it is a plain one.
    """

    start: Moment
    parts: Parts
    until: Moment | None
    plain: PlainDates | None

    @property
    def within_day(self) -> bool:
        """Say whether it repeats hourly or more often."""
        return dict(self.parts)["FREQ"] in WITHIN_DAY

    @property
    def ended_before_start(self) -> bool:
        """Say whether its UNTIL lies before its start: then not even the start takes place."""
        return self.until is not None and utc(self.until, last=True) < utc(self.start)

    def within(self, latest: datetime) -> str:
        """Return the rule, ended at `latest` where it goes on for longer: nothing later is looked at.

        Raises ValueError where it would take too many steps to get there.
        """
        end = self._end(latest)
        clipped = self.until is None or end < utc(self.until, last=True)
        return written(self.parts, _like(end, self.start) if clipped else self.until)

    def starts(self, latest: datetime) -> Iterator[Moment]:
        """Yield its starts up to `latest`, in order and in its own zone, replayed from its start.

        Raises ValueError where it would take too many steps to get there.
        """
        return starts_of(self.parts, self.plain, self.start, _like(self._end(latest), self.start))

    def backwards(self) -> Iterator[Moment] | None:
        """Yield its starts from the last one back to the first, or return None where it has no end in sight."""
        if self.until is None:
            return None
        if self.plain is not None:
            return starts_back(self.plain, self.start, self.until)
        end = utc(self.until, last=True)
        if steps_of(dict(self.parts), self.start, end) > MOST_STEPS:
            return None
        return reversed(list(self.starts(end)))

    def steps(self, latest: datetime) -> float:
        """Return how many dates and times are looked at, at most, where it is replayed up to `latest`."""
        return steps_of(dict(self.parts), self.start, self._clipped(latest))

    def _end(self, latest: datetime) -> datetime:
        if self.steps(latest) > MOST_STEPS:
            raise ValueError(_TOO_OFTEN)
        return self._clipped(latest)

    def _clipped(self, latest: datetime) -> datetime:
        return latest if self.until is None else min(latest, utc(self.until, last=True))


class Effort:
    """How many steps the rules of one calendar took together; those that can be reckoned take none.

    So a calendar of thousands of rules, each of which may just be followed, is not followed for hours.
    """

    def __init__(self) -> None:
        self._steps = 0.0

    def allow(self, rules: Iterable[str], start: Moment, latest: datetime, *, alone: bool) -> None:
        """Add the rules of one event up to `latest`; raise ValueError in words where they are too much, and add nothing.

        `alone` is false where even one plain rule is gone through from its start: with added dates, or lasting years.
        """
        known = [rule_of(text, start, latest) for text in islice(rules, MOST_RULES + 1)]
        if len(known) == 1 and alone and known[0].plain is not None:
            return
        steps = sum(rule.steps(latest) for rule in known)
        if steps > MOST_STEPS or len(known) > MOST_RULES:
            raise ValueError(_TOO_OFTEN)
        if self._steps + steps > MOST_STEPS_TOGETHER:
            raise ValueError(_TOO_MANY)
        self._steps += steps


def rule_of(text: str, start: Moment, near: datetime) -> Rule:
    """Read a rule that begins at `start`; raise ValueError in words for one that can't be followed.

    A COUNT becomes the UNTIL of its last occurrence; an end further than 50 years past `near` is none in sight.
    An UNTIL without a time means the whole of that day, one without a zone the zone of the start.
    """
    parts = dict(parts_of(text))
    until = parts.pop("UNTIL", None)
    count = parts.pop("COUNT", None)
    bare = tuple(parts.items())
    plain = plain_dates(parts, start)
    if plain is None:
        must_come_true(parts, start)
    if count is not None:
        end = _end_of_count(bare, plain, start, int(count), near)
    else:
        end = until_of(until, start) if until is not None else None
        if end is not None and utc(end) > max(near, utc(start)) + _FAR:
            end = None
    return Rule(start, bare, end, plain)


def _end_of_count(
    parts: Parts, plain: PlainDates | None, start: Moment, count: int, near: datetime
) -> Moment | None:
    if plain is not None:
        day = plain.numbered(count, (max(near, utc(start)) + _FAR).toordinal())
        return _in_utc(start_on(day, start)) if day is not None else None
    step = stride(dict(parts))
    horizon = max(near, utc(start)) + _FAR
    if (horizon - utc(start)) / step > MOST_STEPS:
        horizon = utc(start) + step * MOST_STEPS
    found = list(islice(starts_of(parts, plain, start, _like(horizon, start)), min(count, MOST_STEPS)))
    if len(found) == count:
        # Where clocks leap, an earlier one by the wall clock may be the later one.
        return max((_in_utc(each) for each in found), default=start)
    if horizon < near:
        raise ValueError(_TOO_OFTEN)
    return None


def _in_utc(value: Moment) -> Moment:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _like(end: datetime, start: Moment) -> Moment:
    return end.date() if is_day(start) else end
