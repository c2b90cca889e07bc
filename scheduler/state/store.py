"""What is remembered between runs: reading all of it, and writing a piece of it at a time.

Reading creates and changes nothing. A write is one transaction: killed at any instruction, it happened
or it did not. What is stored already is not written again, so that an idle run leaves every byte as it was.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any, Self

from sqlalchemy import Connection, Engine, Table, and_, or_, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import OperationalError

from scheduler.memory import AgendaWritten, Exported, MadeSeries, Memory, OpenerUse, PairSeen, Refusal
from scheduler.state import tables
from scheduler.state.database import (
    FILE_NAME,
    copied_to_memory,
    engine_of,
    is_unfinished,
    open_for_writing,
    open_read_only,
    recovered,
    revision_of,
    transaction,
    unreadable_in_words,
    unwritten_in_words,
    upgrade,
)
from scheduler.state.rows import Kind, Remembered, Row, item_of, row_of

_FEW = 50


def open_memory(directory: Path) -> Memory:
    """Return all that is remembered; nothing where nothing was ever written.

    An older schema is brought up to date in a copy in memory. Raises BadConfig where the file was made by
    a newer version, is damaged or can't be read.
    """
    path = directory / FILE_NAME
    with unreadable_in_words(path):
        if not path.exists():
            return Memory()
        try:
            return _read(path)
        except OperationalError as error:
            if not is_unfinished(error):
                raise
        with recovered(path) as whole:
            return _read(whole)


class Store:
    """Where the job writes down what it did, as it does it; the file is created by the first write.

    `now` is when the memory begins, should this be its first write. Every method raises WriteFailed where
    the file can't be written, and BadConfig where it is not ours to write; may be called again with the
    same data, and by several threads; and writes nothing that is there already.
    """

    def __init__(self, directory: Path, now: datetime) -> None:
        """Open nothing yet."""
        self._path = directory / FILE_NAME
        self._now = now
        self._engine: Engine | None = None
        self._turn = RLock()

    def __enter__(self) -> Self:
        """Be closed at the end of a `with`."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file, if it was opened; what was remembered is on the disk already."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def remember_series(self, *made: MadeSeries) -> None:
        """Keep each series as it is now, in place of how it was."""
        self._remember(tables.series, made)

    def remember_pairs(self, seen: Iterable[PairSeen]) -> None:
        """Keep when each pair was first seen; the first time stays."""
        self._remember(tables.pairs_seen, seen, first_stays=True)

    def remember_openers(self, uses: Iterable[OpenerUse]) -> None:
        """Keep which openers a pair was given."""
        self._remember(tables.openers, uses)

    def remember_agendas(self, *written: AgendaWritten) -> None:
        """Keep that these agendas were written."""
        self._remember(tables.agendas, written)

    def remember_exported(self, exported: Iterable[Exported]) -> None:
        """Keep what was last exported of each event."""
        self._remember(tables.exported, exported)

    def remember_refusals(self, *refusals: Refusal) -> None:
        """Keep a person's no; when it was first noticed stays."""
        self._remember(tables.refusals, refusals, first_stays=True)

    def _remember(self, table: Table, items: Iterable[Remembered], *, first_stays: bool = False) -> None:
        rows = {_key(table, row): row for row in map(row_of, items)}
        if not rows:
            return
        with self._turn, unwritten_in_words(self._path), self._opened().begin() as connection:
            known = _known(connection, table, rows.values())
            changed = [row for key, row in rows.items() if known.get(key) != row]
            if first_stays:
                changed = [row for row in changed if _key(table, row) not in known]
            if changed:
                _replace(connection, table, changed)

    def _opened(self) -> Engine:
        if self._engine is None:
            engine = engine_of(open_for_writing(self._path))
            try:
                with engine.begin() as connection:
                    self._made_ready(connection)
            except BaseException:
                engine.dispose()
                raise
            self._engine = engine
        return self._engine

    def _made_ready(self, connection: Connection) -> None:
        found = revision_of(connection, self._path)
        if found != tables.HEAD:
            upgrade(connection)
        if found is None:
            _replace(
                connection, tables.about, [{"name": "began", "value": self._now.astimezone(UTC).isoformat()}]
            )


def _read(path: Path) -> Memory:
    with transaction(open_read_only(path)) as connection:
        found = revision_of(connection, path)
        if found is None:
            return Memory()
        if found == tables.HEAD:
            return _all_of(connection)
    with transaction(copied_to_memory(path)) as connection:
        upgrade(connection)
        return _all_of(connection)


def _all_of(connection: Connection) -> Memory:
    began = connection.execute(select(tables.about.c.value).where(tables.about.c.name == "began")).scalar()
    return Memory(
        began=datetime.fromisoformat(began) if began else None,
        series=_items(connection, tables.series, MadeSeries),
        pairs_seen=_items(connection, tables.pairs_seen, PairSeen),
        openers=_items(connection, tables.openers, OpenerUse),
        agendas=_items(connection, tables.agendas, AgendaWritten),
        exported=_items(connection, tables.exported, Exported),
        refusals=_items(connection, tables.refusals, Refusal),
    )


def _items(connection: Connection, table: Table, kind: type[Kind]) -> tuple[Kind, ...]:
    rows = connection.execute(select(table).order_by(*table.primary_key)).mappings()
    return tuple(item_of(kind, row) for row in rows)


def _known(connection: Connection, table: Table, rows: Collection[Row]) -> dict[tuple[str, ...], Row]:
    """Return what is stored under the keys of these rows (and, where they are many, of all others)."""
    wanted = select(table)
    if len(rows) <= _FEW:
        wanted = wanted.where(or_(*(and_(*(c == row[c.name] for c in table.primary_key)) for row in rows)))
    return {_key(table, row): dict(row) for row in connection.execute(wanted).mappings()}


def _replace(connection: Connection, table: Table, rows: list[Row]) -> None:
    keys = [column.name for column in table.primary_key]
    statement = insert(table)
    rest = {
        column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys
    }
    if rest:
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest), rows)
    else:
        connection.execute(statement.on_conflict_do_nothing(), rows)


def _key(table: Table, row: Mapping[Any, Any]) -> tuple[str, ...]:
    return tuple(row[column.name] for column in table.primary_key)
