"""A recurrence rule read as a cadence."""

import pytest

from scheduler.every import Cadence
from scheduler.planning.rhythm import cadence_of, keeps


@pytest.mark.parametrize(
    ("rrule", "cadence"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2 weeks"),
        ("FREQ=WEEKLY", "1 week"),
        ("freq=weekly;byday=tu;wkst=su;until=20270101T000000Z", "1 week"),
        ("FREQ=MONTHLY;BYDAY=2TU", "1 month"),
        ("FREQ=MONTHLY;BYMONTHDAY=10", "1 month"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "1 month"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TU", "1 quarter"),
        ("FREQ=MONTHLY;INTERVAL=6", "2 quarters"),
        ("FREQ=MONTHLY;BYDAY=TU", None),
        ("FREQ=WEEKLY;BYDAY=TU,TH", None),
        ("FREQ=WEEKLY;COUNT=5", None),
        ("FREQ=WEEKLY;INTERVAL=0", None),
        ("FREQ=WEEKLY;INTERVAL=x", None),
        ("FREQ=DAILY;INTERVAL=14", None),
        ("", None),
    ],
)
def test_a_rule_as_a_cadence(rrule: str, cadence: str | None) -> None:
    """One date in every so many weeks or months; anything else is none."""
    assert cadence_of(rrule) == (None if cadence is None else Cadence.parse(cadence))


def test_three_months_are_a_quarter() -> None:
    """Whichever the roster says."""
    assert keeps("FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", Cadence.parse("3 months"))
    assert keeps("FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", Cadence.parse("1 quarter"))
