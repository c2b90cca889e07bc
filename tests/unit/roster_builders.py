"""Rosters from the text of people.csv, and what is wrong with them."""

from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.people import CalendarSource, Person
from scheduler.roster import ReadRoster, RowDefaults, read_roster
from scheduler.settings import RosterSettings

DEFAULTS = RowDefaults(
    RosterSettings(timezone=ZoneInfo("Europe/London")), CalendarSource("folder"), Path("/conf")
)
PAIR = "email,manager\nann@example.com,\nbo@example.com,ann@example.com\n"


def read(text: str, defaults: RowDefaults = DEFAULTS) -> ReadRoster:
    """Read the text of a roster."""
    return read_roster(text, "people.csv", defaults)


def roster_faults(text: str) -> list[str]:
    """Return the roster's problems as lines, without the file's name."""
    return [str(problem).removeprefix("people.csv:").strip() for problem in read(text).problems]


def person(**cells: str) -> Person:
    """Return the person that a row with these cells gives."""
    found = read(row_of(cells))
    assert found.problems == ()
    return found.roster.people["cy@example.com"]


def fault(**cells: str) -> str:
    """Return the one problem that a row with these cells gives; the row is on line 3."""
    (problem,) = roster_faults(row_of(cells))
    assert problem.startswith("3: ")
    return problem.removeprefix("3: ")


def row_of(cells: dict[str, str]) -> str:
    """Return a roster of Ann, and on line 3 a row with these cells."""
    row = {"email": "cy@example.com", "manager": "ann@example.com"} | cells
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in row.values())
    return f"{','.join(row)}\nann@example.com,{',' * (len(row) - 2)}\n{quoted}\n"
