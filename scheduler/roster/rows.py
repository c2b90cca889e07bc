"""One row of the roster as a person, with everything that is wrong in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from scheduler.errors import Problem
from scheduler.people import CalendarSource, Person
from scheduler.roster import cells
from scheduler.settings import RosterSettings
from scheduler.wording import fault_of
from scheduler.zones import zone

Value = TypeVar("Value")
_UTC = ZoneInfo("UTC")
_NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the roster says something: `where` heads a problem, `inside` stands within a sentence."""

    where: str
    inside: str

    @classmethod
    def line(cls, file: str, number: int) -> "Place":
        """Return a line of a file."""
        return cls(f"{file}:{number}", f"line {number}")


@dataclass(frozen=True, slots=True)
class RowDefaults:
    """What holds for empty cells, and the folder at which relative paths start.

    `columns` are those that the rules for how often name: a person keeps what theirs say.
    """

    roster: RosterSettings
    calendar: CalendarSource
    directory: Path
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """A row whose address could be read; `person` is None where another cell is at fault.

    `manager` is what the cell says, in lower case; it is not looked up yet, and `person.manager`
    is None until it is. `managed` is where the manager is said, `place` where the rest is.
    """

    place: Place
    email: str
    name: str
    manager: str | None
    managed: Place
    aliases: frozenset[str]
    person: Person | None


def read_row(
    row: Mapping[str, str], place: Place, defaults: RowDefaults
) -> tuple[Entry | None, list[Problem]]:
    """Check every cell of a row, given by column; the manager `none` is nobody."""
    reading = _Reading(row, place.where)
    email = reading.cell("email", cells.address)
    if "email" not in row:
        reading.note("this row has no email", "fill it, or take the row out")
    aliases = reading.cell("aliases", cells.addresses) or frozenset()
    person = _person(reading, email or "", aliases - {email or ""}, defaults)
    if email is None:
        return None, reading.problems
    manager = row.get("manager", "").lower()
    entry = Entry(
        place=place,
        email=email,
        name=row.get("name", ""),
        manager=manager if manager not in {"", _NOBODY} else None,
        managed=place,
        aliases=person.aliases,
        person=None if reading.problems else person,
    )
    return entry, reading.problems


class _Reading:
    """The cells of one row, and what was found wrong in them so far."""

    def __init__(self, row: Mapping[str, str], where: str) -> None:
        self.row = row
        self.where = where
        self.problems: list[Problem] = []

    def note(self, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.where, what, remedy))

    def cell(self, column: str, read: Callable[[str], Value]) -> Value | None:
        """Return the cell's value; None where it is empty or at fault, which is noted."""
        text = self.row.get(column)
        if text is None:
            return None
        try:
            return read(text)
        except ValueError as error:
            fault = fault_of(error)
            self.note(f"{column}: {fault.what}", fault.remedy)
            return None


def _person(reading: _Reading, email: str, aliases: frozenset[str], defaults: RowDefaults) -> Person:
    start, end = reading.cell("start_date", cells.day), reading.cell("end_date", cells.day)
    if start and end and end < start:
        reading.note(f"start_date {start} is after end_date {end}", "swap the two, or mend the wrong one")
    return Person(
        email=email,
        name=reading.cell("name", cells.name) or email.partition("@")[0],
        tz=reading.cell("timezone", zone) or defaults.roster.timezone or _UTC,
        hours=reading.cell("hours", cells.hours) or defaults.roster.hours,
        calendar=reading.cell(
            "calendar", lambda text: cells.calendar(text, defaults.directory, defaults.calendar)
        )
        or defaults.calendar,
        start_date=start,
        end_date=end,
        cadence=reading.cell("cadence", cells.cadence),
        no_one_to_one=reading.row.get("cadence", "").casefold() == "none",
        country=reading.cell("country", cells.country),
        aliases=aliases,
        prefers=reading.cell("prefers", cells.half_day),
        columns={column: cell for column, cell in reading.row.items() if column in defaults.columns},
    )
