"""Whose calendars one sign-in reaches: as their owners for a whole domain, or what was shared with one person."""

from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.calendars.google.provider import GoogleCalendar
from scheduler.errors import CalendarUnreadable
from scheduler.meetings import CalendarReading
from scheduler.people import Person
from scheduler.timespans import Span
from tests.fake_google.fake import NOW, FakeGoogle
from tests.fake_google.faults import answered
from tests.unit.fake_google_fixtures import fake, on_loopback
from tests.unit.fake_google_worlds import invited, weekly
from tests.unit.google_calendar_builders import ANN, BO, CY, provider

__all__ = ["fake"]
pytestmark = on_loopback
WINDOW = Span(NOW - timedelta(weeks=1), NOW + timedelta(weeks=4))
SIGNED_IN = pytest.mark.parametrize("account", [ANN.email, "ann.archer@example.com"])


def with_a_series(fake: FakeGoogle) -> FakeGoogle:
    """Let Bo and Cy meet weekly."""
    fake.people.create_event(CY.email, attendees=invited(CY.email, BO.email), **weekly())
    return fake


def guests(reading: CalendarReading) -> set[str]:
    """Return who is in the meetings that were read."""
    return {guest.email for each in reading.occurrences for guest in each.attendees}


def read(calendar: GoogleCalendar, owner: Person) -> CalendarReading:
    """Return what is in somebody's calendar."""
    return calendar.read(owner, WINDOW)


def test_for_a_whole_domain_each_calendar_is_read_as_its_owner(fake: FakeGoogle, tmp_path: Path) -> None:
    """Nobody has to share anything."""
    with_a_series(fake)
    with provider(fake, tmp_path) as calendar:
        assert guests(read(calendar, CY)) == {BO.email, CY.email}
    assert {entry.user for entry in fake.log if entry.method == "calendar.events.list"} == {CY.email}


@SIGNED_IN
def test_whoever_signed_in_reads_their_own_calendar_under_any_of_their_addresses(
    fake: FakeGoogle, tmp_path: Path, account: str
) -> None:
    """They stand in it under their main address."""
    fake.people.create_event(ANN.email, attendees=invited(account, BO.email), **weekly())
    with provider(fake, tmp_path, account=account) as calendar:
        assert guests(read(calendar, ANN)) == {ANN.email, BO.email}


@SIGNED_IN
def test_a_calendar_that_was_shared_with_them_is_read(fake: FakeGoogle, tmp_path: Path, account: str) -> None:
    """With all event details; its owner stands in it under their own address."""
    with_a_series(fake).people.share(CY.email, ANN.email, "reader")
    with provider(fake, tmp_path, account=account) as calendar:
        assert guests(read(calendar, CY)) == {BO.email, CY.email}


@pytest.mark.parametrize("role", ["freeBusyReader", "none"])
def test_a_calendar_of_which_only_the_times_were_shared_is_unknown_and_not_without_meetings(
    fake: FakeGoogle, tmp_path: Path, role: str
) -> None:
    """As a domain shares them by default: events without anybody in them say nothing about 1-2-1s."""
    with_a_series(fake).people.share(CY.email, ANN.email, role)
    unknown = pytest.raises(CalendarUnreadable, match=r"the calendar of cy@example\.com")
    with provider(fake, tmp_path, account=ANN.email) as calendar, unknown:
        read(calendar, CY)


@pytest.mark.parametrize("status", [403, 404])
def test_a_calendar_that_is_somebody_elses_is_not_put_down_to_scopes_or_addresses(
    fake: FakeGoogle, tmp_path: Path, status: int
) -> None:
    """A manager who signed in for themselves is told what reads the calendars of other managers; of their own, why not."""
    fake.faults.add(answered(status, "insufficientPermissions"), method="calendar.events.list")
    with provider(fake, tmp_path, account=ANN.email) as calendar:
        with pytest.raises(
            CalendarUnreadable,
            match=r"^the calendar of cy@\S+: ann@\S+ is signed in and may not read it; use",
        ):
            read(calendar, CY)
        with pytest.raises(CalendarUnreadable, match=rf"\({status} insufficientPermissions\)|knows no such"):
            read(calendar, ANN)


def test_an_api_that_is_off_is_said_whoever_s_calendar_it_is(fake: FakeGoogle, tmp_path: Path) -> None:
    """No sharing would help."""
    fake.faults.add(answered(403, "accessNotConfigured"), method="calendar.events.list")
    off = pytest.raises(CalendarUnreadable, match="an API is not switched on")
    with provider(fake, tmp_path, account=ANN.email) as calendar, off:
        read(calendar, CY)


def test_a_calendar_that_is_shared_no_longer_is_unknown_from_then_on(
    fake: FakeGoogle, tmp_path: Path
) -> None:
    """What was read of it before is not passed off as today's."""
    with_a_series(fake).people.share(CY.email, ANN.email, "reader")
    with provider(fake, tmp_path, account=ANN.email) as calendar:
        read(calendar, CY)
    fake.people.share(CY.email, ANN.email, "freeBusyReader")
    with provider(fake, tmp_path, account=ANN.email) as calendar, pytest.raises(CalendarUnreadable):
        read(calendar, CY)
    fake.people.share(CY.email, ANN.email, "reader")
    with provider(fake, tmp_path, account=ANN.email) as calendar:
        assert guests(read(calendar, CY)) == {BO.email, CY.email}
