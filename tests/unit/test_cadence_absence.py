"""Which dates are leave, and what leave takes out of an interval."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.cadence.absence import away_dates
from scheduler.cadence.elapsed import SharedTime, shared_weekdays, told_apart
from scheduler.cadence.leave import Leave, leave_now
from scheduler.hours import WorkingHours
from scheduler.meetings import Answer, Attendee, Busy, EventStatus, Occurrence
from scheduler.people import Person
from scheduler.timespans import Span
from tests.unit.cadence_builders import (
    ANN,
    BERLIN,
    PAIR,
    all_day,
    at,
    changed,
    meeting,
    out_of_office,
    pair_of,
    reading,
)

WINDOW = Span(datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC))
TUE = date(2026, 12, 1)


def away(*events: Occurrence, person: Person = ANN, window: Span = WINDOW) -> Mapping[date, str]:
    """Return when a person with these events is away."""
    return away_dates(person, reading(person.email, *events), window)


def ann(**details: object) -> Person:
    """Return Ann with some details of hers changed."""
    return changed(ANN, details)


def test_an_all_day_event_that_makes_busy_is_leave_on_its_working_days() -> None:
    """From its first date to its last; the weekend in it is nobody's working day."""
    days = away(all_day(date(2026, 12, 4), date(2026, 12, 7)))
    assert days == {date(2026, 12, 4): "away all day", date(2026, 12, 7): "away all day"}


@pytest.mark.parametrize(
    "details",
    [
        {"busy": Busy.FREE},
        {"busy": Busy.TENTATIVE},
        {"status": EventStatus.CANCELLED},
        {"attendees": (Attendee("ann@x.org", Answer.DECLINED),), "organizer": "hr@x.org"},
        {"attendees": (Attendee("A.Ode@x.org", Answer.DECLINED),)},
        {"attendees": (Attendee("ann@x.org"),), "organizer": "hr@x.org"},
        {"attendees": (Attendee("ann@x.org", Answer.DECLINED),), "busy": Busy.OUT_OF_OFFICE},
    ],
)
def test_what_is_free_unsure_cancelled_declined_or_unanswered_is_no_leave(details: dict[str, object]) -> None:
    """Only what the person put there or said yes to keeps them away for a day."""
    assert away(changed(all_day(TUE), details)) == {}


def test_an_all_day_invitation_that_was_accepted_is_leave() -> None:
    """So is an all-day event of their own to which others were invited."""
    yes = all_day(TUE, attendees=(Attendee("ann@x.org", Answer.ACCEPTED),), organizer="hr@x.org")
    own = all_day(TUE, attendees=(Attendee("bo@x.org"),), organizer="ann@x.org")
    assert away(yes) == away(own) == {TUE: "away all day"}


def test_out_of_office_is_leave_where_it_covers_the_whole_working_day() -> None:
    """9:00 to 17:30 is covered on the Tuesday and Wednesday, not on the Monday and Thursday."""
    assert away(out_of_office(at(7, 12), at(10, 15))) == {
        TUE: "out of office",
        date(2026, 12, 2): "out of office",
    }


def test_two_halves_out_of_office_make_a_day() -> None:
    """Events that touch are one stretch; a gap of lunch in the hours is a gap for nobody."""
    halves = (out_of_office(at(8, 9), at(8, 12)), out_of_office(at(8, 12), at(8, 18)))
    assert away(*halves) == {TUE: "out of office"}
    apart = (out_of_office(at(8, 9), at(8, 12)), out_of_office(at(8, 13), at(8, 18)))
    assert away(*apart) == {}
    with_lunch = ann(hours=WorkingHours.parse("Mon-Fri 09:00-12:00; Mon-Fri 13:00-17:00"))
    assert away(*apart, person=with_lunch) == {TUE: "out of office"}


def test_an_all_day_out_of_office_event_is_out_of_office() -> None:
    """Whatever other all-day event lies on the same date."""
    both = (all_day(TUE, busy=Busy.OUT_OF_OFFICE), all_day(TUE, uid="other"))
    assert away(*both) == away(*reversed(both)) == {TUE: "out of office"}


def test_a_day_full_of_meetings_is_no_leave() -> None:
    """Busy is not away."""
    assert away(meeting(at(8, 8), minutes=600)) == {}


@pytest.mark.parametrize(
    ("country", "days"),
    [
        ("DE", {date(2026, 12, 25), date(2027, 1, 1)}),
        ("DE-BY", {date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 6)}),
        ("ZZ", set()),
        ("DE-XX", set()),
        ("HolidayBase", set()),
        ("", set()),
        (None, set()),
    ],
)
def test_public_holidays_are_those_of_the_country(country: str | None, days: set[date]) -> None:
    """On working days; of a part of a country where one is named; none of a country nobody knows."""
    found = away_dates(ann(country=country), None, WINDOW)
    assert found == dict.fromkeys(sorted(days), f"public holiday ({country})")


def test_before_the_first_day_and_after_the_last_one_does_not_work() -> None:
    """Both days themselves are worked."""
    hired = ann(start_date=date(2026, 11, 3), end_date=date(2027, 1, 28))
    found = away_dates(hired, None, WINDOW)
    assert found == {
        date(2026, 11, 2): "not started yet",
        date(2027, 1, 29): "has left",
        date(2027, 2, 1): "has left",
    }


def test_dates_are_those_of_the_persons_own_zone() -> None:
    """The window begins on a Monday in Auckland while it is Sunday in UTC."""
    there = ann(tz=ZoneInfo("Pacific/Auckland"), start_date=date(2027, 1, 1))
    found = away_dates(there, None, Span(WINDOW.start, WINDOW.start + timedelta(days=1)))
    assert list(found) == [date(2026, 11, 2)]
    assert away_dates(there, None, Span(WINDOW.start, WINDOW.start)) == {}


def test_leave_stands_on_the_dates_of_the_other_zone_where_they_are_worked_there() -> None:
    """Clock changes on the way take no day away: Berlin's on 25 October."""
    week = away(
        all_day(date(2026, 10, 23), date(2026, 10, 27)),
        window=Span(datetime(2026, 10, 20, tzinfo=UTC), datetime(2026, 10, 30, tzinfo=UTC)),
    )
    assert list(week) == [date(2026, 10, 23), date(2026, 10, 26), date(2026, 10, 27)]


def weekdays(first: date, last: date) -> list[date]:
    """Return the dates from Monday to Friday among these."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def test_a_week_away_takes_out_seven_days_and_a_single_holiday_a_fifth_of_that() -> None:
    """A date is worth 7/n days, n being the weekdays on which both work."""
    week = SharedTime.of(PAIR, weekdays(date(2026, 11, 30), date(2026, 12, 4)), [TUE])
    assert week.days(at(4), at(14)) == pytest.approx(3)
    assert week.leave_days(at(4), at(14)) == pytest.approx(7)
    assert SharedTime.of(PAIR, [TUE], []).days(at(0), at(14)) == pytest.approx(12.6)


def test_a_week_of_three_days_is_a_week() -> None:
    """For somebody who works from Monday to Wednesday three dates are a week; Thursday is none."""
    pair = pair_of(report={"hours": WorkingHours.parse("Mon-Wed 09:00-17:00")})
    away_ann = weekdays(date(2026, 11, 30), date(2026, 12, 4))
    assert SharedTime.of(pair, away_ann).leave_days(at(0), at(14)) == pytest.approx(7)


def test_two_who_share_no_weekday_are_counted_by_the_office_week() -> None:
    """There is no better measure; five dates are a week."""
    pair = pair_of(
        manager={"hours": WorkingHours.parse("Mon-Wed 09:00-17:00")},
        report={"hours": WorkingHours.parse("Thu-Sun 09:00-17:00")},
    )
    assert shared_weekdays(pair) == frozenset()
    assert SharedTime.of(pair, [TUE]).leave_days(at(0), at(14)) == pytest.approx(7 / 5)


def test_a_date_counts_only_where_it_lies_whole_in_the_interval() -> None:
    """The day of the meeting itself and today are not leave, they have a meeting or are not over."""
    shared = SharedTime.of(PAIR, [TUE])
    assert shared.leave_days(at(8), at(10)) == 0
    assert shared.leave_days(at(7), at(8)) == 0
    assert shared.leave_days(datetime(2026, 12, 1, tzinfo=BERLIN), at(9)) == pytest.approx(1.4)


@pytest.mark.parametrize(("year", "month", "day"), [(2026, 3, 25), (2026, 10, 21)])
def test_a_week_over_a_clock_change_is_seven_days(year: int, month: int, day: int) -> None:
    """By the wall clock of the manager, whatever zone the times are written in."""
    start = datetime(year, month, day, 10, tzinfo=BERLIN)
    end = (start + timedelta(days=7)).astimezone(UTC)
    assert SharedTime.of(PAIR).days(start, end) == 7


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(-60, 60)), st.integers(-40, 40), st.integers(0, 40))
def test_leave_never_makes_an_interval_longer_nor_less_than_nothing(
    offsets: set[int],
    first: int,
    length: int,
) -> None:
    """Between nothing and the wall-clock days, the same in any order of dates."""
    dates = [at(offset).date() for offset in offsets]
    shared = SharedTime.of(PAIR, dates)
    found = shared.days(at(first), at(first + length))
    assert 0 <= found <= length + 1e-9
    assert found == SharedTime.of(PAIR, dates[::-1], dates).days(at(first), at(first + length))


def test_both_persons_leave_is_told_apart() -> None:
    """In order of date, each with whose it is."""
    told = told_apart(
        [("Ann", {TUE: "away all day"}), ("Bo", {TUE: "has left", date(2026, 11, 30): "out of office"})]
    )
    assert list(told.items()) == [
        (date(2026, 11, 30), "Bo: out of office"),
        (TUE, "Ann: away all day; Bo: has left"),
    ]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 27), None),
        (date(2026, 11, 29), None),
        (date(2026, 11, 30), Leave(date(2026, 11, 30), date(2026, 12, 11), 10)),
        (date(2026, 12, 5), Leave(date(2026, 11, 30), date(2026, 12, 11), 10)),
        (date(2026, 12, 11), Leave(date(2026, 11, 30), date(2026, 12, 11), 10)),
        (date(2026, 12, 12), None),
    ],
)
def test_leave_bridges_the_days_on_which_they_never_work(today: date, expected: Leave | None) -> None:
    """On the weekend in its middle they are on leave; on those at its ends they are not."""
    two_weeks = dict.fromkeys(weekdays(date(2026, 11, 30), date(2026, 12, 11)), "away all day")
    assert leave_now(ANN, two_weeks, today) == expected


def test_days_outside_their_employment_are_not_leave() -> None:
    """Somebody who has not started is not on leave."""
    later = ann(start_date=date(2026, 12, 7))
    away_all = dict.fromkeys(weekdays(date(2026, 11, 30), date(2026, 12, 11)), "not started yet")
    assert leave_now(later, away_all, date(2026, 12, 2)) is None
