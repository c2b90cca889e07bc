"""The parts of a recurrence rule as they stand in its text (RFC 5545, section 3.3.10), each checked by itself."""

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache

from scheduler.calendars.moments import Moment, read_value
from scheduler.calendars.read_ics import printable

Parts = tuple[tuple[str, str], ...]
"""Names and values, in upper case."""

_FREQUENCIES = frozenset({"SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_PART = re.compile(r"([A-Z-]+)=(.*)", re.DOTALL)


@lru_cache(maxsize=1024)
def parts_of(text: str) -> Parts:
    """Return the parts of a rule, COUNT and UNTIL included, without those of vendors (X-).

    Raises ValueError in words for what is no rule, or one that nobody follows.
    """
    parts: dict[str, str] = {}
    # Outlook writes blanks between weekdays.
    for piece in filter(None, "".join(text.upper().split()).split(";")):
        found = _PART.fullmatch(piece)
        if found is None or found[1] in parts:
            msg = f"its RRULE {printable(text)!r} is not a recurrence rule"
            raise ValueError(msg)
        parts[found[1]] = found[2]
    # Some write COUNT=-1, others COUNT=0 where there is none, which may then stand beside an UNTIL.
    if re.fullmatch(r"-\d{1,7}|0{1,7}", parts.get("COUNT", "")):
        del parts["COUNT"]
    _must_be_followable(parts, text)
    return tuple((name, value) for name, value in parts.items() if not name.startswith("X-"))


def _must_be_followable(parts: dict[str, str], text: str) -> None:
    what = ""
    if parts.get("FREQ") not in _FREQUENCIES:
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


def until_of(text: str, start: Moment) -> Moment:
    """Return an UNTIL in UTC, or as a date where the series starts on one.

    Without a time it means the whole of that day, without a zone it has that of the start.
    """
    found = read_value(text)
    if not isinstance(found, date):
        msg = f"its UNTIL {printable(text)!r} is not a date or time"
        raise ValueError(msg)  # noqa: TRY004 - what a file holds is a wrong value, whatever its type
    if not isinstance(start, datetime):
        return found.date() if isinstance(found, datetime) else found
    if not isinstance(found, datetime):
        found = datetime.combine(found, time(23, 59, 59))
    return (found if found.tzinfo is not None else found.replace(tzinfo=start.tzinfo)).astimezone(UTC)
