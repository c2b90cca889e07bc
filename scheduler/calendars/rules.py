"""Recurrence rules (RFC 5545, section 3.3.10): put into the one form that is followed, and bounded.

A rule is replayed from its start. One that would take more than `MOST_STEPS` to reach the end of the
window, such as one that repeats each hour for years, is refused and not waited for; so is one that repeats
each minute or second.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import cast

from dateutil.rrule import rrule, rrulestr
from icalendar import vRecur

from scheduler.calendars.moments import Moment, is_day, read_value
from scheduler.calendars.read_ics import printable

MOST_STEPS = 50_000
_CYCLE = 400
_LAST_TRIED = 9999 - 60
_FAR = timedelta(days=50 * 366)
_PERIOD = {
    "HOURLY": timedelta(hours=1),
    "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
    "MONTHLY": timedelta(days=28),
    "YEARLY": timedelta(days=365),
}
_DAYS_IN = {"WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
_BY_DAY = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH")
_BY_TIME = ("BYHOUR", "BYMINUTE", "BYSECOND")
_PART = re.compile(r"([A-Z-]+)=(.*)", re.DOTALL)
_TOO_OFTEN = f"it repeats too often to be followed (more than {MOST_STEPS:,} steps from its start)"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is followed from `start`: no COUNT any more, UNTIL in UTC (or a date) or None.

    `text` is the rule as the file has it. `counted_out` is true where a COUNT was not reached within
    sight: the rule then has no known end.
    """

    text: str
    start: Moment
    parts: tuple[tuple[str, str], ...]
    until: Moment | None

    def within(self, latest: datetime) -> str:
        """Return the rule, ended at `latest` where it goes on for longer: nothing later is looked at.

        Raises ValueError where it would take too many steps to get there.
        """
        end = latest if self.until is None else min(latest, _utc(self.until, last=True))
        if _steps(dict(self.parts), self.start, end) > MOST_STEPS:
            raise ValueError(_TOO_OFTEN)
        clipped = self.until is None or end < _utc(self.until, last=True)
        return _written(self.parts, _like(end, self.start) if clipped else self.until)

    def starts(self) -> list[Moment] | None:
        """Return every start of it in order, or None where it has no end in sight."""
        if (
            self.until is None
            or _steps(dict(self.parts), self.start, _utc(self.until, last=True)) > MOST_STEPS
        ):
            return None
        return [_back(each, self.start) for each in _replayed(_written(self.parts, self.until), self.start)]


def rule_of(text: str, start: Moment, near: datetime) -> Rule:
    """Read a rule that begins at `start`; raise ValueError in words for one that can't be followed.

    A COUNT becomes the UNTIL of its last occurrence, looked for no further than 50 years past `near`.
    An UNTIL without a time means the whole of that day, one without a zone the zone of the start.
    """
    parts = _parts(text)
    until = parts.pop("UNTIL", None)
    count = parts.pop("COUNT", None)
    plain = tuple(parts.items())
    _must_come_true(parts, start)
    if count is not None:
        end = _end_of_count(plain, start, int(count), near)
    else:
        end = _until(until, start) if until is not None else None
    return Rule(text.strip(), start, plain, end)


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    # Outlook writes blanks between weekdays.
    for piece in filter(None, "".join(text.upper().split()).split(";")):
        found = _PART.fullmatch(piece)
        if found is None or found[1] in parts:
            msg = f"its RRULE {printable(text)!r} is not a recurrence rule"
            raise ValueError(msg)
        parts[found[1]] = found[2]
    # Outlook writes COUNT=-1 where it means for ever, others COUNT=0, which may then stand beside an UNTIL.
    if re.fullmatch(r"-\d{1,7}|0{1,7}", parts.get("COUNT", "")):
        del parts["COUNT"]
    _must_be_followable(parts, text)
    return {name: value for name, value in parts.items() if not name.startswith("X-")}


def _must_be_followable(parts: dict[str, str], text: str) -> None:
    what = ""
    if parts.get("FREQ") in {"SECONDLY", "MINUTELY"}:
        what = "it repeats more often than hourly, which no meeting does"
    elif parts.get("FREQ") not in _PERIOD:
        what = f"its RRULE {printable(text)!r} has no FREQ that there is"
    elif parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN" or parts.pop("SKIP", "OMIT") != "OMIT":
        what = "it repeats by another calendar than the Gregorian one, or skips dates (RFC 7529)"
    elif not re.fullmatch(r"0*[1-9]\d{0,5}", parts.get("INTERVAL", "1")):
        what = f"its INTERVAL {printable(parts['INTERVAL'])!r} is not a count"
    elif not re.fullmatch(r"-?\d{1,7}", parts.get("COUNT", "1")):
        what = f"its COUNT {printable(parts['COUNT'])!r} is none"
    elif "COUNT" in parts and "UNTIL" in parts:
        what = "its rule has both a COUNT and an UNTIL, of which only one may be there"
    if what:
        raise ValueError(what)


def _must_come_true(parts: dict[str, str], start: Moment) -> None:
    """Raise ValueError for a rule such as each 30 February: the library would look for it until the year 9999.

    It is tried where that is near: the Gregorian calendar repeats every 400 years, weekdays included.
    """
    by = set(parts) - {"FREQ", "INTERVAL", "WKST"}
    if not by or (parts["FREQ"] == "WEEKLY" and by == {"BYDAY"}):
        return
    if parts["FREQ"] == "HOURLY":
        raise ValueError(_TOO_OFTEN)
    year = start.year + (_LAST_TRIED - start.year) // _CYCLE * _CYCLE
    late = datetime(year, start.month, start.day, 12)  # noqa: DTZ001 - whether there is such a date is no matter of zones
    if next(iter(_replayed(_written(tuple(parts.items()), None), late)), None) is None:
        msg = "its rule names dates that never come"
        raise ValueError(msg)


def _until(text: str, start: Moment) -> Moment:
    found = read_value(text)
    if not isinstance(found, date):
        msg = f"its UNTIL {printable(text)!r} is not a date or time"
        raise ValueError(msg)  # noqa: TRY004 - what a file holds is a wrong value, whatever its type
    if not isinstance(start, datetime):
        return found.date() if isinstance(found, datetime) else found
    if not isinstance(found, datetime):
        found = datetime.combine(found, time(23, 59, 59))
    return (found if found.tzinfo is not None else found.replace(tzinfo=start.tzinfo)).astimezone(UTC)


def _end_of_count(
    parts: tuple[tuple[str, str], ...], start: Moment, count: int, near: datetime
) -> Moment | None:
    by = dict(parts)
    step = _PERIOD[by["FREQ"]] * int(by.get("INTERVAL", "1"))
    horizon = max(near, _utc(start)) + _FAR
    if (horizon - _utc(start)) / step > MOST_STEPS:
        horizon = _utc(start) + step * MOST_STEPS
    found = list(islice(_replayed(_written(parts, _like(horizon, start)), start), min(count, MOST_STEPS)))
    if len(found) == count:
        return _back(found[-1], start) if found else start
    if horizon < near:
        raise ValueError(_TOO_OFTEN)
    return None


def _replayed(text: str, start: Moment) -> rrule:
    vRecur.from_ical(text)
    begin = start if isinstance(start, datetime) else datetime.combine(start, time())
    return cast("rrule", rrulestr(text, dtstart=begin))


def _steps(parts: dict[str, str], start: Moment, end: datetime) -> float:
    """Return how many dates are looked at, at most, from the start to the end."""
    frequency = parts["FREQ"]
    step = _PERIOD[frequency] * int(parts.get("INTERVAL", "1"))
    steps = max((end - _utc(start)) / step, 0.0) + 1
    if any(name in parts for name in _BY_DAY):
        steps *= _DAYS_IN.get(frequency, 1)
    for name in _BY_TIME:
        steps *= len(parts[name].split(",")) if name in parts else 1
    return steps


def _written(parts: tuple[tuple[str, str], ...], until: Moment | None) -> str:
    text = ";".join(f"{name}={value}" for name, value in parts)
    if until is None:
        return text
    shape = "%Y%m%dT%H%M%SZ" if isinstance(until, datetime) else "%Y%m%d"
    return f"{text};UNTIL={until.strftime(shape)}"


def _utc(value: Moment, *, last: bool = False) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.combine(value, time(23, 59, 59) if last else time(), UTC)


def _like(end: datetime, start: Moment) -> Moment:
    return end.date() if is_day(start) else end


def _back(found: datetime, start: Moment) -> Moment:
    return found.date() if is_day(start) else found.astimezone(UTC)
