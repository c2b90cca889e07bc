"""The mirror of Google's calendars: what they held when they were last read, so that only what changed is asked for.

No titles, descriptions or places are in it: they were never asked for.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from scheduler.state.mirror_file import MirrorFile, MirrorLost

__all__ = ["Mark", "Mirror", "MirrorLost", "Row"]

_NEVER = 2**62
_ANYBODY = "*"
_Values = tuple[str, str, str, int, str, str]


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
    """The mirror in one file; may be used by many threads, each call is one step for all of them."""

    def __init__(self, file: MirrorFile) -> None:
        """Hold what is known in this file."""
        self._file = file

    def __enter__(self) -> Self:
        """Be stored and closed at the end of a `with`."""
        return self

    def __exit__(self, *_: object) -> None:
        """Store what is pending and close the file."""
        self.close()

    def close(self) -> None:
        """Store what is pending and close the file; it is opened again when it is next asked."""
        self._file.close()

    def store(self) -> None:
        """Put on the disk what was told so far; where that fails, nothing is known any more."""
        self._file.store()

    def secret(self) -> bytes:
        """Return what addresses in it are hidden by; raise MirrorLost."""
        return self._file.secret()

    def mark(self, calendar: str) -> Mark | None:
        """Return up to where a calendar was read; None where it never was."""
        found = self._file.ask(
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
        with self._file.step() as base:
            base.execute("DELETE FROM events WHERE calendar = ?", (calendar,))
            self._write(base, calendar, mark, values)

    def change(self, calendar: str, mark: Mark, rows: Iterable[Row], gone: Iterable[str]) -> None:
        """Add or replace these events, and forget those that are gone with all their exceptions, and what is long past.

        Raises MirrorLost where nothing is known of the calendar any more: a change alone is not the whole of it.
        """
        values = _values(calendar, rows)
        with self._file.step() as base:
            _must_be_known(base, calendar)
            for each in gone:
                base.execute(
                    "DELETE FROM events WHERE calendar = ? AND (id = ? OR series = ?)", (calendar, each, each)
                )
            past = int(mark.since.timestamp())
            base.execute("DELETE FROM events WHERE calendar = ? AND ends < ?", (calendar, past))
            self._write(base, calendar, mark, values)

    def keep_only(self, calendars: Collection[str]) -> None:
        """Forget whoever is none of these: nothing of somebody who left is kept. Raises MirrorLost."""
        known = {str(calendar) for (calendar,) in self._file.ask("SELECT calendar FROM calendars")}
        for gone in known - set(calendars):
            self.forget(gone)

    def forget(self, calendar: str) -> None:
        """Know nothing of the calendar any more."""
        with self._file.step() as base:
            for table in ("calendars", "events"):
                base.execute(f"DELETE FROM {table} WHERE calendar = ?", (calendar,))  # noqa: S608 - the two names above

    @staticmethod
    def _write(base: sqlite3.Connection, calendar: str, mark: Mark, values: Iterable[_Values]) -> None:
        moments = (int(m.timestamp()) for m in (mark.since, mark.read_whole, mark.renewed))
        base.execute(
            "INSERT OR REPLACE INTO calendars VALUES (?, ?, ?, ?, ?)", (calendar, mark.token, *moments)
        )
        base.executemany("INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?, ?)", values)

    def _ask_known(self, calendar: str, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._file.step(writes=False) as base:
            _must_be_known(base, calendar)
            return base.execute(query, (calendar, *values)).fetchall()
        raise AssertionError  # pragma: no cover - as above


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
