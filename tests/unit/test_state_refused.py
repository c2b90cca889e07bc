"""A memory that cannot be written: a full disk, a missing permission, a folder that is none."""

import sqlite3
from pathlib import Path

import pytest

from scheduler.errors import BadConfig, WriteFailed
from scheduler.memory import AgendaWritten, PairSeen
from scheduler.state import database
from scheduler.state.database import FILE_NAME
from scheduler.state.store import Store, open_memory
from tests.unit.state_builders import NOW, WHOLE, written


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (sqlite3.OperationalError("database or disk is full"), "the disk is full; make room and run again"),
        (OSError(28, "No space left on device"), "the disk is full"),
        (sqlite3.OperationalError("database is locked"), "another program holds the database"),
        (
            sqlite3.OperationalError("attempt to write a readonly database"),
            "may not be written; give this user",
        ),
        (PermissionError(13, "Permission denied"), "may not be written"),
        (sqlite3.OperationalError("disk I/O error"), "can't be written (disk I/O error)"),
    ],
)
def test_what_keeps_it_from_being_written_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    what: str,
) -> None:
    """One sentence, and exit code 4 for that change."""

    def fail(_: Path) -> sqlite3.Connection:
        raise error

    monkeypatch.setattr("scheduler.state.store.open_for_writing", fail)
    with Store(tmp_path, NOW) as store, pytest.raises(WriteFailed) as caught:
        store.remember_agendas(AgendaWritten("x", "y", NOW))
    assert what in str(caught.value)


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own limit on pages stands for the disk's."""
    written(tmp_path)
    really = database.open_for_writing

    def small(path: Path) -> sqlite3.Connection:
        connection = really(path)
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    monkeypatch.setattr("scheduler.state.store.open_for_writing", small)
    with Store(tmp_path, NOW) as store, pytest.raises(WriteFailed, match="the disk is full"):
        store.remember_pairs([PairSeen("x" * 100, f"{n}@x.org", NOW) for n in range(500)])
    assert open_memory(tmp_path) == WHOLE


def test_a_folder_without_write_permission(tmp_path: Path) -> None:
    """It can still be read, and reading leaves nothing beside it."""
    written(tmp_path)
    tmp_path.chmod(0o500)
    try:
        assert open_memory(tmp_path) == WHOLE
        assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    """One sentence each for reading and writing."""
    (tmp_path / "state").write_text("not a folder")
    with pytest.raises(WriteFailed), Store(tmp_path / "state", NOW) as store:
        store.remember_agendas(AgendaWritten("x", "y", NOW))


def test_a_file_that_is_a_folder(tmp_path: Path) -> None:
    """It can't be read, and that is said."""
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(BadConfig, match="can't be read"):
        open_memory(tmp_path)
