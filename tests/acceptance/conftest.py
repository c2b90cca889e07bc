"""The real command, started as its users start it, on folders of their own."""

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from unittest import mock

import pytest

from scheduler.cli.main import main

ROOT = Path(__file__).parents[2]
NOW = "2026-11-23T09:00:00+00:00"
LATER = "2026-12-14T09:00:00+00:00"
Command = Callable[..., "Done"]


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind: its exit code, its data, and what it said."""

    code: int
    out: str
    err: str


def onetoone(
    *arguments: str | Path,
    now: str | None = NOW,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    first: str = "pass",
) -> Done:
    """Run the command in a process of its own, 80 columns wide and without colour; `first` is what it does first."""
    clock = ["--now", now] if now else []
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{first}; from scheduler.cli.main import main; main()",
            *map(str, arguments),
            *clock,
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONPATH": str(Path(__file__).parents[2])}
        | (env or {}),
    )
    return Done(done.returncode, done.stdout, done.stderr)


def bytes_of(*folders: Path) -> dict[str, str]:
    """Return a digest for every file below the folders, by path; the lock's own line is no content."""
    return {
        str(path): sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Done]]:
    """Give the demo as `onetoone demo` leaves it, and what the command said; made once, never to be changed."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    yield folder, onetoone("demo", folder)
    shutil.rmtree(folder.parent)


@pytest.fixture
def demo(finished_demo: tuple[Path, Done], tmp_path: Path) -> Path:
    """Give a copy of the finished demo that a test may change."""
    folder = tmp_path / "demo"
    shutil.copytree(finished_demo[0], folder)
    return folder


LEAST = """
[calendars]
provider = "folder"
path = "../calendars"

[cadence]
every = "2 weeks"
minutes = 30
"""
PEOPLE = """email,name,manager,timezone,hours
ann@example.com,Ann Archer,,Europe/London,Mon-Fri 09:00-17:30
bo@example.com,Bo Berg,ann@example.com,Europe/Berlin,Mon-Fri 09:00-17:30
"""
EMPTY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Give the least that works: a manager, a report, two empty calendars."""
    config, calendars = tmp_path / "config", tmp_path / "calendars"
    config.mkdir()
    calendars.mkdir()
    (config / "onetoone.toml").write_text(LEAST)
    (config / "people.csv").write_text(PEOPLE)
    for name in ("ann", "bo"):
        (calendars / f"{name}@example.com.ics").write_text(EMPTY, newline="")
    return tmp_path


def called(*arguments: str | Path, now: str | None = NOW, env: dict[str, str] | None = None) -> Done:
    """Run the command in this process: the same door (`main`), ten times as fast, and faults can be planted."""
    out, err = io.StringIO(), io.StringIO()
    clock = ["--now", now] if now else []
    with (
        mock.patch.dict(os.environ, {"COLUMNS": "80", "NO_COLOR": "1", **(env or {})}),
        mock.patch.object(sys, "argv", ["onetoone", *map(str, arguments), *clock]),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as left,
    ):
        main()
    return Done(int(left.value.code or 0), out.getvalue(), err.getvalue())


def by_next_night(office: Path) -> None:
    """Let every file be some hours old: what was written a moment ago is left alone as somebody's, for a minute."""
    for path in office.rglob("*"):
        if path.is_file():
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 36_000))


def calendar_file(office: Path, who: str) -> Path:
    """Return somebody's calendar in an office."""
    return office / "calendars" / f"{who}@example.com.ics"


def with_event(*lines: str) -> str:
    """Return a calendar with one event of these lines; CRLF between, as it should be."""
    event = ("BEGIN:VEVENT", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT")
    return EMPTY.replace("END:VCALENDAR", "\r\n".join((*event, "END:VCALENDAR")))


SENTENCE = re.compile(r"\S.*: \S.*(?:; \S| must be '|, not ).*")


def assert_clear(done: Done, code: int, *fragments: str) -> None:
    """Check the exit code, and that each line on standard error says where, what, and what to do."""
    assert done.code == code, done.err
    assert "Traceback" not in done.err
    for fragment in fragments:
        assert fragment in done.err
    lines = [line for line in done.err.splitlines() if not line.endswith("; nothing was done.")]
    assert lines
    assert [line for line in lines if not SENTENCE.fullmatch(line)] == []


def config(office: Path) -> tuple[str, Path]:
    """Return the option that names the office's config."""
    return "--config", office / "config"


def add_settings(office: Path, text: str) -> None:
    """Add lines to the end of the settings."""
    path = office / "config" / "onetoone.toml"
    path.write_text(path.read_text() + text)


def add_people(office: Path, *rows: str) -> None:
    """Add rows to the roster, and an empty calendar for each."""
    with (office / "config" / "people.csv").open("a") as people:
        for row in rows:
            people.write(row + "\n")
            (office / "calendars" / f"{row.partition(',')[0]}.ics").write_text(EMPTY, newline="")
