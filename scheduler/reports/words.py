"""Dates, times and rules in words, the same in every rendering and in every locale."""

from datetime import date, datetime, tzinfo

from scheduler.words import MONTHS, day_month, day_words

_DAY_NAMES = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
_PLACES = {"1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"}


def short_day(day: date | None, today: date) -> str:
    """Write a date as `3 Nov`, or `Nov 2025` where it is half a year away or more; None as a dash."""
    if day is None:
        return "—"
    if abs((day - today).days) > 183:  # noqa: PLR2004  half a year, from where a day without its year misleads
        return f"{MONTHS[day.month - 1]} {day.year}"
    return day_month(day)


def local_day_of(moment: datetime | None, tz: tzinfo) -> date | None:
    """Return the date of a moment on a wall in that zone."""
    return None if moment is None else moment.astimezone(tz).date()


def moment_words(moment: datetime, tz: tzinfo) -> str:
    """Write a moment by the clock of a zone, as `Tue 3 Nov 10:00`."""
    local = moment.astimezone(tz)
    return f"{day_words(local.date())} {local:%H:%M}"


def rule_words(rrule: str) -> str:
    """Say a recurrence rule of ours in words; any other stays as RFC 5545 writes it."""
    parts = dict(part.partition("=")[::2] for part in rrule.split(";"))
    place, day = parts.get("BYDAY", "")[:-2], _DAY_NAMES.get(parts.get("BYDAY", "")[-2:])
    known = parts.keys() <= {"FREQ", "INTERVAL", "BYDAY", "UNTIL"}
    interval = parts.get("INTERVAL", "1")
    if day is None or not known:
        return rrule
    if parts.get("FREQ") == "WEEKLY" and not place:
        return f"every {day}" if interval == "1" else f"every {interval} weeks on {day}"
    if parts.get("FREQ") == "MONTHLY" and place in _PLACES:
        months = "month" if interval == "1" else f"{interval} months"
        return f"the {_PLACES[place]} {day} of every {months}"
    return rrule
