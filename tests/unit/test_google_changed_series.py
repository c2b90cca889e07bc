"""Writing to a series of ours of which people made something else: days, or a series that somebody else arranges."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduler.calendars.google.bodies import ended
from scheduler.calendars.google.provider import GoogleCalendar
from scheduler.calendars.interface import Written
from scheduler.errors import WriteFailed
from scheduler.meetings import EventStatus
from scheduler.timespans import Span
from tests.fake_google.fake import NOW, FakeGoogle
from tests.unit.fake_google_fixtures import fake, on_loopback
from tests.unit.google_calendar_builders import ANN, BO, UID, invitation, provider

__all__ = ["fake"]

pytestmark = on_loopback
AT = datetime(2026, 12, 15, 10, tzinfo=UTC)
WRITES = "calendar.events.[!gil]*"
LINK = "https://docs.google.com/document/d/agenda/edit"


@pytest.fixture
def calendar(fake: FakeGoogle, tmp_path: Path) -> Iterator[GoogleCalendar]:
    """Give the way to everybody's calendar, Ann's and Bo's with our series in it, weekly from 1 December."""
    with provider(fake, tmp_path) as found:
        found.create(invitation(), notify=False)
        fake.log.clear()
        yield found


def handed_on(fake: FakeGoogle) -> None:
    """Let Ann make Bo the one who arranges it."""
    copy = fake.store.open(ANN.email, "primary", "owner")[0].copies[UID]
    copy.event.organizer = BO.email


def test_a_series_that_was_handed_on_is_not_written_and_that_is_said(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """Google would answer that it is done, and change nothing, each night anew."""
    handed_on(fake)
    before = fake.state()
    with pytest.raises(WriteFailed, match="somebody else arranges the series"):
        calendar.end(ANN, BO, UID, AT, NOW)
    with pytest.raises(WriteFailed, match="somebody else arranges the series"):
        calendar.attach(ANN, BO, UID, LINK, NOW)
    assert fake.state() == before
    assert fake.log.count(WRITES) == 0


def test_a_series_that_was_handed_on_stands(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """It is not made a second time."""
    handed_on(fake)
    assert calendar.create(invitation()) is Written.ALREADY_SO


def test_a_series_of_which_somebody_made_days_keeps_those_before_its_end(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """The day on which it is ended has begun already; the days after it go."""
    day = {"start": {"date": "2026-12-01", "dateTime": None, "timeZone": None}}
    day |= {"end": {"date": "2026-12-02", "dateTime": None, "timeZone": None}}
    fake.people.change_event(ANN.email, UID, **day)
    assert calendar.end(ANN, BO, UID, AT, NOW) is Written.DONE
    event = fake.state()["calendars"][BO.email][UID]
    assert event["recurrence"] == ["RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;UNTIL=20261215"]
    assert calendar.end(ANN, BO, UID, AT, NOW) is Written.ALREADY_SO


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (datetime(2026, 12, 15, 10, tzinfo=UTC), "20261215"),
        (datetime(2026, 12, 14, 23, tzinfo=UTC), "20261214"),
        (datetime(2026, 12, 14, 22, 59, tzinfo=UTC), "20261214"),
        (datetime(2026, 12, 14, 23, 1, tzinfo=UTC), "20261215"),
    ],
)
def test_a_rule_of_days_ends_with_the_last_day_that_had_begun(at: datetime, until: str) -> None:
    """Days begin at midnight of whoever arranges them: at 23:00 of UTC in Berlin's winter."""
    assert ended("RRULE:FREQ=WEEKLY", at, ZoneInfo("Europe/Berlin")) == f"RRULE:FREQ=WEEKLY;UNTIL={until}"


def test_a_series_that_counted_its_last_date_does_not_grow_by_its_end(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """Its last date was moved two weeks on, and goes; the week between, which nobody counted, stays free."""
    fake.people.change_event(ANN.email, UID, recurrence=["RRULE:FREQ=WEEKLY;COUNT=2"])
    fake.people.move_instance(ANN.email, f"{UID}_20261208T100000Z", datetime(2026, 12, 22, 10, tzinfo=UTC))
    assert calendar.end(ANN, BO, UID, datetime(2026, 12, 18, tzinfo=UTC), NOW) is Written.DONE
    found = calendar.read(BO, Span(NOW, NOW + timedelta(weeks=12))).occurrences
    standing = [each.span.start for each in found if each.status is not EventStatus.CANCELLED]
    assert standing == [datetime(2026, 12, 1, 10, tzinfo=UTC)]
    assert [mail.kind for mail in fake.mails] == ["cancellation"]


def test_a_series_in_parts_is_ended_with_one_mail(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """Its attendee hears of the part that is still to come."""
    later = fake.people.split_series(ANN.email, f"{UID}_20261222T100000Z")
    calendar.read(ANN, Span(NOW, NOW + timedelta(weeks=12)))
    assert calendar.end(ANN, BO, UID, AT, NOW) is Written.DONE
    assert [(mail.to, mail.kind, mail.event) for mail in fake.mails] == [(BO.email, "cancellation", later)]
