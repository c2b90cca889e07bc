"""The schema of what is remembered: its columns, its migrations, an older one."""

from dataclasses import fields
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from scheduler.memory import AgendaWritten, Exported, MadeSeries, OpenerUse, PairSeen, Refusal
from scheduler.state import tables
from scheduler.state.database import copied_to_memory, transaction
from scheduler.state.store import Store, open_memory
from tests.unit.state_builders import NOW, WHOLE, fingerprint, written


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
