"""Dates, counts, lists and cadences in words, the same in every room and in every locale."""

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo

from scheduler.every import Cadence
from scheduler.hours import WEEKDAYS

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_YEAR_GOES_WITHOUT_SAYING = timedelta(days=182)


def day_month(day: date) -> str:
    """Write a date as `1 Dec`."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def day_words(day: date) -> str:
    """Write a date as `Tue 1 Dec`."""
    return f"{WEEKDAYS[day.weekday()]} {day_month(day)}"


def on_date(day: date, today: date) -> str:
    """Write a date as `Tue 1 Dec`, with its year where it is more than half a year from today."""
    written = day_words(day)
    return written if abs(day - today) <= _YEAR_GOES_WITHOUT_SAYING else f"{written} {day.year}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Write a count with its noun: `1 pair`, `2 pairs`, `1,200 people`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def spoken(length: timedelta) -> str:
    """Write a length of whole minutes in the largest unit that fits: `2 weeks`, `90 days`, `36 hours`."""
    units = {unit: timedelta(**{unit + "s": 1}) for unit in ("week", "day", "hour", "minute")}
    unit = next((unit for unit, one in units.items() if length and not length % one), "minute")
    count = length // units[unit]
    return f"{count} {unit}" + ("" if count == 1 else "s")


def listed(parts: Sequence[str]) -> str:
    """Join as a sentence does: `a`, `a and b`, `a, b and c`; nothing of nothing."""
    *head, last = parts or [""]
    return f"{', '.join(head)} and {last}" if head else last


def every(cadence: Cadence) -> str:
    """Write a cadence as people say it: `every week`, `every 2 weeks`."""
    return f"every {cadence}" if cadence.count > 1 else f"every {cadence.unit}"


def city(tz: tzinfo) -> str:
    """Return the place that an IANA zone is named after: `New York`."""
    return str(tz).rpartition("/")[2].replace("_", " ")
