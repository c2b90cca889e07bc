"""Where the mirror gets lost during a run: calendars are read anew, and nobody's is taken for empty."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from scheduler.calendars.gather import read_everyone
from scheduler.calendars.google.provider import GoogleCalendar
from scheduler.calendars.registry import Calendars
from scheduler.errors import CalendarUnreadable, WriteFailed
from scheduler.meetings import CalendarReading
from scheduler.settings import GoogleSettings
from scheduler.state import mirror as mirror_room
from scheduler.state import mirror_file as room
from scheduler.state.mirror import Mirror, MirrorLost
from scheduler.state.mirror_file import FILE_NAME, MirrorFile
from scheduler.timespans import Span
from tests.fake_google.fake import NOW, FakeGoogle
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import Client, invited, weekly
from tests.unit.google_builders import settings
from tests.unit.google_calendar_builders import ANN, BO, KNOWN, person, provider

__all__ = ["client", "fake"]
pytestmark = on_loopback
LIST = "calendar.events.list"
WINDOW = Span(NOW - timedelta(weeks=2), NOW + timedelta(weeks=4))
MANY = [person(f"p{n}", "Europe/Berlin") for n in range(24)]


@pytest.fixture
def calendar(fake: FakeGoogle, tmp_path: Path) -> Iterator[GoogleCalendar]:
    """Give the way to Ann's calendar, in which she meets Bo weekly."""
    fake.people.create_event(ANN.email, id="alpha", attendees=invited(ANN.email, BO.email), **weekly())
    with provider(fake, tmp_path) as found:
        yield found


class Breaking(sqlite3.Connection):
    """A database whose disk gives up at one statement, counted from when it was opened."""

    steps = count()
    breaks_at = 0

    def execute(self, sql: str, parameters: object = (), /) -> sqlite3.Cursor:
        """Do as asked, but once."""
        if next(self.steps) == self.breaks_at:
            msg = "disk I/O error"
            raise sqlite3.OperationalError(msg)
        return super().execute(sql, parameters)  # type: ignore[arg-type]  # passed on as it came


def broken_at(monkeypatch: pytest.MonkeyPatch, statement: int) -> None:
    """Let the mirror's file give up at one statement of the run."""
    whole = room._opened  # noqa: SLF001 - the file is made as ever before it breaks
    monkeypatch.setattr(Breaking, "steps", count())
    monkeypatch.setattr(Breaking, "breaks_at", statement)

    def opened(path: Path, word: str) -> sqlite3.Connection:
        whole(path, word).close()
        return sqlite3.connect(path, check_same_thread=False, factory=Breaking)

    monkeypatch.setattr(room, "_opened", opened)


def test_a_file_that_is_deleted_between_two_looks_costs_one_whole_reading(
    fake: FakeGoogle, calendar: GoogleCalendar, tmp_path: Path
) -> None:
    """Also where the second look was to need no request at all."""
    before = calendar.read(ANN, WINDOW)
    calendar.close()
    (tmp_path / FILE_NAME).unlink()
    assert calendar.read(ANN, WINDOW, again=False) == before
    assert fake.log.count(LIST) == 2


def test_a_file_that_is_deleted_between_two_nights_costs_one_whole_reading(
    fake: FakeGoogle, calendar: GoogleCalendar, tmp_path: Path
) -> None:
    """A day's changes are among it."""
    calendar.read(ANN, WINDOW)
    calendar.close()
    (tmp_path / FILE_NAME).unlink()
    fake.people.delete_event(ANN.email, "alpha_20261130T100000Z")
    with provider(fake, tmp_path, now=NOW + timedelta(days=1)) as night:
        found = night.read(ANN, WINDOW)
    assert len(found.series) == 1
    assert len([each for each in found.occurrences if each.status == "cancelled"]) == 1


@pytest.mark.parametrize("statement", range(12))
@pytest.mark.parametrize("known", [False, True], ids=["first night", "later night"])
def test_a_disk_that_gives_up_at_any_statement_changes_no_reading(
    fake: FakeGoogle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: int, *, known: bool
) -> None:
    """What was read of one calendar, then of another, then again, is what is there."""
    fake.people.create_event(ANN.email, id="alpha", attendees=invited(ANN.email, BO.email), **weekly())
    with provider(fake, tmp_path / "sound") as sound:
        right = [sound.read(ANN, WINDOW), sound.read(BO, WINDOW)]
    if known:
        with provider(fake, tmp_path / "breaking") as sound:
            sound.read(ANN, WINDOW)
        fake.people.accept(BO.email, "alpha")
        with provider(fake, tmp_path / "sound") as sound:
            right = [sound.read(ANN, WINDOW), sound.read(BO, WINDOW)]
    broken_at(monkeypatch, statement)
    with provider(fake, tmp_path / "breaking") as breaking:
        for again in (True, False, True):
            assert [breaking.read(who, WINDOW, again=again) for who in (ANN, BO)] == right


def read_all(client: Client, root: Path) -> dict[str, CalendarReading]:
    """Read many calendars by several threads, as the job does."""
    calendars = Calendars(settings(root, GoogleSettings(threads=6)), client.google, NOW, KNOWN)
    found = read_everyone(calendars, MANY, WINDOW)
    calendars.store()
    assert not found.unreadable
    return dict(found.readings)


@pytest.mark.parametrize("statement", [1, 7, 20, 45, 70])
def test_what_one_thread_loses_no_other_takes_for_empty(
    fake: FakeGoogle, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: int
) -> None:
    """Twenty-four calendars, six at a time; the disk gives up somewhere between."""
    for who in MANY:
        fake.add_account(who.email, who.tz.key)
        fake.people.create_event(who.email, attendees=invited(who.email, BO.email), **weekly())
    right = read_all(client, tmp_path / "sound")
    assert all(len(reading.series) == 1 for reading in right.values())
    broken_at(monkeypatch, statement)
    assert read_all(client, tmp_path / "breaking") == right


def lose(mirror: Mirror, root: Path) -> None:
    """Let the mirror find its file broken, as another thread would that reads somebody else's calendar."""
    mirror.store()
    with closing(sqlite3.connect(root / FILE_NAME)) as other:
        other.execute("DROP TABLE calendars")
    with suppress(MirrorLost):
        mirror.mark(BO.email)


def test_what_another_thread_lost_while_google_answered_is_read_anew(
    fake: FakeGoogle, client: Client, calendar: GoogleCalendar, tmp_path: Path
) -> None:
    """What changed since yesterday is not taken for all that there is."""
    calendar.read(ANN, WINDOW)
    calendar.close()
    fake.people.create_event(ANN.email, id="beta0", **weekly())
    with Mirror(MirrorFile(tmp_path)) as mirror:
        night = GoogleCalendar(client.google, mirror, GoogleSettings(), NOW, KNOWN)
        fake.just_before(LIST, lambda: lose(mirror, tmp_path))
        assert len(night.read(ANN, WINDOW).series) == 2


def test_what_another_thread_lost_before_it_was_looked_at_is_read_anew(
    calendar: GoogleCalendar, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing is not what there is."""
    whole, first = Mirror.bodies, count()

    def bodies(mirror: Mirror, owner: str, since: datetime, about: frozenset[str] | None = None) -> object:
        if next(first) == 0:
            lose(mirror, tmp_path)
        return whole(mirror, owner, since, about)

    monkeypatch.setattr(Mirror, "bodies", bodies)
    assert len(calendar.read(ANN, WINDOW).series) == 1


def test_a_mirror_that_can_hold_nothing_makes_the_calendar_unknown_and_not_empty(
    calendar: GoogleCalendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even memory keeps it: the reading is given up after a second try."""

    def lost(*_: object) -> None:
        raise MirrorLost

    monkeypatch.setattr(mirror_room, "_must_be_known", lost)
    with pytest.raises(CalendarUnreadable, match="can't be kept"):
        calendar.read(ANN, WINDOW)
    with pytest.raises(WriteFailed, match="can't be kept"):
        calendar.end(ANN, BO, "onetoone1f0e", NOW, NOW)


def test_two_runs_beside_each_other_read_the_same(
    fake: FakeGoogle, calendar: GoogleCalendar, tmp_path: Path
) -> None:
    """Each writes into the one file what it has read, whoever was first."""
    calendar.read(ANN, WINDOW)
    calendar.close()
    with provider(fake, tmp_path) as other:
        fake.people.delete_event(ANN.email, "alpha_20261130T100000Z")
        mine = calendar.read(ANN, WINDOW)
        calendar.close()
        fake.people.delete_event(ANN.email, "alpha_20261207T100000Z")
        theirs = other.read(ANN, WINDOW)
        other.close()
        assert theirs != mine
        assert calendar.read(ANN, WINDOW) == theirs


def test_a_file_of_another_version_costs_one_whole_reading(
    fake: FakeGoogle, calendar: GoogleCalendar, tmp_path: Path
) -> None:
    """What an older program kept is not understood halfway."""
    before = calendar.read(ANN, WINDOW)
    calendar.close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as base:
        base.execute("PRAGMA user_version = 99")
    with provider(fake, tmp_path) as night:
        assert night.read(ANN, WINDOW) == before
