"""Checking everybody: managers' calendars first, reports' only where something depends on them, never anybody twice."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from scheduler import checking as room
from scheduler.cadence.results import PairStatus
from scheduler.meetings import Detail
from scheduler.people import CalendarSource
from scheduler.settings import GoogleSettings
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import answered
from tests.unit.calendars_builders import calendar
from tests.unit.checking_worlds import DI, Life, Office
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import Client, people
from tests.unit.google_calendar_builders import ANN, BO, CY
from tests.unit.planning_builders import person

__all__ = ["client", "fake"]
pytestmark = on_loopback
LIST, BUSY = "calendar.events.list", "calendar.freebusy.query"
ON_TRACK, OVERDUE, UNKNOWN = PairStatus.ON_TRACK, PairStatus.OVERDUE, PairStatus.UNKNOWN


@pytest.fixture
def office(fake: FakeGoogle, client: Client, tmp_path: Path) -> Office:
    """Give the office, in which everybody has met every other week since September."""
    fake.add_account(DI.email, DI.tz.key, manager=BO.email)
    found = Office(fake, client, tmp_path)
    for manager, report in ((ANN, BO), (ANN, CY), (BO, DI)):
        found.meets(manager, report)
    return found


def ended(office: Office, report: str = CY.email) -> None:
    """Let a series have ended weeks ago, with another one to come long after."""
    for event in (e for e in office.fake.state()["calendars"][report].values() if "recurrence" in e):
        who = event["organizer"]["email"]
        office.fake.people.change_event(who, event["id"], recurrence=["RRULE:FREQ=WEEKLY;COUNT=2"])


def test_of_who_is_on_track_no_report_is_asked_for(office: Office) -> None:
    """One request a manager, also the first time; and none of free/busy."""
    assert set(office.statuses().values()) == {ON_TRACK}
    assert sorted(entry.user for entry in office.fake.log if entry.method == LIST) == [ANN.email, BO.email]
    assert office.fake.log.count(BUSY) == 0


def test_the_next_night_asks_each_manager_once_for_what_changed(office: Office) -> None:
    """And finds the same."""
    first = office.check()
    office.fake.log.clear()
    assert office.check() == first
    assert office.fake.log.count() == 2


def test_the_absence_of_a_report_is_looked_at_where_the_pair_is_not_on_track(office: Office) -> None:
    """Leave may be what excuses the two; whoever else is on track is not asked for."""
    ended(office)
    assert office.statuses()[CY.email] is PairStatus.UNSCHEDULED
    assert office.asked(BUSY) == [ANN.email, ANN.email]  # ninety days a time
    office.away(CY, "2026-09-20", "2027-03-01")
    assert office.statuses()[CY.email] is PairStatus.PAUSED


def test_free_busy_that_fails_leaves_the_pair_unknown_and_never_fine(office: Office) -> None:
    """Nobody can say whether leave excuses them; the others stand as they stood."""
    ended(office)
    office.fake.people.hide_busy(CY.email)
    report = office.check()
    assert {c.pair.report.email: c.status for c in report.pairs} == {
        BO.email: ON_TRACK,
        CY.email: UNKNOWN,
        DI.email: ON_TRACK,
    }
    assert [problem.where for problem in report.problems] == [f"the calendar of {CY.email}"]


def test_a_managers_calendar_that_fails_leaves_their_pairs_unknown(office: Office) -> None:
    """Both as a manager and as a report; whom it does not concern stands as before."""
    office.fake.faults.add(answered(403, "forbidden"), method=LIST, user=BO.email)
    assert office.statuses() == {BO.email: UNKNOWN, CY.email: ON_TRACK, DI.email: UNKNOWN}


def test_with_full_reports_their_calendars_are_read_instead(office: Office) -> None:
    """The verdict is the same, and no free/busy is asked for."""
    ended(office)
    short = office.statuses()
    office.fake.log.clear()
    office.google = GoogleSettings(full_reports=True, threads=1)
    assert office.statuses() == short
    assert office.fake.log.count(BUSY) == 0


def test_a_file_in_between_is_read_whole_beside_calendars_at_google(office: Office) -> None:
    """Bo's calendar is a file: Di, whose manager Bo is, is checked by it; Ann's calendar tells of Bo as before."""
    (office.root / "config").mkdir()
    (office.root / "config" / f"{BO.email}.ics").write_text(calendar())
    filed = replace(BO, calendar=CalendarSource("folder"))
    office.people = (ANN, filed, CY, DI)
    found = office.statuses()
    assert (found[CY.email], found[DI.email]) == (ON_TRACK, PairStatus.UNSCHEDULED)
    assert BO.email not in {entry.user for entry in office.fake.log if entry.method == LIST}


def test_what_is_held_of_a_calendar_after_the_check_is_no_more_than_planning_needs(office: Office) -> None:
    """Series, and not the dates of people's own; nothing was asked of reports."""
    checking, _ = office.checking()
    checking.everybody()
    found = checking.evidence.readings
    assert {owner: one.detail for owner, one in found.items()} == {
        ANN.email: Detail.SERIES,
        BO.email: Detail.SERIES,
        CY.email: Detail.NOTHING,
        DI.email: Detail.NOTHING,
    }
    assert found[ANN.email].series
    assert not found[ANN.email].occurrences


def test_who_is_in_no_pair_is_read_as_well_and_read_again(office: Office) -> None:
    """Their calendar may be a file with a problem in it; a pair of theirs may come."""
    office.people = (*office.people, person("ed@x.org"))
    (office.root / "config").mkdir()
    checking, _ = office.checking()
    before = checking.everybody()
    assert "ed@x.org" in checking.evidence.unreadable
    (office.root / "config" / "ed@x.org.ics").write_text(calendar())
    again, _ = office.checking()
    found = {coverage.pair.key: coverage for coverage in before.pairs}
    assert again.again(checking.evidence, found, frozenset({"ed@x.org"})) == office.check()
    assert "ed@x.org" in again.evidence.readings


def test_team_by_team_finds_what_all_at_once_finds(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few pairs are checked at a time."""
    ended(office)
    office.fake.people.hide_busy(DI.email)
    together, plan = office.check(), office.plan()
    monkeypatch.setattr(room, "_AT_ONCE", 1)
    assert office.check() == together
    assert office.plan() == plan


@pytest.fixture(scope="module")
def way() -> Iterator[tuple[FakeGoogle, Client]]:
    """Give one fake for all examples, whose calendars are emptied before each."""
    with people(FakeGoogle()) as fake, closing(Client(fake)) as client:
        fake.add_account(DI.email, DI.tz.key, manager=BO.email)
        yield fake, client
    assert fake.violations == []


_DOINGS = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 11), st.integers(0, 15)), min_size=1, max_size=8
)


@effort(max_examples=12, deadline=None)
@given(before=_DOINGS, after=_DOINGS)
def test_checking_again_what_changed_is_checking_everybody(
    way: tuple[FakeGoogle, Client], before: list[tuple[int, int, int]], after: list[tuple[int, int, int]]
) -> None:
    """Whatever people did since: the same gap report, and the same plan."""
    fake, client = way
    for who in (ANN, BO, CY, DI):
        account = fake.accounts.get(who.email)
        assert account is not None
        account.calendar.copies.clear()
    with TemporaryDirectory() as root:
        office = Office(fake, client, Path(root))
        life = Life(office)
        for doing in before:
            life.goes_on(*doing)
        first, _ = office.checking()
        found = {coverage.pair.key: coverage for coverage in first.everybody().pairs}
        changed = frozenset[str]().union(*(life.goes_on(*doing) for doing in after))
        again, look = office.checking()
        gaps = again.again(first.evidence, found, changed)
        anew, other = office.checking()
        everybody = anew.everybody()
        assert gaps == everybody
        assert office.decided(gaps, again.evidence, look) == office.decided(everybody, anew.evidence, other)
