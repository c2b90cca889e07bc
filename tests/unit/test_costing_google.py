"""What a cadence costs where calendars are Google's: the least is read, reports' free/busy alone."""

from pathlib import Path

import pytest

from scheduler.capacity.results import CapacityReport, Fits
from scheduler.capacity.what_if import WhatIf
from scheduler.costing import Costing
from scheduler.every import Cadence
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import answered
from tests.unit.checking_worlds import DI, Office
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import Client
from tests.unit.google_calendar_builders import ANN, BO, CY

__all__ = ["client", "fake"]
pytestmark = on_loopback
LIST, BUSY = "calendar.events.list", "calendar.freebusy.query"
WEEKLY = WhatIf(Cadence.parse("1 week"))


@pytest.fixture
def office(fake: FakeGoogle, client: Client, tmp_path: Path) -> Office:
    """Give the office, in which everybody has met every other week since September."""
    fake.add_account(DI.email, DI.tz.key, manager=BO.email)
    found = Office(fake, client, tmp_path)
    for manager, report in ((ANN, BO), (ANN, CY), (BO, DI)):
        found.meets(manager, report)
    return found


def cost(office: Office, *managers: str, what_if: WhatIf | None = None) -> CapacityReport:
    """Return what these managers' 1-2-1s cost."""
    _, look = office.checking()
    costing = Costing(office.config, look, office.memory, office.now, lambda *_: None)
    return costing.report(managers, what_if)


def test_reports_are_asked_for_nothing_but_free_busy(office: Office) -> None:
    """Bo is a manager, too, whose calendar the check reads anyway; of Cy it is free/busy."""
    report = cost(office, ANN.email, what_if=WEEKLY)
    assert set(office.asked(LIST)) == {ANN.email, BO.email}
    (ann,) = report.teams
    assert (ann.policy.fit.fits, ann.load.fit.placed) == (Fits.YES, 2)
    assert ann.now.planned == pytest.approx(0.5, abs=0.1)


def test_one_question_of_free_busy_for_all_of_several_teams(office: Office) -> None:
    """For Cy and Di together: the window of 24 weeks takes two requests of 90 days at most."""
    cost(office, ANN.email, BO.email)
    assert office.fake.log.count(BUSY) == 2


def test_nothing_is_written(office: Office) -> None:
    """Neither at Google nor in what is remembered."""
    before = office.fake.state()
    cost(office, ANN.email, BO.email, what_if=WEEKLY)
    assert office.fake.state() == before
    assert not (office.root / "state" / "onetoone.sqlite3").exists()


def test_without_free_busy_it_is_not_known(office: Office) -> None:
    """The check can do without, as Di is on track; whether it fits can't."""
    office.fake.faults.add(answered(403, "forbidden"), method=BUSY)
    report = cost(office, BO.email)
    assert report.teams[0].policy.fit.fits is Fits.UNKNOWN
    assert report.incomplete
    assert report.problems
