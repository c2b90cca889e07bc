"""Recurrence rules (RFC 5545, section 3.3.10): put into the one form that is followed, and bounded.

Plain ones are reckoned (`plain_dates`). The others are replayed from their start, and one that would take more than
`MOST_STEPS` to reach the end of the window, such as one that repeats each minute for years, is refused and not
waited for. So is a calendar's next one once those before it took `MOST_STEPS_TOGETHER`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice, takewhile
from typing import cast

from dateutil.rrule import rrule, rrulestr

from scheduler.calendars.moments import Moment, is_day
from scheduler.calendars.plain_dates import PlainDates, plain_dates
from scheduler.calendars.rule_parts import Parts, parts_of, until_of
from scheduler.calendars.within_day import WITHIN_DAY, of_days, period, wall_times

MOST_STEPS = 50_000
MOST_STEPS_TOGETHER = 500_000
MOST_RULES = 50
_CYCLE = 400
_LAST_TRIED = 9999 - 60
_FAR = timedelta(days=50 * 366)
_DAY = timedelta(days=1)
_PERIOD = {
    "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
    "MONTHLY": timedelta(days=28),
    "YEARLY": timedelta(days=365),
}
_DAYS_IN = {"WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
_BY_DAY = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH")
# What names several times within one period; of the others each leaves some periods out.
_EXPANDING = {
    "HOURLY": ("BYMINUTE", "BYSECOND"),
    "MINUTELY": ("BYSECOND",),
    "SECONDLY": (),
}
_BY_TIME = ("BYHOUR", "BYMINUTE", "BYSECOND")
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
        return self.until is not None and _utc(self.until, last=True) < _utc(self.start)

    def within(self, latest: datetime) -> str:
        """Return the rule, ended at `latest` where it goes on for longer: nothing later is looked at.

        Raises ValueError where it would take too many steps to get there.
        """
        end = self._end(latest)
        clipped = self.until is None or end < _utc(self.until, last=True)
        return _written(self.parts, _like(end, self.start) if clipped else self.until)

    def starts(self, latest: datetime) -> Iterator[Moment]:
        """Yield its starts up to `latest`, in order and in its own zone, replayed from its start.

        Raises ValueError where it would take too many steps to get there.
        """
        return _starts(self.parts, self.plain, self.start, _like(self._end(latest), self.start))

    def backwards(self) -> Iterator[Moment] | None:
        """Yield its starts from the last one back to the first, or return None where it has no end in sight."""
        if self.until is None:
            return None
        if self.plain is not None:
            return _reckoned_back(self.plain, self.start, self.until)
        end = _utc(self.until, last=True)
        if _steps(dict(self.parts), self.start, end) > MOST_STEPS:
            return None
        return reversed(list(self.starts(end)))

    def steps(self, latest: datetime) -> float:
        """Return how many dates and times are looked at, at most, where it is replayed up to `latest`."""
        return _steps(dict(self.parts), self.start, self._clipped(latest))

    def _end(self, latest: datetime) -> datetime:
        if self.steps(latest) > MOST_STEPS:
            raise ValueError(_TOO_OFTEN)
        return self._clipped(latest)

    def _clipped(self, latest: datetime) -> datetime:
        return latest if self.until is None else min(latest, _utc(self.until, last=True))


class Effort:
    """How many steps the rules of one calendar took together; those that can be reckoned take none.

    So a calendar of thousands of rules, each of which may just be followed, is not followed for hours.
    """

    def __init__(self) -> None:
        self._steps = 0.0

    def allow(self, rules: Iterable[str], start: Moment, latest: datetime, *, alone: bool) -> None:
        """Add the rules of one event up to `latest`; raise ValueError in words where they are too much, and add nothing.

        `alone` is false where there are added dates, with which even one plain rule is replayed.
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
        _must_come_true(parts, start)
    if count is not None:
        end = _end_of_count(bare, plain, start, int(count), near)
    else:
        end = until_of(until, start) if until is not None else None
        if end is not None and _utc(end) > max(near, _utc(start)) + _FAR:
            end = None
    return Rule(start, bare, end, plain)


def _must_come_true(parts: Mapping[str, str], start: Moment) -> None:
    """Raise ValueError for a rule such as each 30 February: the library would look for it until the year 9999.

    It is tried where that is near: the Gregorian calendar repeats every 400 years, weekdays included.
    """
    by = set(parts) - {"FREQ", "INTERVAL", "WKST"}
    if not by or (parts["FREQ"] == "WEEKLY" and by == {"BYDAY"}):
        return
    year = start.year + (_LAST_TRIED - start.year) // _CYCLE * _CYCLE
    late = datetime(year, start.month, start.day, 12)  # noqa: DTZ001 - whether there is such a date is no matter of zones
    text = _written(tuple(parts.items()), None)
    if parts["FREQ"] in WITHIN_DAY:
        # Whether its times are ever reached depends on where it starts, which the library looks at as it is made.
        begin = start if isinstance(start, datetime) else late
        _replayed(text, begin)
        text = of_days(parts) or "FREQ=DAILY"
    if not _comes_true(text, late):
        msg = "its rule names dates that never come"
        raise ValueError(msg)


@lru_cache(maxsize=512)
def _comes_true(text: str, late: datetime) -> bool:
    return next(iter(_replayed(text, late)), None) is not None


def _end_of_count(
    parts: Parts, plain: PlainDates | None, start: Moment, count: int, near: datetime
) -> Moment | None:
    if plain is not None:
        day = plain.numbered(count, (max(near, _utc(start)) + _FAR).toordinal())
        return _in_utc(_at(day, start)) if day is not None else None
    by = dict(parts)
    step = _stride(by) if by["FREQ"] in WITHIN_DAY else _PERIOD[by["FREQ"]] * int(by.get("INTERVAL", "1"))
    horizon = max(near, _utc(start)) + _FAR
    if (horizon - _utc(start)) / step > MOST_STEPS:
        horizon = _utc(start) + step * MOST_STEPS
    found = list(islice(_starts(parts, plain, start, _like(horizon, start)), min(count, MOST_STEPS)))
    if len(found) == count:
        # Where clocks leap, an earlier one by the wall clock may be the later one.
        return max((_in_utc(each) for each in found), default=start)
    if horizon < near:
        raise ValueError(_TOO_OFTEN)
    return None


def _starts(parts: Parts, plain: PlainDates | None, start: Moment, until: Moment) -> Iterator[Moment]:
    """Yield the starts up to and with `until`, in its own zone."""
    if plain is not None:
        last = _local_day(until, start) + 1
        days = takewhile(lambda day: day <= last, plain.onwards(start.toordinal()))
        found: Iterator[Moment] = (_at(day, start) for day in days)
    elif dict(parts)["FREQ"] in WITHIN_DAY:
        begin = start if isinstance(start, datetime) else datetime.combine(start, time(), UTC)
        end = _utc(until, last=True).astimezone(begin.tzinfo).replace(tzinfo=None) + _DAY
        walls = wall_times(dict(parts), begin.replace(tzinfo=None), end)
        found = (wall.replace(tzinfo=begin.tzinfo) for wall in walls)
    else:
        found = iter(_replayed(_written(parts, until), start))
    if is_day(start):
        return (each for each in map(_date, found) if each <= _date(until))
    end_utc = _utc(until)
    return (each for each in found if _utc(each) <= end_utc)


def _reckoned_back(plain: PlainDates, start: Moment, until: Moment) -> Iterator[Moment]:
    found = (_at(day, start) for day in plain.backwards(_local_day(until, start) + 1))
    if is_day(start):
        return (each for each in found if each <= _date(until))
    end = _utc(until)
    return (each for each in found if _utc(each) <= end)


def _local_day(until: Moment, start: Moment) -> int:
    if isinstance(until, datetime) and isinstance(start, datetime):
        return until.astimezone(start.tzinfo).toordinal()
    return until.toordinal()


def _at(day: int, start: Moment) -> Moment:
    found = date.fromordinal(day)
    return datetime.combine(found, start.timetz().replace(fold=0)) if isinstance(start, datetime) else found


def _date(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _replayed(text: str, start: Moment) -> rrule:
    from icalendar import vRecur  # noqa: PLC0415 - it takes long to load, and plain rules do not need it

    vRecur.from_ical(text)
    begin = start if isinstance(start, datetime) else datetime.combine(start, time())
    return cast("rrule", rrulestr(text, dtstart=begin))


def _steps(parts: Mapping[str, str], start: Moment, end: datetime) -> float:
    """Return how many dates and times are looked at, at most, from the start to the end."""
    frequency = parts["FREQ"]
    if frequency in WITHIN_DAY:
        steps = max((end - _utc(start)) / _stride(parts), 0.0) + 1
    else:
        step = _PERIOD[frequency] * int(parts.get("INTERVAL", "1"))
        steps = max((end - _utc(start)) / step, 0.0) + 1
        if any(name in parts for name in _BY_DAY):
            steps *= _DAYS_IN.get(frequency, 1)
    for name in _EXPANDING.get(frequency, _BY_TIME):
        steps *= len(parts[name].split(",")) if name in parts else 1
    return steps


def _stride(parts: Mapping[str, str]) -> timedelta:
    """Return how far apart the steps within the day are; whose days are named has each day looked at, too."""
    return min(period(parts), _DAY) if of_days(parts) else period(parts)


def _written(parts: Parts, until: Moment | None) -> str:
    text = ";".join(f"{name}={value}" for name, value in parts)
    if until is None:
        return text
    # strftime writes the year 138 with three digits
    time_of_day = until.strftime("T%H%M%SZ") if isinstance(until, datetime) else ""
    return f"{text};UNTIL={until.year:04}{until:%m%d}{time_of_day}"


def _utc(value: Moment, *, last: bool = False) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.combine(value, time(23, 59, 59) if last else time(), UTC)


def _in_utc(value: Moment) -> Moment:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _like(end: datetime, start: Moment) -> Moment:
    return end.date() if is_day(start) else end
