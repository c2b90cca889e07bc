"""The file that the mirror is kept in: a cache and no memory, which may be deleted at any time.

Whatever is in it can be read again elsewhere. A file that is damaged, or of another version, is begun anew; where none
can be written the mirror lives for one run, in a temporary file of SQLite's own. What is deleted from it is gone: its
bytes are overwritten.
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
_VERSION = 4
_AT_ONCE = 50  # so many calendars are stored in one go: a killed run reads as many again
_TEMPORARY = ""  # SQLite's name for a file that is gone when it is closed
_SHAPE = """
CREATE TABLE veil (word TEXT NOT NULL);
CREATE TABLE calendars (calendar TEXT PRIMARY KEY, token TEXT NOT NULL, since INTEGER NOT NULL,
                        read_whole INTEGER NOT NULL, renewed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE events (calendar TEXT NOT NULL, id TEXT NOT NULL, series TEXT NOT NULL, ends INTEGER NOT NULL,
                     people TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (calendar, id)) WITHOUT ROWID;
CREATE TABLE files (calendar TEXT NOT NULL, path TEXT NOT NULL, stamp TEXT NOT NULL, digest TEXT NOT NULL,
                    uids BLOB, seal INTEGER NOT NULL, PRIMARY KEY (calendar, path)) WITHOUT ROWID;
-- With a rowid: to find a key in a table without, SQLite loads whole rows on its way, and these are long.
CREATE TABLE readings (calendar TEXT NOT NULL, paths TEXT NOT NULL, made_of TEXT NOT NULL, since INTEGER NOT NULL,
                       until INTEGER NOT NULL, seal INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (calendar, paths));
"""
# What SQLite says where the file is not at fault but the disk, its rights, or who else uses it (sqlite.org/rescode.html).
_TROUBLE = frozenset(
    {
        *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM),
        *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL),
        *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_AUTH),
    }
)
_FAULTS = (
    sqlite3.Error,
    UnicodeDecodeError,
)  # what is wrong may be told in words of a damaged file, which are no text
_NO_TEXT = "Could not decode to UTF-8"
_log = logging.getLogger(__name__)


class MirrorLost(Exception):
    """Nothing is known of the calendar, or the file can't be used any more: what was asked is to be read anew."""


class MirrorFile:
    """The file in one folder; may be used by many threads, each step is one for all of them."""

    def __init__(self, directory: Path, *, begins: bool = True) -> None:
        """Open the file when it is first asked. Where there is none one is made only if it `begins`."""
        self._path = directory / FILE_NAME
        self._begins = begins
        self._lock = RLock()
        self._open: sqlite3.Connection | None = None
        self._for_this_run = False
        self._begun_anew = False
        self._secret: bytes | None = None
        self._waits = False
        self._word = secrets.token_hex(16)
        self._pending = 0

    @classmethod
    def aside(cls) -> Self:
        """Return one that lives for this run, in a temporary file of SQLite's own."""
        return cls(Path(os.devnull), begins=False)

    def begin(self) -> None:
        """Make the file where there is none; what it hides addresses by stays what it was in this run."""
        with self._lock:
            if not self._begins and self._waits:
                self._word = self.secret().hex()
                self._put_away()
                self._for_this_run = self._waits = False
            self._begins = True

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
                self._open = self._secret = None

    def store(self) -> None:
        """Put on the disk what was told so far; where that fails, nothing is known any more."""
        with self._lock:
            self._pending = 0
            try:
                if self._open is not None:
                    self._open.commit()
            except _FAULTS as error:
                self._lose(error)

    def secret(self) -> bytes:
        """Return what addresses in it are hidden by: made by chance when the file was begun. Raises MirrorLost."""
        with self.step(writes=False) as base:
            if self._secret is None:
                self._secret = _secret_of(base)
            return self._secret
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
            except _FAULTS as error:
                self._lose(error)
                raise MirrorLost from error

    def _base(self) -> sqlite3.Connection:
        if self._open is None:
            try:
                if not self._begins and not self._path.is_file():
                    self._waits = True
                    return self._go_on_without()
                self._open = _opened(self._path, self._word)
            except (sqlite3.Error, OSError):
                return self._go_on_without()
        return self._open

    def _lose(self, error: Exception) -> None:
        """Go on without what was in the file; one that is damaged is begun anew, once in a run."""
        _log.debug("the mirror is lost", exc_info=True)
        damaged = _is_damage(error) and not self._for_this_run
        if damaged and not self._begun_anew:
            self._begun_anew = True
            self._put_away()
        else:
            self._go_on_without()
        if damaged:
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _go_on_without(self) -> sqlite3.Connection:
        _log.debug("the mirror can't be kept on the disk", exc_info=True)
        self._put_away()
        self._open = sqlite3.connect(_TEMPORARY, check_same_thread=False)
        _shape(self._open, self._word)
        self._for_this_run = True
        return self._open

    def _put_away(self) -> None:
        if self._open is not None:
            with contextlib.suppress(sqlite3.Error):
                self._open.close()
        self._open = self._secret = None


def _opened(path: Path, word: str) -> sqlite3.Connection:
    """Open the file for reading and writing; one that is damaged or of another version is made anew."""
    make_private_folder(path.parent)
    for _ in range(2):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
        base = sqlite3.connect(path, check_same_thread=False, timeout=30.0)
        try:
            base.execute("PRAGMA secure_delete = ON")
            if _is_ours(base, word):
                return base
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if not _is_damage(error):
                base.close()
                raise
        base.close()
        path.unlink()
    raise sqlite3.DatabaseError(str(path))


def _is_ours(base: sqlite3.Connection, word: str) -> bool:
    """Say whether the file is a mirror of this version; an empty one becomes it."""
    if _version(base) == _VERSION:
        return True
    base.execute("BEGIN IMMEDIATE")  # another run may be making it at this moment
    if _version(base) != _VERSION:
        if base.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
            return False
        _shape(base, word)
    base.commit()
    return True


def _version(base: sqlite3.Connection) -> int:
    (version,) = base.execute("PRAGMA user_version").fetchone()
    return int(version)


def _secret_of(base: sqlite3.Connection) -> bytes:
    try:
        ((word,),) = base.execute("SELECT word FROM veil").fetchall()
        return bytes.fromhex(word)
    except (TypeError, ValueError) as error:
        msg = "the word that addresses are hidden by is no such word"
        raise sqlite3.DatabaseError(msg) from error


def _shape(base: sqlite3.Connection, word: str) -> None:
    for statement in _SHAPE.split(";"):
        base.execute(statement)
    base.execute("INSERT INTO veil VALUES (?)", (word,))
    base.execute(f"PRAGMA user_version = {_VERSION}")
    base.commit()


def _is_damage(error: Exception) -> bool:
    """Say whether the file is no database, or not the one that was made here, any more."""
    if isinstance(error, UnicodeDecodeError):
        return True
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # the module's own: a text that is none, or what is raised here
        return type(error) is sqlite3.DatabaseError or str(error).startswith(_NO_TEXT)
    return code & 0xFF not in _TROUBLE
