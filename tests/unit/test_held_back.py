"""What a run reads of files is held aside until it may be kept: who only looks leaves nothing on the disk."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.state.file_readings import Changes, FileReadings, FileRow, Made, ReadingRow
from scheduler.state.held_back import HeldBack
from scheduler.state.mirror_file import FILE_NAME, MirrorFile
from scheduler.timespans import Span

ANA, BO = "ana@example.com", "bo@example.com"
COVERS = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def known(name: str) -> Changes:
    """Return what there is to know of one file."""
    reading = ReadingRow(Made(name, "made of", COVERS), "body")
    return Changes(files=(FileRow(name, "1:2:3", "digest"),), readings=(reading,))


def kept(folder: Path, calendar: str) -> list[str]:
    """Return which files the next run knows of a calendar."""
    with MirrorFile(folder) as file:
        return sorted(FileReadings(file).files(calendar))


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """Give a folder whose mirror knows one file of Ana's."""
    with MirrorFile(tmp_path) as file:
        FileReadings(file).change(ANA, known("one.ics"))
    return tmp_path


def test_who_only_looks_makes_no_file(tmp_path: Path) -> None:
    """What was read is known for as long as the command runs."""
    with MirrorFile(tmp_path, begins=False) as file:
        rows = HeldBack(file)
        rows.change(ANA, known("one.ics"))
        assert list(rows.readings(ANA)) == list(rows.made(ANA)) == list(rows.files(ANA)) == ["one.ics"]
    assert list(tmp_path.iterdir()) == []


def test_who_only_looks_changes_no_byte_of_the_file(before: Path) -> None:
    """What is there is used, and what changed since is known beside it."""
    data = (before / FILE_NAME).read_bytes()
    with MirrorFile(before, begins=False) as file:
        rows = HeldBack(file)
        assert list(rows.files(ANA)) == ["one.ics"]
        rows.change(ANA, known("two.ics"))
        rows.change(BO, known("three.ics"))
        assert sorted(rows.files(ANA)) == ["one.ics", "two.ics"]
        assert sorted(rows.files(BO)) == ["three.ics"]
    assert (before / FILE_NAME).read_bytes() == data


@pytest.mark.parametrize("begun", [True, False])
def test_what_was_held_aside_is_there_once_it_may_be_kept(tmp_path: Path, before: Path, begun: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Beside what was there, and what is read from then on; where there was no file, in one that is made."""
    folder = before if begun else tmp_path / "new"
    with MirrorFile(folder, begins=False) as file:
        rows = HeldBack(file)
        rows.change(ANA, known("two.ics"))
        hidden_by = rows.secret()
        rows.keep([ANA, BO])
        rows.change(BO, known("three.ics"))
        assert rows.secret() == hidden_by
        assert sorted(rows.files(ANA)) == [*["one.ics"] * begun, "two.ics"]
    assert kept(folder, ANA) == [*["one.ics"] * begun, "two.ics"]
    assert kept(folder, BO) == ["three.ics"]


def test_to_keep_is_to_forget_who_left(before: Path) -> None:
    """Whoever is on the roster no more leaves nothing here."""
    with MirrorFile(before, begins=False) as file:
        HeldBack(file).keep([BO])
    assert kept(before, ANA) == []


def test_where_another_run_began_the_mirror_meanwhile_nothing_is_mixed(tmp_path: Path) -> None:
    """It hides addresses by another word: what was held aside is read again another time."""
    with MirrorFile(tmp_path, begins=False) as file:
        rows = HeldBack(file)
        rows.change(ANA, known("one.ics"))
        with MirrorFile(tmp_path) as other:
            FileReadings(other).change(BO, known("two.ics"))
        rows.keep([ANA, BO])
        assert list(rows.files(ANA)) == []
        assert list(rows.files(BO)) == ["two.ics"]


def test_a_disk_that_takes_nothing_leaves_what_was_held_aside_to_the_next_run(tmp_path: Path) -> None:
    """A file stands where the folder should be: the run goes on."""
    (tmp_path / "state").write_text("")
    with MirrorFile(tmp_path / "state", begins=False) as file:
        rows = HeldBack(file)
        rows.change(ANA, known("one.ics"))
        rows.keep([ANA])
        rows.change(ANA, known("two.ics"))
        assert "two.ics" in rows.files(ANA)
