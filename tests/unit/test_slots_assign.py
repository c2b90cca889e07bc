"""Times for many pairs at once: who chooses first, and that nothing stands on anything."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from scheduler.slots.assign import assign
from scheduler.slots.request import NoSlot, PersonTime, SlotRequest
from scheduler.slots.teams import from_the_top
from scheduler.timespans import Span
from tests.unit.slots_builders import (
    ANN,
    BO,
    EARLIEST,
    NOW,
    SETTINGS,
    WINDOW,
    YEAR,
    local,
    occurrences,
    person,
    placed,
    request,
    times,
)

CY = person("Cy", manager=ANN.email)
ONE_HOUR = "Wed 13:00-13:30"


def test_two_reports_of_one_manager_do_not_share_an_hour() -> None:
    """Each choice becomes a 1-2-1 for the next."""
    result = assign([request(), request(report=CY)], times(ANN, BO, CY), WINDOW, SETTINGS)
    first, second = placed(result), placed(result, report=CY)
    assert not Span(first.start, first.start + timedelta(minutes=30)).overlaps(
        Span(second.start, second.start + timedelta(minutes=30))
    )


def test_of_people_who_are_alike_as_many_are_let_in_as_fit() -> None:
    """Eight new ones in two mornings of two hours: six get an hour first and half an hour a week after it, one after the other."""
    mornings = "Mon-Tue 09:00-11:00"
    manager, *new = (person(name, hours=mornings) for name in ("Ann", *(f"P{number}" for number in range(8))))
    result = assign(
        [replace(request(manager, each), first_minutes=60) for each in new],
        times(manager, *new),
        WINDOW,
        SETTINGS,
    )
    assert sum(not isinstance(each, NoSlot) for each in result.values()) == 6


def test_biweekly_ones_share_an_hour_in_alternate_weeks() -> None:
    """Where there is one hour only, the second pair takes the other weeks."""
    bo, cy = person("Bo", hours=ONE_HOUR), person("Cy", hours=ONE_HOUR)
    result = assign(
        [request(report=bo, every="2 weeks"), request(report=cy, every="2 weeks")],
        times(ANN, bo, cy),
        WINDOW,
        SETTINGS,
    )
    assert placed(result, report=bo).start == local("2026-11-25 13:00")
    assert placed(result, report=cy).start == local("2026-12-02 13:00")


def test_a_third_biweekly_one_finds_the_hour_full() -> None:
    """Two alternate weeks are all that an hour has."""
    people = [person(name, hours=ONE_HOUR) for name in ("Bo", "Cy", "Di")]
    requests = [request(report=one, every="2 weeks") for one in people]
    result = assign(requests, times(ANN, *people), WINDOW, SETTINGS)
    assert isinstance(result[ANN.email, people[2].email], NoSlot)


def test_a_monthly_one_does_not_meet_a_biweekly_one_in_some_far_month() -> None:
    """Rules that collide only in some months do not share an hour either."""
    bo, cy = person("Bo", hours=ONE_HOUR), person("Cy", hours="Wed 13:00-14:00")
    result = assign(
        [request(report=bo, every="2 weeks", urgency=1), request(report=cy, every="1 month")],
        times(ANN, bo, cy),
        WINDOW,
        SETTINGS,
    )
    until = NOW + YEAR
    first = list(occurrences(placed(result, report=bo), until))
    second = list(occurrences(placed(result, report=cy), until))
    assert not any(one.overlaps(other) for one in first for other in second)
    assert placed(result, report=cy).start.hour == 13


def test_the_most_overdue_choose_first() -> None:
    """Where one hour is left, it goes to the pair that has waited longest."""
    bo, cy = person("Bo", hours=ONE_HOUR), person("Cy", hours=ONE_HOUR)
    result = assign(
        [request(report=bo, urgency=1.0), request(report=cy, urgency=9.5)],
        times(ANN, bo, cy),
        WINDOW,
        SETTINGS,
    )
    assert isinstance(result[ANN.email, bo.email], NoSlot)
    placed(result, report=cy)


def test_new_joiners_begin_one_after_the_other_where_first_hours_would_not_all_fit() -> None:
    """In two hours a week three half hours fit, each with a whole hour first: a week apart, the earliest first."""
    new = [person(name, hours="Wed 13:00-15:00") for name in ("Bo", "Cy", "Di")]
    result = assign(
        [replace(request(report=one), first_minutes=60) for one in new], times(ANN, *new), WINDOW, SETTINGS
    )
    assert sorted(placed(result, report=one).start for one in new) == [
        local("2026-11-25 13:00"),
        local("2026-12-02 13:30"),
        local("2026-12-09 14:00"),
    ]


def test_nobody_begins_later_who_need_not() -> None:
    """Two first hours fit in the first week, and are there."""
    new = [person(name, hours="Wed 13:00-15:00") for name in ("Bo", "Cy")]
    result = assign(
        [replace(request(report=one), first_minutes=60) for one in new], times(ANN, *new), WINDOW, SETTINGS
    )
    assert {placed(result, report=one).start.date() for one in new} == {date(2026, 11, 25)}


def test_an_earlier_choice_moves_over_for_one_that_has_no_other_time() -> None:
    """Bo could meet at any time and chose the one hour that Cy has; Bo moves, Cy gets it."""
    cy = person("Cy", hours=ONE_HOUR)
    result = assign([request(urgency=9), request(report=cy)], times(ANN, BO, cy), WINDOW, SETTINGS)
    assert placed(result, report=cy).start == local("2026-11-25 13:00")
    assert placed(result).start != local("2026-11-25 13:00")


def test_moving_over_may_take_more_than_one() -> None:
    """Bo moves to Cy's hour, Cy to a third, so that Di can have Bo's."""
    bo = person("Bo", hours="Wed 13:00-14:00")
    cy = person("Cy", hours="Wed 13:30-14:30")
    di = person("Di", hours=ONE_HOUR)
    requests = [request(report=bo, urgency=3), request(report=cy, urgency=2), request(report=di, urgency=1)]
    result = assign(requests, times(ANN, bo, cy, di), WINDOW, SETTINGS)
    starts = [placed(result, report=one).start for one in (bo, cy, di)]
    assert starts == [local("2026-11-25 13:30"), local("2026-11-25 14:00"), local("2026-11-25 13:00")]


def test_where_moving_over_does_not_help_all_stay_where_they_were() -> None:
    """Three people and two half hours: the two most overdue keep theirs."""
    people = [person(name, hours="Wed 13:00-14:00") for name in ("Bo", "Cy", "Di")]
    requests = [request(report=one, urgency=9 - place) for place, one in enumerate(people)]
    result = assign(requests, times(ANN, *people), WINDOW, SETTINGS)
    before = assign(requests[:2], times(ANN, *people), WINDOW, SETTINGS)
    assert {key: result[key] for key in before} == before
    assert isinstance(result[ANN.email, people[2].email], NoSlot)


def test_managers_choose_from_the_top_down() -> None:
    """The manager higher in the tree goes first; a manager's people are together, by address."""
    boss = person("Zoe")
    middle = replace(ANN, manager=boss.email)
    requests = [request(middle, CY), request(middle, BO), request(boss, middle)]
    teams = from_the_top(requests, times(boss, middle, BO, CY))
    assert [[asked.pair.key for asked in team] for team in teams] == [
        [(boss.email, middle.email)],
        [(middle.email, BO.email), (middle.email, CY.email)],
    ]


def test_a_circle_of_managers_ends() -> None:
    """People who manage each other do not hang the order."""
    one, other = replace(ANN, manager=BO.email), replace(BO, manager=ANN.email)
    assert len(from_the_top([request(one, other)], times(one, other))) == 1


def test_somebody_who_manages_and_reports_is_in_one_place_at_a_time() -> None:
    """A middle manager's own 1-2-1 and those with their reports do not overlap."""
    boss, middle = person("Zoe"), person("Ann", hours="Wed 13:00-14:00")
    result = assign([request(boss, middle), request(middle, BO)], times(boss, middle, BO), WINDOW, SETTINGS)
    assert {placed(result, boss, middle).start, placed(result, middle, BO).start} == {
        local("2026-11-25 13:00"),
        local("2026-11-25 13:30"),
    }


def test_the_order_of_requests_does_not_matter() -> None:
    """The same input in another order gives the same answer."""
    people = [person(name) for name in ("Bo", "Cy", "Di", "Ed")]
    requests = [request(report=one, every="2 weeks") for one in people]
    calendars = times(ANN, *people)
    assert assign(requests, calendars, WINDOW, SETTINGS) == assign(
        requests[::-1], calendars, WINDOW, SETTINGS
    )


def test_an_unknown_calendar_is_not_an_empty_one() -> None:
    """Somebody whose time is not known gets no series, and the reason says whose it is."""
    result = assign([request()], times(ANN), WINDOW, SETTINGS)
    answer = result[ANN.email, BO.email]
    assert isinstance(answer, NoSlot)
    assert BO.email in answer.reason
    assert ANN.email not in answer.reason


def test_no_requests_are_no_slots() -> None:
    """Nothing in, nothing out."""
    assert assign([], {}, WINDOW, SETTINGS) == {}


def test_an_overdue_pair_takes_a_disliked_time_sooner_than_wait_for_weeks() -> None:
    """Waiting weighs more for those past their limit."""
    bo = person("Bo", hours="Mon 09:00-09:30")
    cal = times(ANN, bo)
    assert placed(assign([request(every="1 month", urgency=20)], times(ANN, BO), WINDOW, SETTINGS)).start < (
        EARLIEST + timedelta(days=3)
    )
    assert placed(assign([request(report=bo, urgency=20)], cal, WINDOW, SETTINGS)).start == local(
        "2026-11-30 09:00"
    )


def test_leave_past_the_whole_look_ahead_gives_no_slot() -> None:
    """Where no first date can be found, the reason says that one is away."""
    away = {(NOW + timedelta(days=day)).date(): "out of office" for day in range(200)}
    calendars = times(PersonTime(person=ANN, away=away), BO)
    answer = assign([request()], calendars, WINDOW, SETTINGS)[ANN.email, BO.email]
    assert isinstance(answer, NoSlot)
    assert "one of the two is away on every date" in answer.reason


@pytest.mark.parametrize(
    ("change", "words"), [({"earliest": NOW.replace(tzinfo=None)}, "zone"), ({"minutes": 0}, "minute")]
)
def test_a_request_that_makes_no_sense_is_not_born(change: dict[str, object], words: str) -> None:
    """A naive time or a meeting without length is refused."""
    fields: dict[str, object] = {
        "pair": request().pair,
        "cadence": request().cadence,
        "minutes": 30,
        "earliest": NOW,
    }
    with pytest.raises(ValueError, match=words):
        SlotRequest(**(fields | change))  # type: ignore[arg-type] # the fields are of many types
