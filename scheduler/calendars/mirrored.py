"""Calendar files as the mirror knows them: read again where they changed, and given out as they are asked for."""

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from scheduler.calendars.cores import each_done
from scheduler.calendars.file_work import Work, attempted, done, is_known, maker, size_of
from scheduler.calendars.places import Place, scanned
from scheduler.calendars.reading import reading_of
from scheduler.calendars.told import told_unread, told_warnings
from scheduler.calendars.unpacking import Asked, Unpacked, rest_of, unpack
from scheduler.calendars.veil import Veil
from scheduler.errors import CalendarUnreadable
from scheduler.meetings import CalendarReading, Detail, in_order
from scheduler.people import Person
from scheduler.state.file_readings import Changes, FileReadings, Made
from scheduler.state.held_back import HeldBack
from scheduler.state.mirror_file import MirrorLost
from scheduler.timespans import Span

_log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Whose calendar is asked for, in which window; `about` and `rest` as in `unpacking.Asked`."""

    person: Person
    place: Place
    window: Span
    about: frozenset[str] | None = None
    rest: Span | None = None


class MirroredFiles:
    """The calendars in files, through the mirror."""

    def __init__(self, rows: FileReadings | HeldBack, known: Iterable[str]) -> None:
        """Know these addresses: of everybody else no more is told than that it is somebody."""
        self._rows = rows
        self._known = frozenset(known)
        self._veil: tuple[bytes, Veil] | None = None

    def freshen(self, requests: Iterable[Request], progress: Progress = lambda _done, _of: None) -> None:
        """Read again those of the calendars that changed, on all cores where that is much.

        One that can't be read is left: whoever asks for it is told. `progress` hears how many are known as they are now, and
        of how many.
        """
        works: list[Work] = []
        count = 0
        requests = list(requests)
        for request in requests:
            try:
                work = self._work(request, self._rows.made(request.person.email))
                if not is_known(work):
                    works.append(work)
                    continue
            except Exception:  # noqa: BLE001 - whatever goes wrong with one calendar, the others are read
                _log.debug("the calendar of %s is left for later", request.person.email, exc_info=True)
            count += 1
        progress(count, len(requests))
        for work, found in zip(works, each_done(attempted, works, size_of), strict=True):
            count += 1
            progress(count, len(requests))
            if not isinstance(found, tuple):
                self._keep(work.person.email, found)

    def read(self, request: Request) -> CalendarReading:
        """Return the calendar as it is now; raise CalendarUnreadable. Without a mirror it is read all the same."""
        for _ in range(2):
            try:
                return self._read(request)
            except MirrorLost:
                continue
        return reading_of(scanned(request.place), request.person, request.window)

    def _read(self, request: Request) -> CalendarReading:
        rows = self._rows.readings(request.person.email)
        work = self._work(request, {paths: row.made for paths, row in rows.items()})
        if not is_known(work):
            changes = done(work)
            if isinstance(changes, tuple):
                raise CalendarUnreadable(*changes)
            self._keep(work.person.email, changes)
            gone, newer = changes.readings_gone, {row.made.paths: row for row in changes.readings}
            rows = {paths: row for paths, row in rows.items() if paths not in gone} | newer
        return _together([rows[paths].body for paths in sorted(rows)], request, self._veiled(work.secret))

    def _keep(self, email: str, changes: Changes) -> None:
        if changes != Changes():
            with suppress(MirrorLost):
                self._rows.change(email, changes)

    def _work(self, request: Request, made: Mapping[str, Made]) -> Work:
        return Work(
            person=request.person,
            place=request.place,
            window=request.window,
            maker=maker(),
            secret=self._rows.secret(),
            files=self._rows.files(request.person.email),
            made=made,
        )

    def _veiled(self, secret: bytes) -> Veil:
        if self._veil is None or self._veil[0] != secret:
            self._veil = secret, Veil(secret, self._known)
        return self._veil[1]


def _together(bodies: Iterable[str], request: Request, veil: Veil) -> CalendarReading:
    person = request.person
    veil.know(person.addresses | (request.about or frozenset()))
    asked = Asked(
        tz=person.tz, window=request.window, about=request.about, rest=request.rest, own=person.addresses
    )
    found = Unpacked()
    for body in bodies:
        unpack(body, asked, veil, found)
    found.occurrences += rest_of(found)
    whole = request.about is None or request.rest is not None
    return CalendarReading(
        owner=person.email,
        window=request.window,
        occurrences=in_order(found.occurrences),
        series=tuple(sorted(found.series, key=lambda each: (each.uid, each.start))),
        unread=told_unread(found.unread),
        warnings=told_warnings(found.warnings),
        detail=Detail.FULL if whole else Detail.MEETINGS,
    )
