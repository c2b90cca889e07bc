"""What is done by hand is what people do, and it is counted as the job is."""

from dataclasses import replace
from datetime import date, timedelta

from benchmarks.slots_by_hand import by_hand, counted
from scheduler.people import Person
from scheduler.slots.request import PersonTime, Slot, SlotRequest
from tests.unit.slots_builders import ANN, BERLIN, BO, NEW_YORK, local, person, request, span, times, weekly

CY = person("Cy")


def hand(asked: list[SlotRequest], *everybody: Person | PersonTime) -> dict[tuple[str, str], Slot]:
    """Return what is found by hand."""
    return dict(by_hand(asked, times(*everybody)))


def start(slots: dict[tuple[str, str], Slot], report: Person = BO) -> str:
    """Return when a pair's series begins, by the manager's clock."""
    return f"{slots[ANN.email, report.email].start:%Y-%m-%d %H:%M}"


def test_the_first_free_time_of_next_week_is_taken() -> None:
    """Monday at nine; at ten where Bo has a stand-up at nine."""
    assert start(hand([request()], ANN, BO)) == "2026-11-30 09:00"
    busy = PersonTime(person=BO, busy=(span("2026-11-30 09:15"),))
    assert start(hand([request()], ANN, busy)) == "2026-11-30 10:30"


def test_each_pair_looks_at_what_was_found_for_those_before() -> None:
    """Bo at nine, Cy at half past."""
    found = hand([request(), request(ANN, CY)], ANN, BO, CY)
    assert (start(found), start(found, CY)) == ("2026-11-30 09:00", "2026-11-30 09:30")


def test_a_day_of_leave_is_seen_in_next_week() -> None:
    """Who is away on Monday is met on Tuesday."""
    away = PersonTime(person=BO, away={date(2026, 11, 30): "leave"})
    assert start(hand([request()], ANN, away)) == "2026-12-01 09:00"


def test_no_time_next_week_is_no_time() -> None:
    """Somebody whose week is full is not found anything."""
    full = PersonTime(person=BO, busy=(span("2026-11-30 00:00", 7 * 24 * 60),))
    assert not hand([request()], ANN, full)


def test_a_meeting_in_a_later_week_is_not_seen_and_counts() -> None:
    """Bo has something on every second Monday at nine: five of the eleven weeks up to mid February collide."""
    fortnightly = weekly("2026-12-07 09:00", 30, weeks=12)[::2]
    bo = PersonTime(person=BO, busy=fortnightly)
    count = counted([request()], hand([request()], ANN, bo), times(ANN, bo))
    assert (count.ahead, count.collide, count.series_that_collide) == (11, 5, 1)


def test_a_series_on_another_counts_for_both() -> None:
    """Bo and Cy both weekly at nine: each of eleven dates collides for both pairs."""
    asked = [request(), request(ANN, CY)]
    both = {one.pair.key: hand([request()], ANN, BO)[ANN.email, BO.email] for one in asked}
    assert counted(asked, both, times(ANN, BO, CY)).collide == 22


def test_leave_in_a_later_week_is_no_collision() -> None:
    """A Monday on which Bo is away is left out of the count, whatever stands in the calendar."""
    away = PersonTime(person=BO, away={date(2026, 12, 7): "leave"}, busy=(span("2026-12-07 09:00"),))
    count = counted([request()], hand([request()], ANN, away), times(ANN, away))
    assert (count.ahead, count.away, count.collide) == (10, 1, 0)


def test_a_clock_change_that_people_do_not_see_coming_counts_for_the_year() -> None:
    """14:00 in Berlin is 08:00 in New York, where they work until nine, but nine in three weeks a year; 13:00 is well inside."""
    early = person("Bo", NEW_YORK, "Mon-Fri 06:00-09:00")
    asked = request(ANN, early)
    busy = PersonTime(person=ANN, busy=(span("2026-11-30 09:00", 300),))
    known = times(busy, early)
    found = dict(by_hand([asked], known))
    slot = found[asked.pair.key]
    assert slot.start == local("2026-11-30 14:00", BERLIN)
    count = counted([asked], found, known)
    assert (count.outside, count.series_outside) == (3, 1)
    sooner = {asked.pair.key: replace(slot, start=slot.start - timedelta(hours=1))}
    assert counted([asked], sooner, known).outside == 0
