"""One-off events that surely take place at another time, told by a few of their lines before any is taken apart.

Most of a calendar is past meetings. Only what can't be read otherwise is called elsewhere here: one DTSTART and one
DTEND in the usual forms, days away from the window, and no line that could make it repeat or make it broken. Whatever
else there is, is read in full.
"""

import re
from datetime import UTC, date, datetime, timedelta

from scheduler.calendars.components import Block
from scheduler.calendars.moments import Moment, is_day
from scheduler.calendars.zones import known_zone
from scheduler.timespans import Span

_When = tuple[str, str]
_WHEN = r"DT(START|END)(;VALUE=DATE|;TZID=[A-Za-z][A-Za-z_/-]*+)?+:([0-9]{8}(?:T(?:[01][0-9]|2[0-3])[0-9]{4}Z?)?)\r?\n(?![ \t])"
# There may be one of each; two of them may contradict each other.
_ONE_OF_EACH = ("UID", "STATUS", "TRANSP", "ORGANIZER")
_UNSURE = frozenset(
    {
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"),
        "X-MICROSOFT-RRULE",
    }
)
_NAMES = "|".join((*_ONE_OF_EACH, *sorted(_UNSURE), "BEGIN", "END"))
_TOLD = re.compile(rf"\n(?:(?={_WHEN})|({_NAMES})[;:])")
# Midnight is another moment in each zone, and whole days may be written as times (see `quirks.outlook`).
_MARGIN = timedelta(days=3)
_FIRST_YEAR, _LAST_YEAR = "0003", "9997"
_LENGTHS = {";VALUE=DATE": len("20261124"), "": len("20261124T100000Z")}


class Elsewhere:
    """What lies clearly outside of a half-open window."""

    def __init__(self, window: Span) -> None:
        """Take the window, and a margin around it."""
        self._before = (window.start.astimezone(UTC) - _MARGIN).strftime("%Y%m%d")
        self._after = (window.end.astimezone(UTC) + _MARGIN).strftime("%Y%m%d")

    def surely_holds(self, block: Block) -> bool:
        """Say whether it is a one-off event that can be read, and that takes place outside of the window."""
        found = _start_and_end(block) if block.plain else None
        if found is None:
            return False
        start, end = found
        if not (end[1][:8] < self._before or start[1][:8] > self._after):
            return False
        first, last = _moment(*start), _moment(*end)
        return first is not None and last is not None and is_day(first) is is_day(last) and first <= last


def _start_and_end(block: Block) -> tuple[_When, _When] | None:
    """Return the parameter and the value of DTSTART and DTEND, where nothing else can matter to when it is."""
    found: dict[str, _When] = {}
    depth = 0
    for kind, parameter, value, other in _TOLD.findall(block.text, block.start, block.end):
        name = kind or other
        if name == "BEGIN":
            depth += 1
        elif name == "END" and not kind:
            depth -= 1
        elif depth == 0:
            if name in found or name in _UNSURE:
                return None
            found[name] = parameter, value
    return (found["START"], found["END"]) if found.keys() >= {"START", "END"} else None


def _moment(parameter: str, value: str) -> Moment | None:
    """Return the date, or the time in UTC, that is written there; None where that is not sure."""
    if not _FIRST_YEAR < value[:4] < _LAST_YEAR or len(value) != _LENGTHS.get(
        parameter, len("20261124T100000")
    ):
        return None
    try:
        if parameter == ";VALUE=DATE":
            return date.fromisoformat(value)
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    zone = known_zone(parameter.removeprefix(";TZID=")) if parameter else UTC
    return found.replace(tzinfo=zone).astimezone(UTC) if zone is not None else None
