"""The dates of a series by its rule."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.every import Cadence
from scheduler.planning.occurrences import next_start, runs_on, starts, until_of

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = datetime(2026, 10, 6, 10, tzinfo=BERLIN)
WEEKLY = "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"


def test_ten_o_clock_is_ten_o_clock_all_year() -> None:
    """The clocks change on 25 October; the meeting does not."""
    found = starts(WEEKLY, FIRST, FIRST, FIRST + timedelta(weeks=30))
    assert {start.hour for start in found} == {10}
    assert {start.utcoffset() for start in found} == {timedelta(hours=1), timedelta(hours=2)}


def test_ranges_are_half_open() -> None:
    """The start counts, the end does not."""
    second = FIRST + timedelta(weeks=1)
    assert starts(WEEKLY, FIRST, FIRST, second) == (FIRST,)
    assert next_start(WEEKLY, FIRST, second) == second
    assert next_start(WEEKLY, FIRST, second + timedelta(seconds=1)) == second + timedelta(weeks=1)


@given(
    st.sampled_from(["1 week", "2 weeks", "3 weeks", "1 month", "1 quarter"]),
    st.integers(0, 500),
    st.integers(0, 500),
)
def test_nothing_before_the_first_and_every_date_within(cadence: str, after: int, length: int) -> None:
    """And the next start is the first of them."""
    rule = Cadence.parse(cadence).rrule(FIRST.date())
    begin = FIRST + timedelta(days=after - 100)
    found = starts(rule, FIRST, begin, begin + timedelta(days=length))
    assert all(begin <= start < begin + timedelta(days=length) and start >= FIRST for start in found)
    coming = next_start(rule, FIRST, begin)
    assert coming is not None
    assert found[:1] == ((coming,) if coming < begin + timedelta(days=length) else ())


def test_until_is_the_last_moment_at_which_one_may_start() -> None:
    """It is in UTC (RFC 5545, 3.3.10)."""
    rule = WEEKLY + ";UNTIL=20261013T080000Z"
    assert [start.day for start in starts(rule, FIRST, FIRST, FIRST + timedelta(weeks=9))] == [6, 13]
    assert next_start(rule, FIRST, FIRST + timedelta(days=8)) is None
    assert until_of(rule) == datetime(2026, 10, 13, 8, tzinfo=UTC)


def test_count_ends_it_too() -> None:
    """After so many."""
    assert len(starts(WEEKLY + ";COUNT=3", FIRST, FIRST, FIRST + timedelta(weeks=9))) == 3


def test_no_until_is_none() -> None:
    """Nor is one that is not a moment."""
    assert until_of(WEEKLY) is None
    assert until_of(WEEKLY + ";UNTIL=20261013") is None


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5", "FREQ=NEVER", "", "FREQ=WEEKLY;BYDAY=XX", "a;b=c=d"]
)
def test_a_rule_that_cannot_be_followed_is_refused(rule: str) -> None:
    """It would be replayed for minutes, or makes no sense."""
    with pytest.raises(ValueError, match="is not a rule of days, weeks, months or years"):
        starts(rule, FIRST, FIRST, FIRST + timedelta(weeks=1))
    assert runs_on(rule, FIRST, FIRST)
