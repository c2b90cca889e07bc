"""The week as a picture: each half hour by the manager's clock, as free as it is on the best of its dates."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.slots.assign import assign
from scheduler.slots.board import Board
from scheduler.slots.grid import Grid
from scheduler.slots.local_times import local_times
from scheduler.slots.picture import HalfHour, Shade, State, Week, week_of
from scheduler.slots.request import PersonTime, Slot, SlotRequest
from scheduler.timespans import Span
from tests.unit.slots_builders import (
    ANN,
    BO,
    EARLIEST,
    LONDON,
    NEW_YORK,
    SETTINGS,
    WINDOW,
    YEAR,
    local,
    person,
    request,
    times,
    weekly,
)

KOLKATA = ZoneInfo("Asia/Kolkata")


def drawn(asked: SlotRequest, *calendars: PersonTime) -> Week:
    """Return the picture of a pair's week."""
    known = times(asked.pair.manager, asked.pair.report, *calendars)
    board = Board(Grid.spanning(WINDOW.start, EARLIEST + YEAR), known)
    return week_of(asked, board, WINDOW, SETTINGS, ranks={})


def at(week: Week, day: str, clock: str) -> HalfHour:
    """Return one half hour of the picture."""
    row = next(row for row in week.rows if row.start == clock)
    return row.cells[week.headings.index(day)]


def test_the_rows_are_the_managers_working_day() -> None:
    """A row for each half hour from the manager's start to their end; the working week always has its five columns."""
    week = drawn(request())
    assert (week.rows[0].start, week.rows[-1].start, len(week.rows)) == ("09:00", "16:30", 16)
    assert week.headings == ("Mon", "Tue", "Wed", "Thu", "Fri")


def test_hours_that_only_one_of_them_works_are_shown_near_what_they_share() -> None:
    """An hour of them on either side; where the two share nothing, all are shown."""
    week = drawn(request(report=person("Bo", hours="Tue 11:00-12:00")))
    assert [row.start for row in week.rows] == ["10:00", "10:30", "11:00", "11:30", "12:00", "12:30"]
    assert at(week, "Tue", "11:30").state is State.OPEN
    assert at(week, "Tue", "12:00").state is State.OUTSIDE
    assert len(drawn(request(report=person("Bo", hours="Sat 11:00-12:00"))).rows) == 16


def test_a_weekend_on_which_both_work_has_its_column() -> None:
    """Sunday stands last, as everywhere."""
    ann, bo = person("Ann", hours="Sun-Thu 09:00-17:00"), person("Bo", hours="Sun-Thu 09:00-17:00")
    assert drawn(request(ann, bo)).headings == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sun")


def test_shades_tell_on_how_many_dates_both_are_free() -> None:
    """All, enough of them for a series, half, fewer."""
    busy = (
        *weekly("2026-11-26 10:00", 30, 3),
        *weekly("2026-11-26 11:00", 30, 6),
        *weekly("2026-11-26 12:00", 30, 7),
    )
    week = drawn(request(), PersonTime(person=ANN, busy=busy))
    found = [at(week, "Thu", clock) for clock in ("09:00", "10:00", "11:00", "12:00")]
    assert [cell.shade for cell in found] == [Shade.ALL, Shade.ENOUGH, Shade.HALF, Shade.FEW]
    assert [(cell.free, cell.counted) for cell in found] == [(12, 12), (9, 12), (6, 12), (5, 12)]


def test_dates_on_which_one_is_away_do_not_count() -> None:
    """Neither for nor against a half hour."""
    away = {date(2026, 12, 3): "leave", date(2026, 12, 10): "leave"}
    week = drawn(request(), PersonTime(person=BO, away=away))
    assert (at(week, "Thu", "09:00").free, at(week, "Thu", "09:00").counted) == (10, 10)


def test_of_two_weeks_the_freer_are_told() -> None:
    """A pair that meets every second week is asked about the better of the two."""
    busy = weekly("2026-11-26 10:00", 30, 12)[::2]
    week = drawn(request(every="2 weeks"), PersonTime(person=ANN, busy=busy))
    assert at(week, "Thu", "10:00").shade is Shade.ALL


def test_another_one_to_one_is_in_the_way_where_no_week_is_without() -> None:
    """On one date of the year is enough for a weekly pair; one that meets every second week may take the other."""
    taken = PersonTime(person=ANN, one_to_ones=weekly("2026-11-26 10:00", 30, 50)[::2])
    assert at(drawn(request(), taken), "Thu", "10:00").state is State.ONE_TO_ONE
    assert at(drawn(request(every="2 weeks"), taken), "Thu", "10:00").state is State.OPEN


def test_the_reports_clock_stands_beside_the_managers() -> None:
    """Once where the two go together, both ways where the clocks change apart."""

    def theirs(tz: ZoneInfo) -> tuple[str, ...]:
        return drawn(request(report=person("Bo", tz, "Mon-Fri 00:00-23:30"))).rows[2].theirs

    assert theirs(LONDON) == ("09:00",)
    assert theirs(KOLKATA) == ("14:30", "13:30")
    assert theirs(NEW_YORK) == ("04:00", "05:00")


def test_a_weekly_time_by_another_clock() -> None:
    """As it is at first, then as it becomes; with the weekday that it has there."""
    start = local("2026-11-26 10:00")
    assert [f"{at:%a %H:%M}" for at in local_times(start, KOLKATA)] == ["Thu 14:30", "Thu 13:30"]
    assert [f"{at:%a %H:%M}" for at in local_times(start, start.tzinfo or LONDON)] == ["Thu 10:00"]
    sydney = local_times(local("2026-11-26 16:00"), ZoneInfo("Australia/Sydney"))
    assert [f"{at:%a %H:%M}" for at in sydney] == ["Fri 02:00", "Fri 01:00", "Fri 00:00"]


def test_a_time_without_a_place_is_refused() -> None:
    """It would be another time for everybody."""
    with pytest.raises(ValueError, match="a time is somewhere"):
        local_times(datetime(2026, 11, 26, 10), LONDON)  # noqa: DTZ001 - that is the case


def test_where_no_date_counts_nothing_is_called_free() -> None:
    """Somebody who is away through the whole look-ahead."""
    away = {date(2026, 11, 24) + timedelta(days=day): "leave" for day in range(100)}
    cell = at(drawn(request(), PersonTime(person=BO, away=away)), "Thu", "09:00")
    assert (cell.shade, cell.free, cell.counted) == (Shade.FEW, 0, 0)


@given(
    taken=st.sets(st.tuples(st.integers(0, 4), st.integers(8, 17)), max_size=20),
    weeks=st.integers(1, 12),
    every=st.sampled_from(["1 week", "2 weeks", "1 month"]),
)
def test_where_a_series_was_placed_the_picture_is_open(
    taken: set[tuple[int, int]], weeks: int, every: str
) -> None:
    """A half hour in which a placed meeting lies is at least as free as the series is."""
    busy = tuple(
        one for day, hour in sorted(taken) for one in weekly(f"2026-11-{23 + day} {hour:02}:00", 60, weeks)
    )
    asked = request(every=every)
    ann = PersonTime(person=ANN, busy=busy)
    slot = assign([asked], times(ann, BO), WINDOW, SETTINGS)[asked.pair.key]
    if not isinstance(slot, Slot):
        return
    week = drawn(asked, ann)
    cell = at(week, f"{slot.start:%a}", f"{slot.start:%H:%M}")
    assert cell.state is State.OPEN
    assert cell.free / cell.counted >= 1 - len(slot.clashes) / len(slot.dates)


def test_a_series_begins_where_it_is_drawn() -> None:
    """A rank and what they have now stand in the half hour in which they begin."""
    board = Board(Grid.spanning(WINDOW.start, EARLIEST + YEAR), times(ANN, BO))
    ranks, present = {(3, 19): 1}, frozenset({(1, 20)})
    week = week_of(request(), board, WINDOW, SETTINGS, ranks=ranks, present=present)
    assert at(week, "Thu", "09:30").rank == 1
    assert at(week, "Tue", "10:00").present
    assert sum(cell.present or cell.rank is not None for row in week.rows for cell in row.cells) == 2


def test_what_is_outside_the_look_ahead_does_not_count() -> None:
    """A clash in a year is no clash yet."""
    far = WINDOW.end + timedelta(weeks=20)
    busy = (Span(far, far + timedelta(days=7)),)
    assert at(drawn(request(), PersonTime(person=ANN, busy=busy)), "Thu", "10:00").shade is Shade.ALL
