"""The independent check of placed series finds what is planted, rule by rule, and nothing in what is right."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from benchmarks.slots_check import check
from benchmarks.slots_rules import Rule, Verdict
from scheduler.people import Person
from scheduler.settings import SlotSettings
from scheduler.slots.assign import assign
from scheduler.slots.request import NoSlot, PersonTime, Slot, SlotRequest
from tests.unit.slots_builders import (
    ANN,
    BERLIN,
    BO,
    EARLIEST,
    LONDON,
    NEW_YORK,
    WINDOW,
    local,
    person,
    request,
    span,
    times,
)

TUESDAYS = "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"
KEY = (ANN.email, BO.email)


def slot(start: str = "2026-12-01 10:00", rrule: str = TUESDAYS, minutes: int = 30, dates: int = 11) -> Slot:
    """Return a series of Tuesdays at ten in Berlin, with its dates in the look-ahead."""
    first = local(start)
    every = timedelta(weeks=int(rrule.partition("INTERVAL=")[2][0]))
    return Slot(
        start=first, rrule=rrule, minutes=minutes, dates=tuple(first + every * n for n in range(dates))
    )


def verdict(
    placed: Slot, *everybody: Person | PersonTime, asked: SlotRequest | None = None, free_share: float = 0.75
) -> Verdict:
    """Return what the check finds on one series."""
    asked = asked or request()
    return check([asked], {asked.pair.key: placed}, times(*(everybody or (ANN, BO))), WINDOW, free_share)


def rules(found: Verdict) -> set[Rule]:
    """Return which rules are broken."""
    return {broken.rule for broken in found.broken}


def test_a_series_that_keeps_every_rule_is_found_right() -> None:
    """Nothing is broken, and every occurrence of the year was gone through: from the second week on, 52."""
    found = verdict(slot())
    assert not found.broken
    assert (found.series, found.occurrences) == (1, 52)
    assert found.looked_at[Rule.HOURS] == 2 * 52


def test_hours_are_held_by_both_clocks_when_they_change() -> None:
    """16:30 in Berlin is 10:30 in New York but for three weeks in which it is 11:30, after this person has gone."""
    away = person("Cy", NEW_YORK, "Mon-Fri 06:00-11:00")
    asked = request(ANN, away)
    found = verdict(slot("2026-12-01 16:30"), ANN, away, asked=asked)
    assert rules(found) == {Rule.HOURS}
    assert [f"{broken.when:%Y-%m-%d %H:%M}" for broken in found.broken] == [
        "2027-03-16 11:30",
        "2027-03-23 11:30",
        "2027-11-02 11:30",
    ]


def test_hours_that_a_meeting_only_touches_are_kept_and_a_minute_over_is_not() -> None:
    """Hours are half-open: up to five o'clock is inside, a lunch break in the middle is not."""
    assert not verdict(slot("2026-12-01 16:30")).broken
    assert rules(verdict(slot("2026-12-01 16:31"))) == {Rule.HOURS}
    split = person("Bo", hours="Mon-Fri 09:00-12:00; Mon-Fri 13:00-17:00")
    assert rules(verdict(slot("2026-12-01 11:45"), ANN, split, asked=request(ANN, split))) == {Rule.HOURS}


def test_a_time_that_a_clock_shows_twice_or_never_is_found() -> None:
    """Who works on Sunday nights meets neither at 02:30 on the day it is left out nor when it comes twice."""
    night = "Sun 00:00-06:00"
    ann, bo = person("Ann", hours=night), person("Bo", hours=night)
    sundays = slot("2026-11-29 02:30", TUESDAYS.replace("TU", "SU"), dates=12)
    found = verdict(sundays, ann, bo, asked=request(ann, bo))
    assert Rule.CLOCK in rules(found)
    assert {f"{b.when:%m-%d}" for b in found.broken if b.rule is Rule.CLOCK} == {"03-28", "10-31"}


def test_two_series_on_one_date_are_found_and_those_that_touch_are_not() -> None:
    """Bo every second Tuesday at ten, Cy every fourth at a quarter past: they meet once in four weeks."""
    cy = person("Cy")
    bo, other = request(every="2 weeks"), request(ANN, cy, every="4 weeks")
    first = slot(rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", dates=6)
    second = slot("2026-12-15 10:15", "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU", dates=3)
    touching = slot("2026-12-15 10:30", "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU", dates=3)
    known = times(ANN, BO, cy)
    found = check([bo, other], {bo.pair.key: first, other.pair.key: second}, known, WINDOW, 0.75)
    assert rules(found) == {Rule.ONE_TO_ONES}
    assert {broken.when for broken in found.broken} >= {local("2026-12-15 10:15")}
    fine = check([bo, other], {bo.pair.key: first, other.pair.key: touching}, known, WINDOW, 0.75)
    assert not fine.broken


def test_a_one_to_one_that_stood_before_is_not_to_be_met_even_after_the_look_ahead() -> None:
    """Bo has one in July, half an hour of it under the series."""
    bo = PersonTime(person=BO, one_to_ones=(span("2027-07-06 09:30"),))
    assert rules(verdict(slot(), ANN, bo)) == {Rule.ONE_TO_ONES}


def test_two_that_stood_on_each_other_before_are_nobodys_fault_here() -> None:
    """What people arranged themselves may overlap."""
    bo = PersonTime(person=BO, one_to_ones=(span("2027-07-07 09:30"), span("2027-07-07 09:30", 90)))
    assert not verdict(slot(), ANN, bo).broken


def test_a_series_that_begins_too_early_is_found() -> None:
    """Not on the Tuesday before the earliest Wednesday."""
    found = verdict(slot("2026-11-24 10:00", dates=12))
    assert rules(found) == {Rule.EARLIEST}
    assert local("2026-11-24 10:00") < EARLIEST


def test_a_first_date_on_a_holiday_is_found_and_one_later_must_be_told() -> None:
    """The first date is on nobody's leave; on a later one the slot says who is away."""
    on_first = PersonTime(person=BO, away={date(2026, 12, 1): "leave"})
    assert rules(verdict(replace(slot(), away=(local("2026-12-01 10:00"),)), ANN, on_first)) == {
        Rule.FIRST_DAY
    }
    later = PersonTime(person=BO, away={date(2026, 12, 8): "leave"})
    assert rules(verdict(slot(), ANN, later)) == {Rule.AWAY}
    assert not verdict(replace(slot(), away=(local("2026-12-08 10:00"),)), ANN, later).broken


def test_a_holiday_is_one_by_the_clock_of_the_person_who_has_it() -> None:
    """Tuesday 09:00 in Berlin is still Monday for somebody in Los Angeles who works late."""
    late = person("Cy", NEW_YORK, "Mon-Fri 00:00-23:30")
    asked = request(person("Ann", hours="Mon-Fri 00:00-23:00"), late)
    away = PersonTime(person=late, away={date(2026, 11, 30): "leave"})
    early = slot("2026-12-01 02:00")
    assert Rule.FIRST_DAY in rules(verdict(early, asked.pair.manager, away, asked=asked))


def test_clashes_are_to_be_told_and_to_be_few() -> None:
    """Three of eleven dates taken: said, they are within a quarter and a bit; unsaid or too many they are broken."""
    starts = [local(f"2026-12-{day:02} 10:00") for day in (8, 15, 22)]
    busy = PersonTime(person=BO, busy=tuple(span(f"{start:%Y-%m-%d %H:%M}", 15) for start in starts))
    told = replace(slot(), clashes=tuple(starts))
    assert not verdict(told, ANN, busy, free_share=8 / 11).broken
    assert rules(verdict(told, ANN, busy, free_share=0.75)) == {Rule.FREE}
    assert rules(verdict(slot(), ANN, busy, free_share=8 / 11)) == {Rule.CLASHES}


def test_a_rule_that_is_not_the_cadence_asked_for_is_found() -> None:
    """Every two weeks in place of every week; a first date that is not one of the rule's; another length."""
    assert rules(verdict(slot(rrule=TUESDAYS.replace("=1", "=2"), dates=6))) == {Rule.CADENCE}
    assert Rule.CADENCE in rules(verdict(slot("2026-12-02 10:00")))
    assert rules(verdict(slot(minutes=45))) == {Rule.CADENCE}


def test_a_series_that_goes_on_after_the_last_day_is_found() -> None:
    """UNTIL is there, and in the last day; without it the series would not end."""
    asked = request(until=date(2027, 2, 2))
    ends = replace(slot(dates=10), rrule=f"{TUESDAYS};UNTIL=20270202T225959Z")
    assert not verdict(ends, asked=asked).broken
    assert rules(verdict(slot(), asked=asked)) == {Rule.UNTIL}
    late = replace(slot(), rrule=f"{TUESDAYS};UNTIL=20270209T225959Z")
    assert rules(verdict(late, asked=asked)) == {Rule.UNTIL}


def test_a_request_without_an_answer_is_found() -> None:
    """Neither a time nor a reason is no answer; a reason is one."""
    known = times(ANN, BO)
    assert rules(check([request()], {}, known, WINDOW, 0.75)) == {Rule.ANSWERED}
    told = check([request()], {KEY: NoSlot("because", "do")}, known, WINDOW, 0.75)
    assert (told.unplaced, told.broken) == (1, [])


@pytest.mark.parametrize("every", ["1 week", "2 weeks", "4 weeks", "1 month", "1 quarter"])
def test_what_the_search_places_is_right(every: str) -> None:
    """Across zones that change their clocks on different dates, at every cadence."""
    people = [person("Bo", LONDON), person("Cy", NEW_YORK, "Mon-Fri 07:00-16:00"), person("Di", BERLIN)]
    asked = [request(ANN, one, every) for one in people]
    known = times(ANN, *people)
    settings = SlotSettings()
    found = check(asked, assign(asked, known, WINDOW, settings), known, WINDOW, settings.free_share)
    assert (found.series, found.broken) == (3, [])


def test_a_longer_first_meeting_counts_whole() -> None:
    """Sixty minutes at first, thirty later: half past four is too late for the first one alone."""
    asked = replace(request(), first_minutes=60)
    found = verdict(slot("2026-12-01 16:30"), asked=asked)
    assert {(broken.rule, broken.when) for broken in found.broken} == {
        (Rule.HOURS, local("2026-12-01 16:30"))
    }
    assert not verdict(slot("2026-12-01 16:00"), asked=asked).broken
