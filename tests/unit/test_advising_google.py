"""When two could meet where calendars are Google's: the least is read, of reports when they are busy and no more."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.advising import Advising
from scheduler.errors import CalendarUnreadable
from scheduler.people import Pair, Person
from scheduler.planning.asking import Question
from scheduler.slots.advice import Advice
from scheduler.slots.picture import HalfHour, State
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import answered
from tests.unit.checking_worlds import DI, Office
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import Client
from tests.unit.google_calendar_builders import ANN, BO, CY

__all__ = ["client", "fake"]
pytestmark = on_loopback
LIST, BUSY = "calendar.events.list", "calendar.freebusy.query"


@pytest.fixture
def office(fake: FakeGoogle, client: Client, tmp_path: Path) -> Office:
    """Give the office, in which everybody has met every other week since September, at ten in London."""
    fake.add_account(DI.email, DI.tz.key, manager=BO.email)
    found = Office(fake, client, tmp_path)
    for manager, report in ((ANN, BO), (BO, DI)):
        found.meets(manager, report)
    found.meets(ANN, CY, **hour("2026-09-02T15:00:00"))
    return found


def hour(start: str) -> dict[str, Any]:
    """Return the times of an event: half an hour from a time in London."""
    end = datetime.fromisoformat(start) + timedelta(minutes=30)
    return {
        "start": {"dateTime": start, "timeZone": ANN.tz.key},
        "end": {"dateTime": end.isoformat(), "timeZone": ANN.tz.key},
    }


def answer(office: Office, manager: Person, report: Person) -> Advice:
    """Return when the two could meet."""
    _, look = office.checking()
    return Advising(office.config, look, office.memory, office.now).answer(
        Question(pair=Pair(manager, report))
    )


def cell(found: Advice, day: str, start: str) -> HalfHour:
    """Return one half hour of the picture."""
    row = next(row for row in found.week.rows if row.start == start)
    return row.cells[found.week.headings.index(day)]


def test_what_the_two_have_with_each_other_is_not_in_the_way(office: Office) -> None:
    """Also where of the report no more than busy times are known, of which their own 1-2-1 is one."""
    found = answer(office, ANN, CY)
    assert [f"{series.start:%a %H:%M}" for series in found.present] == ["Wed 15:00"]
    there = cell(found, "Wed", "15:00")
    assert (there.state, there.present) == (State.OPEN, True)
    assert there.free == there.counted > 0


def test_other_busy_times_of_the_report_are(office: Office) -> None:
    """Read as free/busy: an hour in New York that is taken each week is no time for the two."""
    office.fake.people.create_event(CY.email, recurrence=["RRULE:FREQ=WEEKLY"], **hour("2026-11-05T16:00:00"))
    found = answer(office, ANN, CY)
    assert cell(found, "Thu", "16:00").free == 0
    assert cell(found, "Wed", "16:00").free > 0


def test_the_least_is_asked(office: Office) -> None:
    """Managers' calendars of the pairs around, one question of free/busy for Cy; of Di nothing."""
    answer(office, ANN, CY)
    asked = {entry.user for entry in office.fake.log if entry.method == LIST}
    assert asked == {ANN.email, BO.email}
    assert DI.email not in {entry.user for entry in office.fake.log}
    assert office.fake.log.count(BUSY) <= 2


def test_nothing_is_written(office: Office) -> None:
    """Neither at Google nor in what is remembered."""
    before = office.fake.state()
    answer(office, ANN, BO)
    assert office.fake.state() == before
    assert not (office.root / "state" / "onetoone.sqlite3").exists()


def test_without_free_busy_nothing_is_guessed(office: Office) -> None:
    """Whose time can't be read is told, and no time is offered."""
    office.fake.faults.add(answered(403, "forbidden"), method=BUSY)
    with pytest.raises(CalendarUnreadable) as refused:
        answer(office, ANN, CY)
    assert CY.email in str(refused.value)
