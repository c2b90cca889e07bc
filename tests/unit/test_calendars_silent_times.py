"""When an event starts and ends where the file does not say it in the way that it should.

Each case is a file in `tests/calendar_files` and a row of docs/where-the-standard-is-silent.md.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from scheduler.meetings import Busy, Occurrence
from tests.unit.calendars_builders import only
from tests.unit.silent_builders import days_off, fault, filed, times

HALF_HOUR, DAY = timedelta(minutes=30), timedelta(days=1)


def one(name: str) -> Occurrence:
    """Return the one occurrence in a file."""
    return only(filed(name))


def test_a_time_without_an_end_takes_no_time() -> None:
    """Google writes it so where a meeting ends as it starts."""
    assert one("time_without_an_end").span.duration == timedelta()


def test_a_day_without_an_end_is_that_day() -> None:
    """One day from midnight to midnight."""
    assert one("day_without_an_end").span.duration == DAY


def test_a_day_that_ends_where_it_starts_is_that_day() -> None:
    """DTEND is exclusive, which not everybody knows."""
    assert one("day_that_ends_where_it_starts").span.duration == DAY


def test_an_end_before_its_start_is_unread() -> None:
    """Which of the two is wrong can't be known."""
    assert "ends before it starts" in fault("end_before_its_start")


def test_a_length_below_nought_is_unread() -> None:
    """As an end before its start."""
    assert "negative" in fault("length_below_nought")


def test_a_day_of_no_length_is_that_day() -> None:
    """As one that ends where it starts."""
    assert one("length_of_no_days").span.duration == DAY


def test_the_end_counts_and_not_the_length() -> None:
    """There may be one of them only; Outlook takes DTEND."""
    assert one("end_and_length").span.duration == HALF_HOUR


def test_a_start_and_an_end_of_two_kinds_are_unread() -> None:
    """A time and a date."""
    assert "not both dates or both times" in fault("start_and_end_of_two_kinds")


def test_an_event_without_a_start_is_unread() -> None:
    """Also where end and length would give one."""
    assert "no start" in fault("no_start")


def test_a_floating_time_is_in_its_owners_zone() -> None:
    """The same file is another moment in another person's calendar."""
    assert times("floating_time") == ["11-03 09:00"]
    assert times("floating_time", tz=ZoneInfo("Asia/Tokyo")) == ["11-03 01:00"]


def test_a_floating_time_is_in_the_zone_of_its_calendar() -> None:
    """X-WR-TIMEZONE goes before the owner's."""
    assert times("floating_time_in_a_calendar_with_a_zone") == ["11-03 15:00"]


def test_a_time_in_utc_stays_in_utc() -> None:
    """X-WR-TIMEZONE says how a calendar is shown; a series in UTC does not change its clocks."""
    assert times("utc_in_a_calendar_with_a_zone") == ["10-20 08:00", "10-27 08:00"]


def test_midnights_that_outlook_calls_all_day_are_days() -> None:
    """Leave from Tuesday to Wednesday."""
    found = one("days_as_midnights")
    assert found.all_day
    assert found.busy is Busy.OUT_OF_OFFICE
    assert (found.span.start.day, found.span.duration) == (3, 2 * DAY)


def test_midnights_in_utc_that_outlook_calls_all_day_are_the_owners_days() -> None:
    """Its UNTIL and EXDATE name days, too."""
    reading = filed("days_as_midnights_in_utc")
    assert {each.all_day for each in reading.occurrences} == {True}
    assert [each.span.start.day for each in reading.occurrences] == [3, 4, 5, 6]
    assert days_off("days_as_midnights_in_utc") == ["11-03"]
    assert reading.occurrences[1].original_start.day == 4


def test_midnights_that_nobody_calls_all_day_are_times() -> None:
    """A meeting of 24 hours, which is no 1-2-1 and no leave."""
    assert not one("midnights_without_a_zone").all_day


def test_days_without_transp_take_time() -> None:
    """OPAQUE is the default for days as for times."""
    assert one("days_without_transp").busy is Busy.BUSY


def test_a_date_that_says_utc_is_a_date() -> None:
    """Google's calendar of birthdays has it so."""
    found = filed("date_that_says_utc").occurrences
    assert [(each.all_day, each.span.start.day) for each in found] == [(True, 3), (True, 10)]
