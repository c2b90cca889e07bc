"""A run can stop anywhere and be run again: the next one finishes the work, and nothing is there twice.

The run is killed at each of its marks on the disk in turn: before and after a file is renamed over another, before a
file is synced, made or removed, before and after the database commits. A killed process does nothing more, so
from then on every such call fails: nothing is tidied up.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy import Engine, event

from scheduler.config import load_config
from scheduler.findings import Result
from scheduler.job import Job
from scheduler.memory import Memory
from scheduler.planning.changes import Outcome
from scheduler.state.store import open_memory
from tests.acceptance.conftest import EMPTY, LEAST, NOW, by_next_night

ROOT = Path(__file__).parents[2]
HEADER = "email,name,manager,timezone,hours,end_date"
ROWS = (
    "ann@example.com,Ann Archer,,Europe/London,Mon-Fri 09:00-17:30,",
    "max@example.com,Max Meyer,,Europe/Berlin,Mon-Fri 09:00-17:30,",
    *(f"a{n}@example.com,A{n},ann@example.com,Europe/London,Mon-Fri 09:00-17:30," for n in range(3)),
    *(f"m{n}@example.com,M{n},max@example.com,America/New_York,Mon-Fri 08:00-17:00," for n in range(3)),
)
CHANGED = {
    "a1@example.com": "a1@example.com,A1,max@example.com,Europe/London,Mon-Fri 09:00-17:30,",
    "m1@example.com": "m1@example.com,M1,max@example.com,America/New_York,Mon-Fri 08:00-17:00,2026-12-04",
}
LATER = datetime.fromisoformat("2026-11-30T09:00:00+00:00")
FIRST = datetime.fromisoformat(NOW)


class Killed(BaseException):
    """The power went; nothing catches it."""


class Kill:
    """Kills at the n-th mark, and at every one after that; None only counts them."""

    def __init__(self, at: int | None) -> None:
        self.at = at
        self.seen: list[str] = []

    def mark(self, name: str) -> None:
        """Come past a mark; raise Killed where the run is to be dead by now."""
        self.seen.append(name)
        if self.at is not None and len(self.seen) > self.at:
            raise Killed

    @contextmanager
    def armed(self) -> Iterator["Kill"]:
        """Watch every way in which the program leaves something on the disk."""

        def around(function: Callable[..., object], *, after: bool) -> Callable[..., object]:
            def marked(*arguments: object, **named: object) -> object:
                self.mark(f"before {function.__name__}")
                result = function(*arguments, **named)
                if after:
                    self.mark(f"after {function.__name__}")
                return result

            return marked

        def before_commit(_: object) -> None:
            self.mark("before commit")

        event.listen(Engine, "commit", before_commit)
        try:
            with (
                mock.patch("os.replace", around(os.replace, after=True)),
                mock.patch("os.unlink", around(os.unlink, after=False)),
                mock.patch("os.mkdir", around(os.mkdir, after=False)),
                mock.patch("os.fsync", around(os.fsync, after=False)),
            ):
                yield self
        finally:
            event.remove(Engine, "commit", before_commit)


def job(office: Path, now: datetime) -> Job:
    """Return the job of the office at a moment."""
    return Job(load_config(office / "config"), now, lambda _what, _done, _of: None)


def write_roster(office: Path, changes: dict[str, str]) -> None:
    """Write people.csv, with other rows for some."""
    rows = [changes.get(row.partition(",")[0], row) for row in ROWS]
    (office / "config" / "people.csv").write_text("\n".join([HEADER, *rows, ""]))


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give two offices of two managers with three reports each: nothing done yet; and all done, then two moved on."""
    new = tmp_path_factory.mktemp("new") / "office"
    for name in ("config", "calendars"):
        (new / name).mkdir(parents=True)
    (new / "config" / "onetoone.toml").write_text(LEAST)
    for row in ROWS:
        (new / "calendars" / f"{row.partition(',')[0]}.ics").write_text(EMPTY, newline="")
    vdir = new / "calendars" / "m2@example.com"
    (new / "calendars" / "m2@example.com.ics").unlink()
    vdir.mkdir()
    write_roster(new, {})
    settled = tmp_path_factory.mktemp("settled") / "office"
    shutil.copytree(new, settled)
    job(settled, FIRST).run()
    write_roster(settled, CHANGED)
    return {"first": new, "changed": settled}


MOMENTS = {"first": FIRST, "changed": LATER}
Left = tuple[dict[str, bytes], Memory]


def left_behind(office: Path) -> Left:
    """Return every file that the job writes for people, and what it remembers; but for what a kill left lying."""
    files = {
        str(path.relative_to(office)): path.read_bytes()
        for name in ("calendars", "agendas", "exports", "reports")
        for path in sorted((office / name).rglob("*"))
        if path.is_file() and not path.name.startswith(".onetoone-")
    }
    return files, open_memory(office / "state")


def restored(template: Path, place: Path) -> Path:
    """Put the office back to how it was, at the same place: links in it name the place."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)
    by_next_night(place)
    return place


def assert_well(result: Result) -> None:
    """Check that nothing failed."""
    assert result.complete, [str(one) for one in result.applied if one.outcome is Outcome.FAILED]


def assert_nothing_twice(files: dict[str, bytes]) -> None:
    """Check that no calendar and no export holds one event twice, and no agenda one meeting."""
    for name, data in files.items():
        uids = [line for line in data.splitlines() if line.startswith(b"UID:")]
        assert len(uids) == len(set(uids)), name
        meetings = [line for line in data.splitlines() if line.startswith(b"## ")]
        assert len(meetings) == len(set(meetings)), name


def uninterrupted(template: Path, place: Path, now: datetime) -> tuple[list[str], Left]:
    """Return the marks that a whole run comes past, and what it leaves behind."""
    office = restored(template, place)
    with Kill(None).armed() as kill:
        assert_well(job(office, now).run())
    return kill.seen, left_behind(office)


MOST = int(os.environ.get("ONETOONE_KILLS", "8"))
"""How many marks of a run are tried: all of them, some 400, take two minutes (ONETOONE_KILLS=1000)."""


def chosen(marks: list[str]) -> list[int]:
    """Return the marks to kill at: spread evenly, or all of them."""
    return sorted({len(marks) * number // MOST for number in range(MOST)})


@pytest.mark.parametrize("scenario", ["first", "changed"])
def test_a_run_that_was_killed_is_finished_by_the_next(
    offices: dict[str, Path], tmp_path: Path, scenario: str
) -> None:
    """Calendars, agendas, exports, report and memory are those of a run that nobody killed."""
    place, now = tmp_path / "office", MOMENTS[scenario]
    marks, expected = uninterrupted(offices[scenario], place, now)
    assert_nothing_twice(expected[0])
    for at in chosen(marks):
        office = restored(offices[scenario], place)
        with Kill(at).armed(), pytest.raises(Killed):
            job(office, now).run()
        by_next_night(office)
        assert_well(job(office, now).run())
        assert_same(left_behind(office), expected, f"killed at {at}, {marks[at]}")


def test_a_run_after_a_whole_one_leaves_nothing_on_the_disk(offices: dict[str, Path], tmp_path: Path) -> None:
    """It comes past no mark that changes a file: there is nothing that a kill could break."""
    office = restored(offices["changed"], tmp_path / "office")
    job(office, LATER).run()
    with Kill(None).armed() as kill:
        job(office, LATER).run()
    assert not [mark for mark in kill.seen if "replace" in mark or "unlink" in mark]


def test_a_run_that_is_killed_again_and_again_is_finished_at_last(
    offices: dict[str, Path], tmp_path: Path
) -> None:
    """Each time it gets a little further; nothing is there twice."""
    place = tmp_path / "office"
    _, expected = uninterrupted(offices["first"], place, FIRST)
    office = restored(offices["first"], place)
    kills = 0
    while killed_after(45, office):
        kills += 1
        by_next_night(office)
    assert kills > 3
    assert_same(left_behind(office), expected, f"killed {kills} times")


def killed_after(marks: int, office: Path) -> bool:
    """Run the job and kill it after so many marks; say whether it came that far."""
    try:
        with Kill(marks).armed():
            job(office, FIRST).run()
    except Killed:
        return True
    return False


def test_the_real_process_may_be_killed_at_any_moment(offices: dict[str, Path], tmp_path: Path) -> None:
    """By SIGKILL, after its start: the next one is not stopped by what the dead one left."""
    place = tmp_path / "office"
    _, expected = uninterrupted(offices["first"], place, FIRST)
    office = restored(offices["first"], place)
    moments = random.Random(20261123)  # noqa: S311 - seeded, so that a failure comes again
    for _ in range(5):
        kill_after(office, 0.35 + 0.6 * moments.random())
        by_next_night(office)
    assert_well(job(office, FIRST).run())
    assert_same(left_behind(office), expected, "killed by SIGKILL")


def kill_after(office: Path, seconds: float) -> None:
    """Start the command on the office and kill it when the time is over."""
    code = "from scheduler.cli.main import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "run", "--config", str(office / "config"), "--now", NOW],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    ) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)


def assert_same(found: Left, expected: Left, told: str) -> None:
    """Check that the same files are there, byte for byte, and that the same is remembered."""
    files, memory = found
    assert files.keys() == expected[0].keys(), told
    assert [name for name in files if files[name] != expected[0][name]] == [], told
    assert memory == expected[1], told
