"""The real command, started as its users start it, on folders of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

NOW = "2026-11-23T09:00:00+00:00"
Command = Callable[..., "Done"]


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind: its exit code, its data, and what it said."""

    code: int
    out: str
    err: str


def onetoone(
    *arguments: str | Path, now: str | None = NOW, env: dict[str, str] | None = None, cwd: Path | None = None
) -> Done:
    """Run the command in a process of its own, 80 columns wide and without colour."""
    clock = ["--now", now] if now else []
    done = subprocess.run(
        [sys.executable, "-c", "from scheduler.cli.main import main; main()", *map(str, arguments), *clock],
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
