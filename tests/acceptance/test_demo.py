"""`make demo` as its reader meets it: every status before, every gap that can be closed closed after."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from scheduler.demo.make import make_demo
from tests.acceptance.conftest import NOW, Done, bytes_of, onetoone

STATUSES = {"on_track", "at_risk", "overdue", "unscheduled", "paused", "unknown"}


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


@dataclass(frozen=True, slots=True)
class Walk:
    """The job on the sample organisation, step by step: how it stood, what was done, how it stands, and again."""

    folder: Path
    before: dict[str, Any]
    run: Done
    after: dict[str, Any]
    again: Done
    bytes_before_again: dict[str, str]

    @property
    def changes(self) -> list[dict[str, Any]]:
        """What the run did."""
        return list(json.loads(self.run.out)["changes"])


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Walk through the job with the real command."""
    folder = tmp_path_factory.mktemp("walk") / "demo"
    config = ("--config", make_demo(folder, datetime.fromisoformat(NOW)))
    before = onetoone("report", *config, "--format", "json")
    run = onetoone("run", *config, "--format", "json")
    after = onetoone("report", *config, "--format", "json")
    files = bytes_of(folder)
    return Walk(
        folder,
        json.loads(before.out),
        run,
        json.loads(after.out),
        onetoone("run", *config, "--format", "json"),
        files,
    )


def test_every_status_occurs_before_the_job(walk: Walk) -> None:
    """What the gap report can say, the sample organisation shows."""
    assert {pair["status"] for pair in walk.before["pairs"]} == STATUSES
    assert len(walk.before["pairs"]) >= 24
    assert len({pair["manager"] for pair in walk.before["pairs"]}) >= 4


def test_every_gap_that_could_be_closed_is_closed_with_a_reason(walk: Walk) -> None:
    """Who was placed is on track, or at risk for a stated reason; who was not is told why."""
    created = {(c["manager"], c["report"]) for c in walk.changes if c["kind"] == "create_series"}
    skipped = {(one["manager"], one["report"]): one["reason"] for one in json.loads(walk.run.out)["skipped"]}
    gaps = {(p["manager"], p["report"]) for p in walk.before["pairs"] if p["status"] == "unscheduled"}
    after = {(p["manager"], p["report"]): p for p in walk.after["pairs"]}
    assert len(gaps & created) > 8
    assert all(
        after[key]["status"] in {"on_track", "at_risk"} and after[key]["reasons"] for key in gaps & created
    )
    assert all(skipped[key] for key in gaps - created)


def test_every_change_is_done(walk: Walk) -> None:
    """One outcome each, and no failure among them."""
    assert walk.run.code == 0, walk.run.err
    assert {change["outcome"] for change in walk.changes} == {"done"}
    assert {change["kind"] for change in walk.changes} == {"create_series", "write_agenda"}


def test_a_second_run_changes_no_byte(walk: Walk) -> None:
    """No calendar, agenda, export, page or memory differs, and the exit code is 0."""
    assert walk.again.code == 0, walk.again.err
    assert json.loads(walk.again.out)["changes"] == []
    assert bytes_of(walk.folder) == walk.bytes_before_again


def test_an_agenda_takes_up_what_was_left_open(walk: Walk) -> None:
    """Ticked items are told as done, open ones come up again, and one carried three times is asked about."""
    name = "tomas.lindqvist@lantern.example--anna.weiss@lantern.example.md"
    newest = (walk.folder / "agendas" / name).read_text().split("\n## ")[1]
    assert "- [ ] Anna: show the importer to the team" in newest
    assert "- [x] Tomas: find somebody to share on-call" in newest
    assert "Do, drop or park?" in newest


def test_a_plan_changes_nothing_on_disk(tmp_path: Path) -> None:
    """Neither does a report, an agenda or a doctor's round."""
    folder = tmp_path / "demo"
    make_demo(folder, datetime.fromisoformat(NOW))
    before = bytes_of(folder)
    later = "2026-12-14T09:00:00+00:00"
    pair = ("tomas.lindqvist@lantern.example", "anna.weiss@lantern.example")
    for command in (("plan",), ("report",), ("doctor",), ("agenda", *pair)):
        done = onetoone(*command, "--config", folder / "config", now=later)
        assert done.code == 0, done.err + done.out
    assert bytes_of(folder) == before


def test_the_same_moment_makes_the_same_demo(tmp_path: Path) -> None:
    """It is seeded: two people looking at it see the same."""
    for name in ("one", "two"):
        make_demo(tmp_path / name, datetime.fromisoformat(NOW))
    one, two = (
        {
            path.removeprefix(str(tmp_path / name)): digest
            for path, digest in bytes_of(tmp_path / name).items()
        }
        for name in ("one", "two")
    )
    assert one == two


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
