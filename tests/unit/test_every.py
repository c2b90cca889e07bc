"""Cadences: how they are read, how long they are, and the recurrence rules that they give."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.every import Cadence, Unit

CADENCES = st.builds(Cadence, st.integers(1, 999), st.sampled_from(Unit))


@pytest.mark.parametrize(
    ("text", "cadence"),
    [
        ("1 week", Cadence(1, Unit.WEEK)),
        ("2 weeks", Cadence(2, Unit.WEEK)),
        (" 1  Month ", Cadence(1, Unit.MONTH)),
        ("1 quarter", Cadence(1, Unit.QUARTER)),
        ("2 QUARTERS", Cadence(2, Unit.QUARTER)),
    ],
)
def test_a_cadence_is_a_count_and_a_unit(text: str, cadence: Cadence) -> None:
    """Blanks and capitals make no difference."""
    assert Cadence.parse(text) == cadence


@pytest.mark.parametrize(
    "text", ["", "weekly", "0 weeks", "-1 weeks", "1.5 weeks", "2 days", "1000 weeks", "week"]
)
def test_what_is_no_cadence_is_told_what_to_write(text: str) -> None:
    """Days and years are no cadence, and neither is none at all."""
    with pytest.raises(
        ValueError, match=f"^'{text}' is not a cadence; write '1 week', '2 weeks', '1 month' or"
    ):
        Cadence.parse(text)


@given(CADENCES)
def test_a_cadence_is_written_as_it_is_read(cadence: Cadence) -> None:
    """What the report shows can be put into the roster."""
    assert Cadence.parse(str(cadence)) == cadence


def test_its_length_in_days() -> None:
    """Weeks are exact; months and quarters have the mean length of the Gregorian calendar."""
    assert Cadence(2, Unit.WEEK).days == 14
    assert Cadence(12, Unit.MONTH).days == pytest.approx(365.2425)
    assert Cadence(4, Unit.QUARTER).days == pytest.approx(365.2425)


def test_the_limit_is_the_cadence_and_its_tolerance() -> None:
    """Half of two weeks more is three weeks; no tolerance is the cadence itself."""
    assert Cadence(2, Unit.WEEK).limit(0.5) == timedelta(days=21)
    assert Cadence(2, Unit.WEEK).limit(0) == timedelta(days=14)


@pytest.mark.parametrize(
    ("cadence", "first", "rule"),
    [
        (Cadence(2, Unit.WEEK), date(2026, 12, 1), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        (Cadence(1, Unit.MONTH), date(2026, 12, 8), "FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU"),
        (Cadence(1, Unit.MONTH), date(2026, 12, 28), "FREQ=MONTHLY;INTERVAL=1;BYDAY=4MO"),
        (Cadence(1, Unit.MONTH), date(2026, 12, 29), "FREQ=MONTHLY;INTERVAL=1;BYDAY=-1TU"),
        (Cadence(2, Unit.QUARTER), date(2026, 12, 6), "FREQ=MONTHLY;INTERVAL=6;BYDAY=1SU"),
    ],
)
def test_the_rule_keeps_the_weekday_and_its_place(cadence: Cadence, first: date, rule: str) -> None:
    """A fifth one becomes the last, so that no month is left out."""
    assert cadence.rrule(first) == rule


@settings(max_examples=60)
@given(
    st.builds(Cadence, st.integers(1, 6), st.sampled_from(Unit)), st.dates(date(2026, 1, 1), date(2030, 1, 1))
)
def test_the_rule_begins_with_the_first_date_and_leaves_no_interval_out(
    cadence: Cadence, first: date
) -> None:
    """The recurrence library agrees: the first occurrence is the first date, and none is skipped later."""
    start = datetime(first.year, first.month, first.day, 10, tzinfo=UTC)
    found = list(islice(rrulestr(cadence.rrule(first), dtstart=start), 6))
    assert found[0] == start
    apart = [(later - earlier).days for earlier, later in pairwise(found)]
    # A place in the month moves by a week or two with the months' lengths; one left out would be four weeks.
    assert all(abs(days - cadence.days) < 14 for days in apart)
    assert {moment.weekday() for moment in found} == {first.weekday()}
