"""The terminal table stays in its columns, whatever it is given."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from scheduler.cadence.results import PairStatus
from scheduler.errors import Problem
from scheduler.planning.changes import Plan
from scheduler.reports import render_applied, render_plan, render_report
from scheduler.reports.terminal import fitted
from tests.unit.report_builders import (
    ANN,
    BO,
    NOW,
    coverage,
    every_status,
    gap_report,
    person,
    sample_applied,
    sample_plan,
)
from tests.unit.report_companies import large

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100, 140, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """At every width, with names in every script, grouped or not."""
    for report in (every_status(), large(30), gap_report()):
        lines = render_report(report, "table", width=max(width, 60)).splitlines()
        assert max(map(cell_len, lines)) <= max(width, 60)
    plan = render_plan(sample_plan(), "sha256:0", "table", width=width).splitlines()
    assert max(map(cell_len, plan)) <= width


@given(st.text(max_size=60), st.integers(60, 160))
def test_columns_stay_aligned_whatever_people_are_called(name: str, width: int) -> None:
    """Wide, combining, right-to-left and control characters push no column out of its place."""
    report = gap_report(coverage(ANN, BO), coverage(ANN, person("x@example.com", name)))
    lines = render_report(report, "table", width=width).splitlines()
    rows = [line for line in lines if line.startswith("✓ on track")]
    assert len({cell_len(row.rsplit("—", 2)[0]) for row in rows}) == 1
    assert len(rows) == 2


@given(st.text(max_size=40), st.integers(1, 30))
def test_text_is_fitted_to_exactly_its_cells(text: str, width: int) -> None:
    """Cut or padded: a cell of the table is as wide as its column."""
    assert fitted(text, width).cell_len == width


def test_a_right_to_left_name_is_closed_off_from_the_next_column() -> None:
    """A left-to-right mark follows it; other names get none."""
    assert "\u200e" in fitted("ليلى", 10).plain
    assert "\u200e" not in fitted("Zoë", 10).plain


def test_without_colour_there_is_not_one_escape() -> None:
    """Symbols and words say it all."""
    for text in (
        render_report(every_status(), "table"),
        render_plan(sample_plan(), "", "table"),
        render_applied(sample_plan(), "", sample_applied(), "table"),
    ):
        assert "\x1b" not in text
    assert all(
        word in render_report(every_status(), "table") for word in ("unscheduled", "overdue", "at risk")
    )


def test_colour_adds_escapes_and_nothing_else() -> None:
    """The same text, coloured."""
    plain, coloured = (render_report(every_status(), "table", colour=colour) for colour in (False, True))
    assert "\x1b[" in coloured
    bare = [ESCAPE.sub("", line).rstrip() for line in coloured.splitlines()]
    assert bare == plain.splitlines()


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn follows from the arguments alone."""
    before = render_report(every_status(), "table", colour=True)
    for name, value in (("NO_COLOR", "1"), ("FORCE_COLOR", "1"), ("COLUMNS", "37"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
    assert render_report(every_status(), "table", colour=True) == before


def test_reasons_stand_under_pairs_that_are_not_fine_and_only_there() -> None:
    """A pair on track takes one line; an overdue one says why."""
    fine = coverage(ANN, BO, reasons=("All is well.",))
    late = coverage(
        ANN, person("x@example.com"), status=PairStatus.OVERDUE, reasons=("Too long.", "Far too long.")
    )
    text = render_report(gap_report(fine, late), "table")
    assert "└ Too long. Far too long." in text
    assert "All is well." not in text


def test_a_suggestion_stands_under_a_pair_that_is_fine() -> None:
    """What could be better is said, whatever the status."""
    text = render_report(gap_report(coverage(ANN, BO, suggestions=("It runs out in May.",))), "table")
    assert "→ It runs out in May." in text


def test_many_pairs_get_a_heading_a_manager_and_the_totals_once_more() -> None:
    """Past twenty pairs the end of the text repeats the totals, where the reader's eyes are."""
    text = render_report(large(27), "table")
    assert "9 reports: " in text
    assert text.splitlines()[-1].startswith("27 pairs")
    assert text.splitlines()[1] == text.splitlines()[-1]


def test_nobody_is_said_in_words() -> None:
    """An empty roster is not an empty screen."""
    assert "No pairs: nobody on the roster has a manager." in render_report(gap_report(), "table")


def test_problems_are_listed_with_their_remedy() -> None:
    """Where, what, and what to do."""
    report = gap_report(problems=(Problem("a.ics:3", "it is torn", "mend it"),))
    assert "! a.ics:3: it is torn; mend it" in render_report(report, "table")


def test_an_empty_plan_says_that_there_is_nothing_to_change() -> None:
    """And so does what became of it."""
    plan = Plan(generated_at=NOW)
    assert "nothing to change" in render_plan(plan, "", "table")
    assert "nothing to change" in render_applied(plan, "", (), "table")


def test_what_was_done_skipped_and_failed_each_says_so() -> None:
    """A symbol, a word, and the reason under it."""
    text = render_applied(sample_plan(), "", sample_applied(), "table")
    for words in (
        "✓ done",
        "= already so",
        "- skipped",
        "✗ failed",
        "└ the disk is full",
        "1 pair left alone",
    ):
        assert words in text
