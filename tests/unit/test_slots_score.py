"""What a time is worth: freedom weighted toward the near dates, preferences, and whose turn the unsocial hours are."""

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.hours import HalfDay
from scheduler.people import Person
from scheduler.settings import Days, SlotSettings, SlotWeights
from scheduler.slots.assign import assign, grid_of
from scheduler.slots.board import Board
from scheduler.slots.candidates import lines
from scheduler.slots.line import Candidate
from scheduler.slots.ranking import ranked
from scheduler.slots.request import PersonTime, Slot, SlotRequest
from scheduler.slots.score import Point, nearness
from scheduler.timespans import Span
from tests.unit.slots_builders import (
    ANN,
    BO,
    SETTINGS,
    WINDOW,
    local,
    person,
    placed,
    request,
    span,
    times,
    weekly,
)


def first(asked: SlotRequest, *calendars: Person | PersonTime, settings: SlotSettings = SETTINGS) -> Slot:
    """Return the slot that the pair gets alone."""
    everybody = times(asked.pair.manager, asked.pair.report, *calendars)
    return placed(assign([asked], everybody, WINDOW, settings), asked.pair.manager, asked.pair.report)


def at(text: str, asked: SlotRequest, *calendars: PersonTime, settings: SlotSettings = SETTINGS) -> Candidate:
    """Return all that there is to say of a weekly time, `2026-12-01 10:00`."""
    board = Board(grid_of([asked], WINDOW), times(asked.pair.manager, asked.pair.report, *calendars))
    start = local(text)
    day, cell = board.grid.index(start.date()), start.hour * 12 + start.minute // 5
    return next(
        line.candidate(cell)
        for line in lines(asked, board, WINDOW, settings)
        if line.days[0] == day and line.starts >> cell & 1
    )


def test_the_nearest_date_counts_twice_as_much_as_the_last() -> None:
    """Calendars are emptier the farther one looks, so what is near says more."""
    assert nearness(12) == tuple(range(22, 10, -1))
    assert nearness(2) == (2, 1)
    assert nearness(1) == (1,)


def test_a_clash_soon_is_worse_than_one_far_off() -> None:
    """One clash next week against one in eleven weeks: the later one is accepted."""
    only = person("Bo", hours="Wed 10:00-11:00")
    soon, late = span("2026-12-02 10:00", 30), span("2027-02-10 10:30", 30)
    found = first(request(report=only), PersonTime(person=ANN, busy=(soon, late)))
    assert found.clashes == (local("2027-02-10 10:30"),)


def test_all_dates_taken_cost_all_points() -> None:
    """Of 1,000 points for freedom nothing is left."""
    only = person("Bo", hours="Wed 10:00-10:30")
    taken = PersonTime(person=ANN, busy=weekly("2026-11-25 10:00", 30))
    assert at("2026-11-25 10:00", request(report=only), taken).against[Point.CLASHES] == 1000


def test_dates_on_which_one_is_away_are_no_part_of_the_share() -> None:
    """With eleven of twelve dates away, one clash is all there is."""
    only = person("Bo", hours="Wed 10:00-10:30")
    away = {date(2026, 12, 2) + timedelta(weeks=week): "leave" for week in range(11)}
    busy = (span("2026-11-25 10:00", 30),)
    assert (
        at("2026-11-25 10:00", request(report=only), PersonTime(person=ANN, busy=busy, away=away)).against[
            Point.CLASHES
        ]
        == 1000
    )


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("2026-11-30 09:00", Point.WEEK_BEGINS),
        ("2026-11-27 14:00", Point.WEEK_ENDS),
        ("2026-11-25 12:30", Point.LUNCH),
        ("2026-11-26 13:15", Point.OFF_THE_HALF_HOUR),
    ],
)
def test_what_people_would_rather_not(text: str, point: Point) -> None:
    """Monday morning, Friday afternoon, lunch, and a quarter past, each with its weight."""
    quarters = replace(SETTINGS, step=timedelta(minutes=15))
    found = at(text, request(), settings=quarters)
    assert found.against[point] == getattr(SETTINGS.weights, point.value)
    no_matter = replace(quarters, weights=replace(SETTINGS.weights, **{point.value: 0}))
    assert point not in at(text, request(), settings=no_matter).against


def test_air_before_and_after_is_wished_for() -> None:
    """A meeting right before it on half of its dates costs half of what it would on all."""
    busy = PersonTime(person=BO, busy=weekly("2026-11-25 09:30", 30, weeks=6))
    assert at("2026-11-25 10:00", request(), busy).against[Point.NO_AIR] == 5
    assert Point.NO_AIR not in at("2026-11-25 10:30", request(), busy).against
    half_an_hour = replace(SETTINGS, air=timedelta(minutes=35))
    assert at("2026-11-25 10:30", request(), busy, settings=half_an_hour).against[Point.NO_AIR] == 5
    none = replace(SETTINGS, air=timedelta(0))
    assert Point.NO_AIR not in at("2026-11-25 10:00", request(), busy, settings=none).against


def test_not_next_to_the_managers_own_one_to_one_upward() -> None:
    """Within half an hour of it, before or after, on any of the dates."""
    upward = weekly("2026-11-25 10:00", 30, weeks=60)
    ann = PersonTime(person=ANN, one_to_ones=upward, upward=upward)
    for text, near in (("09:00", False), ("09:30", True), ("10:30", True), ("11:00", False)):
        found = at(f"2026-11-25 {text}", request(), ann)
        assert (Point.BESIDE_UPWARD in found.against) == near, text


def test_the_half_of_the_day_that_somebody_prefers() -> None:
    """Mornings for Bo move the series there; where the two differ, each costs the same."""
    assert first(request(report=replace(BO, prefers=HalfDay.MORNINGS))).start.hour < 12
    torn = request(replace(ANN, prefers=HalfDay.AFTERNOONS), replace(BO, prefers=HalfDay.MORNINGS))
    assert at("2026-11-25 10:00", torn).against[Point.NOT_PREFERRED] == 30
    assert at("2026-11-25 15:00", torn).against[Point.NOT_PREFERRED] == 30


def test_a_time_that_they_had_before_is_kept() -> None:
    """A new series comes back to the hour of the old one, unless that has become worse by more."""
    asked = replace(request(), before=(local("2026-03-03 15:00"),))
    assert first(asked).start == local("2026-12-01 15:00")
    taken = PersonTime(person=ANN, busy=weekly("2026-12-01 15:00", 30))
    assert first(asked, taken).start == local("2026-11-25 13:00")


@pytest.mark.parametrize(("before", "after"), [("20:00", "11:30"), ("11:30", "20:00")])
def test_the_unsocial_hour_goes_to_whoever_did_not_bear_it_last(before: str, after: str) -> None:
    """Eight in the evening for Ann is half past three for Bo; half past eleven for Ann is seven in the morning for Bo."""
    ann = person("Ann", ZoneInfo("Asia/Kolkata"), "Mon-Fri 07:00-21:00")
    bo = person("Bo", ZoneInfo("Africa/Lagos"), "Mon-Fri 07:00-07:30; Mon-Fri 15:30-16:00")
    asked = replace(request(ann, bo), before=(local(f"2026-03-03 {before}", ann.tz),))
    turns = replace(SETTINGS, weights=SlotWeights(other_time=0))
    assert f"{first(asked, settings=turns).start:%H:%M}" == after


def test_hours_outside_social_ones_cost_each_half_hour() -> None:
    """From 07:00 to 08:00 is two half hours for each of two in one zone; what is social is a setting."""
    early = request(
        person("Ann", hours="Mon-Fri 07:00-17:00"), person("Bo", hours="Mon-Fri 07:00-17:00"), minutes=60
    )
    assert at("2026-11-26 07:00", early).against[Point.UNSOCIAL] == 2 * 2 * SETTINGS.weights.unsocial
    from_seven = replace(SETTINGS, social_hours=(time(7), time(18)))
    assert Point.UNSOCIAL not in at("2026-11-26 07:00", early, settings=from_seven).against


def test_a_new_joiners_first_one_is_not_late_without_need() -> None:
    """A clash in the first week is taken sooner than a first meeting in the second."""
    only = person("Bo", hours="Wed 10:00-10:30; Fri 10:00-10:30")
    asked = replace(
        request(report=only, earliest=local("2026-11-26 08:00")), first_by=local("2026-11-28 00:00")
    )
    taken = PersonTime(person=ANN, busy=weekly("2026-12-04 10:00", 30, weeks=2))
    assert first(asked, taken).start == local("2026-11-27 10:00")
    assert first(replace(asked, first_by=None), taken).start == local("2026-12-02 10:00")


def test_a_longer_first_meeting_fits_on_its_day() -> None:
    """Sixty minutes for the first, inside hours and on no other 1-2-1; the others take thirty."""
    only = person("Bo", hours="Wed 10:00-10:30; Thu 10:00-11:30")
    asked = replace(request(report=only), first_minutes=60)
    assert first(asked).start == local("2026-11-26 10:30")
    taken = PersonTime(person=ANN, one_to_ones=(span("2026-11-26 10:45", 15),))
    assert first(asked, taken).start.date() == date(2026, 12, 3)


def test_a_series_begins_after_what_stands_on_it_soon() -> None:
    """A single 1-2-1 on the second date puts the series off by two weeks; one in eight weeks' time rules the hour out."""
    only = person("Bo", hours="Wed 10:00-10:30")
    soon = PersonTime(person=ANN, one_to_ones=(span("2026-12-02 10:00", 30),))
    assert first(request(report=only), soon).start == local("2026-12-09 10:00")
    far = PersonTime(person=ANN, one_to_ones=(span("2027-01-20 10:00", 30),))
    with pytest.raises(AssertionError):
        first(request(report=only), far)


def test_a_longer_first_meeting_is_kept_clear_of_what_stands_in_its_longer_part() -> None:
    """What one of the two has in the second half hour of the first date counts as a clash, and on no other date."""
    only = person("Bo", hours="Wed 10:00-11:00; Thu 10:00-11:00")
    taken = PersonTime(person=ANN, busy=(span("2026-11-25 10:30", 30),))
    assert first(request(report=only), taken).start == local("2026-11-25 10:00")
    assert first(replace(request(report=only), first_minutes=60), taken).start == local("2026-11-26 10:00")


def test_spread_over_the_week_or_together_is_a_setting() -> None:
    """Six weekly ones take several days, or as few as they fit on."""
    people = [person(name) for name in ("Bo", "Cy", "Di", "Ed", "Flo", "Gus")]
    asked = [request(report=one) for one in people]

    def weekdays(days: Days) -> int:
        found = assign(asked, times(ANN, *people), WINDOW, replace(SETTINGS, days=days))
        return len({placed(found, report=one).start.weekday() for one in people})

    assert weekdays(Days.SPREAD) >= 4
    assert weekdays(Days.TOGETHER) == 1


def test_those_who_meet_in_alternate_weeks_share_an_hour_of_the_managers_week() -> None:
    """Two biweekly ones take one time of the week, though there is room for two."""
    cy = person("Cy")
    asked = [request(every="2 weeks"), request(report=cy, every="2 weeks")]
    found = assign(asked, times(ANN, BO, cy), WINDOW, SETTINGS)
    one, other = placed(found).start, placed(found, report=cy).start
    assert (one.weekday(), one.time()) == (other.weekday(), other.time())
    assert abs(one - other) == timedelta(weeks=1)


def test_the_best_times_come_first_and_say_what_speaks_for_and_against_them() -> None:
    """Ten times of the week, none twice; the first is what the pair gets; points add up to the score."""
    asked = request()
    calendars = times(PersonTime(person=ANN, busy=weekly("2026-11-25 13:00", 30, weeks=1)), BO)
    found = ranked(asked, calendars, WINDOW, SETTINGS)
    assert len({(each.slot.start.weekday(), each.slot.start.time()) for each in found}) == len(found) == 10
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert found[0].slot == placed(assign([asked], calendars, WINDOW, SETTINGS))
    for each in found:
        assert each.score == 1000 + sum(remark.points for remark in each.remarks)
        assert any("free on" in remark.words or "taken on" in remark.words for remark in each.remarks)


def test_no_more_is_asked_of_a_window_that_is_over() -> None:
    """A window of a day still counts as a week, and the first date is always judged."""
    short = Span(WINDOW.start, WINDOW.start + timedelta(days=1))
    found = ranked(request(), times(ANN, BO), short, SETTINGS, most=1)
    assert len(found[0].slot.dates) == 1


def test_the_day_on_which_the_time_for_the_first_one_ends_is_late() -> None:
    """In time up to midnight on Friday: Thursday costs nothing, Friday is a day late."""
    asked = replace(request(), first_by=local("2026-11-27 00:00"))
    assert Point.LATE_FIRST not in at("2026-11-26 10:00", asked).against
    assert at("2026-11-27 10:00", asked).against[Point.LATE_FIRST] == SETTINGS.weights.late_first


def test_a_single_one_to_one_on_the_first_date_puts_the_series_off_by_a_date() -> None:
    """The only hour of the week is taken once: the series begins a week later, and is no rarer."""
    only = person("Bo", hours="Wed 10:00-10:30")
    once = PersonTime(person=ANN, one_to_ones=(span("2026-11-25 10:00", 30),))
    found = first(request(report=only), once)
    assert (found.start, found.rrule) == (local("2026-12-02 10:00"), "FREQ=WEEKLY;INTERVAL=1;BYDAY=WE")


def test_reasons_tell_what_is_true_of_an_hour_whatever_it_weighs() -> None:
    """With no weight on lunch a time over lunch is still over lunch, and no habit is claimed that there is not."""
    none = replace(SETTINGS, weights=SlotWeights(lunch=0, other_time=0, not_preferred=0))
    lunch = person("Bo", hours="Wed 12:00-12:30")
    asked = replace(
        request(report=replace(lunch, prefers=HalfDay.MORNINGS)), before=(local("2026-03-03 15:00"),)
    )
    assert "over lunch" in first(asked, settings=none).reasons[-1]
    assert "not over lunch" not in first(asked, settings=none).reasons[-1]
    best = ranked(asked, times(ANN, asked.pair.report), WINDOW, none)[0]
    assert [remark.words for remark in best.remarks if remark.points == 0] == ["free on all 12 dates"]
