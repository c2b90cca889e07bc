"""The file that the mirror is kept in: a cache and no memory, which may be deleted at any time.

Whatever is in it can be read again elsewhere. A file that is damaged, or of another version, is begun anew; where none
can be written the mirror lives for one run, in a temporary file of SQLite's own.
"""

import contextlib
import logging
import os
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import RLock
from typing import Any, Self

from scheduler.files import OWNER_ONLY, make_private_folder

FILE_NAME = "mirror.sqlite3"
_VERSION = 2
_AT_ONCE = 50  # so many calendars are stored in one go: a killed run reads as many again
_TEMPORARY = ""  # SQLite's name for a file that is gone when it is closed
_SHAPE = """
CREATE TABLE secret (word TEXT NOT NULL);
CREATE TABLE calendars (calendar TEXT PRIMARY KEY, token TEXT NOT NULL, since INTEGER NOT NULL,
                        read_whole INTEGER NOT NULL, renewed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE events (calendar TEXT NOT NULL, id TEXT NOT NULL, series TEXT NOT NULL, ends INTEGER NOT NULL,
                     people TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (calendar, id)) WITHOUT ROWID;
CREATE TABLE files (calendar TEXT NOT NULL, path TEXT NOT NULL, stamp TEXT NOT NULL, digest TEXT NOT NULL,
                    uids BLOB, PRIMARY KEY (calendar, path)) WITHOUT ROWID;
CREATE TABLE readings (calendar TEXT NOT NULL, paths TEXT NOT NULL, made_of TEXT NOT NULL, since INTEGER NOT NULL,
                       until INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (calendar, paths)) WITHOUT ROWID;
"""
_log = logging.getLogger(__name__)


class MirrorLost(Exception):
    """Nothing is known of the calendar, or the file can't be used any more: what was asked is to be read anew."""


class MirrorFile:
    """The file in one folder; may be used by many threads, each step is one for all of them."""

    def __init__(self, directory: Path, *, begins: bool = True) -> None:
        """Open the file when it is first asked. Where there is no such folder one is made only if it `begins`."""
        self._path = directory / FILE_NAME
        self._begins = begins
        self._lock = RLock()
        self._open: sqlite3.Connection | None = None
        self._for_this_run = False
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
            if self._open is not None and not self._for_this_run:
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

    def secret(self) -> bytes:
        """Return what addresses in it are hidden by: made by chance when the file was begun. Raises MirrorLost."""
        with self.step(writes=False) as base:
            ((word,),) = base.execute("SELECT word FROM secret").fetchall()
            return bytes.fromhex(word)
        raise AssertionError  # pragma: no cover - the step returns or raises

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows that a query finds; raise MirrorLost where it fails."""
        with self.step(writes=False) as base:
            return base.execute(query, values).fetchall()
        raise AssertionError  # pragma: no cover - as above

    @contextlib.contextmanager
    def step(self, *, writes: bool = True) -> Iterator[sqlite3.Connection]:
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
                if not self._begins and not self._path.parent.is_dir():
                    return self._go_on_without()
                self._open = _opened(self._path)
            except (sqlite3.Error, OSError):
                return self._go_on_without()
        return self._open

    def _lose(self, error: sqlite3.Error) -> None:
        """Go on for this run; a file that is damaged is taken away, so that the next run begins a new one."""
        self._go_on_without()
        if _is_damage(error):
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _go_on_without(self) -> sqlite3.Connection:
        _log.debug("the mirror can't be kept on the disk", exc_info=True)
        if self._open is not None:
            with contextlib.suppress(sqlite3.Error):
                self._open.close()
        self._open = sqlite3.connect(_TEMPORARY, check_same_thread=False)
        _shape(self._open)
        self._for_this_run = True
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
                _shape(base)
                return base
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                base.close()
                raise
        base.close()
        path.unlink()
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
    raise sqlite3.DatabaseError(str(path))


def _shape(base: sqlite3.Connection) -> None:
    word = f"INSERT INTO secret VALUES ('{secrets.token_hex(16)}');"  # noqa: S608 - made here, of hexadecimal digits alone
    base.executescript(f"BEGIN;{_SHAPE}{word}PRAGMA user_version = {_VERSION};COMMIT;")


def _is_damage(error: sqlite3.Error) -> bool:
    """Say whether the file is no database any more; what else can go wrong has classes of its own (PEP 249)."""
    return type(error) is sqlite3.DatabaseError
