"""Which meetings a series has, in a window of twelve weeks back and ahead of 2026-11-23."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendars.rules import MOST_STEPS
from scheduler.meetings import CalendarReading, EventStatus
from scheduler.timespans import Span
from tests.unit.calendars_builders import (
    BERLIN,
    WINDOW,
    calendar,
    cancelled,
    event,
    only,
    person,
    read,
    starts,
    written,
)

TUESDAYS = ("DTSTART;TZID=Europe/Berlin:20261103T100000", "DTEND;TZID=Europe/Berlin:20261103T103000")
NOVEMBER = Span(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))


def november(*events: str) -> CalendarReading:
    """Return the reading of these events in November 2026."""
    return read(calendar(*events), window=NOVEMBER)


def test_a_weekly_meeting_keeps_its_wall_clock_time_over_the_clock_change() -> None:
    """10:00 in Berlin is 08:00 UTC in summer and 09:00 in winter."""
    reading = read(
        calendar(
            event("DTSTART;TZID=Europe/Berlin:20261020T100000", "DURATION:PT30M", "RRULE:FREQ=WEEKLY;COUNT=2")
        )
    )
    assert starts(reading) == ["2026-10-20 08:00", "2026-10-27 09:00"]


def test_the_window_is_half_open() -> None:
    """What ends as the window begins is outside, so is what starts as it ends; what reaches in is inside."""
    window = Span(datetime(2026, 11, 10, 9, 30, tzinfo=UTC), datetime(2026, 11, 17, 9, 0, tzinfo=UTC))
    assert starts(read(calendar(event(*TUESDAYS, "RRULE:FREQ=WEEKLY")), window=window)) == []
    wider = Span(window.start - timedelta(minutes=1), window.end + timedelta(minutes=1))
    assert len(starts(read(calendar(event(*TUESDAYS, "RRULE:FREQ=WEEKLY")), window=wider))) == 2


@pytest.mark.parametrize(
    "line",
    [
        "EXDATE;TZID=Europe/Berlin:20261110T100000",
        "EXDATE:20261110T090000Z",
        "EXDATE;TZID=America/New_York:20261110T040000",
        "EXDATE;VALUE=DATE:20261110",
        "EXDATE:20261110T100000",
    ],
    ids=["own zone", "UTC", "another zone", "date", "floating"],
)
def test_a_date_taken_out_is_a_cancelled_occurrence(line: str) -> None:
    """However EXDATE names it, the slot is there and says cancelled."""
    reading = november(event(*TUESDAYS, "RRULE:FREQ=WEEKLY", line))
    assert starts(reading) == ["2026-11-03 09:00", "2026-11-17 09:00", "2026-11-24 09:00"]
    assert cancelled(reading) == ["2026-11-10 09:00"]


def test_an_exdate_that_matches_nothing_cancels_nothing() -> None:
    """Only a real occurrence can be taken out."""
    reading = november(event(*TUESDAYS, "RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/Berlin:20261111T100000"))
    assert len(starts(reading)) == 4
    assert cancelled(reading) == []


def test_added_dates_take_place() -> None:
    """RDATE adds times, and periods with a length of their own."""
    reading = november(
        event(
            *TUESDAYS,
            "RDATE;TZID=Europe/Berlin:20261105T100000",
            "RDATE;VALUE=PERIOD:20261106T090000Z/20261106T110000Z,20261107T090000Z/PT15M",
        )
    )
    lengths = [each.span.duration / timedelta(minutes=1) for each in reading.occurrences]
    assert lengths == [30, 30, 120, 15]
    assert all(each.in_series for each in reading.occurrences)
    assert reading.series[0].rrule == ""
    assert reading.series[0].last_end == datetime(2026, 11, 7, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY", "FREQ=DAILY;BYHOUR=10", "FREQ=HOURLY;INTERVAL=24"])
def test_an_added_period_has_its_own_length_where_the_rule_names_its_start_too(rule: str) -> None:
    """It is one meeting, as long as the period says."""
    period = "RDATE;VALUE=PERIOD:20261110T090000Z/PT10M"
    reading = november(event(*TUESDAYS, f"RRULE:{rule}", period))
    (found,) = (each for each in reading.occurrences if written(each.span.start) == "2026-11-10 09:00")
    assert found.span.duration == timedelta(minutes=10)


def override(named: str, start: str, *lines: str, parameters: str = ";TZID=Europe/Berlin") -> str:
    """Return an override of the Tuesday series."""
    return event(
        f"RECURRENCE-ID{parameters}:{named}",
        f"DTSTART;TZID=Europe/Berlin:{start}",
        "DURATION:PT30M",
        *lines,
    )


@pytest.mark.parametrize(
    ("named", "parameters"),
    [
        ("20261110T100000", ";TZID=Europe/Berlin"),
        ("20261110T090000Z", ""),
        ("20261110T040000", ";TZID=America/New_York"),
        ("20261110T100000", ""),
        ("20261110", ";VALUE=DATE"),
    ],
    ids=["own zone", "UTC", "another zone", "floating", "date"],
)
def test_a_moved_meeting_knows_where_it_was(named: str, parameters: str) -> None:
    """However RECURRENCE-ID names the original start, there is one meeting and not two."""
    reading = november(
        event(*TUESDAYS, "RRULE:FREQ=WEEKLY"), override(named, "20261111T140000", parameters=parameters)
    )
    moved = [each for each in reading.occurrences if each.moved]
    assert [(written(each.span.start), written(each.original_start)) for each in moved] == [
        ("2026-11-11 13:00", "2026-11-10 09:00")
    ]
    assert len(reading.occurrences) == 4


def test_a_meeting_moved_out_of_the_window_is_told() -> None:
    """Its original start lies in the window."""
    reading = november(event(*TUESDAYS, "RRULE:FREQ=WEEKLY"), override("20261124T100000", "20270105T100000"))
    assert [written(each.span.start) for each in reading.occurrences if each.moved] == ["2027-01-05 09:00"]
    assert len(reading.occurrences) == 4


def test_a_meeting_moved_into_the_window_is_told() -> None:
    """Though its original start lies outside."""
    reading = november(event(*TUESDAYS, "RRULE:FREQ=WEEKLY"), override("20270105T100000", "20261126T100000"))
    assert [written(each.original_start) for each in reading.occurrences if each.moved] == [
        "2027-01-05 09:00"
    ]
    assert len(reading.occurrences) == 5


def test_an_override_that_moves_nothing_is_not_moved() -> None:
    """Another title or answer leaves the meeting where it was."""
    reading = november(event(*TUESDAYS, "RRULE:FREQ=WEEKLY"), override("20261110T100000", "20261110T100000"))
    assert not any(each.moved for each in reading.occurrences)
    assert len(reading.occurrences) == 4


def test_a_cancelled_instance_is_kept_as_cancelled() -> None:
    """It stands at its original start."""
    reading = november(
        event(*TUESDAYS, "RRULE:FREQ=WEEKLY"),
        override("20261110T100000", "20261110T100000", "STATUS:CANCELLED"),
    )
    assert cancelled(reading) == ["2026-11-10 09:00"]
    assert len(starts(reading)) == 3


def test_this_and_future_moves_all_that_follow() -> None:
    """Each later one is moved by as much, and knows where it was."""
    reading = november(
        event(*TUESDAYS, "RRULE:FREQ=WEEKLY"),
        override("20261117T100000", "20261118T110000", parameters=";RANGE=THISANDFUTURE;TZID=Europe/Berlin"),
    )
    assert starts(reading) == ["2026-11-03 09:00", "2026-11-10 09:00", "2026-11-18 10:00", "2026-11-25 10:00"]
    assert [written(each.original_start) for each in reading.occurrences][2:] == [
        "2026-11-17 09:00",
        "2026-11-24 09:00",
    ]


def test_this_and_future_far_away_is_refused_in_words() -> None:
    """A shift of more than a year can't be followed within a window."""
    reading = november(
        event(*TUESDAYS, "RRULE:FREQ=WEEKLY"),
        override("20261117T100000", "20281118T110000", parameters=";RANGE=THISANDFUTURE;TZID=Europe/Berlin"),
    )
    assert "more than a year" in reading.unread[0].problem.what


def test_this_and_future_from_times_to_days_is_refused_in_words() -> None:
    """A shift between a time and a day has no length."""
    broken = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20261117T090000Z", "DTSTART;VALUE=DATE:20261118")
    reading = november(event(*TUESDAYS, "RRULE:FREQ=WEEKLY"), broken)
    assert "between days and times" in reading.unread[0].problem.what


def test_an_override_without_its_series_stands_alone() -> None:
    """So an invitation to a single date of a series is delivered."""
    found = only(november(override("20261110T100000", "20261111T100000")))
    assert found.in_series
    assert found.moved


@pytest.mark.parametrize(
    ("until", "count"),
    [("UNTIL=20261117T090000Z", 3), ("UNTIL=20261117", 3), ("UNTIL=20261117T100000", 3), ("COUNT=3", 3)],
)
def test_a_series_ends_as_its_rule_says(until: str, count: int) -> None:
    """UNTIL is inclusive; as a date it means that whole day, without a zone the series' own."""
    reading = november(event(*TUESDAYS, f"RRULE:FREQ=WEEKLY;{until}"))
    assert len(starts(reading)) == count
    assert reading.series[0].last_end == datetime(2026, 11, 17, 9, 30, tzinfo=UTC)


def test_the_last_end_leaves_out_what_was_taken_out_and_counts_what_was_moved() -> None:
    """A date taken out is no end; a last meeting moved to later is."""
    rule = "RRULE:FREQ=WEEKLY;COUNT=4"
    reading = november(event(*TUESDAYS, rule, "EXDATE:20261124T090000Z"))
    assert reading.series[0].last_end == datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
    reading = november(event(*TUESDAYS, rule), override("20261124T100000", "20261126T100000"))
    assert reading.series[0].last_end == datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def test_a_series_without_end_has_no_last_end() -> None:
    """Nor one whose rule says that it is counted, with a count that means for ever."""
    for rule in ("FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=-1", "FREQ=WEEKLY;UNTIL=99981231T000000Z"):
        assert november(event(*TUESDAYS, f"RRULE:{rule}")).series[0].last_end is None


def test_all_day_events_run_from_midnight_to_midnight_of_their_owner() -> None:
    """DTEND is exclusive; a day may have 25 hours."""
    reading = read(calendar(event("DTSTART;VALUE=DATE:20261025", "DTEND;VALUE=DATE:20261026")))
    found = only(reading)
    assert found.all_day
    assert (found.span.start.astimezone(BERLIN).date(), found.span.start.hour) == (date(2026, 10, 25), 0)
    assert found.span.end - found.span.start == timedelta(days=1)
    assert found.span.end.astimezone(UTC) - found.span.start.astimezone(UTC) == timedelta(hours=25)


@pytest.mark.parametrize("end", ["", "DTEND;VALUE=DATE:20261124", "DURATION:P1D"])
def test_an_all_day_event_without_a_proper_end_is_one_day(end: str) -> None:
    """No DTEND, or one that equals DTSTART, as some programs write it."""
    found = only(read(calendar(event("DTSTART;VALUE=DATE:20261124", *filter(None, [end])))))
    assert found.span.duration == timedelta(days=1)


def test_an_all_day_series_can_be_taken_apart() -> None:
    """Dates taken out and moved count in days, also where EXDATE is written as a time."""
    reading = november(
        event("DTSTART;VALUE=DATE:20261102", "RRULE:FREQ=WEEKLY;UNTIL=20261130", "EXDATE:20261109T000000Z"),
        event("RECURRENCE-ID;VALUE=DATE:20261116", "DTSTART;VALUE=DATE:20261117"),
        event("RECURRENCE-ID:20261123T000000", "DTSTART;VALUE=DATE:20261124"),
    )
    days = [
        each.span.start.astimezone(BERLIN).day
        for each in reading.occurrences
        if each.status is not EventStatus.CANCELLED
    ]
    assert days == [2, 17, 24, 30]
    assert cancelled(reading) == ["2026-11-08 23:00"]
    assert reading.series[0].start == datetime(2026, 11, 2, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=MINUTELY;COUNT=9999999;BYMONTH=13",
        "FREQ=HOURLY;UNTIL=20401231T000000Z",
        "FREQ=HOURLY;COUNT=900000",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;COUNT=3;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=YEARLY;UNTIL=20401231T000000Z;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5,6,7,8,9",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;COUNT=many",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20261201T000000Z",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=FORTNIGHTLY",
        "FREQ=WEEKLY;UNTIL=soon",
        "FREQ=WEEKLY;UNTIL=PT1H",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=YEARLY;RSCALE=CHINESE",
        "WEEKLY",
    ],
)
def test_a_rule_that_cannot_be_followed_costs_its_event_alone(rule: str) -> None:
    """It says why, and the others come through; nothing hangs."""
    start = "DTSTART:20100104T090000Z"
    reading = read(calendar(event(start, f"RRULE:{rule}"), event(*TUESDAYS, uid="u2")))
    assert len(reading.unread) == 1
    assert reading.unread[0].problem.where == "ana@example.com.ics:4"
    assert "'u1'" in reading.unread[0].problem.what
    assert [each.uid for each in reading.occurrences] == ["u2"]


def test_a_leap_day_comes_true() -> None:
    """A rule that comes true once in four years is followed."""
    leap = Span(datetime(2028, 1, 1, tzinfo=UTC), datetime(2028, 12, 31, tzinfo=UTC))
    series = event("DTSTART:20240229T090000Z", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")
    assert starts(read(calendar(series), window=leap)) == ["2028-02-29 09:00"]


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("FREQ=HOURLY", 24),
        ("FREQ=HOURLY;INTERVAL=5;BYMINUTE=0,30", 10),
        ("FREQ=HOURLY;BYHOUR=9,10,11;BYMINUTE=0,20,40;BYSETPOS=-1", 4),
        ("FREQ=MINUTELY;INTERVAL=45;COUNT=7", 7),
        ("FREQ=MINUTELY;BYDAY=MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0,30;UNTIL=20261201T090000Z", 3),
        ("FREQ=SECONDLY;INTERVAL=20;UNTIL=20261130T000100Z", 4),
    ],
)
def test_a_series_that_repeats_within_the_day_is_followed(rule: str, count: int) -> None:
    """Hourly, each minute or second; its start counts whether or not the rule names it."""
    reading = november(event("DTSTART:20261130T000000Z", f"RRULE:{rule}"))
    assert len(starts(reading)) == count


@pytest.mark.parametrize(
    ("frequency", "step"),
    [("HOURLY", timedelta(hours=1)), ("MINUTELY", timedelta(minutes=1)), ("SECONDLY", timedelta(seconds=1))],
)
def test_a_rule_is_followed_up_to_the_bound_and_not_a_step_further(frequency: str, step: timedelta) -> None:
    """A rule costs no more than the steps that it takes from its start; one past them is refused in words."""
    begin = datetime(2026, 11, 30, 23, tzinfo=UTC) - step * (MOST_STEPS - 1)
    for late, faults in ((timedelta(), 0), (step, 1)):
        until = f"{begin + step * (MOST_STEPS - 1) + late:%Y%m%dT%H%M%SZ}"
        rule = f"RRULE:FREQ={frequency};UNTIL={until}"
        reading = november(event(f"DTSTART:{begin:%Y%m%dT%H%M%SZ}", rule, "DURATION:PT0S"))
        assert len(reading.unread) == faults
        assert all("50,000 steps" in each.problem.what for each in reading.unread)


def test_an_hour_that_the_clocks_leap_over_is_the_next_one() -> None:
    """An hourly series has one meeting at 3:00 on that night, though its rule names 2:00, too, which means the same."""
    night = Span(datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 3, 29, 3, tzinfo=UTC))
    series = event("DTSTART;TZID=Europe/Berlin:20260328T000000", "DURATION:PT30M", "RRULE:FREQ=HOURLY")
    assert starts(read(calendar(series), window=night)) == [
        *("2026-03-29 00:00", "2026-03-29 01:00", "2026-03-29 02:00"),
    ]


def test_a_day_taken_out_leaves_alone_what_was_changed_and_is_no_date_of_the_rule() -> None:
    """An override of a date that the rule does not name takes place, and the day that is taken out is one of the rule's."""
    reading = november(
        event(*TUESDAYS, "RRULE:FREQ=WEEKLY", "EXDATE;VALUE=DATE:20261110"),
        override("20261109T233000", "20261112T140000", parameters=";TZID=Etc/GMT+3"),
    )
    assert "2026-11-12 13:00" in starts(reading)
    assert cancelled(reading) == ["2026-11-10 09:00"]


def test_the_last_end_is_that_of_what_moved_on() -> None:
    """A series that was moved as a whole from some date on ends as late as it was moved."""
    reading = november(
        event(*TUESDAYS, "RRULE:FREQ=WEEKLY;COUNT=4"),
        override("20261117T100000", "20261118T110000", parameters=";RANGE=THISANDFUTURE;TZID=Europe/Berlin"),
    )
    assert reading.series[0].last_end == datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


def test_the_last_end_of_an_added_date_is_by_the_clock_of_the_series() -> None:
    """A date without a time is midnight there, as its occurrence is, wherever the owner of the calendar is."""
    start = ("DTSTART;TZID=America/New_York:20261103T100000", "DTEND;TZID=America/New_York:20261103T103000")
    reading = november(event(*start, "RDATE;VALUE=DATE:20261105"))
    assert starts(reading)[-1] == "2026-11-05 05:00"
    assert reading.series[0].last_end == datetime(2026, 11, 5, 5, 30, tzinfo=UTC)


def test_an_until_before_the_start_leaves_nothing() -> None:
    """A series that was ended before it began has no occurrence."""
    assert starts(november(event(*TUESDAYS, "RRULE:FREQ=WEEKLY;UNTIL=20261001T000000Z"))) == []


def test_rules_may_be_several_written_badly_and_count_many() -> None:
    """Blanks between weekdays, lower case, and a second rule."""
    reading = november(
        event(*TUESDAYS, "RRULE:freq=weekly;byday=TU, TH;X-OWN=1;RSCALE=GREGORIAN", "RRULE:FREQ=MONTHLY")
    )
    assert len(starts(reading)) == 8
    assert "\n" in reading.series[0].rrule


def test_a_very_old_series_is_still_read() -> None:
    """A weekly series of forty years is replayed."""
    assert len(starts(november(event("DTSTART:19860107T090000Z", "RRULE:FREQ=WEEKLY")))) == 4


@given(
    first=st.dates(date(2025, 1, 1), date(2027, 3, 1)),
    interval=st.integers(1, 5),
    out=st.integers(0, 30),
    length=st.integers(0, 180),
)
def test_what_takes_place_and_what_is_taken_out_are_all_slots(
    first: date, interval: int, out: int, length: int
) -> None:
    """Taking a date out moves one slot from standing to cancelled, and changes nothing else."""
    start = f"DTSTART;TZID=Europe/Berlin:{first:%Y%m%d}T100000"
    lines = (start, f"DURATION:PT{length}M", f"RRULE:FREQ=WEEKLY;INTERVAL={interval}")
    gone = first + timedelta(weeks=out)
    whole = read(calendar(event(*lines)))
    less = read(calendar(event(*lines, f"EXDATE;TZID=Europe/Berlin:{gone:%Y%m%d}T100000")))
    assert sorted([*starts(less), *cancelled(less)]) == starts(whole)
    assert all(each.span.overlaps(WINDOW) or WINDOW.holds(each.span.start) for each in whole.occurrences)
    assert len(cancelled(less)) <= 1


def test_overlapping_clock_change_gives_a_span_that_is_not_negative() -> None:
    """A meeting over the hour that comes twice keeps its length."""
    found = only(
        read(
            calendar(event("DTSTART;TZID=Europe/Berlin:20261025T023000", "DTEND:20261025T014500Z")), person()
        )
    )
    assert found.span.duration == timedelta(minutes=75)
