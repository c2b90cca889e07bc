"""A creation in the calendar folder that is killed between the two copies."""

from pathlib import Path

import pytest

from scheduler.calendars import safe_write
from scheduler.calendars.interface import Written
from scheduler.errors import WriteFailed
from scheduler.files import replace_file
from scheduler.meetings import EventStatus
from scheduler.people import Person
from tests.contract.calendars_worlds import ANA, BO, FOLDERS, Provider, World
from tests.unit.calendars_builders import WINDOW, invitation


def fail_on_the_second_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next replacement of a file pass and the one after it fail."""
    done: list[Path] = []

    def replace(path: Path, data: bytes) -> None:
        if done:
            raise OSError(28, "No space left on device")
        done.append(path)
        replace_file(path, data)

    monkeypatch.setattr(safe_write, "replace_file", replace)


def count(world: World, owner: Person) -> int:
    """Count what takes place of our series in somebody's calendar."""
    found = world.calendars.read(owner, WINDOW).occurrences
    return sum(each.uid == "1f0e-onetoone" and each.status is not EventStatus.CANCELLED for each in found)


@pytest.mark.parametrize("provider", FOLDERS, ids=lambda provider: provider.__name__)
def test_it_is_finished_by_the_next(
    provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy that is there is not written twice; the one that is missing is."""
    with provider(tmp_path) as world:
        with monkeypatch.context() as patched:
            fail_on_the_second_write(patched)
            with pytest.raises(WriteFailed, match="the disk is full"):
                world.calendars.create(invitation(ANA, BO))
        assert [count(world, owner) > 0 for owner in (ANA, BO)] == [False, True]
        assert world.calendars.create(invitation(ANA, BO)) is Written.DONE
        assert count(world, ANA) == count(world, BO) > 0
        assert world.calendars.create(invitation(ANA, BO)) is Written.ALREADY_SO


@pytest.mark.parametrize("provider", FOLDERS, ids=lambda provider: provider.__name__)
def test_an_attendee_whose_calendar_is_broken_costs_the_creation(provider: Provider, tmp_path: Path) -> None:
    """Nothing is written to the organizer's either: both have it, or none."""
    with provider(tmp_path) as world:
        world.break_reading(BO)
        before = world.state()
        with pytest.raises(WriteFailed, match="cut short"):
            world.calendars.create(invitation(ANA, BO))
        assert world.state() == before


@pytest.mark.parametrize("provider", FOLDERS, ids=lambda provider: provider.__name__)
def test_an_attendee_without_a_calendar_is_an_error(provider: Provider, tmp_path: Path) -> None:
    """An invitation that nobody gets is none."""
    with provider(tmp_path) as world:
        for path in sorted(tmp_path.glob("bo@*")):
            path.rename(tmp_path / f"away-{path.name}")
        with pytest.raises(WriteFailed, match=r"bo@example\.com"):
            world.calendars.create(invitation(ANA, BO))
