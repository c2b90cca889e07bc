"""The calendar folder as a provider: .ics files and vdirs, read and written.

A created series stands in both calendars, as if an invitation had been delivered. The attendee's copy is
written first and the organizer's last: whoever is killed between the two writes the second one next time.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from scheduler.calendars.interface import Written
from scheduler.calendars.mirrored import MirroredFiles, Progress, Request
from scheduler.calendars.places import (
    NoCalendarOfTheirs,
    Place,
    Root,
    all_files,
    path_bytes,
    place_of,
    scanned,
)
from scheduler.calendars.read_ics import ScannedFile, scan
from scheduler.calendars.reading import reading_of
from scheduler.calendars.safe_write import change_file, create_file, must_be_writable
from scheduler.calendars.write_ics import Result, ended, new_file, standing, with_link, with_series
from scheduler.errors import CalendarUnreadable, Problem, WriteFailed
from scheduler.meetings import CalendarReading, Invitation
from scheduler.people import Person
from scheduler.timespans import Span

_PROVIDER = "folder"
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._+-]{0,120}")


class _Change(Protocol):
    def __call__(self, file: ScannedFile, /, owner: Person) -> Result: ...


class FolderCalendar:
    """The calendars in one folder: `<email>.ics`, or `<email>/*.ics`, or the path in a person's own `calendar`."""

    def __init__(self, root: Path, mirror: MirroredFiles | None = None) -> None:
        """Look for calendars below `root`, an absolute path; without a mirror each is read anew each time."""
        self._root = Root(root)
        self._mirror = mirror

    def freshen(
        self, people: Iterable[Person], window: Span, progress: Progress = lambda _done, _of: None
    ) -> None:
        """Have the mirror know these people's calendars as they are now; `progress` hears of how many it does, and of how many."""
        if self._mirror is not None:
            self._mirror.freshen(self._requests(people, window), progress)

    def _requests(self, people: Iterable[Person], window: Span) -> Iterator[Request]:
        for person in people:
            with suppress(CalendarUnreadable):  # whoever asks for it is told
                yield Request(person=person, place=place_of(self._root, person), window=window)

    def read(
        self,
        person: Person,
        window: Span,
        about: Collection[str] | None = None,
        rest: Span | None = None,
    ) -> CalendarReading:
        """Return what is in the person's calendar; raise CalendarUnreadable if any file of it can't be read.

        With `rest` the time in that span which meetings of others than `about` take is told, too, and no more of them.
        """
        place = place_of(self._root, person)
        warnings = self._warnings(place, person)
        if self._mirror is None:
            return reading_of(scanned(place), person, window, warnings)
        wanted = None if about is None else frozenset(about)
        request = Request(person=person, place=place, window=window, about=wanted, rest=rest)
        found = self._mirror.read(request)
        return replace(found, warnings=(*warnings, *found.warnings)) if warnings else found

    def create(self, invitation: Invitation, *, notify: bool = True) -> Written:  # noqa: ARG002 - a folder sends no mail
        """Put the series into the attendee's calendar as an invitation, then into the organizer's.

        DELETED where either of them has it as cancelled; ALREADY_SO where both have it. An attendee whose
        calendar is elsewhere gets nothing from here. Raises WriteFailed.
        """
        places = [self._place(person) for person in self._ours(invitation.attendee, invitation.organizer)]
        found = [_standing(place, invitation.uid) for place in places]
        if Written.DELETED in found:
            return Written.DELETED
        missing = [place for place, there in zip(places, found, strict=True) if there is None]
        for place in missing:
            must_be_writable(_target(place, invitation.uid))
        for place in missing:
            _put(place, invitation)
        return Written.DONE if missing else Written.ALREADY_SO

    def end(
        self,
        organizer: Person,
        attendee: Person,
        uid: str,
        at: datetime,
        stamped: datetime,
        *,
        notify: bool = True,  # noqa: ARG002 - a folder sends no mail
    ) -> Written:
        """End our series in both calendars: nothing of it takes place at or after `at`. Raises WriteFailed."""
        return self._change(
            organizer, attendee, lambda file, owner: ended(file, uid, owner, at, stamped), uid
        )

    def attach(self, organizer: Person, attendee: Person, uid: str, link: str, stamped: datetime) -> Written:
        """Attach the agenda to our series in both calendars, beside what is attached. Raises WriteFailed."""

        def change(file: ScannedFile, /, owner: Person) -> Result:  # noqa: ARG001 - every change is asked alike
            return with_link(file, uid, link, stamped)

        return self._change(organizer, attendee, change, uid)

    def _change(self, organizer: Person, attendee: Person, change: _Change, uid: str) -> Written:
        results: set[Written] = set()
        for person in self._ours(attendee, organizer):
            try:
                place = place_of(self._root, person)
            except NoCalendarOfTheirs:
                continue  # who left took their calendar along; the other's copy is changed all the same
            except CalendarUnreadable as error:
                raise WriteFailed(*error.problems) from error
            paths = list(_files_with(place, uid))
            results |= {change_file(path, partial(change, owner=person)) for path in paths}
        for outcome in (Written.DONE, Written.ALREADY_SO):
            if outcome in results:
                return outcome
        return Written.DELETED

    def _ours(self, *people: Person) -> list[Person]:
        return [person for person in people if person.calendar.provider == _PROVIDER]

    def _place(self, person: Person) -> Place:
        try:
            return place_of(self._root, person)
        except CalendarUnreadable as error:
            raise WriteFailed(*error.problems) from error

    def _warnings(self, place: Place, person: Person) -> tuple[Problem, ...]:
        if not place.shared_by_two:
            return ()
        names = ", ".join(path.name for path in (*place.files, *place.vdirs))
        what = f"{names} are all calendars of {person.email}; they were read together, as one"
        return (Problem(str(self._root.path), what, "keep one of them"),)


def _standing(place: Place, uid: str) -> Written | None:
    """Return how the UID stands anywhere in the calendar; cancelled in one file is cancelled."""
    found = {standing(_scanned(path), uid) for path in _files_with(place, uid)}
    return (
        Written.DELETED
        if Written.DELETED in found
        else Written.ALREADY_SO
        if Written.ALREADY_SO in found
        else None
    )


def _files_with(place: Place, uid: str) -> Iterator[Path]:
    """Yield the files that hold the UID; all that is looked at first is whether its letters are in there."""
    for path in all_files(place):
        try:
            data = path_bytes(path)
        except CalendarUnreadable as error:
            raise WriteFailed(*error.problems) from error
        if _mentions(data, uid) and standing(_scanned(path), uid) is not None:
            yield path


def _mentions(data: bytes, uid: str) -> bool:
    """Say whether the UID may be in there; a file that is cut short may have lost it.

    Folds and escapes may part its letters, so that only its head is looked for.
    """
    head = re.split(r"[^A-Za-z0-9@._+-]", uid)[0][:16].encode()
    whole = b"END:VCALENDAR" in data[-200:].upper()
    return not whole or head in re.sub(rb"\r?\n[ \t]", b"", data)


def _scanned(path: Path) -> ScannedFile:
    try:
        return scan(path_bytes(path), str(path))
    except CalendarUnreadable as error:
        raise WriteFailed(*error.problems) from error


def _target(place: Place, uid: str) -> Path:
    """Return the file that a new event goes to: an item of its own in the vdir, or else the single file."""
    return place.vdirs[0] / _item_name(uid) if place.vdirs else place.files[0]


def _item_name(uid: str) -> str:
    """Return a file name for an item, safe on every file system; one UID always gives the same name."""
    safe = uid if _SAFE_NAME.fullmatch(uid) else sha256(uid.encode()).hexdigest()[:40]
    return f"{safe}.ics"


def _put(place: Place, invitation: Invitation) -> None:
    target = _target(place, invitation.uid)
    if place.vdirs:
        create_file(target, new_file(invitation))
        return

    def change(file: ScannedFile) -> Result:
        there = standing(file, invitation.uid)
        return Result(Written.DONE, with_series(file, invitation)) if there is None else Result(there)

    change_file(target, change)
