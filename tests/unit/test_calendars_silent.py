"""The page on where the standard is silent names a test for each row, and each calendar file has a test."""

import re
from pathlib import Path

from tests.unit.silent_builders import FOLDER

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "where-the-standard-is-silent.md").read_text()
TESTS = "".join(path.read_text() for path in sorted(HERE.glob("test_calendars_silent_*.py")))
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and "`test_" in line]
COLUMNS = 7
SOURCES = re.compile(r"\[(\w+)\](?!:)")


def test_each_row_names_a_test_that_there_is() -> None:
    """And each test stands in a row."""
    named = re.findall(r"`(test_\w+)`", PAGE)
    assert sorted(named) == sorted(re.findall(r"def (test_\w+)", TESTS))
    assert len(ROWS) == len(named)


def test_each_calendar_file_has_a_test() -> None:
    """And each test its calendar file."""
    read = re.findall(r'\b(?:days|days_off|times|filed|fault|warning|one)\("(\w+)"', TESTS)
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.ics" for name in read}


def test_each_row_is_whole() -> None:
    """The case, what the standard, Google, Outlook and Apple do, what is done here, and the test."""
    assert {len(re.split(r"(?<!\\)\|", row)) - 2 for row in ROWS} == {COLUMNS}
    assert not [row for row in ROWS if not all(cell.strip() for cell in row.strip("|").split("|"))]


def test_each_source_is_given() -> None:
    """What is said of a vendor has a source at the foot of the page, and no source stands there for nothing."""
    given = set(re.findall(r"^\[(\w+)\]: ", PAGE, re.MULTILINE))
    told = {name for row in ROWS for name in SOURCES.findall(row)}
    assert told == given


def test_what_is_not_known_is_said() -> None:
    """A vendor's cell has a source, or says that none was found."""
    for row in ROWS:
        _, _, google, outlook, apple, *_ = (cell.strip() for cell in row.strip("|").split("|"))
        assert all("not known" in cell or SOURCES.search(cell) for cell in (google, outlook, apple)), row
