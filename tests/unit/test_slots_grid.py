"""Time as bits, in UTC and by the clock on the wall."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.slots.grid import (
    CELL,
    CELLS_A_DAY,
    Clock,
    Grid,
    bit_places,
    bit_runs,
    cells_of,
    starts_touching,
)
from scheduler.timespans import Span

GRID = Grid.spanning(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 15, tzinfo=UTC))
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Africa/Casablanca",
    "UTC",
]
CLOCKS = {zone: Clock(GRID, ZoneInfo(zone)) for zone in ZONES}


def test_every_date_asked_for_is_whole_in_every_zone() -> None:
    """The grid has room for the farthest zones on both sides."""
    assert GRID.index(date(2025, 12, 31)) >= 1
    assert GRID.last >= date(2027, 1, 16)
    assert GRID.day(GRID.index(date(2026, 3, 29))) == date(2026, 3, 29)


def test_a_cell_touched_in_part_counts_as_whole() -> None:
    """A span from 10:03 to 10:11 takes the cells from 10:00 to 10:15."""
    at = datetime(2026, 5, 4, 10, tzinfo=UTC)
    bits = GRID.bits([Span(at + timedelta(minutes=3), at + timedelta(minutes=11))])
    assert [GRID.moment(cell) for cell in bit_places(bits)] == [at, at + CELL, at + 2 * CELL]


def test_what_lies_off_the_grid_is_left_out() -> None:
    """Spans before, after and across the edges are clipped."""
    old = Span(datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC))
    new = Span(datetime(2030, 1, 1, tzinfo=UTC), datetime(2030, 1, 2, tzinfo=UTC))
    assert GRID.bits([old, new]) == 0
    assert GRID.bits([Span(old.start, new.end)]) == (1 << GRID.size) - 1


@pytest.mark.parametrize("zone", ZONES)
@given(cells=st.sets(st.integers(3 * CELLS_A_DAY, GRID.size - 3 * CELLS_A_DAY), max_size=8))
@settings(max_examples=20)
def test_the_wall_shows_what_the_zone_database_says(zone: str, cells: set[int]) -> None:
    """Every UTC cell is found where zoneinfo puts that moment on the wall, and comes back from there."""
    clock = CLOCKS[zone]
    bits = sum(1 << cell for cell in cells)
    walls = [GRID.moment(cell).astimezone(clock.tz).replace(tzinfo=UTC) for cell in cells]
    assert clock.wall(bits) == GRID.bits(Span(wall, wall + CELL) for wall in walls)
    assert clock.utc(clock.wall(bits)) & bits == bits


def test_an_hour_shown_twice_or_never_is_odd() -> None:
    """Berlin skips 02:00 to 03:00 on 29 March 2026 and shows it twice on 25 October."""
    rows = GRID.unpacked(CLOCKS["Europe/Berlin"].odd)
    hour = (2 * 12, 3 * 12)
    odd = {GRID.day(day): tuple(bit_runs(row)) for day, row in enumerate(rows) if row}
    assert odd == {date(2026, 3, 29): (hour,), date(2026, 10, 25): (hour,)}


def test_rows_are_packed_and_unpacked() -> None:
    """Rows of days become one int and come back."""
    rows = [day * 7 for day in range(GRID.days)]
    assert GRID.unpacked(GRID.packed(rows)) == rows


@given(row=st.integers(0, 2**40), cells=st.integers(1, 12))
def test_a_start_touches_a_row_if_any_of_its_cells_does(row: int, cells: int) -> None:
    """The quick answer is the same as looking at every cell."""
    expected = {start for start in range(41) if any(row >> start + cell & 1 for cell in range(cells))}
    assert set(bit_places(starts_touching(row, cells))) == expected


def test_minutes_take_the_cells_that_they_touch() -> None:
    """Twenty-six minutes take six cells, twenty-five take five."""
    assert (cells_of(25), cells_of(26), cells_of(1)) == (5, 6, 1)
