"""Stretches of time: half-open, aware, and by the wall clock where people count so."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.timespans import Span, local_dates, local_day, merged, midnight, wall_clock_days, without

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def at(start: int, end: int) -> Span:
    """Return a span of hours counted from noon."""
    return Span(NOON + timedelta(hours=start), NOON + timedelta(hours=end))


HOURS = st.integers(0, 30)
SPANS = st.lists(st.tuples(HOURS, HOURS).map(lambda ends: at(min(ends), max(ends))), max_size=8)


def hours_of(spans: list[Span] | tuple[Span, ...]) -> set[int]:
    """Return the hours that lie in any of the spans."""
    return {hour for hour in range(31) if any(span.holds(NOON + timedelta(hours=hour)) for span in spans)}


def test_a_naive_end_is_refused() -> None:
    """Where a span is born, not where it is used."""
    with pytest.raises(ValueError, match="needs a time zone on both ends"):
        Span(NOON.replace(tzinfo=None), NOON)
    with pytest.raises(ValueError, match="needs a time zone on both ends"):
        Span(NOON, NOON.replace(tzinfo=None))


def test_a_span_does_not_run_backwards() -> None:
    """It may be empty."""
    with pytest.raises(ValueError, match="may not end before it starts"):
        at(1, 0)
    assert at(0, 0).duration == timedelta(0)


def test_spans_that_touch_do_not_overlap() -> None:
    """The end is not in it; the start is."""
    assert not at(0, 1).overlaps(at(1, 2))
    assert at(0, 2).overlaps(at(1, 3))
    assert at(0, 1).holds(NOON)
    assert not at(-1, 0).holds(NOON)


def test_covering_and_clipping() -> None:
    """A span covers itself; clipping leaves nothing where nothing is shared."""
    assert at(0, 2).covers(at(0, 2))
    assert not at(0, 2).covers(at(1, 3))
    assert at(0, 2).clipped(at(1, 3)) == at(1, 2)
    assert at(0, 1).clipped(at(1, 2)) is None


def test_touching_spans_become_one() -> None:
    """Empty ones vanish, one inside another adds nothing."""
    assert merged([at(2, 3), at(0, 1), at(1, 2), at(0, 0)]) == (at(0, 3),)
    assert merged([at(0, 5), at(1, 2), at(6, 6)]) == (at(0, 5),)


@given(SPANS)
def test_merging_keeps_the_time_and_leaves_gaps_between(spans: list[Span]) -> None:
    """The same hours, in order, apart, none empty."""
    found = merged(spans)
    assert hours_of(found) == hours_of(spans)
    assert all(one.end < other.start for one, other in pairwise(found))
    assert all(span.start < span.end for span in found)


@given(SPANS, SPANS)
def test_less_the_holes_is_the_set_difference(spans: list[Span], holes: list[Span]) -> None:
    """What was in a span and in no hole."""
    found = without(spans, holes)
    assert hours_of(found) == hours_of(spans) - hours_of(holes)
    assert found == merged(found)


def test_a_local_day_has_23_24_or_25_hours() -> None:
    """The clocks change in spring and autumn."""
    lengths = [
        local_day(day, LONDON).end.astimezone(UTC) - local_day(day, LONDON).start.astimezone(UTC)
        for day in (date(2026, 3, 29), date(2026, 11, 23), date(2026, 10, 25))
    ]
    assert lengths == [timedelta(hours=hours) for hours in (23, 24, 25)]


def test_the_dates_that_a_span_touches() -> None:
    """By the local clock; a span that ends at midnight does not touch the day that begins then."""
    day = date(2026, 11, 23)
    assert list(local_dates(local_day(day, LONDON), LONDON)) == [day]
    assert list(local_dates(Span(midnight(day, LONDON), NOON + timedelta(days=1)), LONDON)) == [
        day,
        day + timedelta(days=1),
    ]
    assert list(local_dates(at(0, 0), LONDON)) == []
    assert list(local_dates(at(11, 12), ZoneInfo("Asia/Tokyo"))) == [day + timedelta(days=1)]


def test_days_are_counted_as_a_wall_clock_does() -> None:
    """A week from ten to ten is seven days, also over a clock change."""
    start = datetime(2026, 10, 20, 10, tzinfo=LONDON)
    end = datetime(2026, 10, 27, 10, tzinfo=LONDON)
    assert wall_clock_days(start, end, LONDON) == 7
    assert wall_clock_days(start.astimezone(UTC), end.astimezone(UTC), LONDON) == 7
    assert wall_clock_days(start, end, UTC) > 7
