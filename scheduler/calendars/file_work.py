"""What is to be done to know a calendar's files as they are now: nothing, where none of them changed.

A file is known by what the disk says of it (size, times, place on the disk); where that differs, by its bytes. Those
that changed are read again, and with them those that hold the same events. The work may be done in another process:
it is told all that is known, and answers with what is to be known from now on.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes
from zlib import crc32
from zoneinfo import TZPATH

from scheduler.calendars.packing import packed
from scheduler.calendars.places import Place, Vanished, all_files, path_bytes
from scheduler.calendars.read_ics import ScannedFile, scan
from scheduler.calendars.reading import reading_of, uids_of
from scheduler.calendars.veil import Veil
from scheduler.clock import has_settled
from scheduler.errors import CalendarUnreadable, Problem
from scheduler.people import Person
from scheduler.state.file_readings import Changes, FileRow, Made, ReadingRow
from scheduler.timespans import Span

_TRIES = 3
# So far beyond the window is read, too; more for some people, so that not all have to be read again on the same night.
_LEAST_MARGIN, _SPREAD_DAYS = timedelta(weeks=4), 28
_LIBRARIES = ("icalendar", "python-dateutil", "recurring-ical-events", "tzdata")
_SOURCES = ("meetings.py", "timespans.py")
_ZONES = ("tzdata.zi", "+VERSION")  # in which a system tells which edition of the zones it has
_UID_BYTES = 8
_BETWEEN = "\n"
_PLAIN = "/@+,=() "


@dataclass(frozen=True, slots=True)
class Work:
    """A calendar that may have changed: whose, where, which span of time is asked for, and what is known of it."""

    person: Person
    place: Place
    window: Span
    maker: str
    secret: bytes
    files: Mapping[str, FileRow]
    made: Mapping[str, Made]


def is_known(work: Work) -> bool:
    """Say whether, by what the disk says of its files, the calendar is what is known of it. Raises CalendarUnreadable."""
    paths = [*map(_name, all_files(work.place))]
    if set(paths) != work.files.keys():
        return False
    rows = [work.files[path] for path in paths]
    parts = [tuple(made.paths.split(_BETWEEN)) for made in work.made.values()]
    if sum(map(len, parts)) != len(paths):
        return False
    for made, part in zip(work.made.values(), parts, strict=True):
        if not work.files.keys() >= set(part) or not made.covers.covers(work.window):
            return False
        if made.made_of != _made_of(work, part, work.files):
            return False
    return all(row.stamp and row.stamp == stamp_of(_path(row.path)) for row in rows)


def size_of(work: Work) -> int:
    """Return how many bytes it is about, at most; 0 where that can't be seen."""
    try:
        return sum(path.stat().st_size for path in all_files(work.place))
    except (OSError, CalendarUnreadable):
        return 0


def done(work: Work) -> Changes | tuple[Problem, ...]:
    """Return what is to be known from now on beside what is, or why the calendar can't be read."""
    for last_try in (*[False] * (_TRIES - 1), True):
        try:
            return _Doing(work).changes()
        except Vanished as error:  # a synchroniser took it away: the folder is looked through again
            if last_try:
                return error.problems
        except CalendarUnreadable as error:
            return error.problems
    raise AssertionError  # pragma: no cover - the last try returns


def attempted(work: Work) -> Changes | tuple[Problem, ...]:
    """Return what `done` does, or nothing where a fault of ours keeps it from that: whoever asks for the calendar meets it."""
    try:
        return done(work)
    except Exception:  # noqa: BLE001 - whatever goes wrong with one calendar, the others are read
        return ()


class _Doing:
    def __init__(self, work: Work) -> None:
        self._work = work
        self._data: dict[str, bytes] = {}
        self._stamps: dict[str, str] = {}
        self._scanned: dict[str, ScannedFile] = {}

    def changes(self) -> Changes:
        work = self._work
        paths = list(all_files(work.place))
        rows = {_name(path): self._row(path) for path in paths}
        if len(rows) > 1:
            rows = {name: row if row.uids is not None else self._with_uids(row) for name, row in rows.items()}
        parts = _sharing(rows)
        readings = tuple(row for part in parts if (row := self._reading(part, rows)) is not None)
        anew = {name for row in readings for name in row.made.paths.split(_BETWEEN)}
        rows = {
            name: replace(row, stamp=self._stamps[name]) if name in anew else row
            for name, row in rows.items()
        }
        changed = tuple(row for name, row in rows.items() if work.files.get(name) != row)
        return Changes(
            files=changed,
            readings=readings,
            files_gone=tuple(work.files.keys() - rows.keys()),
            readings_gone=tuple(work.made.keys() - {_BETWEEN.join(part) for part in parts}),
        )

    def _row(self, path: Path) -> FileRow:
        name = _name(path)
        before = self._work.files.get(name)
        stamp = self._stamps[name] = stamp_of(path)
        if before is not None and before.stamp and before.stamp == stamp:
            return before
        data = path_bytes(path)
        digest = _digest(data)
        if before is not None and before.digest == digest:
            return before  # nothing is written of a file that only looks different, until something else is
        self._data[name] = data
        return FileRow(name, stamp, digest)

    def _scan(self, row: FileRow) -> ScannedFile:
        found = self._scanned.get(row.path)
        if found is None:
            path = _path(row.path)
            data = self._data.pop(row.path, None)
            if data is None:
                data = path_bytes(path)
                if _digest(data) != row.digest:
                    what = "it changes while it is read"
                    raise Vanished(Problem(str(path), what, "run again when it is no longer written to"))
            found = self._scanned[row.path] = scan(data, str(path))
        return found

    def _with_uids(self, row: FileRow) -> FileRow:
        uids = sorted(
            _digest(uid.encode("utf-8", "surrogatepass"), _UID_BYTES) for uid in uids_of(self._scan(row))
        )
        return replace(row, uids=bytes.fromhex("".join(uids)))

    def _reading(self, part: tuple[str, ...], rows: Mapping[str, FileRow]) -> ReadingRow | None:
        """Return the reading of files that belong together; None where it is known already."""
        work = self._work
        made_of = _made_of(work, part, rows)
        known = work.made.get(_BETWEEN.join(part))
        if known is not None and known.made_of == made_of and known.covers.covers(work.window):
            return None
        margin = _LEAST_MARGIN + timedelta(days=crc32(work.person.email.encode()) % _SPREAD_DAYS)
        # Whole seconds, as that is what is written down of it.
        covers = Span(
            work.window.start.replace(microsecond=0), work.window.end.replace(microsecond=0) + margin
        )
        reading = reading_of([self._scan(rows[name]) for name in part], work.person, covers)
        for name in part:
            self._scanned.pop(name, None)
        return ReadingRow(Made(_BETWEEN.join(part), made_of, covers), packed(reading, Veil(work.secret)))


def _sharing(rows: Mapping[str, FileRow]) -> list[tuple[str, ...]]:
    """Return the files in parts: those that hold the same event belong together."""
    part_of = {name: [name] for name in rows}
    holder: dict[bytes, str] = {}
    for name, row in rows.items():
        uids = row.uids or b""
        for at in range(0, len(uids), _UID_BYTES):
            first = holder.setdefault(uids[at : at + _UID_BYTES], name)
            one, other = part_of[first], part_of[name]
            if one is not other:
                one += other
                part_of |= dict.fromkeys(other, one)
    parts: defaultdict[int, list[str]] = defaultdict(list)
    for name, part in part_of.items():
        parts[id(part)].append(name)
    return list(map(tuple, parts.values()))


def _made_of(work: Work, part: Iterable[str], rows: Mapping[str, FileRow]) -> str:
    """Return what a reading of these files would be made of and by; nothing else tells one from another.

    By what addresses are hidden is part of it: a mirror that was begun anew meanwhile knows nothing of this one.
    """
    person = work.person
    parts = (
        work.maker,
        work.secret.hex(),
        person.email,
        person.tz.key,
        *(rows[name].digest for name in part),
    )
    return _digest("\n".join(parts).encode())


def stamp_of(path: Path) -> str:
    """Return what the disk says of a file; nothing where it was only just written, or can't be opened."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            told = os.fstat(handle)
        finally:
            os.close(handle)
    except OSError:
        return ""
    if not has_settled(max(told.st_mtime_ns, told.st_ctime_ns)):
        return ""
    return f"{told.st_dev}:{told.st_ino}:{told.st_size}:{told.st_mtime_ns}:{told.st_ctime_ns}"


@cache
def maker() -> str:
    """Return what tells one version of the reader from another: its own text, the libraries', and the zones'."""
    here = Path(__file__).parent
    sources = sorted((*here.glob("*.py"), *here.glob("quirks/*.py"), *map(here.parent.joinpath, _SOURCES)))
    told = [sys.version, *(_digest(path.read_bytes()) for path in sources)]
    told += [f"{name} {version(name)}" for name in _LIBRARIES]
    for zones in (Path(folder) / name for folder in TZPATH for name in _ZONES):
        if zones.is_file():
            with zones.open("rb") as file:
                told.append(file.readline(200).decode("ascii", "replace"))
    return _digest("\n".join(told).encode())


def _digest(data: bytes, size: int = 20) -> str:
    return sha256(data).hexdigest()[: 2 * size]


def _name(path: Path) -> str:
    """Return a path as text that a database takes, whatever bytes its name is made of."""
    return quote_from_bytes(os.fsencode(path), safe=_PLAIN)


def _path(name: str) -> Path:
    return Path(os.fsdecode(unquote_to_bytes(name)))
