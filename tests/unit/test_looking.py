"""Looking at calendars for a run: who is asked, how often, and what is told meanwhile."""

from pathlib import Path

import pytest

from scheduler.calendars.registry import Calendars
from scheduler.looking import Look
from scheduler.meetings import CalendarReading, Detail, Evidence
from scheduler.memory import Memory
from tests.fake_google.fake import FakeGoogle
from tests.unit.calendars_builders import WINDOW, calendar
from tests.unit.checking_worlds import DI, Office
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import Client
from tests.unit.google_builders import settings
from tests.unit.google_calendar_builders import ANN, BO, CY, UID, invitation
from tests.unit.planning_builders import person

__all__ = ["client", "fake"]
pytestmark = on_loopback
LIST, BUSY = "calendar.events.list", "calendar.freebusy.query"


@pytest.fixture
def office(fake: FakeGoogle, client: Client, tmp_path: Path) -> Office:
    """Give the office, in which Ann meets Bo, and Bo meets Di."""
    fake.add_account(DI.email, DI.tz.key, manager=BO.email)
    found = Office(fake, client, tmp_path)
    found.meets(ANN, BO)
    found.meets(BO, DI)
    return found


def look_at(office: Office, told: list[tuple[str, int, int]] | None = None) -> tuple[Look, Calendars]:
    """Return what a run looks with, and the calendars that it looks at."""
    calendars = Calendars(
        office.config.settings, office.client.google, office.now, office.config.roster.addresses
    )
    heard: list[tuple[str, int, int]] = told if told is not None else []
    return Look(office.config, calendars, office.now, lambda *what: heard.append(what)), calendars


def details(evidence: Evidence) -> dict[str, Detail]:
    """Return how much of each calendar is known."""
    return {owner: reading.detail for owner, reading in evidence.readings.items()}


def test_everybody_is_in_the_answer_with_as_much_as_was_wished(office: Office) -> None:
    """Managers' meetings, and of reports nothing, which costs no request."""
    look, _ = look_at(office)
    assert details(look.everybody(Memory())) == {
        ANN.email: Detail.MEETINGS,
        BO.email: Detail.MEETINGS,
        CY.email: Detail.NOTHING,
        DI.email: Detail.NOTHING,
    }
    assert office.asked(LIST) == [ANN.email, BO.email]


def test_only_those_who_are_meant_are_read(office: Office) -> None:
    """Nobody else is in the answer."""
    look, _ = look_at(office)
    assert set(look.everybody(Memory(), frozenset({BO.email, CY.email})).readings) == {BO.email, CY.email}
    assert office.asked(LIST) == [BO.email]


def test_when_a_manager_is_taken_is_read_from_what_was_read_already(office: Office) -> None:
    """In full, with no request; a report is asked about by free/busy."""
    look, _ = look_at(office)
    seen = look.everybody(Memory())
    office.fake.log.clear()
    found = look.times(seen, frozenset({ANN.email, CY.email}))
    assert details(found) == details(seen) | {ANN.email: Detail.FULL, CY.email: Detail.BUSY}
    assert set(office.fake.log.by_method()) == {BUSY}


def test_whose_calendar_could_not_be_read_is_not_asked_when_they_are_taken(office: Office) -> None:
    """They stay unknown."""
    office.fake.people.lose_access(ANN.email)
    look, _ = look_at(office)
    seen = look.everybody(Memory())
    office.fake.log.clear()
    assert look.times(seen, frozenset({ANN.email})) == seen
    assert office.fake.log.count() == 0


def test_busy_times_that_fail_take_the_place_of_what_was_known(office: Office) -> None:
    """Whoever can't be asked is unknown from then on, and not free."""
    look, _ = look_at(office)
    seen = look.everybody(Memory())
    office.fake.people.hide_busy(CY.email)
    found = look.times(seen, frozenset({CY.email}))
    assert CY.email not in found.readings
    assert CY.email in found.unreadable


def test_a_calendar_is_asked_for_once_a_run_unless_the_run_wrote_to_it(office: Office) -> None:
    """Then both of the two are looked at again, and the series is there."""
    look, calendars = look_at(office)
    look.everybody(Memory())
    office.fake.log.clear()
    look.everybody(Memory())
    assert office.fake.log.count() == 0
    calendars.create(invitation(), notify=False)
    office.fake.log.clear()
    found = look.everybody(Memory())
    assert office.asked(LIST) == [ANN.email, BO.email]
    assert UID in {series.uid for series in found.readings[ANN.email].series}


def test_everything_is_tried_for_the_doctor(office: Office) -> None:
    """Also of reports on track when they are taken."""
    look, _ = look_at(office)
    assert details(look.everything()) == {
        ANN.email: Detail.MEETINGS,
        BO.email: Detail.MEETINGS,
        CY.email: Detail.BUSY,
        DI.email: Detail.BUSY,
    }


def test_a_file_of_a_report_is_read_for_the_meetings_with_their_manager(office: Office) -> None:
    """At Google a report's calendar is asked for nothing; a file costs no request."""
    filed = person("ed@x.org", ANN.email)
    office.people = (ANN, BO, filed)
    (office.root / "config").mkdir()
    (office.root / "config" / "ed@x.org.ics").write_text(calendar())
    look, _ = look_at(office)
    assert details(look.everybody(Memory()))[filed.email] is Detail.MEETINGS


def test_what_is_told_meanwhile_never_goes_back_or_past_the_end(office: Office) -> None:
    """However often some are looked at again."""
    told: list[tuple[str, int, int]] = []
    look, _ = look_at(office, told)
    look.everybody(Memory(), frozenset({ANN.email, BO.email}))
    look.everybody(Memory(), frozenset({CY.email, DI.email}))
    look.everybody(Memory(), frozenset({ANN.email}))
    done = [many for _, many, _ in told]
    assert done == sorted(done)
    assert done[-1] == 4
    assert {of for _, _, of in told} == {4}


def test_without_a_way_to_google_nobody_there_is_known(tmp_path: Path) -> None:
    """Neither their meetings nor when they are taken."""
    calendars = Calendars(settings(tmp_path))
    unasked = CalendarReading(owner=CY.email, window=WINDOW, detail=Detail.NOTHING)
    found = calendars.read_times([CY], WINDOW, Evidence({CY.email: unasked}, {}), {})
    assert "does not say how Google is reached" in found.unreadable[CY.email].what
