"""The mirror of calendar files: what each file was when it was read, and what was read of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

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
        query = "SELECT path, stamp, digest, uids FROM files WHERE calendar = ?"
        return {row[0]: FileRow(*row) for row in self._file.ask(query, calendar)}

    def made(self, calendar: str) -> Mapping[str, Made]:
        """Return which readings there are of a calendar, by their paths."""
        query = "SELECT paths, made_of, since, until FROM readings WHERE calendar = ?"
        return {row[0]: _made(row) for row in self._file.ask(query, calendar)}

    def readings(self, calendar: str) -> list[ReadingRow]:
        """Return the readings of a calendar, in the order of their paths."""
        query = "SELECT paths, made_of, since, until, body FROM readings WHERE calendar = ? ORDER BY paths"
        return [ReadingRow(_made(row[:4]), row[4]) for row in self._file.ask(query, calendar)]

    def change(self, calendar: str, changes: Changes) -> None:
        """Know this of the calendar from now on."""
        with self._file.step() as base:
            for table, column, gone in (
                ("files", "path", changes.files_gone),
                ("readings", "paths", changes.readings_gone),
            ):
                query = f"DELETE FROM {table} WHERE calendar = ? AND {column} = ?"  # noqa: S608 - the names above
                base.executemany(query, ((calendar, each) for each in gone))
            base.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
                ((calendar, row.path, row.stamp, row.digest, row.uids) for row in changes.files),
            )
            base.executemany(
                "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?)",
                (_values(calendar, row) for row in changes.readings),
            )

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


def _values(calendar: str, row: ReadingRow) -> tuple[str, str, str, int, int, str]:
    made = row.made
    covers = (int(made.covers.start.timestamp()), int(made.covers.end.timestamp()))
    return calendar, made.paths, made.made_of, *covers, row.body
