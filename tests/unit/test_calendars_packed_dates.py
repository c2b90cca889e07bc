"""Dates in rows and out of them again: nothing is lost, and what comes in a row takes little room."""

import json

from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendars.packed_dates import Date, in_rows, out_of_rows

SECONDS = st.integers(-(2**33), 2**33)
DAYS = st.dates().map(str)
PLACES = st.tuples(SECONDS, SECONDS, SECONDS) | st.tuples(DAYS, DAYS, DAYS | SECONDS)
DATES = st.lists(st.tuples(PLACES, st.integers(0, 3), st.integers(0, 3)).map(lambda d: (*d[0], *d[1:])))


@given(DATES, st.lists(st.tuples(SECONDS, st.integers(0, 9000)), max_size=30))
def test_what_goes_in_comes_out(dates: list[Date], standing: list[tuple[int, int]]) -> None:
    """Moved ones, days and times where the series had put them, also where two are one."""
    told: list[Date] = [*dates, *((start, start + length, start, 0, 1) for start, length in standing)]
    rows, others = json.loads(json.dumps(in_rows(told)))
    assert sorted(map(str, out_of_rows(rows, map(tuple, others)))) == sorted(map(str, told))


def test_a_year_of_weeks_is_one_row() -> None:
    """What is said once is not said of each date."""
    weeks: list[Date] = [(at, at + 1800, at, 0, 1) for at in range(0, 52 * 604_800, 604_800)]
    rows, others = in_rows(weeks)
    assert (len(rows), others) == (1, [])
    assert len(json.dumps(rows)) < 10 * len(weeks)
