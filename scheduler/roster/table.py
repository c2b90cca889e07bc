"""`people.csv` as rows of named cells, each with its line; what spreadsheets make of a CSV file included."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.errors import Problem
from scheduler.wording import column_name, did_you_mean, one_of, quoted

COLUMNS = (
    "email",
    "name",
    "manager",
    "timezone",
    "hours",
    "start_date",
    "end_date",
    "cadence",
    "country",
    "calendar",
    "aliases",
    "prefers",
)
_DELIMITERS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r"sep=(?P<delimiter>[,;\t])\s*", re.IGNORECASE)
_EXAMPLE = "email,name,manager,timezone"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it begins, and its cells by column; empty cells and blanks at the ends are gone."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that could be read, every problem, the columns that nobody reads as warnings, and all there are."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    cells: list[str]


def read_table(text: str, where: str, others: frozenset[str] = frozenset()) -> Table:
    """Read the text of a roster; `where` names the file, `others` what is read beside `COLUMNS`.

    Cells are parted by commas, or by semicolons or tabs where the header has those (RFC 4180 for
    the rest). Lines are those of the file, also after a cell with line breaks in it.
    """
    records, problems = _records(text, where)
    records = [record for record in records if any(cell.strip() for cell in record.cells)]
    if not records:
        empty = Problem(where, "there is nothing in it", f"begin with a line such as {_EXAMPLE}")
        return Table((), tuple(problems) or (empty,))
    header, *rest = records
    columns = [column_name(cell) for cell in header.cells]
    wanted = (*COLUMNS, *sorted(others - {*COLUMNS}))
    header_problems = tuple(_header_problems(columns, header, where, wanted))
    if header_problems:
        return Table((), (*problems, *header_problems))
    too_long = [
        _too_long(record, len(columns), where) for record in rest if _is_too_long(record, len(columns))
    ]
    rows = filter(None, (_row(columns, record, wanted) for record in rest))
    warnings = tuple(_column_warnings(columns, header, where, wanted))
    return Table(tuple(rows), (*problems, *too_long), warnings, tuple(filter(None, columns)))


def _records(text: str, where: str) -> tuple[list[_Record], list[Problem]]:
    """Take the text apart; a line that breaks the rules of quoting costs that line alone."""
    stream = io.StringIO(text, newline="")
    skipped, delimiter = _delimiter(text)
    for _ in range(skipped):
        stream.readline()
    reader = csv.reader(stream, delimiter=delimiter, strict=True, skipinitialspace=True)
    records: list[_Record] = []
    problems: list[Problem] = []
    while True:
        line = skipped + reader.line_num + 1
        try:
            records.append(_Record(line, next(reader)))
        except StopIteration:
            return records, problems
        except csv.Error as error:
            problems.append(_quoting(str(error), f"{where}:{line}"))


def _quoting(error: str, where: str) -> Problem:
    if "unexpected end" in error:
        return Problem(where, "a quote is opened here and never closed", 'close the cell with "')
    if "field larger" in error:
        return Problem(
            where, "a cell has more than 131072 characters", "look for a quote that is never closed"
        )
    return Problem(
        where, "there is text after the closing quote of a cell", 'write a quote inside a cell twice: ""'
    )


def _delimiter(text: str) -> tuple[int, str]:
    """Return how many lines stand above the header, and what parts its cells."""
    first, _, rest = text.partition("\n")
    said = _SEPARATOR_LINE.fullmatch(first)
    if said:
        return 1, said["delimiter"]
    header = next((line for line in (first, *rest.split("\n", 20)) if line.strip()), "")
    return 0, max(_DELIMITERS, key=header.count)


def _header_problems(
    columns: list[str], header: _Record, where: str, wanted: tuple[str, ...]
) -> Iterator[Problem]:
    at = f"{where}:{header.line}"
    if "email" not in columns:
        what = "the first line has no column 'email'"
        if any("@" in cell for cell in header.cells):
            what = "the first line is a person; it must name the columns"
        near = [cell for cell in columns if did_you_mean(cell, ["email"])]
        remedy = (
            f"write 'email' in place of {quoted(near[0])}"
            if near
            else f"begin with a line such as {_EXAMPLE}"
        )
        yield Problem(at, what, remedy)
    for column in wanted:
        if columns.count(column) > 1:
            yield Problem(
                at, f"there are {columns.count(column)} columns {column!r}", "keep the one that is meant"
            )


def _column_warnings(
    columns: list[str], header: _Record, where: str, wanted: tuple[str, ...]
) -> Iterator[Problem]:
    for cell, column in zip(header.cells, columns, strict=True):
        if column and column not in wanted:
            remedy = did_you_mean(column, wanted) or f"the columns that are read: {one_of(wanted)}"
            yield Problem(f"{where}:{header.line}", f"the column {quoted(cell.strip())} is not read", remedy)


def _row(columns: list[str], record: _Record, wanted: tuple[str, ...]) -> Row | None:
    """Name the cells; of a row that is too long only the email is sure, so that others still find it."""
    cells = zip(
        columns, map(str.strip, record.cells), strict=False
    )  # a spreadsheet leaves out empty cells at the end
    named = {column: cell for column, cell in cells if cell and column in wanted}
    if not _is_too_long(record, len(columns)):
        return Row(record.line, named)
    email = named.get("email", "")
    return Row(record.line, {"email": email}) if "@" in email else None


def _is_too_long(record: _Record, columns: int) -> bool:
    return any(cell.strip() for cell in record.cells[columns:])


def _too_long(record: _Record, columns: int, where: str) -> Problem:
    what = f"this row has {len(record.cells)} cells, the header names {columns}"
    return Problem(f"{where}:{record.line}", what, 'put a cell with a comma in it into quotes: "Lee, Ann"')
