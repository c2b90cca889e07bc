"""What every calendar provider owes the job. A provider joins in `calendars_worlds.PROVIDERS`."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from scheduler.calendars.interface import Written
from scheduler.errors import CalendarUnreadable, WriteFailed
from scheduler.meetings import Answer, EventStatus, Occurrence, Series
from scheduler.people import Person
from tests.contract.calendars_worlds import ANA, BO, CY, PROVIDERS, Provider, World
from tests.unit import calendars_builders
from tests.unit.calendars_builders import STAMP, WINDOW
from tests.unit.fake_google_fixtures import on_loopback

pytestmark = on_loopback
UID = "onetoone1f0e"
LATER = STAMP + timedelta(hours=1)
HOUR = timedelta(hours=1)
LINK = "https://docs.example.com/ana--bo"
invitation = partial(calendars_builders.invitation, uid=UID)


@pytest.fixture(params=PROVIDERS, ids=lambda provider: provider.__name__)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give the calendars of Ana and Bo, with a series of their own in both."""
    provider: Provider = request.param
    with provider(tmp_path) as calendars:
        yield calendars


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
        # A guest's copy need not tell: what a program keeps with an event may be the organizer's alone to see.
        assert {each.mark for each in ours(world, owner)} <= {"ana|bo|0", None if owner == BO else "ana|bo|0"}
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


def test_a_first_occurrence_may_take_longer(world: World) -> None:
    """It starts when the rule has it and lasts as long as it is to, in both calendars; the rest stay as they are."""
    assert world.calendars.create(invitation(ANA, BO, first_minutes=60)) is Written.DONE
    for owner in (ANA, BO):
        first, *rest = ours(world, owner)
        assert (first.span.start, first.span.end - first.span.start) == (first.original_start, HOUR)
        assert {each.span.end - each.span.start for each in rest} == {HOUR / 2}
        assert our_series(world, owner).minutes == 30


def test_a_second_creation_meets_a_longer_first_occurrence(world: World) -> None:
    """Nothing is written, and nothing made shorter or doubled."""
    world.calendars.create(invitation(ANA, BO, first_minutes=60))
    before = world.state()
    again = invitation(ANA, BO, first_minutes=60, stamped=LATER)
    assert world.calendars.create(again) is Written.ALREADY_SO
    assert world.state() == before


@pytest.mark.parametrize("at", [STAMP, datetime(2026, 12, 8, 9, 0, tzinfo=UTC)])
def test_a_longer_first_occurrence_ends_with_its_series(world: World, at: datetime) -> None:
    """It is left where it took place, and gone with the rest where it did not."""
    world.calendars.create(invitation(ANA, BO, first_minutes=60))
    assert world.calendars.end(ANA, BO, UID, at, LATER) is Written.DONE
    for owner in (ANA, BO):
        left = [each.span.end - each.span.start for each in ours(world, owner)]
        assert left == ([] if at == STAMP else [HOUR])
    before = world.state()
    assert world.calendars.end(ANA, BO, UID, at, LATER) is Written.ALREADY_SO
    assert world.state() == before


def test_an_agenda_is_attached_to_a_longer_first_occurrence_with_its_series(world: World) -> None:
    """Whoever opens the first meeting finds the link that the series was created with."""
    world.calendars.create(invitation(ANA, BO, first_minutes=60, link=LINK))
    for owner in (ANA, BO):
        assert our_series(world, owner).links == (LINK,)
    assert world.calendars.attach(ANA, BO, UID, LINK, LATER) is Written.ALREADY_SO


def test_two_series_of_one_organizer_live_side_by_side(world: World) -> None:
    """Another UID is another event."""
    world.calendars.create(invitation(ANA, BO))
    assert world.calendars.create(invitation(ANA, BO, uid="onetoone2a", key="k2")) is Written.DONE
    assert len(world.calendars.read(ANA, WINDOW).series) == 3


@pytest.mark.parametrize("owner", [ANA, BO], ids=["organizer", "attendee"])
def test_a_cancelled_series_is_not_brought_back(world: World, owner: Person) -> None:
    """A person's no stands, whichever of the two said it."""
    world.calendars.create(invitation(ANA, BO))
    world.cancel(owner, UID)
    before = world.state()
    assert world.calendars.create(invitation(ANA, BO)) is Written.DELETED
    assert world.state() == before


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
    left = [series for series in world.calendars.read(BO, WINDOW).series if series.uid == UID]
    assert {series.status for series in left} <= {EventStatus.CANCELLED}
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
    assert world.calendars.attach(ANA, BO, UID, LINK, LATER) is Written.DONE
    before = world.state()
    assert world.calendars.attach(ANA, BO, UID, LINK, LATER + timedelta(hours=1)) is Written.ALREADY_SO
    assert world.state() == before
    for owner in (ANA, BO):
        assert our_series(world, owner).links == (LINK,)
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
        world.calendars.end(ANA, BO, world.their_own, STAMP, LATER)
    with pytest.raises(WriteFailed, match="mark of this program"):
        world.calendars.attach(ANA, BO, world.their_own, "https://docs.example.com/1", LATER)
    assert world.state() == before


def test_what_people_made_reads_the_same_after_our_writes(world: World) -> None:
    """Creating, attaching and ending leave every other event as it was."""
    theirs = [each for each in world.calendars.read(ANA, WINDOW).occurrences if each.uid == world.their_own]
    world.calendars.create(invitation(ANA, BO))
    world.calendars.attach(ANA, BO, UID, "https://docs.example.com/1", LATER)
    world.calendars.end(ANA, BO, UID, datetime(2026, 12, 15, tzinfo=UTC), LATER)
    assert [
        each for each in world.calendars.read(ANA, WINDOW).occurrences if each.uid == world.their_own
    ] == theirs


def test_a_calendar_that_cannot_be_read_is_not_written(world: World) -> None:
    """Reading raises, writing raises, and nothing changes."""
    world.break_reading(ANA)
    before = world.state()
    with pytest.raises(CalendarUnreadable, match=r"ana@example\.com"):
        world.calendars.read(ANA, WINDOW)
    with pytest.raises(WriteFailed):
        world.calendars.create(invitation(ANA, BO))
    assert world.state() == before


def test_somebody_without_a_calendar_is_an_error_and_not_an_empty_one(world: World) -> None:
    """Missing is unknown, never free."""
    with pytest.raises(CalendarUnreadable, match=r"cy@example\.com"):
        world.calendars.read(CY, WINDOW)
    with pytest.raises(WriteFailed, match=r"cy@example\.com"):
        world.calendars.create(invitation(CY, ANA))
