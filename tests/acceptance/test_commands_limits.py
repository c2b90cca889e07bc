"""What holds a run back: its limits, and another run."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from scheduler.lock import single_run
from tests.acceptance.conftest import LATER, NOW, PEOPLE, add_people, bytes_of, calendar_file, called, config


def grown(office: Path) -> None:
    """Give Ann six reports with a series each, and then lose five of them from the roster."""
    rows = [
        f"r{n}@example.com,R{n},ann@example.com,Europe/London,Mon-Fri 09:00-17:30,2026-01-01,"
        for n in range(5)
    ]
    people = office / "config" / "people.csv"
    header, *rest = PEOPLE.splitlines()
    people.write_text("\n".join([f"{header},start_date,end_date", *(f"{row},," for row in rest), ""]))
    add_people(office, *rows)
    assert called("run", *config(office)).code == 0
    people.write_text(people.read_text().replace("2026-01-01,", "2026-01-01,2026-11-27"))


def test_past_a_limit_nothing_is_done_but_the_numbers_are_said(office: Path) -> None:
    """`--yes-really` goes on."""
    grown(office)
    before = bytes_of(office)
    for command in (("run",), ("apply",)):
        done = called(*command, *config(office), now=LATER)
        assert done.code == 5, done.out
        assert "5 of the 6 series made so far would be ended or changed, and the limit is 3" in done.err
        assert "--yes-really" in done.err
        assert bytes_of(office) == before
    assert called("plan", *config(office), now=LATER).code == 0
    done = called("run", *config(office), "--yes-really", "--format", "json", now=LATER)
    assert done.code == 0, done.err
    kinds = [change["kind"] for change in json.loads(done.out)["changes"]]
    assert kinds.count("end_series") == 5
    left = calendar_file(office, "ann").read_text()
    assert left.count("UNTIL=") + left.count("STATUS:CANCELLED") == 5


def test_new_series_are_capped_and_the_rest_wait(office: Path) -> None:
    """The cap defers; it refuses nothing."""
    add_people(office, *(f"r{n}@example.com,R{n},ann@example.com,Europe/London" for n in range(3)))
    path = office / "config" / "onetoone.toml"
    path.write_text(path.read_text() + "\n[limits]\nnew_series = 3\n")
    counts = []
    for _ in range(3):
        done = called("run", *config(office), "--format", "json")
        assert done.code == 0, done.err
        counts.append([c["kind"] for c in json.loads(done.out)["changes"]].count("create_series"))
    assert counts == [3, 1, 0]


@pytest.mark.parametrize("command", ["run", "apply", "export"])
def test_a_second_run_at_the_same_time_is_told_so(office: Path, command: str) -> None:
    """Exit code 6, with whose run it is; reading commands need not wait."""
    with single_run(office / "state", datetime.fromisoformat(NOW)):
        before = bytes_of(office)
        done = called(command, *config(office))
        assert done.code == 6
        assert f"another run is under way (process {os.getpid()} since 2026-11-23T09:00:00" in done.err
        assert "wait until it has ended" in done.err
        assert called("report", *config(office)).code == 0
        assert called("plan", *config(office)).code == 0
        assert bytes_of(office) == before
    assert called(command, *config(office)).code == 0


def test_a_lock_that_was_left_behind_stops_nobody(office: Path) -> None:
    """It is the operating system's: a file alone holds nothing."""
    (office / "state").mkdir()
    (office / "state" / "onetoone.lock").write_text("process 1 since 2020-01-01T00:00:00+00:00\n")
    assert called("run", *config(office)).code == 0
