"""A first meeting that takes longer, at Google: one patch of the first instance, which may be sent twice and is no mail."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.calendars.google.bodies import first_end, first_occurrence
from scheduler.calendars.google.provider import GoogleCalendar
from scheduler.calendars.interface import Written
from scheduler.errors import WriteFailed
from scheduler.meetings import EventStatus
from scheduler.timespans import Span
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import CUT_SHORT, UNANSWERED, UNAVAILABLE, Fault, answered
from tests.unit.fake_google_fixtures import fake, on_loopback
from tests.unit.google_calendar_builders import ANN, BO, UID, invitation, provider

__all__ = ["fake"]
pytestmark = on_loopback
PATCH = "calendar.events.patch"
FIRST = f"{UID}_20261201T100000Z"
AN_HOUR = invitation(first_minutes=60)


@pytest.fixture
def calendar(fake: FakeGoogle, tmp_path: Path) -> Iterator[GoogleCalendar]:
    """Give the way to everybody's calendar."""
    with provider(fake, tmp_path) as found:
        yield found


def minutes(calendar: GoogleCalendar) -> list[int]:
    """Return how long the first three meetings take as Ann's calendar has them, those that are called off left out."""
    window = Span(datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 22, tzinfo=UTC))
    found = calendar.read(ANN, window).occurrences
    return [
        (each.span.end - each.span.start) // timedelta(minutes=1)
        for each in found
        if each.status is not EventStatus.CANCELLED
    ]


def test_the_first_instance_is_named_by_its_start_in_utc() -> None:
    """By the id of the series and the original start; what is patched is the end alone, in the organizer's zone."""
    berlin = invitation(BO, ANN, start=datetime(2026, 12, 1, 10, 0, tzinfo=BO.tz), first_minutes=90)
    assert first_occurrence(berlin) == f"{UID}_20261201T090000Z"
    assert first_end(berlin) == {
        "end": {"dateTime": "2026-12-01T11:30:00+01:00", "timeZone": "Europe/Berlin"}
    }


def test_one_mail_invites_and_none_tells_of_the_longer_first(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """The series is one invitation, whatever it took to write it."""
    assert calendar.create(AN_HOUR) is Written.DONE
    assert minutes(calendar) == [60, 30, 30]
    assert [(mail.to, mail.kind) for mail in fake.mails] == [(BO.email, "invitation")]
    assert fake.log.count(PATCH) == 1


def test_a_series_like_any_other_is_not_patched(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """Nothing is asked of Google for it beyond what was."""
    calendar.create(invitation())
    assert fake.log.count(PATCH) == fake.log.count("calendar.events.get") == 0


@pytest.mark.parametrize("fault", [UNANSWERED, CUT_SHORT, UNAVAILABLE])
def test_an_answer_that_got_lost_leaves_one_longer_meeting(
    fake: FakeGoogle, calendar: GoogleCalendar, fault: Fault
) -> None:
    """It is sent again, and meets itself; a second creation has nothing to write."""
    fake.faults.add(fault, method=PATCH, nth=[1])
    assert calendar.create(AN_HOUR) is Written.DONE
    before = fake.state()
    assert calendar.create(AN_HOUR) is Written.ALREADY_SO
    assert fake.state() == before
    assert minutes(calendar) == [60, 30, 30]


def test_what_stopped_between_the_two_is_finished_by_the_next_run(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """The creation has failed then, though the series stands; made again, it lacks the longer first alone."""
    fake.faults.add(answered(403, "forbidden"), method=PATCH)
    with pytest.raises(WriteFailed):
        calendar.create(AN_HOUR)
    fake.faults.clear()
    assert minutes(calendar) == [30, 30, 30]
    assert calendar.create(AN_HOUR) is Written.DONE
    assert minutes(calendar) == [60, 30, 30]
    assert len(fake.mails) == 1


def test_what_a_person_made_of_the_first_meeting_stays(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """Moved, cut, or called off between two attempts, it is theirs."""
    calendar.create(invitation())
    fake.people.move_instance(ANN.email, FIRST, datetime(2026, 12, 1, 15, 0, tzinfo=UTC))
    before = fake.state()
    assert calendar.create(AN_HOUR) is Written.ALREADY_SO
    assert fake.state() == before
    fake.people.delete_event(ANN.email, FIRST)
    before = fake.state()
    assert calendar.create(AN_HOUR) is Written.ALREADY_SO
    assert fake.state() == before
