"""What is remembered between runs."""

import hashlib
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from scheduler.errors import BadConfig, WriteFailed
from scheduler.memory import (
    AgendaWritten,
    Exported,
    MadeSeries,
    Memory,
    OpenerUse,
    PairSeen,
    Refusal,
    SeriesState,
)
from scheduler.state import database, tables
from scheduler.state.database import FILE_NAME, copied_to_memory, transaction
from scheduler.state.store import Store, open_memory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MADE = MadeSeries(
    uid="u",
    key="k",
    manager="ann@x.org",
    report="bo@x.org",
    generation=1,
    start=datetime(2026, 12, 1, 10, tzinfo=BERLIN),
    timezone="Europe/Berlin",
    rrule="FREQ=WEEKLY",
    minutes=30,
    summary='1-2-1: Ännchen, "B" / 李\u202e;\'--',
    state=SeriesState.BEGUN,
    created_at=NOW,
)
WHOLE = Memory(
    began=NOW,
    series=(MADE,),
    pairs_seen=(PairSeen("ann@x.org", "bo@x.org", NOW),),
    openers=(OpenerUse("ann@x.org", "bo@x.org", "f00", NOW),),
    agendas=(AgendaWritten("ann@x.org", "bo@x.org", NOW),),
    exported=(Exported("u", "", "d", 3, NOW),),
    refusals=(Refusal("ann@x.org", "bo@x.org", "theirs", NOW, None),),
)


def keep(store: Store, memory: Memory) -> None:
    """Write all of it."""
    store.remember_series(*memory.series)
    store.remember_pairs(memory.pairs_seen)
    store.remember_openers(memory.openers)
    store.remember_agendas(*memory.agendas)
    store.remember_exported(memory.exported)
    store.remember_refusals(*memory.refusals)


def written(directory: Path, memory: Memory = WHOLE) -> Path:
    """Return the file that holds this memory."""
    with Store(directory, NOW) as store:
        keep(store, memory)
    return directory / FILE_NAME


def fingerprint(path: Path) -> str:
    """Return what changes with any byte."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """All of it, in its own zone."""
    written(tmp_path)
    assert open_memory(tmp_path) == WHOLE
    assert open_memory(tmp_path).series[0].start.tzinfo == BERLIN


MOMENTS = st.datetimes(
    min_value=datetime(1980, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    timezones=st.sampled_from([UTC, BERLIN, timezone(timedelta(hours=5, minutes=45))]),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@trying(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.builds(Exported, TEXTS, TEXTS, TEXTS, st.integers(0, 2**31), MOMENTS),
    st.builds(OpenerUse, TEXTS, TEXTS, TEXTS, MOMENTS),
)
def test_any_text_and_any_moment_comes_back(tmp_path: Path, exported: Exported, use: OpenerUse) -> None:
    """Whatever people are called."""
    with Store(tmp_path, NOW) as store:
        store.remember_exported([exported])
        store.remember_openers([use])
    memory = open_memory(tmp_path)
    assert exported.uid in {each.uid for each in memory.exported}
    assert any(
        each.used_for == use.used_for.astimezone(UTC) and each.opener == use.opener for each in memory.openers
    )


def test_nothing_is_remembered_where_nothing_was_written(tmp_path: Path) -> None:
    """And looking creates nothing."""
    assert open_memory(tmp_path / "state") == Memory()
    assert list(tmp_path.iterdir()) == []


def test_writing_nothing_creates_nothing(tmp_path: Path) -> None:
    """The file comes with the first thing to remember."""
    with Store(tmp_path / "state", NOW) as store:
        keep(store, Memory())
    assert list(tmp_path.iterdir()) == []


def test_reading_leaves_every_byte_and_no_file_beside(tmp_path: Path) -> None:
    """Also where the folder may not be written."""
    path = written(tmp_path)
    before = fingerprint(path), path.stat().st_mtime_ns
    assert open_memory(tmp_path) == WHOLE
    assert (fingerprint(path), path.stat().st_mtime_ns) == before
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]


def test_remembering_the_same_again_leaves_every_byte(tmp_path: Path) -> None:
    """A run with nothing to do writes nothing."""
    path = written(tmp_path)
    before = fingerprint(path), path.stat().st_mtime_ns
    written(tmp_path)
    tokyo = ZoneInfo("Asia/Tokyo")
    written(tmp_path, replace(WHOLE, exported=(replace(WHOLE.exported[0], stamped=NOW.astimezone(tokyo)),)))
    assert (fingerprint(path), path.stat().st_mtime_ns) == before
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]


def test_a_series_is_kept_as_it_is_now(tmp_path: Path) -> None:
    """Each state in place of the one before."""
    written(tmp_path)
    standing = replace(MADE, state=SeriesState.STANDING, link="file:///a", ended_at=NOW, refused_at=NOW)
    with Store(tmp_path, NOW + timedelta(days=1)) as store:
        store.remember_series(standing)
        assert open_memory(tmp_path).series == (standing,)
    assert open_memory(tmp_path).began == NOW


def test_first_times_stay(tmp_path: Path) -> None:
    """When a pair or a no was first seen does not move."""
    written(tmp_path)
    with Store(tmp_path, NOW) as store:
        store.remember_pairs([PairSeen("ann@x.org", "bo@x.org", NOW + timedelta(days=9))])
        store.remember_refusals(
            Refusal("ann@x.org", "bo@x.org", "theirs", NOW + timedelta(days=9), "bo@x.org")
        )
    memory = open_memory(tmp_path)
    assert memory.pairs_seen == WHOLE.pairs_seen
    assert memory.refusals == WHOLE.refusals


def test_many_at_once(tmp_path: Path) -> None:
    """Large organisations: one query, one transaction."""
    seen = [PairSeen("ann@x.org", f"{n}@x.org", NOW) for n in range(3_000)]
    with Store(tmp_path, NOW) as store:
        store.remember_pairs(seen)
        before = fingerprint(tmp_path / FILE_NAME)
        store.remember_pairs(seen)
    assert len(open_memory(tmp_path).pairs_seen) == 3_000
    assert fingerprint(tmp_path / FILE_NAME) == before


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    """Who meets whom is nobody's business."""
    path = written(tmp_path / "new" / "state")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_no_column_could_hold_what_is_said() -> None:
    """No titles of other meetings, no notes, no questions: the columns are those of `scheduler.memory`."""
    kinds = {
        "series": MadeSeries,
        "pairs_seen": PairSeen,
        "openers": OpenerUse,
        "agendas": AgendaWritten,
        "exported": Exported,
        "refusals": Refusal,
    }
    for name, kind in kinds.items():
        assert [c.name for c in tables.metadata.tables[name].columns] == [f.name for f in fields(kind)]
    assert set(tables.metadata.tables) == {*kinds, "about"}


def scripts() -> ScriptDirectory:
    """Return the migrations."""
    config = Config()
    config.set_main_option("script_location", "scheduler.state:migrations")
    return ScriptDirectory.from_config(config)


def test_migrations_lead_to_the_tables(tmp_path: Path) -> None:
    """One head, which the tables name; every revision is known; nothing differs."""
    assert scripts().get_heads() == [tables.HEAD]
    assert {each.revision for each in scripts().walk_revisions()} == tables.KNOWN
    with transaction(copied_to_memory(written(tmp_path))) as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_an_older_schema_is_read_in_a_copy_and_upgraded_by_the_first_write(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Reading leaves the file as it is."""
    path = written(tmp_path)
    before = fingerprint(path)
    upgraded = []

    def upgrade(connection: object) -> None:
        upgraded.append(connection)

    monkeypatch.setattr(tables, "HEAD", "0002")
    monkeypatch.setattr("scheduler.state.store.upgrade", upgrade)
    assert open_memory(tmp_path) == WHOLE
    assert fingerprint(path) == before
    assert len(upgraded) == 1
    with Store(tmp_path, NOW) as store:
        store.remember_agendas(AgendaWritten("x", "y", NOW))
    assert len(upgraded) == 2


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
