"""Reports and plans in each format, as INTERFACE.md has them: keys and their order."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from tests.acceptance.conftest import Done, add_people, bytes_of, calendar_file, called, config, onetoone

REPORT_KEYS = ["version", "generated_at", "window", "pairs", "problems", "totals"]
PAIR_KEYS = [
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
MEETING_KEYS = ["start", "end", "outcome", "by"]
TOTALS_KEYS = ["pairs", "on_track", "at_risk", "overdue", "unscheduled", "paused", "unknown"]
PLAN_KEYS = ["version", "digest", "generated_at", "changes", "skipped"]
CHANGE_KEYS = [
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
SKIP_KEYS = ["manager", "report", "reason"]


def assert_keys(found: Mapping[str, object], named: list[str]) -> None:
    """Check that the keys of INTERFACE.md are there, in its order; others may stand between."""
    assert [key for key in found if key in named] == named


def times(value: object) -> Iterable[str]:
    """Yield every text in JSON that looks like a time."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from times(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from times(inner)
    elif isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        yield value


def test_a_report_as_json_has_the_keys_of_the_interface(finished_demo: tuple[Path, Done]) -> None:
    """In its order; times carry their offset; totals add up."""
    done = onetoone("report", *config(finished_demo[0]), "--format", "json")
    assert (done.code, done.err) == (0, "")
    report = json.loads(done.out)
    assert_keys(report, REPORT_KEYS)
    assert report["version"] == 1
    assert list(report["window"]) == ["from", "to"]
    assert list(report["totals"]) == TOTALS_KEYS
    assert report["totals"]["pairs"] == len(report["pairs"]) == sum(list(report["totals"].values())[1:])
    meetings = [meeting for pair in report["pairs"] for meeting in pair["meetings"]]
    for pair in report["pairs"]:
        assert_keys(pair, PAIR_KEYS)
    for meeting in meetings:
        assert_keys(meeting, MEETING_KEYS)
    assert {meeting["outcome"] for meeting in meetings} <= {
        "held",
        "planned",
        "cancelled",
        "declined",
        "moved",
    }
    assert all(datetime.fromisoformat(moment).tzinfo for moment in times(report))


def test_a_report_has_its_other_formats(finished_demo: tuple[Path, Done], tmp_path: Path) -> None:
    """A table, CSV, one page of HTML that loads nothing, Markdown; to a file where one is named."""
    shown = {
        form: called("report", *config(finished_demo[0]), "--format", form)
        for form in ("table", "csv", "html", "markdown")
    }
    assert {done.code for done in shown.values()} == {0}
    rows = list(csv.DictReader(io.StringIO(shown["csv"].out)))
    assert len(rows) == 30
    assert {"manager", "report", "status", "reasons"} <= rows[0].keys()
    assert shown["html"].out.lower().startswith("<!doctype html>")
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|@import|url\(""", shown["html"].out)
    assert shown["markdown"].out.startswith("# ")
    assert "1-2-1 gap report" in shown["table"].out
    file = tmp_path / "report.csv"
    silent = called("report", *config(finished_demo[0]), "-f", "csv", "-o", file)
    assert (silent.out, silent.err) == ("", "")
    assert file.read_bytes().decode() == shown["csv"].out


def test_a_report_of_one_manager_has_their_pairs_alone(finished_demo: tuple[Path, Done]) -> None:
    """By any of their addresses, in whatever case."""
    done = called(
        "report", *config(finished_demo[0]), "-f", "json", "--manager", "Aisha.Khan@lantern.example"
    )
    pairs = json.loads(done.out)["pairs"]
    assert pairs
    assert {pair["manager"] for pair in pairs} == {"aisha.khan@lantern.example"}


def test_check_tells_scripts_whether_somebody_is_off_cadence(office: Path) -> None:
    """3 while a pair is; 0 when none is; 4 where a calendar can't be read and nothing worse is known."""
    assert called("report", *config(office), "--check").code == 3
    assert called("report", *config(office)).code == 0
    assert called("run", *config(office)).code == 0
    assert called("report", *config(office), "--check").code == 0
    calendar_file(office, "bo").write_text("gone")
    assert called("report", *config(office), "--check").code == 4


def test_a_plan_as_json_has_the_keys_of_the_interface(office: Path) -> None:
    """Nothing is changed by it, and it is the same each time."""
    add_people(office, "cy@example.com,Cy,ann@example.com,Asia/Tokyo,Mon-Fri 09:00-17:00")
    before = bytes_of(office)
    done = called("plan", *config(office), "--format", "json")
    assert (done.code, done.err) == (0, "")
    plan = json.loads(done.out)
    assert_keys(plan, PLAN_KEYS)
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", plan["digest"])
    assert [one["kind"] for one in plan["changes"]] == ["create_series", "write_agenda"]
    for change in plan["changes"]:
        assert_keys(change, CHANGE_KEYS)
        assert change["reasons"]
    created = plan["changes"][0]
    assert created["rrule"].startswith("FREQ=WEEKLY;INTERVAL=2;BYDAY=")
    assert created["timezone"] == "Europe/London"
    assert created["notifies"] == ["bo@example.com"]
    assert [one["report"] for one in plan["skipped"]] == ["cy@example.com"]
    for skip in plan["skipped"]:
        assert_keys(skip, SKIP_KEYS)
    assert all(datetime.fromisoformat(moment).tzinfo for moment in times(plan))
    assert called("plan", *config(office), "--format", "json").out == done.out
    assert bytes_of(office) == before
    assert "New series" in called("plan", *config(office)).out
    assert called("plan", *config(office), "-f", "markdown").out.startswith("# 1-2-1 plan")


@pytest.mark.parametrize("command", ["apply", "run"])
def test_what_became_of_a_plan_is_the_same_list_with_outcomes(office: Path, command: str) -> None:
    """As JSON on standard output; a second time the list is empty."""
    plan = json.loads(called("plan", *config(office), "--format", "json").out)
    done = called(command, *config(office), "--format", "json")
    assert done.code == 0, done.err
    result = json.loads(done.out)
    assert_keys(result, PLAN_KEYS)
    for change in result["changes"]:
        assert_keys(change, [*CHANGE_KEYS, "outcome", "reason"])
        assert change["outcome"] == "done"
    bare = [
        {k: v for k, v in change.items() if k not in {"outcome", "reason"}} for change in result["changes"]
    ]
    assert bare == plan["changes"]
    assert result["digest"] == plan["digest"]
    before = bytes_of(office)
    assert json.loads(called(command, *config(office), "--format", "json").out)["changes"] == []
    assert bytes_of(office) == before
