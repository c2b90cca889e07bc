"""When people are taken at Google: what is asked, whom, and what becomes of an answer that does not tell."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cadence.absence import away_dates
from scheduler.calendars.google.busy import read_busy
from scheduler.calendars.google.provider import GoogleCalendar
from scheduler.google.client import Google
from scheduler.meetings import Busy, CalendarReading, Detail, Evidence
from scheduler.people import Person
from scheduler.settings import GoogleSettings
from scheduler.slots.busy import busy_spans
from scheduler.state.mirror import Mirror
from scheduler.state.mirror_file import MirrorFile
from scheduler.timespans import Span
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import LOST, UNAVAILABLE, Fault, answered
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import ANN, BO, CY, Client, invited, people, timed, weekly
from tests.unit.google_calendar_builders import KNOWN, SignedInAs
from tests.unit.google_calendar_worlds import PEOPLE, member

__all__ = ["client", "fake"]

pytestmark = on_loopback
QUERY = "calendar.freebusy.query"
WEEK = Span(datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC))
YEAR = Span(WEEK.start, WEEK.start + timedelta(days=365))


def taken(reading: CalendarReading) -> list[str]:
    """Return the stretches that are taken, in UTC."""
    spans = [each.span for each in reading.occurrences]
    return [f"{span.start:%d %H:%M} - {span.end:%d %H:%M}" for span in spans]


def of(found: Evidence, email: str = BO) -> CalendarReading:
    """Return the reading of one person, who must have one."""
    return found.readings[email]


def test_it_tells_when_somebody_is_taken_and_nothing_else(fake: FakeGoogle, client: Client) -> None:
    """No guests, no series, no names; what overlaps or touches is one stretch; free events take none."""
    fake.people.create_event(BO, **timed("2026-11-24", "10:00", "11:00"), attendees=invited(BO, ANN))
    fake.people.create_event(BO, **timed("2026-11-24", "10:30", "11:30"))
    fake.people.create_event(BO, **timed("2026-11-24", "11:30", "12:00"))
    fake.people.create_event(BO, **timed("2026-11-25"), transparency="transparent")
    found = of(read_busy(client.google, [PEOPLE[BO]], WEEK))
    assert taken(found) == ["24 10:00 - 24 12:00"]
    assert (found.detail, found.series, found.window) == (Detail.BUSY, (), WEEK)
    (only,) = found.occurrences
    assert (only.attendees, only.organizer, only.busy) == ((), None, Busy.BUSY)


def test_who_has_nothing_to_do_is_free_and_not_unknown(client: Client) -> None:
    """An empty answer is an answer."""
    found = read_busy(client.google, [PEOPLE[BO]], WEEK)
    assert (of(found).occurrences, found.unreadable) == ((), {})


def test_nobody_means_no_request(fake: FakeGoogle, client: Client) -> None:
    """There is nothing to ask."""
    assert read_busy(client.google, [], WEEK) == Evidence({}, {})
    assert fake.log.count(QUERY) == 0


def test_fifty_are_asked_about_at_once_each_group_as_one_of_their_managers(
    fake: FakeGoogle, client: Client
) -> None:
    """A request more begins with the fifty-first."""
    many = [member(f"p{number}@example.com", manager=ANN if number < 60 else BO) for number in range(101)]
    for person in many:
        fake.add_account(person.email)
    found = read_busy(client.google, many, WEEK)
    assert found.readings.keys() == {person.email for person in many}
    assert [entry.user for entry in fake.log if entry.method == QUERY] == [ANN, ANN, BO]


def test_ninety_days_are_asked_about_at_once(fake: FakeGoogle, client: Client) -> None:
    """A series is seen in all of them, and a meeting over the seam of two is one stretch."""
    fake.people.create_event(BO, **weekly())
    seam = WEEK.start + timedelta(days=90)
    edges = {"start": seam - timedelta(hours=1), "end": seam + timedelta(hours=1)}
    fake.people.create_event(BO, **{name: {"dateTime": at.isoformat()} for name, at in edges.items()})
    found = of(read_busy(client.google, [PEOPLE[BO]], YEAR))
    assert fake.log.count(QUERY) == 5
    assert len(found.occurrences) == 54
    assert edges["start"] in {each.span.start for each in found.occurrences}
    assert len({each.uid for each in found.occurrences}) == 54


@pytest.mark.parametrize("reason", ["notFound", "internalError", "tooManyCalendarsRequested"])
def test_an_error_beside_one_calendar_costs_that_one_alone(
    fake: FakeGoogle, client: Client, reason: str
) -> None:
    """The answer as a whole is a success; nobody is called free whose calendar did not tell."""
    fake.people.hide_busy(CY, reason)
    found = read_busy(client.google, [PEOPLE[BO], PEOPLE[CY]], WEEK)
    assert found.readings.keys() == {BO}
    assert found.unreadable[CY].where == "the calendar of cy@example.com"
    assert reason in found.unreadable[CY].what


def test_an_error_in_one_part_of_a_long_time_makes_all_of_it_unknown(
    fake: FakeGoogle, client: Client
) -> None:
    """Half a year of which half is known is not known."""
    fake.just_before(QUERY, lambda: fake.just_before(QUERY, lambda: fake.people.hide_busy(BO)))
    found = read_busy(client.google, [PEOPLE[BO]], Span(WEEK.start, WEEK.start + timedelta(days=180)))
    assert found.readings == {}


def test_a_calendar_that_is_missing_from_the_answer_is_unknown(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was asked about, and nothing was said."""
    monkeypatch.setattr(client.google, "send", lambda *_, **__: {})
    found = read_busy(client.google, [PEOPLE[BO]], WEEK)
    assert "nothing was answered" in found.unreadable[BO].what


def test_whom_the_manager_may_not_see_is_asked_about_as_that_person(fake: FakeGoogle, client: Client) -> None:
    """A service account speaks for everybody of the domain."""
    fake.people.share(CY, ANN, "none")
    fake.people.create_event(CY, **timed("2026-11-24"))
    found = read_busy(client.google, [PEOPLE[BO], PEOPLE[CY]], WEEK)
    assert taken(of(found, CY)) == ["24 10:00 - 24 10:30"]
    assert [entry.user for entry in fake.log if entry.method == QUERY] == [ANN, CY]


def test_people_of_a_manager_who_can_not_be_spoken_for_are_asked_about_one_by_one(
    fake: FakeGoogle, client: Client
) -> None:
    """The manager has no account there, as when only their people's calendars are Google's."""
    led = [member(BO, "Europe/Berlin", "di@elsewhere.example"), member(CY, manager="di@elsewhere.example")]
    found = read_busy(client.google, led, WEEK)
    assert found.readings.keys() == {BO, CY}
    assert [entry.user for entry in fake.log if entry.method == QUERY] == [BO, CY]


def test_one_signed_in_person_asks_about_everybody_and_speaks_for_nobody_else(fake: FakeGoogle) -> None:
    """Whom they may not see is unknown, with what would mend it."""
    fake.people.share(CY, ANN, "none")
    found = read_busy(Google(SignedInAs(fake, ANN), fake.root), [PEOPLE[BO], PEOPLE[CY]], WEEK)
    assert found.readings.keys() == {BO}
    assert "let colleagues see free/busy" in found.unreadable[CY].remedy
    assert {entry.user for entry in fake.log if entry.method == QUERY} == {ANN}


def test_what_the_signed_in_person_may_not_ask_at_all_is_unknown_of_everybody(fake: FakeGoogle) -> None:
    """Refused once, it is not asked as somebody else."""
    fake.faults.add(answered(403, "forbidden"), method=QUERY)
    found = read_busy(Google(SignedInAs(fake, ANN), fake.root), [PEOPLE[BO], PEOPLE[CY]], WEEK)
    assert (found.readings, len(found.unreadable)) == ({}, 2)
    assert fake.log.count(QUERY) == 1


@pytest.mark.parametrize("fault", [UNAVAILABLE, LOST], ids=["unavailable", "no answer"])
def test_where_google_does_not_answer_people_are_not_tried_one_by_one(
    fake: FakeGoogle, client: Client, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    """It was tried with patience already; fifty times that would be the whole night."""
    monkeypatch.setattr("scheduler.google.client._ATTEMPTS", 1)
    fake.faults.add(fault, method=QUERY)
    found = read_busy(client.google, [PEOPLE[BO], PEOPLE[CY]], WEEK)
    assert found.readings == {}
    assert {problem.remedy.split(";")[-1].strip() for problem in found.unreadable.values()} == {
        "the next run tries again"
    }
    assert {entry.user for entry in fake.log if entry.method == QUERY} == {ANN}


def test_a_spent_allowance_is_not_tried_again_for_each_person(fake: FakeGoogle, client: Client) -> None:
    """It comes back in hours."""
    fake.faults.add(answered(403, "quotaExceeded"), method=QUERY)
    assert read_busy(client.google, [PEOPLE[BO], PEOPLE[CY]], WEEK).readings == {}
    assert fake.log.count(QUERY) == 1


def test_nobody_signed_in_makes_everybody_unknown(fake: FakeGoogle, tmp_path: Path) -> None:
    """The provider gives each of them the same problem."""

    class Nobody(SignedInAs):
        @property
        def account(self) -> str:
            """Be of no account."""
            return str(self.credentials_for("nobody").token)

    way = Google(Nobody(fake, ANN), fake.root)
    with Mirror(MirrorFile(tmp_path)) as mirror:
        calendars = GoogleCalendar(way, mirror, GoogleSettings(), WEEK.start, KNOWN)
        found = calendars.read_busy([PEOPLE[BO], PEOPLE[CY]], WEEK)
    assert found.readings == {}
    assert found.unreadable.keys() == {BO, CY}


SHIFTS = "Mon-Thu 09:00-12:00, Mon-Thu 14:00-18:00, Fri 09:00-12:00"


@pytest.mark.parametrize(
    ("hours", "zone", "stretch", "away"),
    [
        ("Mon-Fri 09:00-17:00", "Europe/London", "24 09:00 - 24 17:00", [24]),
        ("Mon-Fri 09:00-17:00", "Europe/London", "24 09:00 - 24 16:59", []),
        ("Mon-Fri 09:00-17:00", "Europe/Berlin", "24 08:00 - 24 16:00", [24]),
        ("Mon-Fri 09:00-17:00", "Europe/Berlin", "24 09:00 - 24 17:00", []),
        ("Mon-Fri 09:00-17:00", "Asia/Tokyo", "23 23:30 - 24 09:00", [24]),
        ("Mon-Fri 09:00-17:00", "Europe/London", "24 12:00 - 27 12:00", [25, 26]),
        ("Mon-Fri 09:00-17:00", "Europe/London", "27 00:00 - 30 00:00", [27]),
        ("Mon-Tue 09:00-17:00", "Europe/London", "25 00:00 - 26 00:00", []),
        (SHIFTS, "Europe/London", "24 09:00 - 24 12:00", []),
        (SHIFTS, "Europe/London", "24 09:00 - 24 18:00", [24]),
        (SHIFTS, "Europe/London", "27 09:00 - 27 12:00", [27]),
    ],
)
def test_a_stretch_that_fills_a_working_day_is_an_absence_on_that_day(
    fake: FakeGoogle, client: Client, *, hours: str, zone: str, stretch: str, away: list[int]
) -> None:
    """By each person's own hours, in their own zone: what fills the day and what does not."""
    edges = zip(("start", "end"), stretch.split(" - "), strict=True)
    times = {name: {"dateTime": f"2026-11-{text.replace(' ', 'T')}:00Z"} for name, text in edges}
    fake.people.create_event(BO, **times)
    bo = member(BO, zone, ANN, hours=hours)
    found = of(read_busy(client.google, [bo], WEEK))
    assert [day.day for day in away_dates(bo, found, WEEK)] == away
    assert len(busy_spans(bo, found, WEEK)) == 1


@pytest.fixture(scope="module")
def way() -> Iterator[tuple[FakeGoogle, Client]]:
    """Give one fake for all examples."""
    with people(FakeGoogle()) as started, closing(Client(started)) as client:
        yield started, client
    assert started.violations == []


SLOTS = st.tuples(st.integers(0, 24 * 4 * 20), st.integers(1, 200), st.booleans())


@given(slots=st.lists(SLOTS, max_size=8), zone=st.sampled_from(["Europe/London", "Asia/Kolkata"]))
def test_what_is_taken_is_the_same_whether_the_calendar_or_free_busy_tells(
    way: tuple[FakeGoogle, Client], slots: list[tuple[int, int, bool]], zone: str
) -> None:
    """Whoever searches a time finds the same ones free, in however many parts it was asked."""
    fake, client = way
    calendar = fake.store.calendar_of(BO)
    assert calendar is not None
    calendar.copies.clear()
    for start, length, free in slots:
        begins = WEEK.start + timedelta(minutes=15 * start)
        edges = {"start": begins, "end": begins + timedelta(minutes=15 * length)}
        times = {name: {"dateTime": at.isoformat()} for name, at in edges.items()}
        fake.people.create_event(BO, **times, transparency="transparent" if free else "opaque")
    window = Span(WEEK.start, WEEK.start + timedelta(days=100))
    bo = member(BO, zone, ANN)
    busy = of(read_busy(client.google, [bo], window))
    assert busy_spans(bo, busy, window) == busy_spans(bo, in_full(client, bo, window), window)


def in_full(client: Client, person: Person, window: Span) -> CalendarReading:
    """Return all of somebody's calendar."""
    with Mirror(MirrorFile(Path("/dev/null"))) as mirror:
        return GoogleCalendar(client.google, mirror, GoogleSettings(), window.start, KNOWN).read(
            person, window
        )
