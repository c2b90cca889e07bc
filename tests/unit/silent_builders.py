"""The calendar files of `tests/calendar_files`, read as Ana's in Berlin, and what takes place in them told in short."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.meetings import CalendarReading
from scheduler.timespans import Span
from tests.unit.calendars_builders import BERLIN, cancelled, person, read, starts

FOLDER = Path(__file__).parents[1] / "calendar_files"
AUTUMN_AND_SPRING = Span(datetime(2026, 8, 31, tzinfo=UTC), datetime(2027, 4, 15, tzinfo=UTC))


def filed(name: str, *, tz: ZoneInfo = BERLIN) -> CalendarReading:
    """Return the reading of one calendar file, from September 2026 to the middle of April 2027."""
    return read((FOLDER / f"{name}.ics").read_bytes(), person(tz=tz), AUTUMN_AND_SPRING)


def days(name: str) -> list[str]:
    """Return the days on which something takes place, as month and day in UTC."""
    return [each[5:10] for each in starts(filed(name))]


def times(name: str, *, tz: ZoneInfo = BERLIN) -> list[str]:
    """Return when what takes place starts, in UTC, without the year."""
    return [each[5:] for each in starts(filed(name, tz=tz))]


def days_off(name: str) -> list[str]:
    """Return the original days of what was called off, as month and day in UTC."""
    return [each[5:10] for each in cancelled(filed(name))]


def fault(name: str) -> str:
    """Return what is wrong with the one event that can't be read."""
    (found,) = filed(name).unread
    return found.problem.what


def warning(name: str) -> str:
    """Return the one warning that there is."""
    (found,) = filed(name).warnings
    return found.what
