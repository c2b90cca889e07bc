"""From the events of a Google calendar to meetings: single ones, series, and the dates of series that people changed."""

from zoneinfo import ZoneInfo

import pytest

from scheduler.meetings import Answer, Busy, CalendarReading, EventStatus
from tests.fake_google.calls import Json
from tests.unit.calendars_builders import cancelled, only, person, starts
from tests.unit.google_event_builders import (
    ANA,
    ANA_HERSELF,
    BO,
    at,
    changed,
    days,
    event,
    gone,
    month,
    on,
    read,
    weekly,
)

NOVEMBER = month(2026, 11)
FROM_NEW_YORK = weekly("2026-10-20 09:00", zone="America/New_York")
TUESDAYS = ["2026-11-03 09:00", "2026-11-10 09:00", "2026-11-17 09:00", "2026-11-24 09:00"]


def november(*bodies: Json) -> CalendarReading:
    """Return the reading of these events in November 2026."""
    return read(*bodies, window=NOVEMBER)


def test_a_series_keeps_the_wall_clock_of_its_own_zone_not_of_the_owners() -> None:
    """9:00 in New York, a week before and a week after its clocks change, seen from Berlin, whose change earlier."""
    assert starts(read(FROM_NEW_YORK, window=month(2026, 10))) == ["2026-10-20 13:00", "2026-10-27 13:00"]
    assert starts(november(FROM_NEW_YORK))[:1] == ["2026-11-03 14:00"]


@pytest.mark.parametrize("zone", ["Mars/Olympus_Mons", "", None])
def test_in_a_zone_that_nobody_knows_the_first_date_is_right_and_the_clock_is_the_owners(
    zone: str | None,
) -> None:
    """The offset tells the moment; a series then changes its clocks with its owner."""
    times = {"start": at("2026-10-20 10:00"), "end": at("2026-10-20 10:30")}
    odd = {name: told | {"timeZone": zone} for name, told in times.items()}
    found = read(weekly() | odd, window=month(2026, 10))
    assert starts(found) == ["2026-10-20 08:00", "2026-10-27 09:00"]


def test_a_date_that_was_moved_stands_where_it_went_and_says_where_it_was() -> None:
    """The other dates stay."""
    found = november(weekly(), changed("2026-11-10 10:00", "2026-11-12 15:00"))
    assert starts(found) == [TUESDAYS[0], "2026-11-12 14:00", *TUESDAYS[2:]]
    (moved,) = [each for each in found.occurrences if each.moved]
    assert moved.original_start.isoformat() == "2026-11-10T09:00:00+00:00"
    assert len(found.series) == 1


def test_a_date_that_was_called_off_is_a_cancelled_occurrence_though_only_its_id_is_told() -> None:
    """It has the guests that the series has."""
    found = november(weekly(), gone("2026-11-10 10:00"))
    assert (starts(found), cancelled(found)) == ([TUESDAYS[0], *TUESDAYS[2:]], [TUESDAYS[1]])
    assert all(len(each.attendees) == 2 for each in found.occurrences)


def test_a_date_called_off_is_known_in_whatever_zone_its_original_start_is_told() -> None:
    """Google tells it in the zone of the series or in UTC."""
    named = gone("2026-11-10 10:00") | {"originalStartTime": {"dateTime": "2026-11-10T09:00:00Z"}}
    assert cancelled(november(weekly(), named)) == [TUESDAYS[1]]


def test_a_date_called_off_of_which_the_series_knows_nothing_any_more_is_nothing() -> None:
    """The series was moved to another hour after that date was deleted."""
    found = november(weekly("2026-11-03 11:00"), gone("2026-11-10 10:00"))
    assert (len(starts(found)), cancelled(found)) == (4, [])


def test_one_date_can_be_declined() -> None:
    """The exception says so for that date alone."""
    no = [ANA_HERSELF | {"responseStatus": "declined"}, BO]
    found = november(weekly(), changed("2026-11-10 10:00", attendees=no))
    answers = [{g.email: g.answer for g in each.attendees}[ANA.email] for each in found.occurrences]
    assert answers == [Answer.ACCEPTED, Answer.DECLINED, Answer.ACCEPTED, Answer.ACCEPTED]


def test_who_is_invited_to_one_date_alone_has_that_date_and_no_series() -> None:
    """The exception comes without its series; it bears the UID that all copies have."""
    found = november(changed("2026-11-10 10:00", iCalUID="series@google.com"))
    assert starts(found) == ["2026-11-10 09:00"]
    assert (only(found).in_series, only(found).uid) == (True, "series@google.com")
    assert found.series == ()


def test_dates_alone_bear_the_uid_of_the_series_in_whatever_order_they_come() -> None:
    """One of two that somebody is invited to was called off, and says nothing of itself but its id."""
    stands = changed("2026-11-10 10:00")
    for two in ((gone("2026-11-03 10:00"), stands), (stands, gone("2026-11-17 10:00"))):
        assert only(november(*two)).uid == "meeting@google.com"


def test_one_date_alone_that_was_called_off_is_nothing() -> None:
    """Neither an occurrence nor a problem."""
    found = november(gone("2026-11-10 10:00"))
    assert (found.occurrences, found.series, found.unread) == ((), (), ())


@pytest.mark.parametrize(
    "line",
    [
        "EXDATE;TZID=Europe/Berlin:20261110T100000",
        "EXDATE;TZID=America/New_York:20261110T040000",
        "EXDATE:20261110T090000Z",
        "EXDATE;VALUE=DATE:20261110",
    ],
)
def test_a_date_may_also_be_left_out_by_a_line_of_the_series(line: str) -> None:
    """As imported series have it."""
    found = november(weekly() | {"recurrence": ["RRULE:FREQ=WEEKLY", line]})
    assert (starts(found), cancelled(found)) == ([TUESDAYS[0], *TUESDAYS[2:]], [TUESDAYS[1]])


def test_dates_that_were_added_take_place() -> None:
    """With a rule, or without one."""
    line = "RDATE;TZID=Europe/Berlin:20261112T100000,20261113T100000"
    both = ["2026-11-12 09:00", "2026-11-13 09:00"]
    assert starts(november(weekly() | {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=1", line]})) == [
        TUESDAYS[0],
        *both,
    ]
    assert starts(november(weekly() | {"recurrence": [line]})) == [TUESDAYS[0], *both]


def test_a_rule_may_count_or_end() -> None:
    """The series says when its last meeting ends; a date that was called off is not it."""
    for rule in ("FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;UNTIL=20261117T090000Z", "FREQ=WEEKLY;UNTIL=20261117"):
        found = november(weekly(rule=rule), gone("2026-11-17 10:00"))
        assert starts(found) == TUESDAYS[:2]
        assert found.series[0].last_end is not None
        assert found.series[0].last_end.isoformat() == "2026-11-10T09:30:00+00:00"


def test_days_count_from_midnight_to_midnight_of_the_owner() -> None:
    """Whatever zone the reader is in."""
    found = only(read(days("2026-11-24", "2026-11-26"), owner=person(tz=ZoneInfo("America/New_York"))))
    assert (found.span.start.isoformat(), found.span.end.isoformat()) == (
        "2026-11-24T00:00:00-05:00",
        "2026-11-26T00:00:00-05:00",
    )
    assert found.all_day


def test_a_day_that_ends_where_it_starts_is_that_day() -> None:
    """As in a file: other programs write it so, and Google imports it."""
    found = only(november(days("2026-11-24", "2026-11-24")))
    assert found.span.duration.days == 1


def test_a_series_of_days_leaves_out_the_day_that_was_called_off() -> None:
    """Its tombstone names a date."""
    free = days("2026-11-02", "2026-11-03", id="off", recurrence=["RRULE:FREQ=WEEKLY"])
    out = {"id": "off_20261109", "recurringEventId": "off", "originalStartTime": on("2026-11-09")}
    found = november(free, out | {"status": "cancelled"})
    assert [each[:10] for each in starts(found)] == ["2026-11-01", "2026-11-15", "2026-11-22", "2026-11-29"]
    assert len(cancelled(found)) == 1


@pytest.mark.parametrize(
    ("told", "busy"),
    [
        ({}, Busy.BUSY),
        ({"status": "tentative"}, Busy.TENTATIVE),
        ({"transparency": "transparent"}, Busy.FREE),
        ({"eventType": "focusTime"}, Busy.BUSY),
        ({"eventType": "fromGmail"}, Busy.BUSY),
        ({"eventType": "outOfOffice"}, Busy.OUT_OF_OFFICE),
        ({"eventType": "outOfOffice", "transparency": "transparent"}, Busy.FREE),
        ({"eventType": "workingLocation"}, Busy.FREE),
        ({"eventType": "birthday"}, Busy.FREE),
        ({"eventType": "something of next year"}, Busy.BUSY),
    ],
)
def test_what_an_event_does_to_its_owners_time_is_told_by_its_type(told: Json, busy: Busy) -> None:
    """Where somebody works and whose birthday it is takes nobody's time, whatever they are marked as."""
    assert only(november(event(**told))).busy is busy


def test_a_working_location_of_every_day_takes_no_day() -> None:
    """A series of days, as the settings of working hours make it."""
    location = days(
        "2026-11-02", "2026-11-03", recurrence=["RRULE:FREQ=WEEKLY;BYDAY=MO,WE"], eventType="workingLocation"
    )
    found = november(location).occurrences
    assert len(found) == 9
    assert {each.busy for each in found} == {Busy.FREE}


def test_a_tentative_event_says_so() -> None:
    """Its status is the organizer's."""
    assert only(november(event(status="tentative"))).status is EventStatus.TENTATIVE
