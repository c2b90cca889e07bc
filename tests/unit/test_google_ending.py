"""Ending a series of ours in Google Calendar: all its parts, from one moment on, and nothing before it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.calendars.google.bodies import ended
from scheduler.calendars.google.provider import GoogleCalendar
from scheduler.calendars.interface import Written
from scheduler.errors import WriteFailed
from scheduler.meetings import EventStatus
from scheduler.people import Person
from scheduler.state.mirror_file import FILE_NAME
from scheduler.timespans import Span
from tests.fake_google.fake import NOW, FakeGoogle
from tests.fake_google.faults import UNANSWERED, answered
from tests.unit.fake_google_fixtures import fake, on_loopback
from tests.unit.fake_google_worlds import timed
from tests.unit.google_calendar_builders import ANN, BO, UID, invitation, provider

__all__ = ["fake"]
pytestmark = on_loopback
WINDOW = Span(NOW - timedelta(weeks=1), NOW + timedelta(weeks=26))
AT = datetime(2026, 12, 15, 10, tzinfo=UTC)
STAMPED = NOW
PATCH, DELETE = "calendar.events.patch", "calendar.events.delete"


@pytest.fixture
def calendar(fake: FakeGoogle, tmp_path: Path) -> Iterator[GoogleCalendar]:
    """Give the way to everybody's calendar, Ann's and Bo's with our series in it, weekly from 1 December."""
    with provider(fake, tmp_path) as found:
        found.create(invitation(), notify=False)
        yield found


def instance(day: int, month: int = 12) -> str:
    """Return the id of a date of our series."""
    return f"{UID}_2026{month:02}{day:02}T100000Z"


def dates(calendar: GoogleCalendar, owner: Person = ANN) -> list[str]:
    """Return on which days our series takes place in somebody's calendar."""
    found = calendar.read(owner, WINDOW).occurrences
    standing = [each for each in found if each.uid == UID and each.status is not EventStatus.CANCELLED]
    return [f"{each.span.start.astimezone(owner.tz):%m-%d}" for each in standing]


def end(calendar: GoogleCalendar, at: datetime = AT, *, notify: bool = False) -> Written:
    """End our series, as the job does: after it was read."""
    calendar.read(ANN, WINDOW)
    return calendar.end(ANN, BO, UID, at, STAMPED, notify=notify)


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;UNTIL=20261215T095959Z"),
        ("RRULE:FREQ=WEEKLY;COUNT=30;BYDAY=TU", "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261215T095959Z"),
        ("RRULE:COUNT=30;FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;UNTIL=20261215T095959Z"),
        ("RRULE:UNTIL=20270101T000000Z;FREQ=DAILY", "RRULE:FREQ=DAILY;UNTIL=20261215T095959Z"),
        ("RRULE:FREQ=WEEKLY;UNTIL=20270101", "RRULE:FREQ=WEEKLY;UNTIL=20261215T095959Z"),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261201T235959Z", "RRULE:FREQ=WEEKLY;UNTIL=20261201T235959Z"),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261215T095959Z", "RRULE:FREQ=WEEKLY;UNTIL=20261215T095959Z"),
        ("EXDATE;TZID=Europe/London:20261208T100000", "EXDATE;TZID=Europe/London:20261208T100000"),
        ("RDATE:20270101T100000Z", "RDATE:20270101T100000Z"),
    ],
)
def test_a_rule_ends_just_before_the_moment_and_never_later_than_it_did(line: str, becomes: str) -> None:
    """UNTIL is inclusive, and in UTC whatever the zone of the moment; a COUNT can't stand beside it."""
    assert ended(line, AT) == becomes
    assert ended(line, AT.astimezone(BO.tz)) == becomes
    assert ended(becomes, AT) == becomes


def test_a_running_series_keeps_its_past(calendar: GoogleCalendar) -> None:
    """Both calendars have the dates before the moment, and none from it on."""
    assert end(calendar) is Written.DONE
    assert dates(calendar) == dates(calendar, BO) == ["12-01", "12-08"]


def test_a_series_that_has_not_begun_is_deleted(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """Nothing of it is left in either calendar."""
    assert end(calendar, datetime(2026, 12, 1, 10, tzinfo=UTC)) is Written.DONE
    assert not dates(calendar)
    assert not dates(calendar, BO)
    assert fake.log.count(PATCH) == 0


@pytest.mark.parametrize("at", [AT, NOW], ids=["running", "not begun"])
def test_the_attendee_hears_of_it_once_where_that_is_wanted(
    fake: FakeGoogle, calendar: GoogleCalendar, at: datetime
) -> None:
    """Where it is not, nobody does."""
    fake.people.move_instance(ANN.email, instance(22), datetime(2026, 12, 23, 15, tzinfo=UTC))
    assert end(calendar, at, notify=True) is Written.DONE
    assert [mail.to for mail in fake.mails] == [BO.email]
    end(calendar, at, notify=True)
    assert len(fake.mails) == 1


def test_nobody_hears_of_it_where_no_mail_is_wanted(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """Neither of the end nor of dates that go."""
    fake.people.move_instance(ANN.email, instance(22), datetime(2026, 12, 23, 15, tzinfo=UTC))
    end(calendar, notify=False)
    assert not fake.mails


def test_dates_that_a_person_moved_behind_the_end_go_and_those_before_it_stay(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """A date counts by where it stands, not by where the series had put it."""
    fake.people.move_instance(ANN.email, instance(8), datetime(2026, 12, 17, 15, tzinfo=UTC))
    fake.people.move_instance(ANN.email, instance(1), datetime(2026, 12, 3, 15, tzinfo=UTC))
    assert end(calendar) is Written.DONE
    assert dates(calendar) == dates(calendar, BO) == ["12-03"]
    assert end(calendar) is Written.ALREADY_SO


def test_a_meeting_that_runs_at_that_moment_is_not_cut_off(calendar: GoogleCalendar) -> None:
    """It had begun before."""
    assert end(calendar, AT + timedelta(minutes=10)) is Written.DONE
    assert dates(calendar)[-1] == "12-15"


def test_a_series_that_a_person_split_ends_in_all_its_parts(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """Whichever of them runs at that moment, and those that would only begin."""
    later = fake.people.split_series(ANN.email, instance(15), **timed("2026-12-15", "11:00", "11:30"))
    fake.people.split_series(ANN.email, f"{UID}_20261229T110000Z", **timed("2026-12-29", "12:00", "12:30"))
    assert later == f"{UID}_R20261215T100000"
    assert end(calendar, datetime(2026, 12, 22, tzinfo=UTC)) is Written.DONE
    assert dates(calendar) == ["12-01", "12-08", "12-15"]
    assert end(calendar, datetime(2026, 12, 22, tzinfo=UTC)) is Written.ALREADY_SO


def test_the_parts_are_found_though_what_was_read_got_lost(
    fake: FakeGoogle, calendar: GoogleCalendar, tmp_path: Path
) -> None:
    """The mirror is a cache: whoever deletes it in the middle of a run costs a reading, not the end of a part."""
    fake.people.split_series(ANN.email, instance(8), **timed("2026-12-08", "11:00", "11:30"))
    calendar.read(ANN, WINDOW)
    calendar.close()
    (tmp_path / FILE_NAME).unlink()
    assert calendar.end(ANN, BO, UID, AT, STAMPED, notify=False) is Written.DONE
    assert dates(calendar) == ["12-01", "12-08"]


def test_a_part_that_a_person_deleted_does_not_keep_the_other_from_ending(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """What is left is ended; where no part is left there is nothing to end."""
    later = fake.people.split_series(ANN.email, instance(22), **timed("2026-12-22", "11:00", "11:30"))
    fake.people.delete_series(ANN.email, later)
    assert end(calendar) is Written.DONE
    assert dates(calendar) == ["12-01", "12-08"]


def test_a_series_that_counts_its_dates_ends_too(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """Only where some of them are left."""
    fake.people.change_event(ANN.email, UID, recurrence=["RRULE:FREQ=WEEKLY;COUNT=4"])
    assert end(calendar, datetime(2026, 12, 29, tzinfo=UTC)) is Written.ALREADY_SO
    assert end(calendar) is Written.DONE
    assert dates(calendar) == ["12-01", "12-08"]


def test_a_series_that_is_over_already_is_not_written(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """Whoever ended it; a date that was called off behind its end does not matter."""
    fake.people.delete_instance(ANN.email, instance(22))
    fake.people.end_series_from(ANN.email, instance(15))
    before = fake.state()
    assert end(calendar) is Written.ALREADY_SO
    assert fake.state() == before


def test_a_series_of_which_all_that_is_left_was_called_off_is_not_written(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """Google may tell the dates that were called off along with the others."""
    fake.people.change_event(ANN.email, UID, recurrence=["RRULE:FREQ=WEEKLY;COUNT=3"])
    fake.people.delete_instance(ANN.email, instance(15))
    before = fake.state()
    assert end(calendar) is Written.ALREADY_SO
    assert fake.state() == before


def test_who_changes_the_series_meanwhile_is_heard(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """It is looked at again, and the end is made of what it is by then."""
    rule = ["RRULE:FREQ=DAILY"]
    fake.just_before(PATCH, lambda: fake.people.change_event(ANN.email, UID, recurrence=rule))
    assert end(calendar, datetime(2026, 12, 4, tzinfo=UTC)) is Written.DONE
    assert fake.log.count(PATCH, status=412) == 1
    assert dates(calendar) == ["12-01", "12-02", "12-03"]


def test_who_deletes_the_series_meanwhile_has_done_it(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """There is nothing left to end."""
    fake.just_before(DELETE, lambda: fake.people.delete_series(ANN.email, UID))
    assert end(calendar, NOW) is Written.ALREADY_SO


def test_a_series_that_does_not_hold_still_is_left_for_the_next_run(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """After some looks the run gives up, in words."""
    fake.faults.add(answered(412, "conditionNotMet"), method=PATCH)
    with pytest.raises(WriteFailed, match="keeps being changed"):
        end(calendar)
    assert fake.log.count(PATCH) == 5
    fake.faults.clear()
    assert end(calendar) is Written.DONE


@pytest.mark.parametrize("method", [PATCH, DELETE, "calendar.events.get", "calendar.events.instances"])
@pytest.mark.parametrize("nth", [1, 2])
def test_an_answer_that_got_lost_between_the_steps_changes_nothing(
    fake: FakeGoogle, calendar: GoogleCalendar, method: str, nth: int
) -> None:
    """Whichever it is: the end is the same, with one mail."""
    fake.people.move_instance(ANN.email, instance(8), datetime(2026, 12, 17, 15, tzinfo=UTC))
    fake.people.move_instance(ANN.email, instance(1), datetime(2026, 12, 18, 15, tzinfo=UTC))
    fake.faults.add(UNANSWERED, method=method, nth=[nth])
    assert end(calendar, notify=True) is Written.DONE
    assert not dates(calendar)
    assert len(fake.mails) == 1


def test_a_run_that_was_stopped_between_the_steps_is_finished_by_the_next(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """The rule has its end already; the date that was moved behind it goes then."""
    fake.people.move_instance(ANN.email, instance(8), datetime(2026, 12, 17, 15, tzinfo=UTC))
    fake.faults.add(answered(400, "badRequest"), method=DELETE)
    with pytest.raises(WriteFailed):
        end(calendar)
    assert dates(calendar) == ["12-01", "12-17"]
    fake.faults.clear()
    assert end(calendar) is Written.DONE
    assert dates(calendar) == ["12-01"]
