"""Markdown shows names as they are: nothing in them becomes a table, a link or an element."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from scheduler.reports import render_applied, render_plan, render_report
from scheduler.reports.markdown import escaped
from scheduler.reports.order import plain
from tests.unit.report_builders import (
    ANN,
    coverage,
    every_status,
    gap_report,
    person,
    sample_applied,
    sample_plan,
)


def inline(tokens: list[Token]) -> list[Token]:
    """Return every piece of running text."""
    return [child for token in tokens for child in token.children or ()]


@given(st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=40))
def test_escaped_text_reads_back_as_it_was_typed(typed: str) -> None:
    """Rendered inside a list item, it is text and nothing else, the very characters that were typed."""
    tokens = inline(MarkdownIt("commonmark").enable("table").parse(f"- x{escaped(typed)}x"))
    assert {token.type for token in tokens} <= {"text", "text_special"}
    assert "".join(token.content for token in tokens) == f"x{plain(typed)}x"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_row_has_its_seven_cells_whatever_people_are_called(name: str) -> None:
    """Pipes and line ends in names add no column and no row."""
    text = render_report(gap_report(coverage(ANN, person("x@example.com", name))), "markdown")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    assert [token.type for token in tokens].count("tr_open") == 2
    assert [token.type for token in tokens].count("td_open") == 7


def test_totals_come_first_then_the_worst() -> None:
    """What a reader of a chat sees without unfolding is how things stand."""
    lines = render_report(every_status(), "markdown").splitlines()
    assert lines[2].startswith("9 pairs: 2 unscheduled, 1 overdue, 1 at risk")
    assert lines[6].startswith("| ◇ unscheduled")


def test_reasons_suggestions_and_problems_are_listed() -> None:
    """Why each pair that is not fine is not, and what could not be read."""
    text = render_report(every_status(), "markdown")
    assert "  - They have never met." in text
    assert "  - *Suggestion:* The series ran out on Thu 15 Oct; it can be renewed." in text
    assert "## Problems" in text


def test_a_report_without_gaps_has_no_list_of_them() -> None:
    """No empty headings."""
    text = render_report(gap_report(coverage()), "markdown")
    assert "##" not in re.sub("^# ", "", text)


def test_nobody_is_no_table() -> None:
    """An empty roster is a sentence."""
    assert "|" not in render_report(gap_report(), "markdown")


def test_a_plan_lists_changes_with_reasons_and_whom_it_leaves_alone() -> None:
    """What, for whom, when; then why."""
    text = render_plan(sample_plan(), "sha256:0", "markdown")
    assert "- New series: ann\\@example.com and bo0\\@example.com, every 2 weeks on Tuesday" in text
    assert "## Left alone" in text
    assert "Nothing to change." in render_plan(
        replace(sample_plan(), changes=(), skipped=()), "sha256:0", "markdown"
    )


def test_what_became_of_a_plan_leads_with_the_outcome() -> None:
    """Done, already so, skipped, failed, each with its reason."""
    text = render_applied(sample_plan(), "sha256:0", sample_applied(), "markdown")
    assert "- **✓ done**: New series" in text
    assert "- **✗ failed**, the disk is full: Move meeting" in text
