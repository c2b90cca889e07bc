"""JSON and CSV are for programs: they parse back, and say what the data says."""

import csv
import io
import json
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cadence.results import GapReport, MeetingOutcome
from scheduler.errors import WrongUsage
from scheduler.planning.digest import digest
from scheduler.planning.saved import ensure_holds, saved_plan
from scheduler.reports import FORMATS, PLAN_FORMATS, render_applied, render_plan, render_report
from scheduler.reports.csv import COLUMNS
from tests.unit.report_builders import (
    ANN,
    NEW_YORK,
    at,
    coverage,
    every_status,
    gap_report,
    meeting,
    person,
    sample_applied,
    sample_plan,
)

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def rows(report: GapReport) -> list[dict[str, str]]:
    """Read the CSV rendering back."""
    return list(csv.DictReader(io.StringIO(render_report(report, "csv"), newline="")))


def test_the_report_has_the_keys_that_scripts_rely_on_in_their_order() -> None:
    """The keys stand in the agreed order; others may stand between."""
    found = json.loads(render_report(every_status(), "json"))
    assert list(found) == ["version", "generated_at", "window", "pairs", "problems", "totals"]
    agreed = [
        "manager",
        "report",
        "cadence",
        "status",
        "last_held",
        "next_planned",
        "days_since",
        "expected",
        "held",
        "coverage",
        "longest_gap_days",
        "reasons",
        "meetings",
    ]
    assert [key for key in found["pairs"][0] if key in agreed] == agreed
    one = next(pair for pair in found["pairs"] if pair["meetings"])["meetings"][0]
    assert list(one)[:4] == ["start", "end", "outcome", "by"]
    assert list(found["totals"]) == [
        "pairs",
        "on_track",
        "at_risk",
        "overdue",
        "unscheduled",
        "paused",
        "unknown",
    ]
    assert found["totals"]["pairs"] == len(found["pairs"]) == 9


def test_times_are_by_the_managers_clock_with_its_offset() -> None:
    """A meeting at 09:00 in New York is written as 09:00-05:00, whatever zone it came in."""
    boss = person("sam@example.com", tz=NEW_YORK)
    report = gap_report(coverage(boss, meetings=[meeting(at("2026-11-10 15:00"), MeetingOutcome.HELD)]))
    pair = json.loads(render_report(report, "json"))["pairs"][0]
    assert pair["meetings"][0]["start"] == pair["last_held"] == "2026-11-10T09:00:00-05:00"


def test_a_pair_without_anything_has_nulls() -> None:
    """What is not known is null, never a word or a zero."""
    pair = json.loads(render_report(gap_report(coverage(cadence=None)), "json"))["pairs"][0]
    absent = (
        "cadence",
        "last_held",
        "next_planned",
        "days_since",
        "coverage",
        "longest_gap_days",
        "paused_because",
    )
    assert {key: pair[key] for key in absent} == dict.fromkeys(absent)


@given(NAMES)
def test_json_reads_back_whatever_people_are_called(name: str) -> None:
    """Quotes, control characters and every script survive."""
    found = json.loads(render_report(gap_report(coverage(ANN, person("x@example.com", name))), "json"))
    assert found["pairs"][0]["report_name"] == name


def test_a_plan_reads_back_as_the_plan_that_it_was() -> None:
    """What is saved and approved is what is applied."""
    plan = sample_plan()
    saved = saved_plan(render_plan(plan, digest(plan), "json"))
    assert saved.digest == digest(plan)
    ensure_holds(saved, plan)


def test_a_plan_has_the_keys_that_scripts_rely_on_in_their_order() -> None:
    """The agreed keys come first, in their order."""
    found = json.loads(render_plan(sample_plan(), "sha256:0", "json"))
    assert list(found) == ["version", "digest", "generated_at", "changes", "skipped"]
    agreed = [
        "id",
        "kind",
        "manager",
        "report",
        "start",
        "timezone",
        "rrule",
        "minutes",
        "reasons",
        "notifies",
    ]
    assert list(found["changes"][0])[: len(agreed)] == agreed
    assert list(found["skipped"][0]) == ["manager", "report", "reason"]


def test_each_change_has_an_outcome_and_those_not_reached_are_skipped() -> None:
    """After a run that was stopped, no change is without an outcome."""
    found = json.loads(render_applied(sample_plan(), "sha256:0", sample_applied(), "json"))["changes"]
    assert [change["outcome"] for change in found] == [
        "done",
        "already_so",
        "skipped",
        "failed",
        "skipped",
        "skipped",
    ]
    assert found[0]["reason"] == ""
    assert found[-1]["reason"] == "the run stopped before this change"


def test_csv_has_a_row_a_pair_worst_first_and_ends_its_lines_as_rfc_4180_has_it() -> None:
    """A header and nine rows, each line ended by CRLF."""
    text = render_report(every_status(), "csv")
    assert text.startswith(",".join(COLUMNS) + "\r\n")
    assert text.endswith("\r\n")
    assert [row["status"] for row in rows(every_status())][:3] == ["unscheduled", "unscheduled", "overdue"]
    assert len(rows(every_status())) == 9


@given(NAMES)
def test_csv_reads_back_and_no_cell_is_a_formula(name: str) -> None:
    """A name comes back as it was, but for the apostrophe before what a spreadsheet would run."""
    cell = rows(gap_report(coverage(ANN, person("x@example.com", name))))[0]["report_name"]
    assert cell in (name, f"'{name}")
    assert not cell.startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n"))


def test_csv_of_nobody_is_a_header() -> None:
    """An empty roster is an empty table, not an empty file."""
    assert render_report(gap_report(), "csv") == ",".join(COLUMNS) + "\r\n"


def test_an_unknown_format_is_refused_with_those_that_there_are() -> None:
    """The message lists what to write instead."""
    with pytest.raises(WrongUsage, match="take one of: table, json, csv, html, markdown"):
        render_report(gap_report(), "yaml")
    with pytest.raises(WrongUsage, match="take one of: table, json, markdown"):
        render_plan(sample_plan(), "sha256:0", "csv")
    with pytest.raises(WrongUsage, match="there is no format 'html'"):
        render_applied(sample_plan(), "sha256:0", (), "html")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_renders_nothing_and_everything(form: str) -> None:
    """An empty roster and a full one both end in one line end."""
    for report in (gap_report(), every_status(), replace(every_status(), problems=())):
        assert render_report(report, form).endswith("\n")


@pytest.mark.parametrize("form", PLAN_FORMATS)
def test_every_plan_format_renders_nothing_and_everything(form: str) -> None:
    """An empty plan says so."""
    empty = replace(sample_plan(), changes=(), skipped=())
    for plan in (empty, sample_plan()):
        assert render_plan(plan, "sha256:0", form).endswith("\n")
        assert render_applied(plan, "sha256:0", sample_applied() if plan.changes else (), form).endswith("\n")


def test_generated_at_keeps_its_offset() -> None:
    """The moment of the report is a moment, not a date."""
    stated = json.loads(render_report(every_status(), "json"))["generated_at"]
    assert datetime.fromisoformat(stated) == every_status().generated_at
