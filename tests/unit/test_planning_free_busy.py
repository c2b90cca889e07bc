"""Finding times for people of whom it is known when they are taken, and nothing else."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from scheduler.cadence.coverage import check_everyone
from scheduler.errors import Problem
from scheduler.meetings import CalendarReading, Detail, Evidence, Occurrence
from scheduler.memory import MadeSeries, Memory, SeriesState
from scheduler.people import Person
from scheduler.planning.changes import ChangeKind, Plan
from scheduler.planning.planner import make_plan
from scheduler.planning.situation import Situation
from scheduler.planning.times import times_of
from scheduler.settings import GoogleSettings
from scheduler.timespans import Span
from tests.fake_google.fake import NOW as TODAY
from tests.fake_google.fake import FakeGoogle
from tests.unit import google_calendar_builders as office
from tests.unit.checking_worlds import Office
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.fake_google_worlds import Client, people
from tests.unit.planning_builders import ANN, BERLIN, BO, NOW, roster, series, settings

pytestmark = on_loopback
WINDOW = Span(NOW - timedelta(weeks=12), NOW + timedelta(weeks=26))
OURS = series("onetoone1", mark="key")


def reading(owner: Person, detail: Detail, *occurrences: Occurrence, **more: object) -> CalendarReading:
    """Return a calendar in some detail."""
    plain = CalendarReading(owner=owner.email, window=WINDOW, occurrences=occurrences, detail=detail)
    return replace(plain, **more)  # type: ignore[arg-type]  # tests name the fields themselves


def taken(start: datetime, minutes: int = 30) -> Occurrence:
    """Return a stretch that free/busy tells."""
    return Occurrence(
        uid=f"busy-{start}", span=Span(start, start + timedelta(minutes=minutes)), original_start=start
    )


def situation(ann: CalendarReading, bo: CalendarReading | None, memory: Memory | None = None) -> Situation:
    """Return what is known of Ann and Bo; nothing of Bo's calendar could be read where there is no reading."""
    found = [one for one in (ann, bo) if one is not None]
    unreadable = {} if bo is not None else {BO.email: Problem("the calendar of bo@x.org", "it can't be read")}
    return Situation(
        evidence=Evidence({one.owner: one for one in found}, unreadable),
        roster=roster(ANN, BO),
        memory=memory or Memory(),
        settings=settings(),
        now=NOW,
    )


def plan(known: Situation) -> Plan:
    """Return the plan for how Ann and Bo stand."""
    gaps = check_everyone(known.roster, known.evidence, known.settings, known.memory, NOW)
    return make_plan(gaps, known)


@pytest.mark.parametrize(
    ("ann", "bo", "untimed"),
    [
        (Detail.FULL, Detail.FULL, set()),
        (Detail.FULL, Detail.BUSY, set()),
        (Detail.MEETINGS, Detail.BUSY, {ANN.email}),
        (Detail.MEETINGS, Detail.NOTHING, {ANN.email, BO.email}),
    ],
)
def test_the_plan_asks_for_times_that_are_not_known_and_holds_nothing_else_then(
    ann: Detail, bo: Detail, untimed: set[str]
) -> None:
    """What is free in a calendar of which only meetings with some people were read need not be free."""
    found = plan(situation(reading(ANN, ann), reading(BO, bo)))
    assert found.untimed == untimed
    assert bool(found.changes) is not bool(untimed)


def test_nobodys_times_are_asked_for_where_no_series_is_to_be_made() -> None:
    """The two meet."""
    dates = tuple(
        replace(
            taken(OURS.start + timedelta(weeks=2 * n)),
            uid=OURS.uid,
            organizer=ANN.email,
            attendees=OURS.attendees,
        )
        for n in range(-6, 7)
    )
    ann = reading(ANN, Detail.MEETINGS, *dates, series=(OURS,))
    assert plan(situation(ann, reading(BO, Detail.NOTHING))).untimed == frozenset()


def test_whose_times_could_not_be_read_gets_no_series_and_is_not_asked_for_again() -> None:
    """So that asking ends, and that nobody is booked blindly."""
    found = plan(situation(reading(ANN, Detail.FULL), None))
    assert found.untimed == frozenset()
    assert found.changes == ()


def test_who_is_left_out_of_the_times_is_who_is_not_known() -> None:
    """No times are worse than none found."""
    known = situation(reading(ANN, Detail.MEETINGS), reading(BO, Detail.BUSY))
    assert times_of((ANN, BO), (), known, {}).keys() == {BO.email}


def made(**more: object) -> Memory:
    """Remember that the job made the series of Ann and Bo."""
    one = MadeSeries(
        uid=OURS.uid,
        key="key",
        manager=ANN.email,
        report=BO.email,
        generation=1,
        start=OURS.start,
        timezone="Europe/Berlin",
        rrule=OURS.rrule,
        minutes=30,
        summary="1-2-1",
        state=SeriesState.STANDING,
        created_at=NOW,
    )
    return Memory(series=(replace(one, **more),))  # type: ignore[arg-type]  # tests name the fields themselves


def test_a_series_that_ends_frees_its_time_in_free_busy_too() -> None:
    """From its end on, where only that time was taken by it; what is taken beside it stays taken."""
    dates = [OURS.start + timedelta(weeks=2 * n) for n in range(4)]
    mine = tuple(
        replace(taken(start), uid=OURS.uid, mark="key", organizer=ANN.email, attendees=OURS.attendees)
        for start in dates
    )
    ann = reading(ANN, Detail.FULL, *mine, series=(OURS,))
    long = taken(dates[2] - timedelta(minutes=30), 90)
    bo = reading(BO, Detail.BUSY, taken(dates[0]), taken(dates[1]), long, taken(dates[3]))
    known = situation(ann, bo, made())
    found = times_of((BO,), (), known, {OURS.uid: dates[1]})[BO.email]
    starts = [span.start.astimezone(BERLIN) for span in found.busy]
    assert starts == [dates[0], dates[2] - timedelta(minutes=30), dates[2] + timedelta(minutes=30)]
    assert len(times_of((BO,), (), known, {})[BO.email].busy) == 4


def test_the_series_of_others_that_end_free_nothing_of_somebodys_time() -> None:
    """Bo was never in it."""
    bo = reading(BO, Detail.BUSY, taken(OURS.start))
    known = situation(reading(ANN, Detail.FULL, series=(OURS,)), bo, made(report="cy@x.org"))
    assert len(times_of((BO,), (), known, {OURS.uid: NOW})[BO.email].busy) == 1


@pytest.fixture(scope="module")
def way() -> Iterator[tuple[FakeGoogle, Client]]:
    """Give one fake for all examples."""
    with people(FakeGoogle()) as fake, closing(Client(fake)) as client:
        yield fake, client
    assert fake.violations == []


# Of a day from 8 to 18; short and few enough to leave no day taken whole, which would be an absence.
WEEKLY = st.tuples(st.integers(0, 4), st.integers(16, 34), st.integers(1, 3))


@effort(max_examples=12)
@given(ann=st.lists(WEEKLY, max_size=6), bo=st.lists(WEEKLY, max_size=6))
def test_free_busy_finds_the_times_that_reading_everything_finds(
    way: tuple[FakeGoogle, Client], ann: list[tuple[int, int, int]], bo: list[tuple[int, int, int]]
) -> None:
    """And none of the first dates of the new series lies on a meeting of either."""
    fake, client = way
    for who, meetings in ((office.ANN, ann), (office.BO, bo), (office.CY, [])):
        calendar = fake.store.calendar_of(who.email)
        assert calendar is not None
        calendar.copies.clear()
        for weekday, half_hour, halves in meetings:
            start = datetime(2026, 11, 23 + weekday, half_hour // 2, half_hour % 2 * 30)  # noqa: DTZ001 - the zone stands beside it
            end = start + timedelta(minutes=30 * halves)
            times = {
                name: {"dateTime": at.isoformat(), "timeZone": "Europe/London"}
                for name, at in (("start", start), ("end", end))
            }
            fake.people.create_event(who.email, **times, recurrence=["RRULE:FREQ=WEEKLY"])
    plans = []
    for full_reports in (False, True):
        with TemporaryDirectory() as root:
            google = GoogleSettings(threads=1, full_reports=full_reports)
            plans.append(Office(fake, client, Path(root), (office.ANN, office.BO), google=google).plan())
    short, full = plans
    assert short.changes == full.changes
    (change,) = [each for each in short.changes if each.kind is ChangeKind.CREATE_SERIES]
    assert change.start > TODAY
    first = Span(change.start, change.start + timedelta(minutes=change.minutes or 0))
    query = client.busy(
        office.ANN.email,
        office.BO.email,
        timeMin=first.start.isoformat(),
        timeMax=first.end.isoformat(),
    )
    assert [told["busy"] for told in query.values()] == [[], []]
