"""The roster from the text of `people.csv`: who works here and who manages whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.errors import Problem
from scheduler.people import Roster
from scheduler.roster.managers import address_problems, resolved_managers, ring_problems
from scheduler.roster.rows import Entry, RowDefaults, read_row
from scheduler.roster.table import Row, read_table

__all__ = ["ReadRoster", "RowDefaults", "read_roster"]


@dataclass(frozen=True, slots=True)
class ReadRoster:
    """The people without fault, everything that is wrong by line, and what is odd but stops nothing."""

    roster: Roster
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def read_roster(text: str, where: str, defaults: RowDefaults) -> ReadRoster:
    """Check the text of a roster as a whole; `where` names the file."""
    table = read_table(text, where)
    problems = list(table.problems)
    entries: list[Entry] = []
    for row in table.rows:
        entry, row_problems = read_row(row, where, defaults)
        problems += row_problems
        entries += [entry] if entry else []
    managers, manager_problems = resolved_managers(entries, where)
    problems += [
        *address_problems(entries, where),
        *manager_problems,
        *ring_problems(entries, managers, where),
    ]
    problems = sorted(problems, key=_line) or list(_nobody(entries, managers, where))
    people = {
        entry.email: replace(entry.person, manager=managers.get(entry.email))
        for entry in entries
        if entry.person
    }
    warnings = (*table.warnings, *_zone_warning(table.rows, where, defaults))
    return ReadRoster(Roster(people), tuple(problems), warnings)


def _nobody(entries: Sequence[Entry], managers: Mapping[str, str], where: str) -> Iterator[Problem]:
    if not entries:
        yield Problem(where, "there is nobody on the roster", "write a row for each person below the header")
    elif not managers:
        remedy = "write each person's manager, by email, into the column 'manager'"
        yield Problem(where, "nobody on the roster has a manager, so there is nobody to meet", remedy)


def _zone_warning(rows: Sequence[Row], where: str, defaults: RowDefaults) -> Iterator[Problem]:
    lacking = [row.line for row in rows if "timezone" not in row.cells]
    if lacking and defaults.roster.timezone is None:
        what = (
            f"{len(lacking)} {'person has' if len(lacking) == 1 else 'people have'} no timezone; UTC is taken"
        )
        yield Problem(
            f"{where}:{lacking[0]}", what, "fill the column, or set 'timezone' in [roster] of onetoone.toml"
        )


def _line(problem: Problem) -> int:
    _, _, line = problem.where.rpartition(":")
    return int(line) if line.isdigit() else 0
