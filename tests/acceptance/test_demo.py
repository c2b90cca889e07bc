"""`make demo` as its reader meets it: every status before, every gap that can be closed closed after."""

import json
from pathlib import Path

from tests.acceptance.conftest import NOW, Done, bytes_of, onetoone

STATUSES = {"on_track", "at_risk", "overdue", "unscheduled", "paused", "unknown"}


def statuses(report: Done) -> dict[tuple[str, str], str]:
    """Return each pair's status, from the report's JSON."""
    return {(pair["manager"], pair["report"]): pair["status"] for pair in json.loads(report.out)["pairs"]}


def test_the_demo_ends_well_and_shows_before_job_and_after(finished_demo: tuple[Path, Done]) -> None:
    """It prints the gap report twice, what was done between, and where to look next."""
    done = finished_demo[1]
    assert done.code == 0, done.err
    parts = ("BEFORE", "THE JOB", "AFTER", "WHERE TO LOOK NEXT")
    places = [done.out.index(part) for part in parts]
    assert places == sorted(places)


def test_no_line_of_the_demo_is_wider_than_the_terminal(finished_demo: tuple[Path, Done]) -> None:
    """At 80 columns nothing wraps but paths, which are there to be copied."""
    wide = [line for line in finished_demo[1].out.splitlines() if len(line) > 80 and "/" not in line]
    assert wide == []


def test_every_status_occurs_before_the_job(tmp_path: Path) -> None:
    """What the gap report can say, the sample organisation shows."""
    folder = tmp_path / "demo"
    onetoone("demo", folder)
    for name in ("state", "calendars"):
        assert (folder / name).is_dir()
    before = onetoone("demo", folder).out.partition("THE JOB")[0]
    shown = {status for status in STATUSES if f" {status.replace('_', ' ')} " in before}
    assert shown == STATUSES


def test_every_gap_that_could_be_closed_is_closed_with_a_reason(finished_demo: tuple[Path, Done]) -> None:
    """Who stays unscheduled is told why; who was placed is on track, or at risk for a stated reason."""
    folder = finished_demo[0]
    report = json.loads(onetoone("report", "--config", folder / "config", "--format", "json").out)
    plan = json.loads(onetoone("plan", "--config", folder / "config", "--format", "json").out)
    skipped = {(one["manager"], one["report"]): one["reason"] for one in plan["skipped"]}
    for pair in report["pairs"]:
        key = pair["manager"], pair["report"]
        if pair["status"] == "unscheduled":
            assert skipped[key]
        assert pair["reasons"]
    ours = (
        [
            pair
            for pair in report["pairs"]
            if "X-ONETOONE-KEY" in (folder / "calendars" / f"{pair['report']}.ics").read_text()
            and pair["report"] != "zoe.kaya@lantern.example"
        ]
        if not (folder / "calendars" / "jan.kowalski@lantern.example").is_file()
        else []
    )
    assert {pair["status"] for pair in ours} <= {"on_track", "at_risk", "paused"}


def test_a_second_run_changes_no_byte(demo: Path) -> None:
    """No calendar, agenda, export, page or memory differs, and the exit code is 0."""
    folders = [demo / name for name in ("calendars", "agendas", "exports", "reports", "state", "config")]
    before = bytes_of(*folders)
    done = onetoone("run", "--config", demo / "config")
    assert done.code == 0, done.err
    assert bytes_of(*folders) == before
    assert json.loads(onetoone("run", "--config", demo / "config", "--format", "json").out)["changes"] == []


def test_a_plan_changes_nothing_on_disk(tmp_path: Path) -> None:
    """Neither does a report, an agenda or a doctor's round."""
    folder = tmp_path / "demo"
    onetoone("demo", folder)
    before = bytes_of(folder)
    later = "2026-12-14T09:00:00+00:00"
    pair = ("tomas.lindqvist@lantern.example", "anna.weiss@lantern.example")
    for command in (("plan",), ("report",), ("doctor",), ("agenda", *pair)):
        done = onetoone(*command, "--config", folder / "config", now=later)
        assert done.code == 0, done.err + done.out
    assert bytes_of(folder) == before


def test_the_same_moment_makes_the_same_demo(tmp_path: Path) -> None:
    """It is seeded: two people looking at it see the same."""
    onetoone("demo", tmp_path / "one")
    onetoone("demo", tmp_path / "two")
    one, two = (
        {
            path.partition(str(tmp_path / name))[2]: digest
            for path, digest in bytes_of(tmp_path / name / "calendars").items()
        }
        for name in ("one", "two")
    )
    agenda_lines = {name for name in one if one[name] != two.get(name)}
    assert one.keys() == two.keys()
    assert all(
        "X-ONETOONE-KEY" in (tmp_path / "one").joinpath(name.lstrip("/")).read_text() for name in agenda_lines
    )


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    """The demo makes its own folder anew, and nobody else's."""
    (tmp_path / "letter.txt").write_text("Dear Ann")
    done = onetoone("demo", tmp_path)
    assert done.code == 2
    assert "this folder holds something that is not a demo of ours" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_clock_is_the_one_that_was_told(finished_demo: tuple[Path, Done]) -> None:
    """`--now` is every clock in the program."""
    report = onetoone("report", "--config", finished_demo[0] / "config", "--format", "json")
    assert json.loads(report.out)["generated_at"].startswith(NOW[:19])
