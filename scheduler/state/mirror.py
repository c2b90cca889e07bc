"""The mirror: what Google's calendars held when they were last read, so that only what changed is asked for.

It is a cache and no memory: a file of its own that may be deleted at any time; the next run then reads every
calendar whole. A file that is damaged, or of another version, is begun anew; where none can be written the
mirror lives for one run. No titles, descriptions or places are in it: they were never asked for.
"""

import contextlib
import json
import logging
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any, Self

from scheduler.files import OWNER_ONLY, make_private_folder

FILE_NAME = "google-mirror.sqlite3"
_VERSION = 1
_AT_ONCE = 50  # so many calendars are stored in one go: a killed run reads as many again
_NEVER = 2**62
_ANYBODY = "*"
_SHAPE = """
CREATE TABLE calendars (calendar TEXT PRIMARY KEY, token TEXT NOT NULL, since INTEGER NOT NULL,
                        read_whole INTEGER NOT NULL, renewed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE events (calendar TEXT NOT NULL, id TEXT NOT NULL, series TEXT NOT NULL, ends INTEGER NOT NULL,
                     people TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (calendar, id)) WITHOUT ROWID;
"""
_log = logging.getLogger(__name__)
_Values = tuple[str, str, str, int, str, str]


class MirrorLost(Exception):
    """Nothing is known of the calendar, or the file can't be used any more: what was asked is to be read anew."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to where a calendar was read: its sync token, the earliest moment that it covers, and when.

    `read_whole` is when all of it was last read, `renewed` when the token was last stored.
    """

    token: str
    since: datetime
    read_whole: datetime
    renewed: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """One event as stored: its id and that of its series, until when it may matter (None: for ever), its JSON.

    `people` are the addresses in it beside the owner's; None for what matters whoever is in it.
    """

    id: str
    series: str
    ends: datetime | None
    people: Collection[str] | None
    body: Mapping[str, Any]


class Mirror:
    """The mirror in one folder; may be used by many threads, each call is one step for all of them."""

    def __init__(self, directory: Path) -> None:
        """Open the file, or begin one in memory where none can be had."""
        self._path = directory / FILE_NAME
        self._lock = RLock()
        self._open: sqlite3.Connection | None = None
        self._in_memory = False
        self._pending = 0

    def __enter__(self) -> Self:
        """Be stored and closed at the end of a `with`."""
        return self

    def __exit__(self, *_: object) -> None:
        """Store what is pending and close the file."""
        self.close()

    def close(self) -> None:
        """Store what is pending and close the file; it is opened again when it is next asked."""
        with self._lock:
            self.store()
            if self._open is not None and not self._in_memory:
                self._open.close()
                self._open = None

    def store(self) -> None:
        """Put on the disk what was told so far; where that fails, nothing is known any more."""
        with self._lock:
            self._pending = 0
            try:
                if self._open is not None:
                    self._open.commit()
            except sqlite3.Error as error:
                self._lose(error)

    def mark(self, calendar: str) -> Mark | None:
        """Return up to where a calendar was read; None where it never was."""
        found = self._ask(
            "SELECT token, since, read_whole, renewed FROM calendars WHERE calendar = ?", calendar
        )
        for token, *moments in found:
            return Mark(str(token), *(datetime.fromtimestamp(int(m), UTC) for m in moments))
        return None

    def bodies(
        self, calendar: str, since: datetime, about: frozenset[str] | None = None
    ) -> list[Mapping[str, Any]]:
        """Return the events that may matter from `since` on, series with all their exceptions.

        With `about`, only those that one of these addresses is in, and those that matter whoever is. Raises MirrorLost
        where nothing is known of the calendar: that is not an empty one.
        """
        query = "SELECT series, people, body FROM events WHERE calendar = ? AND ends >= ?"
        found = self._ask_known(calendar, query, int(since.timestamp()))
        if about is not None:
            wanted = {
                series
                for series, people, _ in found
                if people == _ANYBODY or not about.isdisjoint(people.split())
            }
            found = [row for row in found if row[0] in wanted]
        return [json.loads(body) for _, _, body in found]

    def ids_beginning(self, calendar: str, start: str) -> list[str]:
        """Return the ids of the calendar's series and single events that begin so, in order; raise MirrorLost as `bodies`."""
        query = "SELECT id FROM events WHERE calendar = ? AND id >= ? AND id < ? AND id = series ORDER BY id"
        return [str(each) for (each,) in self._ask_known(calendar, query, start, start + "\U0010ffff")]

    def replace(self, calendar: str, mark: Mark, rows: Iterable[Row]) -> None:
        """Hold these events in place of all that was known of the calendar."""
        values = _values(calendar, rows)
        with self._step() as base:
            base.execute("DELETE FROM events WHERE calendar = ?", (calendar,))
            self._write(base, calendar, mark, values)

    def change(self, calendar: str, mark: Mark, rows: Iterable[Row], gone: Iterable[str]) -> None:
        """Add or replace these events, and forget those that are gone with all their exceptions, and what is long past.

        Raises MirrorLost where nothing is known of the calendar any more: a change alone is not the whole of it.
        """
        values = _values(calendar, rows)
        with self._step() as base:
            _must_be_known(base, calendar)
            for each in gone:
                base.execute(
                    "DELETE FROM events WHERE calendar = ? AND (id = ? OR series = ?)", (calendar, each, each)
                )
            past = int(mark.since.timestamp())
            base.execute("DELETE FROM events WHERE calendar = ? AND ends < ?", (calendar, past))
            self._write(base, calendar, mark, values)

    def forget(self, calendar: str) -> None:
        """Know nothing of the calendar any more."""
        with self._step() as base:
            for table in ("calendars", "events"):
                base.execute(f"DELETE FROM {table} WHERE calendar = ?", (calendar,))  # noqa: S608 - the two names above

    @staticmethod
    def _write(base: sqlite3.Connection, calendar: str, mark: Mark, values: Iterable[_Values]) -> None:
        moments = (int(m.timestamp()) for m in (mark.since, mark.read_whole, mark.renewed))
        base.execute(
            "INSERT OR REPLACE INTO calendars VALUES (?, ?, ?, ?, ?)", (calendar, mark.token, *moments)
        )
        base.executemany("INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?, ?)", values)

    def _ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._step(writes=False) as base:
            return base.execute(query, values).fetchall()
        raise AssertionError  # pragma: no cover - the step returns or raises

    def _ask_known(self, calendar: str, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._step(writes=False) as base:
            _must_be_known(base, calendar)
            return base.execute(query, (calendar, *values)).fetchall()
        raise AssertionError  # pragma: no cover - as above

    @contextlib.contextmanager
    def _step(self, *, writes: bool = True) -> Iterator[sqlite3.Connection]:
        """Lend the database for one step; raise MirrorLost where it fails, and go on without what was in it."""
        with self._lock:
            try:
                yield self._base()
                self._pending += writes
                if self._pending >= _AT_ONCE:
                    self.store()
            except sqlite3.Error as error:
                self._lose(error)
                raise MirrorLost from error

    def _base(self) -> sqlite3.Connection:
        if self._open is None:
            try:
                self._open = _opened(self._path)
            except (sqlite3.Error, OSError):
                return self._go_on_in_memory()
        return self._open

    def _lose(self, error: sqlite3.Error) -> None:
        """Go on in memory; a file that is damaged is taken away, so that the next run begins a new one."""
        self._go_on_in_memory()
        if _is_damage(error):
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _go_on_in_memory(self) -> sqlite3.Connection:
        _log.debug("the mirror can't be kept on the disk", exc_info=True)
        if self._open is not None:
            with contextlib.suppress(sqlite3.Error):
                self._open.close()
        self._open = sqlite3.connect(":memory:", check_same_thread=False)
        self._open.executescript(_SHAPE)
        self._in_memory = True
        return self._open


def _opened(path: Path) -> sqlite3.Connection:
    """Open the file for reading and writing; one that is damaged or of another version is made anew."""
    make_private_folder(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
    for _ in range(2):
        base = sqlite3.connect(path, check_same_thread=False, timeout=30.0)
        try:
            (version,) = base.execute("PRAGMA user_version").fetchone()
            if version == _VERSION:
                return base
            tables = base.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if tables == (0,):
                base.executescript(f"BEGIN;{_SHAPE}PRAGMA user_version = {_VERSION};COMMIT;")
                return base
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                base.close()
                raise
        base.close()
        path.unlink()
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
    raise sqlite3.DatabaseError(str(path))


def _is_damage(error: sqlite3.Error) -> bool:
    """Say whether the file is no database any more; what else can go wrong has classes of its own (PEP 249)."""
    return type(error) is sqlite3.DatabaseError


def _must_be_known(base: sqlite3.Connection, calendar: str) -> None:
    if base.execute("SELECT 1 FROM calendars WHERE calendar = ?", (calendar,)).fetchone() is None:
        raise MirrorLost


def _values(calendar: str, rows: Iterable[Row]) -> list[_Values]:
    """Return what is to be written, made before anything is: what can't be written leaves what was there."""
    return [
        (
            calendar,
            row.id,
            row.series,
            _NEVER if row.ends is None else int(row.ends.timestamp()),
            _ANYBODY if row.people is None else " ".join(row.people),
            _text(row.body),
        )
        for row in rows
    ]


def _text(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
