"""Reading everybody: each person ends up with a reading or with a problem."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.calendars.gather import read_everyone
from scheduler.calendars.interface import Written
from scheduler.calendars.registry import Calendars
from scheduler.errors import CalendarUnreadable, WriteFailed
from scheduler.every import Cadence
from scheduler.meetings import CalendarReading
from scheduler.people import CalendarSource, Person
from scheduler.settings import CadenceSettings, CalendarSettings, JobSettings, Settings
from scheduler.timespans import Span
from tests.unit.calendars_builders import STAMP, WINDOW, calendar, invitation, person

ANA, BO, CY = person("ana@example.com"), person("bo@example.com"), person("cy@example.com")


def settings(root: Path, calendars: Path | None) -> Settings:
    """Return settings with calendars in a folder."""
    return Settings(
        directory=root,
        calendars=CalendarSettings(provider="folder", path=calendars),
        cadence=CadenceSettings(every=Cadence.parse("1 week"), minutes=30),
        job=JobSettings(state=root, agendas=root, exports=root, reports=root),
    )


def test_one_bad_calendar_costs_its_own_row(tmp_path: Path) -> None:
    """The others are read; nobody is left out; progress is told."""
    (tmp_path / "ana@example.com.ics").write_text(calendar())
    (tmp_path / "bo@example.com.ics").write_text("nonsense")
    told: list[tuple[str, int, int]] = []
    evidence = read_everyone(
        Calendars(settings(tmp_path, tmp_path)),
        [ANA, BO, CY],
        WINDOW,
        progress=lambda *what: told.append(what),
    )
    assert set(evidence.readings) == {ANA.email}
    assert "bo@example.com.ics" in evidence.unreadable[BO.email].where
    assert "no calendar of cy@example.com" in evidence.unreadable[CY.email].what
    assert [done for _, done, _ in told] == [0, 1, 2, 3]


def test_a_folder_that_fits_nobody_is_one_problem(tmp_path: Path) -> None:
    """Everybody is listed with the same sentence; so is a folder that is not there."""
    for root in (tmp_path, tmp_path / "none"):
        found = read_everyone(Calendars(settings(tmp_path, root)), [ANA, BO, CY], WINDOW).unreadable
        assert set(found) == {ANA.email, BO.email, CY.email}
        assert len(set(found.values())) == 1
    only = read_everyone(Calendars(settings(tmp_path, tmp_path)), [ANA], WINDOW).unreadable
    assert "ana@example.com" in only[ANA.email].what


@pytest.mark.parametrize("waits", [False, True])
def test_an_unforeseen_failure_is_that_calendars_problem(*, waits: bool) -> None:
    """A bug in reading one calendar does not stop the run, and the message tells nothing of its content."""

    class Broken:
        threads = 2

        def __init__(self, *, waits: bool) -> None:
            self._waits = waits

        def waits(self, owner: Person) -> bool:
            return owner == ANA and self._waits

        def read(self, owner: Person, window: Span, about: Collection[str] | None = None) -> CalendarReading:
            del about
            if owner == ANA:
                msg = "secret title"
                raise KeyError(msg)
            return CalendarReading(owner=owner.email, window=window)

    evidence = read_everyone(Broken(waits=waits), [ANA, BO], WINDOW)
    assert "KeyError" in evidence.unreadable[ANA.email].what
    assert "secret" not in str(evidence.unreadable[ANA.email])
    assert set(evidence.readings) == {BO.email}


def test_nobody_is_nothing() -> None:
    """An empty roster gives empty evidence."""
    evidence = read_everyone(Calendars(settings(Path("/nowhere"), None)), [], WINDOW)
    assert not evidence.readings
    assert not evidence.unreadable


def test_calls_go_to_the_provider_of_the_person(tmp_path: Path) -> None:
    """The folder writes for those in it; a provider that is not there is told in a sentence."""
    for owner in (ANA, BO):
        (tmp_path / f"{owner.email}.ics").write_text(calendar())
    calendars = Calendars(settings(tmp_path, None))
    assert calendars.create(invitation(ANA, BO)) is Written.DONE
    link = "https://docs.example.com/1"
    assert calendars.attach(ANA, BO, "1f0e-onetoone", link, STAMP) is Written.DONE
    assert calendars.end(ANA, BO, "1f0e-onetoone", STAMP, STAMP) is Written.DONE
    far = replace(ANA, calendar=CalendarSource("caldav", "https://dav.example.com"))
    with pytest.raises(CalendarUnreadable, match="'caldav' can't be reached"):
        calendars.read(far, WINDOW)
    with pytest.raises(WriteFailed, match="'caldav' can't be reached"):
        calendars.create(invitation(far, BO))
