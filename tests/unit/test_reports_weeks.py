"""A week's cell says what became of the pair's meeting, and why."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cadence.results import Meeting, MeetingOutcome, PairCoverage, PairStatus, Pause
from scheduler.every import Cadence
from scheduler.reports.due import due_days
from scheduler.reports.weeks import WeekCell, WeekState, mondays, week_cells
from scheduler.timespans import DAY, Span
from tests.unit.report_builders import (
    ANN,
    BERLIN,
    BIWEEKLY,
    BO,
    MONTHLY,
    NEW_YORK,
    NOW,
    WEEKLY,
    WINDOW,
    at,
    coverage,
    every,
    gap_report,
    leave,
    meeting,
    moved,
    person,
)

PLANNED, DECLINED, CANCELLED = MeetingOutcome.PLANNED, MeetingOutcome.DECLINED, MeetingOutcome.CANCELLED


def cells(found: PairCoverage) -> dict[date, WeekCell]:
    """Return the pair's cells by their Monday."""
    return {cell.monday: cell for cell in week_cells(found, gap_report(found))}


def cell(monday: str, *meetings: Meeting, cadence: Cadence | None = WEEKLY, **more: object) -> WeekCell:
    """Return one week of a pair with these meetings."""
    return cells(coverage(cadence=cadence, meetings=meetings, **more))[date.fromisoformat(monday)]  # type: ignore[arg-type]  # fields of PairCoverage


def test_a_meeting_in_its_place_makes_a_week_held() -> None:
    """A week with a meeting that was held where the series had put it is held."""
    assert cell("2026-11-16", meeting(at("2026-11-17 10:00"))) == WeekCell(
        date(2026, 11, 16), WeekState.HELD, "Held Tue 17 Nov 10:00"
    )


def test_a_meeting_moved_within_its_week_makes_it_moved() -> None:
    """Held on another day of the same week: moved, and it says from where."""
    found = cell("2026-11-16", *moved(at("2026-11-17 10:00"), at("2026-11-19 15:00")))
    assert (found.state, found.why) == (WeekState.MOVED, "Held Thu 19 Nov 15:00, moved from Tue 17 Nov")


def test_a_meeting_moved_to_another_week_makes_one_moved_and_the_other_held() -> None:
    """The week it left says where it went; the week it went to is held."""
    both = moved(at("2026-11-10 10:00"), at("2026-11-19 15:00"))
    left, reached = cell("2026-11-09", *both), cell("2026-11-16", *both)
    assert (left.state, left.why) == (WeekState.MOVED, "Moved from Tue 10 Nov 10:00 to Thu 19 Nov 15:00")
    assert (reached.state, reached.why) == (WeekState.HELD, "Held Thu 19 Nov 15:00, moved from Tue 10 Nov")


def test_a_meeting_moved_out_of_sight_still_makes_its_week_moved() -> None:
    """Where the place it went to was not read, the week says only that it left."""
    found = cell("2026-11-09", meeting(at("2026-11-10 10:00"), MeetingOutcome.MOVED))
    assert (found.state, found.why) == (WeekState.MOVED, "Moved away from Tue 10 Nov 10:00")


def test_a_meeting_moved_and_then_cancelled_in_the_same_week_was_cancelled() -> None:
    """Moving saves a week only if the meeting stood afterwards."""
    found = cell("2026-11-16", *moved(at("2026-11-17 10:00"), at("2026-11-19 15:00"), CANCELLED))
    assert found.state is WeekState.CANCELLED


@pytest.mark.parametrize(
    ("outcome", "by", "why"),
    [
        (DECLINED, "bo@example.com", "Declined by Bo: Tue 17 Nov 10:00"),
        (CANCELLED, "ann@example.com", "Cancelled by Ann: Tue 17 Nov 10:00"),
        (CANCELLED, None, "Cancelled: Tue 17 Nov 10:00"),
    ],
)
def test_a_no_names_whose_it_was(outcome: MeetingOutcome, by: str | None, why: str) -> None:
    """A declined or cancelled week says by whom, where that is known."""
    found = cell("2026-11-16", meeting(at("2026-11-17 10:00"), outcome, by=by))
    assert (found.state, found.why) == (WeekState(outcome), why)


def test_of_several_meetings_the_one_that_says_most_decides() -> None:
    """Declined, then held on another day of the week: they met; both are told."""
    found = cell("2026-11-16", meeting(at("2026-11-17 10:00"), DECLINED), meeting(at("2026-11-19 10:00")))
    assert (found.state, found.why) == (WeekState.HELD, "Held Thu 19 Nov 10:00; Declined: Tue 17 Nov 10:00")


def test_a_week_in_which_a_weekly_meeting_did_not_happen_is_missed() -> None:
    """Held in the weeks around it, nothing in it: missed, with the day it was due."""
    found = cell("2026-11-09", meeting(at("2026-11-03 10:00")), meeting(at("2026-11-17 10:00")))
    assert (found.state, found.why) == (WeekState.MISSED, "Missed: due by Tue 10 Nov, nothing held")


def test_a_biweekly_pair_misses_nothing_in_the_weeks_between() -> None:
    """Every other week has nothing due in it."""
    found = cells(coverage(cadence=BIWEEKLY, meetings=every(at("2026-09-02 11:00"), 2)))
    states = [found[monday].state for monday in mondays(WINDOW, BERLIN)]
    assert set(states[1::2]) == {WeekState.NONE}
    assert set(states[0:12:2]) == {WeekState.HELD}
    assert set(states[12:24:2]) == {WeekState.PLANNED}


def test_a_week_cut_off_by_the_end_of_the_window_is_not_due() -> None:
    """The meeting may lie just beyond what was looked at."""
    found = week_cells(coverage(cadence=WEEKLY), gap_report())
    assert [one.state for one in found[-2:]] == [WeekState.DUE, WeekState.NONE]


def test_every_cadence_that_passes_without_a_meeting_is_one_missed_week() -> None:
    """Nobody met for six weeks at two weeks' cadence: three weeks are missed, not one and not six."""
    found = cells(coverage(cadence=BIWEEKLY, meetings=[meeting(at("2026-10-06 10:00"))]))
    missed = [
        monday
        for monday, one in found.items()
        if one.state is WeekState.MISSED and monday > date(2026, 10, 6)
    ]
    assert missed == [date(2026, 10, 19), date(2026, 11, 2), date(2026, 11, 16)]


def test_what_is_due_ahead_and_not_planned_is_due() -> None:
    """Weeks to come in which one is due and none is planned are shown as due, not as missed."""
    found = cells(coverage(cadence=WEEKLY, meetings=every(at("2026-09-02 11:00"), 1, until=NOW + 9 * DAY)))
    assert found[date(2026, 11, 30)].state is WeekState.PLANNED
    assert found[date(2026, 12, 7)] == WeekCell(
        date(2026, 12, 7), WeekState.DUE, "Due by Wed 9 Dec, nothing planned"
    )


def test_a_meeting_due_today_is_not_missed_yet() -> None:
    """What is due today can still be held today."""
    found = cell("2026-11-23", meeting(NOW - timedelta(weeks=1)))
    assert found.state is WeekState.DUE


def test_a_monthly_series_on_the_second_tuesday_misses_nothing() -> None:
    """The same place in the next month can be 35 days away: that is on cadence."""
    days = ("2026-09-08", "2026-10-13", "2026-11-10", "2026-12-08", "2027-01-12", "2027-02-09")
    held = [
        meeting(at(f"{day} 10:00"), PLANNED if day > "2026-11-25" else MeetingOutcome.HELD) for day in days
    ]
    states = {one.state for one in cells(coverage(cadence=MONTHLY, meetings=held)).values()}
    assert states == {WeekState.HELD, WeekState.PLANNED, WeekState.NONE}


def test_leave_puts_off_what_is_due() -> None:
    """A week away costs the cadence nothing: the week after it is when the next one is due."""
    away = leave("2026-11-09", "2026-11-13", "Bo: out of office")
    found = cells(coverage(cadence=WEEKLY, meetings=[meeting(at("2026-11-03 10:00"))], away=away))
    assert found[date(2026, 11, 9)] == WeekCell(
        date(2026, 11, 9), WeekState.LEAVE, "Away (Bo: out of office)"
    )
    assert found[date(2026, 11, 16)].why == "Missed: due by Tue 17 Nov, nothing held"


def test_leave_explains_a_cancelled_meeting_but_not_one_that_was_held() -> None:
    """In a week of leave a cancelled meeting is leave; people who met on leave met."""
    away = leave("2026-11-09", "2026-11-13", "Bo: out of office")
    cancelled = cell("2026-11-09", meeting(at("2026-11-10 10:00"), CANCELLED), away=away)
    assert (cancelled.state, cancelled.why) == (
        WeekState.LEAVE,
        "Away (Bo: out of office); Cancelled: Tue 10 Nov 10:00",
    )
    assert cell("2026-11-09", meeting(at("2026-11-10 10:00")), away=away).state is WeekState.HELD


def test_leave_of_a_few_days_is_not_a_week_ofleave() -> None:
    """One day on which both work and neither is away is enough for a meeting."""
    away = leave("2026-11-09", "2026-11-12", "Bo: out of office")
    assert cell("2026-11-09", meeting(at("2026-11-03 10:00")), away=away).state is not WeekState.LEAVE


def test_only_days_on_which_both_work_count_asleave() -> None:
    """For somebody who works Mondays and Tuesdays, two days away are a week of leave."""
    part_time = person("pat@example.com", hours="Mon-Tue 09:00-17:00")
    away = leave("2026-11-09", "2026-11-10", "Pat: out of office")
    found = cells(coverage(ANN, part_time, cadence=WEEKLY, away=away))
    assert found[date(2026, 11, 9)].state is WeekState.LEAVE


def test_two_who_share_no_day_are_taken_to_work_monday_to_friday() -> None:
    """Leave can be judged for them, too."""
    weekend = person("wim@example.com", hours="Sat-Sun 09:00-17:00")
    found = cells(coverage(ANN, weekend, away=leave("2026-11-09", "2026-11-13", "Ann: out of office")))
    assert found[date(2026, 11, 9)].state is WeekState.LEAVE


def test_weeks_of_an_unknown_pair_are_not_known() -> None:
    """A calendar that could not be read is never taken for an empty one."""
    found = cell("2026-11-16", status=PairStatus.UNKNOWN)
    assert (found.state, found.why) == (WeekState.UNKNOWN, "Not known: a calendar could not be read")


def test_a_pair_without_a_one_to_one_is_asked_for_none() -> None:
    """No cadence, nothing due."""
    found = cells(coverage(cadence=None, status=PairStatus.PAUSED, pause=Pause.NO_ONE_TO_ONE))
    assert {(one.state, one.why) for one in found.values()} == {(WeekState.NONE, "No 1-2-1 asked for")}


def test_a_meeting_called_off_was_the_one_that_was_due() -> None:
    """Cancelled two days late, with a planned one a cadence after it: nothing is due between."""
    found = coverage(
        cadence=BIWEEKLY,
        meetings=(
            meeting(at("2026-11-10 10:00")),
            meeting(at("2026-11-26 10:00"), CANCELLED),
            *(meeting(at(day), PLANNED) for day in ("2026-12-10 10:00", "2026-12-24 10:00")),
        ),
    )
    assert [day for day in due_days(found, gap_report(found)) if NOW.date() < day < date(2026, 12, 24)] == []


def test_an_extra_meeting_called_off_early_changes_nothing() -> None:
    """Half of the cadence had not passed: the regular one is still due."""
    found = coverage(
        cadence=BIWEEKLY,
        meetings=(meeting(at("2026-11-03 10:00")), meeting(at("2026-11-05 10:00"), CANCELLED)),
    )
    assert date(2026, 11, 17) in due_days(found, gap_report(found))


def test_nothing_is_due_before_somebody_starts() -> None:
    """A new joiner's clock runs from the first day."""
    joiner = replace(BO, start_date=date(2026, 12, 1))
    found = coverage(ANN, joiner, cadence=WEEKLY)
    assert due_days(found, gap_report(found))[0] == date(2026, 12, 8)


def test_nothing_is_due_before_two_people_became_a_pair() -> None:
    """Whoever changed manager was not missed by the new one before."""
    found = coverage(cadence=WEEKLY, began=at("2026-11-02 00:00"))
    assert due_days(found, gap_report(found))[0] == date(2026, 11, 9)


def test_the_clock_runs_from_the_last_meeting_even_before_the_window() -> None:
    """What was held just before the window sets the first day due in it."""
    found = coverage(cadence=BIWEEKLY, last_held=at("2026-08-25 10:00"))
    assert due_days(found, gap_report(found))[0] == date(2026, 9, 8)


def test_weeks_are_those_of_the_managers_zone() -> None:
    """Sunday evening in New York is Monday in Berlin: the manager's clock decides."""
    moment = at("2026-11-16 02:00")
    boss = person("sam@example.com", tz=NEW_YORK)
    assert cells(coverage(meetings=[meeting(moment)]))[date(2026, 11, 16)].state is WeekState.HELD
    assert cells(coverage(boss, BO, meetings=[meeting(moment)]))[date(2026, 11, 9)].state is WeekState.HELD


def test_a_window_that_ends_on_a_monday_does_not_reach_into_that_week() -> None:
    """The end of the window is not in it."""
    assert list(mondays(Span(at("2026-11-16 00:00"), at("2026-11-23 00:00")), BERLIN)) == [date(2026, 11, 16)]


ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC")]
)
HOURS = st.integers(-24 * 90, 24 * 90)


@st.composite
def pairs(draw: st.DrawFn) -> PairCoverage:
    """Make a pair with any meetings, leave and cadence."""
    manager = person("boss@example.com", tz=draw(ZONES))
    starts = draw(st.lists(st.tuples(HOURS, st.sampled_from(MeetingOutcome)), max_size=30))
    meetings: Iterable[Meeting] = (
        meeting((NOW + timedelta(hours=hour)).astimezone(UTC), outcome) for hour, outcome in starts
    )
    days = draw(st.lists(st.integers(-90, 90), max_size=30))
    return coverage(
        manager,
        BO,
        status=draw(st.sampled_from(PairStatus)),
        cadence=draw(st.sampled_from([None, WEEKLY, BIWEEKLY, MONTHLY, Cadence.parse("1 quarter")])),
        meetings=meetings,
        away={NOW.date() + day * DAY: "Bo: out of office" for day in days},
    )


@given(pairs())
def test_there_is_one_cell_for_every_week_and_each_says_why(found: PairCoverage) -> None:
    """Whatever happened, cells are consecutive Mondays that cover the window, and none is silent."""
    shown = week_cells(found, gap_report(found))
    assert all(one.why for one in shown)
    assert [one.monday for one in shown] == [
        shown[0].monday + number * 7 * DAY for number in range(len(shown))
    ]
    assert {one.monday.weekday() for one in shown} == {0}
    first = datetime.combine(shown[0].monday, datetime.min.time(), found.pair.manager.tz)
    assert first <= WINDOW.start


@given(pairs())
def test_a_week_in_which_they_met_is_never_missed(found: PairCoverage) -> None:
    """A meeting that was held makes its week held or moved, whatever else was in it."""
    shown = cells(found)
    tz = found.pair.manager.tz
    for one in found.meetings:
        day = one.span.start.astimezone(tz).date()
        monday = day - day.weekday() * DAY
        if one.outcome is MeetingOutcome.HELD and monday in shown:
            assert shown[monday].state in {WeekState.HELD, WeekState.MOVED}


@given(pairs())
def test_what_is_past_is_missed_and_what_is_to_come_is_due(found: PairCoverage) -> None:
    """No week to come is missed, and none that is over is due."""
    today = NOW.astimezone(found.pair.manager.tz).date()
    for one in week_cells(found, gap_report(found)):
        assert not (one.state is WeekState.MISSED and one.monday > today)
        assert not (one.state is WeekState.DUE and one.monday + 6 * DAY < today)


@given(pairs())
def test_a_due_day_is_one_on_which_they_could_have_met(found: PairCoverage) -> None:
    """No meeting is due on a weekend or on a day of leave, nor on a day on which they meet."""
    met = {
        m.span.start.astimezone(found.pair.manager.tz).date()
        for m in found.meetings
        if m.outcome in ("held", "planned")
    }
    for day in due_days(found, gap_report(found)):
        assert day.weekday() < 5
        assert day not in (found.away or {})
        assert day not in met
