"""The calendar providers under test: for each, calendars of Ana and Bo, and what people and disks do to them.

A provider joins by adding itself to `PROVIDERS`.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from scheduler.calendars.folder import FolderCalendar
from scheduler.calendars.google.provider import GoogleCalendar
from scheduler.calendars.interface import WritableCalendar
from scheduler.calendars.mirrored import MirroredFiles
from scheduler.people import Person
from scheduler.settings import GoogleSettings
from scheduler.state.file_readings import FileReadings
from scheduler.state.mirror import Mirror
from scheduler.state.mirror_file import MirrorFile
from tests.fake_google.calls import ApiError
from tests.fake_google.fake import FakeGoogle
from tests.unit.calendars_builders import STAMP, calendar, event, person
from tests.unit.fake_google_worlds import Client, invited, timed

ANA, BO, CY = person("ana@example.com"), person("bo@example.com"), person("cy@example.com")
THEIR_OWN = event(
    "DTSTART;TZID=Europe/Berlin:20261124T100000",
    "DTEND;TZID=Europe/Berlin:20261124T103000",
    "RRULE:FREQ=WEEKLY",
    "ORGANIZER:mailto:ana@example.com",
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@example.com",
    "X-UNKNOWN;X-P=1:kept",
    uid="their-own",
)


class World(Protocol):
    """A provider under test; `their_own` is the UID of the series that Ana and Bo have of their own."""

    calendars: WritableCalendar
    their_own: str

    def state(self) -> object:
        """Return all that is stored, to be compared."""
        ...

    def cancel(self, owner: Person, uid: str) -> None:
        """Cancel a series as a person would, in their own calendar."""
        ...

    def break_reading(self, owner: Person) -> None:
        """Make a calendar one that can't be read."""
        ...


@dataclass
class FolderWorld:
    """The folder provider, with single files, vdirs, or one of each."""

    root: Path
    paths: dict[str, Path]
    calendars: WritableCalendar
    their_own: str = "their-own"

    def state(self) -> object:
        """Return every file with its bytes."""
        return {path: path.read_bytes() for path in sorted(self.root.rglob("*")) if path.is_file()}

    def cancel(self, owner: Person, uid: str) -> None:
        """Write STATUS:CANCELLED where it said CONFIRMED."""
        for path in self._files(owner):
            data = path.read_bytes()
            head, found, tail = data.partition(f"UID:{uid}".encode())
            if found:
                path.write_bytes(head + found + tail.replace(b"STATUS:CONFIRMED", b"STATUS:CANCELLED", 1))

    def break_reading(self, owner: Person) -> None:
        """Cut a file short."""
        path = self.paths[owner.email]
        (path if path.is_file() else path / "cut.ics").write_bytes(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n")

    def _files(self, owner: Person) -> list[Path]:
        path = self.paths[owner.email]
        return [path] if path.is_file() else sorted(path.glob("*.ics"))


@dataclass
class GoogleWorld:
    """Google, as its fake on loopback has it; Cy has no account there."""

    fake: FakeGoogle
    calendars: WritableCalendar
    their_own: str

    def state(self) -> object:
        """Return every calendar, and the mails."""
        return self.fake.state()

    def cancel(self, owner: Person, uid: str) -> None:
        """Delete the series; who was told that it is cancelled has nothing left to delete."""
        with suppress(ApiError):
            self.fake.people.delete_series(owner.email, uid)

    def break_reading(self, owner: Person) -> None:
        """Let Google say that there is no such calendar."""
        self.fake.people.lose_access(owner.email)


def _file(root: Path, email: str, ends: str = "\r\n") -> Path:
    path = root / f"{email}.ics"
    path.write_bytes(calendar(THEIR_OWN).replace("\n", ends).encode())
    return path


def _vdir(root: Path, email: str) -> Path:
    path = root / email
    path.mkdir()
    (path / "their-own.ics").write_bytes(calendar(THEIR_OWN).encode())
    return path


@contextmanager
def folder_of_files(root: Path) -> Iterator[World]:
    """Give two single files, one of which has LF line ends."""
    paths = {ANA.email: _file(root, ANA.email), BO.email: _file(root, BO.email, "\n")}
    yield FolderWorld(root, paths, FolderCalendar(root))


@contextmanager
def folder_of_vdirs(root: Path) -> Iterator[World]:
    """Give two vdirs."""
    paths = {email: _vdir(root, email) for email in (ANA.email, BO.email)}
    yield FolderWorld(root, paths, FolderCalendar(root))


@contextmanager
def folder_of_both(root: Path) -> Iterator[World]:
    """Give a vdir and a single file."""
    paths = {ANA.email: _vdir(root, ANA.email), BO.email: _file(root, BO.email)}
    yield FolderWorld(root, paths, FolderCalendar(root))


@contextmanager
def mirrored(root: Path) -> Iterator[World]:
    """Give a vdir and a single file, read through the mirror."""
    paths = {ANA.email: _vdir(root, ANA.email), BO.email: _file(root, BO.email)}
    with MirrorFile(root.with_name(f"{root.name}-state")) as file:
        yield FolderWorld(root, paths, FolderCalendar(root, MirroredFiles(FileReadings(file), KNOWN)))


@contextmanager
def google(root: Path) -> Iterator[World]:
    """Give two accounts; whatever the fake was asked must have been allowed by Google's discovery documents."""
    with FakeGoogle(now=lambda: STAMP) as fake, Mirror(MirrorFile(root)) as mirror:
        for who in (ANA, BO):
            fake.add_account(who.email, who.tz.key)
        own = timed("2026-11-24", zone="Europe/Berlin")
        rule = ["RRULE:FREQ=WEEKLY"]
        theirs = fake.people.create_event(
            ANA.email, **own, recurrence=rule, attendees=invited(ANA.email, BO.email)
        )
        way = Client(fake).google
        yield GoogleWorld(
            fake, GoogleCalendar(way, mirror, GoogleSettings(), STAMP, KNOWN), f"{theirs}@google.com"
        )
        way.close()
        assert fake.violations == []


Provider = Callable[[Path], AbstractContextManager[World]]
FOLDERS: tuple[Provider, ...] = (folder_of_files, folder_of_vdirs, folder_of_both, mirrored)
KNOWN = (ANA.email, BO.email)
PROVIDERS: tuple[Provider, ...] = (*FOLDERS, google)
