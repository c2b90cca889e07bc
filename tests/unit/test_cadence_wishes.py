"""What is read of whom: managers' meetings with their own people, and of reports no more than the job depends on."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from scheduler.cadence.results import GapReport, PairStatus
from scheduler.cadence.wishes import absences_wanted, wishes
from scheduler.meetings import CalendarReading, Detail, Evidence, Wish
from scheduler.memory import MadeSeries, Memory, PairSeen, SeriesState
from scheduler.people import CalendarSource, Person
from scheduler.settings import GoogleSettings, RosterSettings, Settings
from tests.unit.cadence_builders import ALWAYS, checked, evidence, reading
from tests.unit.planning_builders import NOW, changed, person, roster, settings

GOOGLE = CalendarSource("google")
ANN = person("ann@x.org", aliases=frozenset({"a.ode@x.org"}), calendar=GOOGLE)
BO = person("bo@x.org", ANN.email, aliases=frozenset({"b.lee@x.org"}), calendar=GOOGLE)
CY = person("cy@x.org", BO.email, calendar=GOOGLE)
DI = person("di@x.org", calendar=GOOGLE)
ON_GOOGLE = settings(google=GoogleSettings())
NOTHING = Wish(Detail.NOTHING)


def meetings(*addresses: str) -> Wish:
    """Return the wish for meetings with these people, and absences."""
    return Wish(Detail.MEETINGS, frozenset(addresses))


def asked(
    *people: Person, memory: Memory | None = None, settings: Settings = ON_GOOGLE
) -> Mapping[str, Wish]:
    """Return what is to be read of these people."""
    return wishes(roster(*people), settings, memory or Memory())


def made(manager: str, report: str) -> MadeSeries:
    """Return a series that the job made for these two."""
    return MadeSeries(
        uid="onetoone1f",
        key="k",
        manager=manager,
        report=report,
        generation=1,
        start=NOW,
        timezone="Europe/Berlin",
        rrule="FREQ=WEEKLY",
        minutes=30,
        summary="",
        state=SeriesState.STANDING,
        created_at=NOW,
    )


def test_of_a_manager_meetings_with_their_reports_are_read_and_of_a_report_nothing() -> None:
    """Under any of the report's addresses."""
    found = asked(ANN, BO)
    assert found == {ANN.email: meetings(*BO.addresses), BO.email: NOTHING}


def test_who_has_both_a_manager_and_reports_is_read_for_all_of_them() -> None:
    """Bo stands between Ann and Cy."""
    assert asked(ANN, BO, CY)[BO.email] == meetings(*ANN.addresses, *CY.addresses)


def test_files_are_read_as_managers_calendars_are_whosever_they_are() -> None:
    """To read them costs no request; what the one reads does not depend on where the other is kept."""
    filed = changed(BO, {"calendar": CalendarSource("folder")})
    found = asked(ANN, filed, CY)
    assert found[BO.email] == meetings(*ANN.addresses, *CY.addresses)
    assert found[ANN.email] == meetings(*BO.addresses)
    assert found[CY.email] == NOTHING


def test_with_full_reports_their_meetings_with_the_manager_are_read_as_well() -> None:
    """And still nobody else's."""
    found = asked(ANN, BO, settings=settings(google=GoogleSettings(full_reports=True)))
    assert found[BO.email] == meetings(*ANN.addresses)


@pytest.mark.parametrize(
    "memory",
    [
        Memory(series=(made(DI.email, BO.email),)),
        Memory(pairs_seen=(PairSeen(DI.email, BO.email, NOW),)),
    ],
    ids=["a series of ours", "a pair"],
)
def test_whoever_was_a_manager_is_still_read_for_their_former_report(memory: Memory) -> None:
    """A series that is left over stands in their calendar."""
    assert asked(ANN, BO, DI)[DI.email] == NOTHING
    assert asked(ANN, BO, DI, memory=memory)[DI.email] == meetings(*BO.addresses)


def test_who_is_remembered_under_another_address_is_meant_all_the_same() -> None:
    """Main addresses change; aliases keep the old ones."""
    memory = Memory(series=(made("a.ode@x.org", "b.lee@x.org"),))
    assert asked(ANN, BO, memory=memory)[ANN.email] == meetings(*BO.addresses)


def test_a_former_report_who_has_left_the_roster_is_looked_for_by_what_is_remembered() -> None:
    """The series with them is still to be ended."""
    found = asked(ANN, BO, memory=Memory(series=(made(ANN.email, "gone@x.org"),)))
    assert found[ANN.email] == meetings(*BO.addresses, "gone@x.org")


def test_a_report_whose_manager_has_left_the_roster_is_no_manager() -> None:
    """Nothing of their calendar is read."""
    assert asked(BO, memory=Memory(series=(made("gone@x.org", BO.email),)))[BO.email] == NOTHING


@pytest.mark.parametrize("calendar", ["google", "folder"])
def test_whoever_is_in_no_pair_of_a_directory_is_not_read(calendar: str) -> None:
    """Such an account may be a reception's, which has no calendar at all; who is listed by hand is somebody."""
    front = person("front@x.org", calendar=CalendarSource(calendar))
    directory = settings(google=GoogleSettings(), roster=RosterSettings(source="google"))
    assert asked(ANN, BO, front, settings=directory)[front.email] == NOTHING
    assert asked(ANN, BO, front)[front.email] == (NOTHING if calendar == "google" else meetings())


def wanted(status: PairStatus, *calendars: CalendarReading) -> frozenset[str]:
    """Return whose absences are wanted where Ann and Bo stand so and these calendars were read."""
    coverage = replace(checked(evidence()), status=status)
    report = GapReport(generated_at=NOW, window=ALWAYS, pairs=(coverage,))
    return absences_wanted(report, Evidence({one.owner: one for one in calendars}, {}))


def calendar(owner: Person, detail: Detail) -> CalendarReading:
    """Return a calendar of which so much was read."""
    return reading(owner.email, detail=detail)


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (PairStatus.ON_TRACK, False),
        (PairStatus.PAUSED, False),
        (PairStatus.UNKNOWN, False),
        (PairStatus.AT_RISK, True),
        (PairStatus.OVERDUE, True),
        (PairStatus.UNSCHEDULED, True),
    ],
)
def test_absences_of_a_report_matter_where_leave_could_still_excuse_the_pair(
    status: PairStatus, *, asked: bool
) -> None:
    """Leave never makes worse what is on track without it."""
    found = wanted(status, calendar(ANN, Detail.MEETINGS), calendar(BO, Detail.NOTHING))
    assert found == (frozenset({BO.email}) if asked else frozenset())


@pytest.mark.parametrize("detail", [detail for detail in Detail if detail is not Detail.NOTHING])
def test_absences_that_are_known_are_not_asked_for_again(detail: Detail) -> None:
    """Whatever else was read of a calendar, they were among it."""
    assert not wanted(PairStatus.OVERDUE, calendar(ANN, Detail.MEETINGS), calendar(BO, detail))


def test_a_calendar_that_could_not_be_read_is_not_asked_again() -> None:
    """It stays a problem: the pair is unknown, never fine."""
    assert not wanted(PairStatus.OVERDUE, calendar(ANN, Detail.MEETINGS))
