"""The roster from the text of `people.csv` alone."""

from collections.abc import Iterator, Mapping, Sequence

from scheduler.errors import Problem
from scheduler.people import Roster
from scheduler.roster.rows import Entry, Place, RowDefaults, read_row
from scheduler.roster.table import Row, Table, read_table
from scheduler.roster.whole import ReadRoster, in_order, whole


def read_roster(text: str, where: str, defaults: RowDefaults) -> ReadRoster:
    """Check the text of a roster as a whole; `where` names the file."""
    table = read_table(text, where, defaults.columns)
    entries, problems = _entries(table, where, defaults)
    found = whole(entries)
    problems = (*problems, *found.problems)
    problems = in_order(problems) or tuple(_nobody(entries, found.managers, where))
    warnings = (*table.warnings, *_zone_warning(table.rows, where, defaults))
    return ReadRoster(Roster(found.people), problems, warnings, table.columns)


def row_problems(text: str, where: str, defaults: RowDefaults) -> tuple[Problem, ...]:
    """Return what is wrong within the rows of a roster, whoever else is on it."""
    return in_order(_entries(read_table(text, where, defaults.columns), where, defaults)[1])


def _entries(table: Table, where: str, defaults: RowDefaults) -> tuple[list[Entry], tuple[Problem, ...]]:
    problems = list(table.problems)
    entries: list[Entry] = []
    for row in table.rows:
        entry, row_problems = read_row(row.cells, Place.line(where, row.line), defaults)
        problems += row_problems
        entries += [entry] if entry else []
    return entries, tuple(problems)


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
