"""What is known of calendar files: told, found again, sealed, and forgotten."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.state.file_readings import Changes, FileReadings, FileRow, Made, ReadingRow
from scheduler.state.mirror_file import FILE_NAME, MirrorFile, MirrorLost
from scheduler.timespans import Span

ANA, BO = "ana@example.com", "bo@example.com"
COVERS = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
FILE = FileRow("a.ics", "1:2:3", "digest", b"\x01\x02")
READING = ReadingRow(Made("a.ics", "made of", COVERS), "body")


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[FileReadings]:
    """Give a mirror that knows one file of Ana's, stored."""
    with MirrorFile(tmp_path) as file:
        found = FileReadings(file)
        found.change(ANA, Changes(files=(FILE,), readings=(READING,)))
        found.store()
        yield found


def test_what_was_told_is_known(rows: FileReadings) -> None:
    """Of whose calendar it was, and of no other."""
    assert rows.files(ANA) == {"a.ics": FILE}
    assert rows.made(ANA) == {"a.ics": READING.made}
    assert rows.readings(ANA) == {"a.ics": READING}
    assert (rows.files(BO), rows.made(BO), rows.readings(BO)) == ({}, {}, {})


def test_a_change_replaces_adds_and_takes_away(rows: FileReadings) -> None:
    """What is not told of stays."""
    newer = FileRow("a.ics", "", "other", None)
    second = FileRow("b.ics", "4:5", "third", b"")
    body = ReadingRow(Made("a.ics\nb.ics", "both", COVERS), "new")
    rows.change(ANA, Changes(files=(newer, second), readings=(body,), readings_gone=("a.ics",)))
    assert rows.files(ANA) == {"a.ics": newer, "b.ics": second}
    assert rows.readings(ANA) == {"a.ics\nb.ics": body}
    rows.change(ANA, Changes(files_gone=("a.ics",)))
    assert rows.files(ANA) == {"b.ics": second}


def test_those_who_left_are_forgotten(rows: FileReadings) -> None:
    """All that was known of them."""
    rows.change(BO, Changes(files=(FILE,), readings=(READING,)))
    rows.keep_only([BO])
    assert (rows.files(ANA), rows.readings(ANA)) == ({}, {})
    assert rows.files(BO) == {"a.ics": FILE}


@pytest.mark.parametrize("column", ["path", "stamp", "digest", "uids", "seal", "calendar"])
def test_a_file_whose_row_is_not_as_it_was_written_is_not_known(
    rows: FileReadings, tmp_path: Path, column: str
) -> None:
    """Whichever part of it it is."""
    harm(tmp_path, f"UPDATE files SET {column} = 'x'")  # noqa: S608 - the columns above
    assert rows.files(ANA) == {}
    assert rows.files("x") == {}


@pytest.mark.parametrize("value", ["'x'", "7", "NULL", "CAST(x'ff' AS TEXT)"])
@pytest.mark.parametrize("column", ["paths", "made_of", "since", "until", "body", "calendar"])
def test_a_reading_whose_row_is_not_as_it_was_written_is_none(
    rows: FileReadings, tmp_path: Path, column: str, value: str
) -> None:
    """Nor can it be taken for one ahead of that."""
    try:
        harm(tmp_path, f"UPDATE readings SET {column} = {value}")  # noqa: S608 - the columns and values above
    except sqlite3.IntegrityError:
        return
    with suppress(MirrorLost):  # text that is none is the loss of the whole file
        assert rows.readings(ANA) == {}
        rows.made(ANA)


def harm(folder: Path, statement: str) -> None:
    """Write to the database as nobody should."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as base:
        base.execute(statement)
        base.commit()
