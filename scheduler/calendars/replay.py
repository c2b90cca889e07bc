"""The starts of a rule, from the first one on or from the last one back, and how many steps that takes."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import cast

from dateutil.rrule import rrule, rrulestr

from scheduler.calendars.moments import Moment, is_day
from scheduler.calendars.plain_dates import PlainDates
from scheduler.calendars.rule_parts import Parts
from scheduler.calendars.within_day import WITHIN_DAY, of_days, period, wall_times

_CYCLE = 400
_LAST_TRIED = 9999 - 60
_DAY = timedelta(days=1)
# No clock was ever set back by more: so far may a time by the wall clock lie behind the end and yet come before it.
_LONGEST_FOLD = timedelta(hours=3)
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


def starts_of(parts: Parts, plain: PlainDates | None, start: Moment, until: Moment) -> Iterator[Moment]:
    """Yield the starts up to and with `until`, in its own zone."""
    if plain is not None:
        last = _local_day(until, start) + 1
        days = takewhile(lambda day: day <= last, plain.onwards(start.toordinal()))
        found: Iterator[Moment] = (start_on(day, start) for day in days)
    elif dict(parts)["FREQ"] in WITHIN_DAY:
        begin = start if isinstance(start, datetime) else datetime.combine(start, time(), UTC)
        end = utc(until, last=True).astimezone(begin.tzinfo).replace(tzinfo=None) + _LONGEST_FOLD
        walls = wall_times(dict(parts), begin.replace(tzinfo=None), end)
        found = (wall.replace(tzinfo=begin.tzinfo) for wall in walls)
    else:
        found = iter(_replayed(written(parts, until), start))
    if is_day(start):
        return (each for each in map(_date, found) if each <= _date(until))
    end_utc = utc(until)
    return (each for each in found if utc(each) <= end_utc)


def starts_back(plain: PlainDates, start: Moment, until: Moment) -> Iterator[Moment]:
    """Yield the starts of a plain rule from the last one up to and with `until` back to the first, in its own zone."""
    found = (start_on(day, start) for day in plain.backwards(_local_day(until, start) + 1))
    if is_day(start):
        return (each for each in found if each <= _date(until))
    end = utc(until)
    return (each for each in found if utc(each) <= end)


def _local_day(until: Moment, start: Moment) -> int:
    if isinstance(until, datetime) and isinstance(start, datetime):
        return until.astimezone(start.tzinfo).toordinal()
    return until.toordinal()


def start_on(day: int, start: Moment) -> Moment:
    """Return the start on a day, by the clock of the first one."""
    found = date.fromordinal(day)
    return datetime.combine(found, start.timetz().replace(fold=0)) if isinstance(start, datetime) else found


def _date(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _replayed(text: str, start: Moment) -> rrule:
    from icalendar import vRecur  # noqa: PLC0415 - it takes long to load, and plain rules do not need it

    vRecur.from_ical(text)
    begin = start if isinstance(start, datetime) else datetime.combine(start, time())
    return cast("rrule", rrulestr(text, dtstart=begin))


def steps_of(parts: Mapping[str, str], start: Moment, end: datetime) -> float:
    """Return how many dates and times are looked at, at most, from the start to the end."""
    frequency = parts["FREQ"]
    steps = max((end - utc(start)) / stride(parts), 0.0) + 1
    if any(name in parts for name in _BY_DAY):
        steps *= _DAYS_IN.get(frequency, 1)
    for name in _EXPANDING.get(frequency, _BY_TIME):
        steps *= len(parts[name].split(",")) if name in parts else 1
    return steps


def stride(parts: Mapping[str, str]) -> timedelta:
    """Return how far apart the steps of a rule are, at least.

    Of one that repeats within the day and names its days, each day is looked at, too.
    """
    if parts["FREQ"] not in WITHIN_DAY:
        return _PERIOD[parts["FREQ"]] * int(parts.get("INTERVAL", "1"))
    return min(period(parts), _DAY) if of_days(parts) else period(parts)


def written(parts: Parts, until: Moment | None) -> str:
    """Return the rule as text that the library reads."""
    text = ";".join(f"{name}={value}" for name, value in parts)
    if until is None:
        return text
    # strftime writes the year 138 with three digits
    time_of_day = until.strftime("T%H%M%SZ") if isinstance(until, datetime) else ""
    return f"{text};UNTIL={until.year:04}{until:%m%d}{time_of_day}"


def utc(value: Moment, *, last: bool = False) -> datetime:
    """Return a moment in UTC; a date is its first or its last second there."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.combine(value, time(23, 59, 59) if last else time(), UTC)


def must_come_true(parts: Mapping[str, str], start: Moment) -> None:
    """Raise ValueError for a rule such as each 30 February: the library would look for it until the year 9999.

    It is tried where that is near: the Gregorian calendar repeats every 400 years, weekdays included.
    """
    by = set(parts) - {"FREQ", "INTERVAL", "WKST"}
    if not by or (parts["FREQ"] == "WEEKLY" and by == {"BYDAY"}):
        return
    year = start.year + (_LAST_TRIED - start.year) // _CYCLE * _CYCLE
    late = datetime(year, start.month, start.day, 12)  # noqa: DTZ001 - whether there is such a date is no matter of zones
    text = written(tuple(parts.items()), None)
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
