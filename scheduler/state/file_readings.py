"""The mirror of calendar files: what each file was when it was read, and what was read of it.

SQLite notices damage only where it shows in the shape of its pages. So each row has a seal: one whose seal is broken
is none, and what was in it is read anew.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from scheduler.state.mirror_file import MirrorFile
from scheduler.timespans import Span

_TABLES = ("files", "readings")


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file as it was read: what the disk said of it, the digest of its bytes, and, where told, of each of its UIDs.

    `stamp` is empty where the disk can't be believed about it: it had only just been written.
    """

    path: str
    stamp: str
    digest: str
    uids: bytes | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """Of which files a reading is, what it was made of and by, and which span of time it covers."""

    paths: str
    made_of: str
    covers: Span


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What was read of some files together, packed."""

    made: Made
    body: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be known of a calendar from now on, beside what is known of its other files."""

    files: tuple[FileRow, ...] = ()
    readings: tuple[ReadingRow, ...] = ()
    files_gone: tuple[str, ...] = ()
    readings_gone: tuple[str, ...] = ()


class FileReadings:
    """What is known of calendar files, by the main address of whose calendar they are; raises MirrorLost."""

    def __init__(self, file: MirrorFile) -> None:
        """Hold what is known in this file."""
        self._file = file

    def secret(self) -> bytes:
        """Return what addresses are hidden by."""
        return self._file.secret()

    def files(self, calendar: str) -> Mapping[str, FileRow]:
        """Return what is known of the files of a calendar, by path."""
        query = "SELECT path, stamp, digest, uids, seal FROM files WHERE calendar = ?"
        rows = self._sealed(calendar, self._file.ask(query, calendar))
        return {row[0]: FileRow(*row) for row in rows}

    def made(self, calendar: str) -> Mapping[str, Made]:
        """Return which readings there seem to be of a calendar, by their paths; those that `readings` has, there are."""
        query = "SELECT paths, made_of, since, until FROM readings WHERE calendar = ?"
        return {row[0]: _made(row) for row in self._file.ask(query, calendar) if _is_made(row)}

    def readings(self, calendar: str) -> Mapping[str, ReadingRow]:
        """Return the readings of a calendar, by their paths and in the order of these."""
        query = (
            "SELECT paths, made_of, since, until, body, seal FROM readings WHERE calendar = ? ORDER BY paths"
        )
        rows = self._sealed(calendar, self._file.ask(query, calendar))
        return {row[0]: ReadingRow(_made(row[:4]), row[4]) for row in rows}

    def _sealed(self, calendar: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows whose seal is whole, without it."""
        secret = self._file.secret()
        return (row[:-1] for row in rows if row[-1] == _seal(secret, calendar, *row[:-1]))

    def change(self, calendar: str, changes: Changes) -> None:
        """Know this of the calendar from now on."""
        secret = self._file.secret()
        with self._file.step() as base:
            for table, column, gone in (
                ("files", "path", changes.files_gone),
                ("readings", "paths", changes.readings_gone),
            ):
                query = f"DELETE FROM {table} WHERE calendar = ? AND {column} = ?"  # noqa: S608 - the names above
                base.executemany(query, ((calendar, each) for each in gone))
            base.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
                (_with_seal(secret, *_of_file(calendar, row)) for row in changes.files),
            )
            base.executemany(
                "INSERT OR REPLACE INTO readings (calendar, paths, made_of, since, until, body, seal) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (_with_seal(secret, *_of_reading(calendar, row)) for row in changes.readings),
            )

    def all_of(self, calendar: str) -> Changes:
        """Return all that is known of a calendar, as what it becomes where nothing is."""
        return Changes(tuple(self.files(calendar).values()), tuple(self.readings(calendar).values()))

    def replace(self, calendar: str, whole: Changes) -> None:
        """Know this of the calendar and nothing else."""
        self._forget([calendar])
        self.change(calendar, whole)

    def keep_only(self, calendars: Collection[str]) -> None:
        """Forget whoever is none of these: nothing of somebody who left is kept."""
        query = "SELECT calendar FROM files UNION SELECT calendar FROM readings"
        known = {row[0] for row in self._file.ask(query)}
        gone = known - set(calendars)
        if gone:
            self._forget(gone)

    def _forget(self, gone: Iterable[str]) -> None:
        with self._file.step() as base:
            for each in gone:
                for table in _TABLES:
                    base.execute(f"DELETE FROM {table} WHERE calendar = ?", (each,))  # noqa: S608 - the two names above

    def store(self) -> None:
        """Put on the disk what was told so far."""
        self._file.store()


def _made(row: tuple[str, str, int, int]) -> Made:
    since, until = (datetime.fromtimestamp(each, UTC) for each in row[2:])
    return Made(row[0], row[1], Span(since, until))


def _is_made(row: tuple[Any, ...]) -> bool:
    try:
        return isinstance(row[1], str) and bool(_made(row).paths)
    except (TypeError, ValueError, OverflowError, OSError):
        return False


def _of_file(calendar: str, row: FileRow) -> tuple[Any, ...]:
    return calendar, row.path, row.stamp, row.digest, row.uids


def _of_reading(calendar: str, row: ReadingRow) -> tuple[Any, ...]:
    made = row.made
    covers = (int(made.covers.start.timestamp()), int(made.covers.end.timestamp()))
    return calendar, made.paths, made.made_of, *covers, row.body


def _with_seal(secret: bytes, *values: object) -> tuple[object, ...]:
    return *values, _seal(secret, *values)


def _seal(secret: bytes, *values: object) -> int:
    """Return what holds a row together: its values, whose they are, and the word that addresses are hidden by."""
    found = crc32(secret)
    for value in values:
        data = value if isinstance(value, bytes) else f"{type(value).__name__}{value}".encode()
        found = crc32(data, crc32(b"\0", found))
    return found
