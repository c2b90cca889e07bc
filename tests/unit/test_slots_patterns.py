"""The dates on which a series can fall."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr

from scheduler.every import Cadence
from scheduler.slots.patterns import patterns

EARLIEST, LAST = date(2026, 11, 25), date(2027, 12, 10)


@pytest.mark.parametrize(
    "every", ["1 week", "2 weeks", "3 weeks", "8 weeks", "1 month", "2 months", "1 quarter"]
)
def test_dates_are_those_of_the_rule(every: str) -> None:
    """Each pattern's dates are what dateutil makes of its rule."""
    for pattern in patterns(Cadence.parse(every), EARLIEST, LAST):
        rule = rrulestr(pattern.rrule, dtstart=datetime.combine(pattern.dates[0], time()))
        expected = rule.between(datetime.combine(EARLIEST, time()), datetime.combine(LAST, time()), inc=True)
        assert list(pattern.dates) == [found.date() for found in expected]


@pytest.mark.parametrize(
    ("every", "count"),
    [("1 week", 7), ("2 weeks", 14), ("1 month", 35), ("1 quarter", 105)],
)
def test_every_weekday_comes_with_every_phase(every: str, count: int) -> None:
    """Weeks: 7 a week of the cadence; months: 7 weekdays in 5 places a month of the cadence."""
    found = patterns(Cadence.parse(every), EARLIEST, LAST)
    phases = {(pattern.rrule, pattern.dates[1]) for pattern in found}
    assert len(found) == len(phases) == count


def test_a_fourth_that_is_the_last_is_both() -> None:
    """On Wed 25 Nov 2026, the fourth and last, both rules begin."""
    rules = {p.rrule for p in patterns(Cadence.parse("1 month"), EARLIEST, LAST) if p.dates[0] == EARLIEST}
    assert rules == {"FREQ=MONTHLY;INTERVAL=1;BYDAY=4WE", "FREQ=MONTHLY;INTERVAL=1;BYDAY=-1WE"}


def test_rare_ones_begin_within_half_a_year() -> None:
    """A yearly cadence does not begin in eleven months."""
    found = patterns(Cadence.parse("52 weeks"), EARLIEST, LAST)
    assert max(pattern.dates[0] for pattern in found) < EARLIEST + timedelta(weeks=26)


def test_nothing_is_left_after_the_last_day() -> None:
    """Patterns without a date are not there."""
    assert patterns(Cadence.parse("1 week"), EARLIEST, EARLIEST - timedelta(days=1)) == ()
    assert len(patterns(Cadence.parse("2 weeks"), EARLIEST, EARLIEST)) == 1
