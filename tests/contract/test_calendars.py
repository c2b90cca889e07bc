"""What every calendar provider owes the job. A provider joins by adding itself to `PROVIDERS`.

A provider gives, for a test, calendars of Ana and Bo and ways to do to them what people do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from scheduler.calendars import safe_write
from scheduler.calendars.folder import FolderCalendar
from scheduler.calendars.interface import WritableCalendar, Written
from scheduler.errors import CalendarUnreadable, WriteFailed
from scheduler.files import replace_file
from scheduler.meetings import Answer, EventStatus, Occurrence, Series
from scheduler.people import Person
from tests.unit.calendars_builders import STAMP, WINDOW, calendar, event, invitation, person

ANA, BO, CY = person("ana@example.com"), person("bo@example.com"), person("cy@example.com")
UID = "1f0e-onetoone"
LATER = STAMP + timedelta(hours=1)
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
    """A provider under test."""

    calendars: WritableCalendar

    def state(self) -> object:
        """Return all that is stored, to be compared."""
        ...

    def cancel(self, owner: Person, uid: str) -> None:
        """Cancel a series as a person would, in their own calendar."""
        ...

    def break_second_write(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let the next write pass and the one after it fail."""
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

    def break_second_write(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Fail the second replacement of a file."""
        done: list[Path] = []

        def replace(path: Path, data: bytes) -> None:
            if done:
                raise OSError(28, "No space left on device")
            done.append(path)
            replace_file(path, data)

        monkeypatch.setattr(safe_write, "replace_file", replace)

    def break_reading(self, owner: Person) -> None:
        """Cut a file short."""
        path = self.paths[owner.email]
        (path if path.is_file() else path / "cut.ics").write_bytes(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n")

    def _files(self, owner: Person) -> list[Path]:
        path = self.paths[owner.email]
        return [path] if path.is_file() else sorted(path.glob("*.ics"))


def _file(root: Path, email: str, ends: str = "\r\n") -> Path:
    path = root / f"{email}.ics"
    path.write_bytes(calendar(THEIR_OWN).replace("\n", ends).encode())
    return path


def _vdir(root: Path, email: str) -> Path:
    path = root / email
    path.mkdir()
    (path / "their-own.ics").write_bytes(calendar(THEIR_OWN).encode())
    return path


def folder_of_files(root: Path) -> World:
    """Return two single files, one of which has LF line ends."""
    paths = {
        "ana@example.com": _file(root, "ana@example.com"),
        "bo@example.com": _file(root, "bo@example.com", "\n"),
    }
    return FolderWorld(root, paths, FolderCalendar(root))


def folder_of_vdirs(root: Path) -> World:
    """Return two vdirs."""
    return FolderWorld(
        root, {email: _vdir(root, email) for email in (ANA.email, BO.email)}, FolderCalendar(root)
    )


def folder_of_both(root: Path) -> World:
    """Return a vdir and a single file."""
    paths = {
        "ana@example.com": _vdir(root, "ana@example.com"),
        "bo@example.com": _file(root, "bo@example.com"),
    }
    return FolderWorld(root, paths, FolderCalendar(root))


PROVIDERS: tuple[Callable[[Path], World], ...] = (folder_of_files, folder_of_vdirs, folder_of_both)


@pytest.fixture(params=PROVIDERS, ids=lambda provider: provider.__name__)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    """Return the calendars of Ana and Bo, each with a series of their own in it."""
    provider: Callable[[Path], World] = request.param
    return provider(tmp_path)


def ours(world: World, owner: Person) -> list[Occurrence]:
    """Return what takes place of our series in somebody's calendar."""
    found = world.calendars.read(owner, WINDOW).occurrences
    return [each for each in found if each.uid == UID and each.status is not EventStatus.CANCELLED]


def our_series(world: World, owner: Person) -> Series:
    """Return our series as it stands in somebody's calendar."""
    (found,) = [series for series in world.calendars.read(owner, WINDOW).series if series.uid == UID]
    return found


def test_a_created_series_stands_in_both_calendars(world: World) -> None:
    """Organizer and attendee both have it, with the mark, at the same times."""
    assert world.calendars.create(invitation(ANA, BO)) is Written.DONE
    for owner in (ANA, BO):
        assert [each.span.start for each in ours(world, owner)][:2] == [
            datetime(2026, 12, 1, 9, 0, tzinfo=UTC),
            datetime(2026, 12, 8, 9, 0, tzinfo=UTC),
        ]
        assert {each.mark for each in ours(world, owner)} == {"ana|bo|0"}
        assert our_series(world, owner).minutes == 30
        assert our_series(world, owner).last_end is None


def test_the_attendee_is_asked_and_the_organizer_has_accepted(world: World) -> None:
    """The attendee's answer is still open in both copies."""
    world.calendars.create(invitation(ANA, BO))
    for owner in (ANA, BO):
        series = our_series(world, owner)
        answers = {guest.email: guest.answer for guest in series.attendees}
        assert series.organizer == ANA.email
        assert answers[BO.email] is Answer.NEEDS_ACTION
        assert answers.get(ANA.email, Answer.ACCEPTED) is Answer.ACCEPTED


def test_a_second_creation_meets_the_first(world: World) -> None:
    """Nothing is written, and there is no second event."""
    world.calendars.create(invitation(ANA, BO))
    before = world.state()
    assert world.calendars.create(invitation(ANA, BO, stamped=LATER)) is Written.ALREADY_SO
    assert world.state() == before


def test_two_series_of_one_organizer_live_side_by_side(world: World) -> None:
    """Another UID is another event."""
    world.calendars.create(invitation(ANA, BO))
    assert world.calendars.create(invitation(ANA, BO, uid="other-uid", key="k2")) is Written.DONE
    assert len(world.calendars.read(ANA, WINDOW).series) == 3


@pytest.mark.parametrize("owner", [ANA, BO], ids=["organizer", "attendee"])
def test_a_cancelled_series_is_not_brought_back(world: World, owner: Person) -> None:
    """A person's no stands, whichever of the two said it."""
    world.calendars.create(invitation(ANA, BO))
    world.cancel(owner, UID)
    before = world.state()
    assert world.calendars.create(invitation(ANA, BO)) is Written.DELETED
    assert world.state() == before


def test_a_creation_killed_between_the_copies_is_finished_by_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy that is there is not written twice; the one that is missing is."""
    with monkeypatch.context() as patched:
        world.break_second_write(patched)
        with pytest.raises(WriteFailed, match="the disk is full"):
            world.calendars.create(invitation(ANA, BO))
    assert [bool(ours(world, owner)) for owner in (ANA, BO)] == [False, True]
    assert world.calendars.create(invitation(ANA, BO)) is Written.DONE
    assert len(ours(world, ANA)) == len(ours(world, BO)) > 0
    assert world.calendars.create(invitation(ANA, BO)) is Written.ALREADY_SO


def test_an_ended_series_has_nothing_from_that_moment_on(world: World) -> None:
    """What took place before stays; SEQUENCE is raised in both copies."""
    world.calendars.create(invitation(ANA, BO))
    at = datetime(2026, 12, 15, 9, 0, tzinfo=UTC)
    assert world.calendars.end(ANA, BO, UID, at, LATER) is Written.DONE
    for owner in (ANA, BO):
        assert [each.span.start.day for each in ours(world, owner)] == [1, 8]
        assert our_series(world, owner).sequence == 1
        assert our_series(world, owner).last_end == datetime(2026, 12, 8, 9, 30, tzinfo=UTC)


def test_a_series_that_never_took_place_is_cancelled_when_ended(world: World) -> None:
    """Nothing of it is left, and it is not created again."""
    world.calendars.create(invitation(ANA, BO))
    assert world.calendars.end(ANA, BO, UID, STAMP, LATER) is Written.DONE
    assert not ours(world, ANA)
    assert our_series(world, BO).status is EventStatus.CANCELLED
    assert world.calendars.create(invitation(ANA, BO)) is Written.DELETED


@pytest.mark.parametrize("at", [STAMP, datetime(2026, 12, 15, 9, 0, tzinfo=UTC)])
def test_ending_twice_writes_once(world: World, at: datetime) -> None:
    """The second call finds it already so."""
    world.calendars.create(invitation(ANA, BO))
    world.calendars.end(ANA, BO, UID, at, LATER)
    before = world.state()
    assert world.calendars.end(ANA, BO, UID, at, LATER + timedelta(hours=1)) is Written.ALREADY_SO
    assert world.state() == before


def test_ending_what_is_not_there_says_deleted(world: World) -> None:
    """A series that a person deleted needs no end."""
    before = world.state()
    assert world.calendars.end(ANA, BO, UID, STAMP, LATER) is Written.DELETED
    assert world.state() == before


def test_an_agenda_is_attached_once_and_asks_nobody_anew(world: World) -> None:
    """The link stands in both copies; SEQUENCE and the answers stay."""
    world.calendars.create(invitation(ANA, BO))
    link = "file:///agendas/ana--bo.md"
    assert world.calendars.attach(ANA, BO, UID, link, LATER) is Written.DONE
    before = world.state()
    assert world.calendars.attach(ANA, BO, UID, link, LATER + timedelta(hours=1)) is Written.ALREADY_SO
    assert world.state() == before
    for owner in (ANA, BO):
        assert our_series(world, owner).links == (link,)
        assert our_series(world, owner).sequence == 0


def test_a_second_link_stands_beside_the_first(world: World) -> None:
    """Nothing that is attached is taken away."""
    world.calendars.create(invitation(ANA, BO, link="https://docs.example.com/1"))
    assert world.calendars.attach(ANA, BO, UID, "https://docs.example.com/2", LATER) is Written.DONE
    assert our_series(world, ANA).links == ("https://docs.example.com/1", "https://docs.example.com/2")


def test_attaching_to_what_was_deleted_says_so(world: World) -> None:
    """Neither an absent nor a cancelled series gets an agenda."""
    assert world.calendars.attach(ANA, BO, UID, "https://docs.example.com/1", LATER) is Written.DELETED
    world.calendars.create(invitation(ANA, BO))
    world.cancel(ANA, UID)
    world.cancel(BO, UID)
    assert world.calendars.attach(ANA, BO, UID, "https://docs.example.com/1", LATER) is Written.DELETED


def test_what_people_made_is_never_touched(world: World) -> None:
    """A series without our mark is neither ended nor given an attachment."""
    before = world.state()
    with pytest.raises(WriteFailed, match="mark of this program"):
        world.calendars.end(ANA, BO, "their-own", STAMP, LATER)
    with pytest.raises(WriteFailed, match="mark of this program"):
        world.calendars.attach(ANA, BO, "their-own", "https://docs.example.com/1", LATER)
    assert world.state() == before


def test_what_people_made_reads_the_same_after_our_writes(world: World) -> None:
    """Creating, attaching and ending leave every other event as it was."""
    theirs = [each for each in world.calendars.read(ANA, WINDOW).occurrences if each.uid == "their-own"]
    world.calendars.create(invitation(ANA, BO))
    world.calendars.attach(ANA, BO, UID, "https://docs.example.com/1", LATER)
    world.calendars.end(ANA, BO, UID, datetime(2026, 12, 15, tzinfo=UTC), LATER)
    assert [
        each for each in world.calendars.read(ANA, WINDOW).occurrences if each.uid == "their-own"
    ] == theirs


def test_a_calendar_that_cannot_be_read_is_not_written(world: World) -> None:
    """Reading raises, writing raises, and nothing changes."""
    world.break_reading(BO)
    before = world.state()
    with pytest.raises(CalendarUnreadable, match="cut short"):
        world.calendars.read(BO, WINDOW)
    with pytest.raises(WriteFailed):
        world.calendars.create(invitation(ANA, BO))
    assert world.state() == before


def test_somebody_without_a_calendar_is_an_error_and_not_an_empty_one(world: World) -> None:
    """Missing is unknown, never free."""
    with pytest.raises(CalendarUnreadable, match=r"cy@example\.com"):
        world.calendars.read(CY, WINDOW)
    with pytest.raises(WriteFailed, match=r"cy@example\.com"):
        world.calendars.create(invitation(ANA, CY))
