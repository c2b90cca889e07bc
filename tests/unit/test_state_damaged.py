"""A memory that is damaged, of another program, or cut short by a kill."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from scheduler.errors import BadConfig, WriteFailed
from scheduler.memory import AgendaWritten, Memory
from scheduler.state.database import FILE_NAME
from scheduler.state.store import Store, open_memory
from tests.unit.state_builders import NOW, WHOLE, fingerprint, written


def alter(path: Path, *statements: str) -> None:
    """Run these statements on the file."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def from_the_future(path: Path) -> None:
    """Be of a later version."""
    alter(path, "UPDATE alembic_version SET version_num = '9999'")


def of_another_program(path: Path) -> None:
    """Be somebody else's database."""
    alter(path, "DROP TABLE alembic_version")


def overwritten(path: Path) -> None:
    """Be no database at all."""
    path.write_bytes(b"not a database, but long enough to look at" * 50)


def torn(path: Path) -> None:
    """Lose its second half."""
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


def meddled(path: Path) -> None:
    """Hold what this program never writes."""
    alter(path, "UPDATE series SET state = 'sleeping'")


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (
            from_the_future,
            "made by a newer onetoone (its schema is 9999, this one knows 0001); upgrade onetoone",
        ),
        (of_another_program, "the database was not made by onetoone; set another [job] state"),
        (overwritten, "the database is damaged; put a backup in its place"),
        (torn, "the database is damaged; put a backup in its place"),
        (meddled, "the database is damaged; put a backup in its place"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path,
    spoil: Callable[[Path], None],
    what: str,
) -> None:
    """The file, what is wrong with it, what to do; and nothing is written to it."""
    path = written(tmp_path)
    spoil(path)
    before = fingerprint(path)
    with pytest.raises(BadConfig) as caught:
        open_memory(tmp_path)
    assert str(caught.value).startswith(f"{path}: ")
    assert what in str(caught.value)
    assert fingerprint(path) == before


@pytest.mark.parametrize("spoil", [from_the_future, of_another_program])
def test_what_is_not_ours_to_write_is_not_written(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    """A newer version's memory, or another program's."""
    path = written(tmp_path)
    spoil(path)
    before = fingerprint(path)
    with Store(tmp_path, NOW) as store, pytest.raises(BadConfig):
        store.remember_agendas(AgendaWritten("x", "y", NOW))
    assert fingerprint(path) == before


def test_a_damaged_file_cannot_be_written(tmp_path: Path) -> None:
    """One sentence for one change."""
    overwritten(written(tmp_path))
    with Store(tmp_path, NOW) as store, pytest.raises(WriteFailed, match="the database is damaged"):
        store.remember_agendas(AgendaWritten("x", "y", NOW))


def test_an_empty_file_is_an_empty_memory(tmp_path: Path) -> None:
    """A run was killed before it wrote the first table."""
    (tmp_path / FILE_NAME).touch()
    assert open_memory(tmp_path) == Memory()
    written(tmp_path)
    assert open_memory(tmp_path) == WHOLE


def test_a_killed_write_is_undone(tmp_path: Path) -> None:
    """The journal that it left is played back: in a copy by who reads, in the file by who writes."""
    path = written(tmp_path)
    hot = tmp_path / "hot"
    hot.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE series SET summary = 'half'")
        for n in range(3_000):
            connection.execute("INSERT INTO agendas VALUES ('a', ?, 'x')", (f"{n:0200}",))
        for each in tmp_path.iterdir():
            if each.is_file():
                (hot / each.name).write_bytes(each.read_bytes())
    journal = hot / f"{FILE_NAME}-journal"
    assert journal.stat().st_size > 0
    before = fingerprint(hot / FILE_NAME)
    assert open_memory(hot) == WHOLE
    assert fingerprint(hot / FILE_NAME) == before
    assert journal.exists()
    written(hot)
    assert open_memory(hot) == WHOLE
    assert not journal.exists()


def test_a_transaction_holds_for_tables_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed while the tables are made, there are none."""

    class Killed(BaseException):
        """The power went."""

    def killed(*_: object) -> None:
        raise Killed

    monkeypatch.setattr("scheduler.state.store._replace", killed)
    with pytest.raises(Killed), Store(tmp_path, NOW) as store:
        store.remember_agendas(AgendaWritten("x", "y", NOW))
    monkeypatch.undo()
    assert open_memory(tmp_path) == Memory()
    written(tmp_path)
    assert open_memory(tmp_path) == WHOLE
