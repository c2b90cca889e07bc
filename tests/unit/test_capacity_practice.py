"""What a span is like: one kind sentence, with numbers and their source."""

import pytest

from scheduler.capacity.practice import practice
from scheduler.capacity.what_if import WhatIf, asked
from tests.unit.report_builders import BIWEEKLY, MONTHLY, WEEKLY, coverage


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (1, "1 report, fewer than the median of 5 to 6 (Gallup)."),
        (4, "4 reports, fewer than the median"),
        (5, "5 reports, as the manager in the middle has"),
        (6, "6 reports, as the manager in the middle has"),
        (7, "7 reports, a few more than the median"),
        (12, "12 reports, twice the median"),
        (13, "13 reports, more than twice the median"),
        (15, "with 15 'you're not their manager' (Rands)"),
        (25, "another lead would help more than another hour"),
        (26, "13% of managers have over 25 (Gallup)"),
    ],
)
def test_a_span_is_told_against_what_is_usual(span: int, said: str) -> None:
    """The numbers are those that people who know have published."""
    assert said in practice(span, asked([coverage(cadence=WEEKLY)] * span))


def test_rarer_than_twice_a_month_is_said() -> None:
    """Every two weeks is twice a month; a month is not."""
    assert "twice a month" not in practice(6, asked([coverage(cadence=BIWEEKLY)] * 6))
    mixed = asked([coverage(cadence=MONTHLY), *[coverage(cadence=WEEKLY)] * 5])
    assert "; 1 of 6 is to meet less than twice a month" in practice(6, mixed)
    assert "; all 6 are to meet less" in practice(6, asked(map_of := [coverage(cadence=MONTHLY)] * 6))
    assert "twice a month" not in practice(6, asked(map_of, WhatIf(WEEKLY)))


@pytest.mark.parametrize("span", range(1, 60))
def test_it_is_one_sentence(span: int) -> None:
    """With one full stop, at its end."""
    said = practice(span, asked([coverage(cadence=MONTHLY)] * span))
    assert said.endswith(".")
    assert said.count(".") == 1
