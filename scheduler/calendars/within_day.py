"""Rules that repeat within the day (HOURLY, MINUTELY, SECONDLY), followed step by step.

The library would look through years of seconds for the next date that a rule names, and nothing could stop it. Here
each step is counted before it is made. The wall clock is followed, as the judge does: an hour that comes twice is
stepped on once.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrule, rrulestr

_UNITS = {"HOURLY": timedelta(hours=1), "MINUTELY": timedelta(minutes=1), "SECONDLY": timedelta(seconds=1)}
WITHIN_DAY = frozenset(_UNITS)
_OF_DAYS = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH")
_DAY = timedelta(days=1)


def period(parts: Mapping[str, str]) -> timedelta:
    """Return how far apart its steps are."""
    return _UNITS[parts["FREQ"]] * int(parts.get("INTERVAL", "1"))


def of_days(parts: Mapping[str, str]) -> str | None:
    """Return the daily rule of the days on which it takes place; None where that is every day."""
    named = [f"{name}={parts[name]}" for name in _OF_DAYS if name in parts]
    return ";".join(["FREQ=DAILY", *named]) if named else None


def wall_times(parts: Mapping[str, str], start: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the wall-clock times that the rule names from `start` up to and with `last`, in order; all are naive.

    That takes one step a `period`, and one for each time that BYMINUTE and BYSECOND name within it. The rule must
    be one that the library takes, and its days must come true.
    """
    days = _days(parts, start, last)
    hours, minutes, seconds = (_numbers(parts, name) for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    frequency, step = parts["FREQ"], period(parts)
    places = [int(place) for place in parts.get("BYSETPOS", "").split(",") if place]
    now = start
    while _floor(now, frequency) <= last:
        fits = (not hours or now.hour in hours) and (days is None or now.toordinal() in days)
        if fits and frequency != "HOURLY":
            fits = not minutes or now.minute in minutes
        if fits and frequency == "SECONDLY":
            fits = not seconds or now.second in seconds
        if fits:
            of_hour = minutes if minutes and frequency == "HOURLY" else [now.minute]
            of_minute = seconds if seconds and frequency != "SECONDLY" else [now.second]
            found = [now.replace(minute=minute, second=second) for minute in of_hour for second in of_minute]
            chosen = {found[p - 1 if p > 0 else p] for p in places if abs(p) <= len(found)}
            yield from (each for each in (sorted(chosen) if places else found) if start <= each <= last)
        now += step


def _floor(now: datetime, frequency: str) -> datetime:
    if frequency == "HOURLY":
        return now.replace(minute=0, second=0)
    return now.replace(second=0) if frequency == "MINUTELY" else now


def _numbers(parts: Mapping[str, str], name: str) -> list[int]:
    return sorted({int(number) for number in parts[name].split(",")}) if name in parts else []


def _days(parts: Mapping[str, str], start: datetime, last: datetime) -> set[int] | None:
    rule = of_days(parts)
    if rule is None:
        return None
    begin, end = datetime.combine(start, time()), datetime.combine(last, time()) + _DAY
    # strftime writes the year 138 with three digits
    daily = rrulestr(f"{rule};UNTIL={end.year:04}{end:%m%d}", dtstart=begin)
    return {date.toordinal(day) for day in daily} if isinstance(daily, rrule) else set()
