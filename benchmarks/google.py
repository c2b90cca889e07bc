"""A whole organisation on Google: a cold read, a steady night, and what they cost.

    .venv/bin/python -m benchmarks.google [MANAGERS [LATENCY_MS [COMMAND]]]

Starts the fake Google of the tests in a process of its own (eight reports and 250 events a manager, every answer as
late as LATENCY_MS says), and runs the real command on it three nights in a row, the first with nothing known. Prints
requests by method, seconds, the command's own CPU time a manager's calendar, and its peak memory.
1,000 managers, 150 ms and `report` unless told; `run` also creates series and writes agendas.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from benchmarks.google_fake import REPORTS

_SETTINGS = """
[calendars]
provider = "google"

[cadence]
every = "2 weeks"
minutes = 30

[documents]
provider = "{documents}"

[google]
credentials = "../key.json"
endpoint = "{root}"
threads = 16
"""
_NIGHTS = (
    ("cold", "2026-11-23T03:00:00+00:00"),
    ("the night after", "2026-11-24T03:00:00+00:00"),
    ("the next night", "2026-11-25T03:00:00+00:00"),
)


def main() -> None:
    """Print a block a run."""
    managers = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    latency = float(sys.argv[2]) / 1000 if len(sys.argv) > 2 else 0.15  # noqa: PLR2004 - the second argument
    command = sys.argv[3] if len(sys.argv) > 3 else "report"  # noqa: PLR2004 - the third argument
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder) / "key.json"
        fake = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.google_fake", str(managers), str(latency), str(key)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with fake:
            root = fake.stdout.readline().strip() if fake.stdout else ""
            write_config(Path(folder), managers, root, "google" if command == "run" else "folder")
            print(
                f"{managers} managers, {managers * REPORTS} pairs, {latency * 1000:.0f} ms, onetoone {command}"
            )
            for night, now in _NIGHTS:
                spent = measured(command, now, Path(folder), managers)
                counts = asked(fake.stdin, fake.stdout)
                lists = counts.get("calendar.events.list", 0) / managers
                print(f"{night}: {spent}\n    {lists:.3f} list requests a manager's calendar: {dict(counts)}")
            if fake.stdin:
                fake.stdin.close()


def write_config(folder: Path, managers: int, root: str, documents: str) -> None:
    """Write the config and a roster of managers with eight reports each."""
    (folder / "config").mkdir()
    (folder / "config" / "onetoone.toml").write_text(_SETTINGS.format(root=root, documents=documents))
    rows = ["email,name,manager,timezone,hours"]
    for manager in range(managers):
        boss = f"m{manager}@example.com"
        rows.append(f"{boss},M{manager} Boss,,Europe/Berlin,Mon-Fri 09:00-17:30")
        for report in range(REPORTS):
            row = f"r{manager}-{report}@example.com,R{report} Team{manager},{boss},Europe/Berlin,Mon-Fri 09:00-17:30"
            rows.append(row)
    (folder / "config" / "people.csv").write_text("\n".join(rows) + "\n")


def measured(command: str, now: str, folder: Path, managers: int) -> str:
    """Run the command once and say what it cost."""
    onetoone = Path(sys.executable).parent / "onetoone"
    how = ["--format", "csv"] if command == "report" else []
    start = time.perf_counter()
    with (folder / "out").open("w") as out, (folder / "err").open("w") as err:
        process = subprocess.Popen(
            [onetoone, command, "--quiet", "--config", folder / "config", "--now", now, *how],
            stdout=out,
            stderr=err,
        )
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    said = (folder / "err").read_text().strip().splitlines()[-1:]
    return (
        f"exit {process.returncode}, {seconds:.1f} s; {cpu:.1f} s of CPU, {cpu / managers * 1000:.1f} ms a manager; "
        f"peak {usage.ru_maxrss // 1024} MB {said}"
    )


def asked(ask: IO[str] | None, told: IO[str] | None) -> Mapping[str, int]:
    """Return the requests since the last call, by method; stop where the fake saw one that Google would not take."""
    if ask is None or told is None:
        return {}
    ask.write("\n")
    ask.flush()
    answer = json.loads(told.readline())
    if answer["violations"]:
        sys.exit(f"Google's discovery documents do not allow this: {answer['violations']}")
    counts: Mapping[str, int] = answer["requests"]
    return counts


if __name__ == "__main__":
    main()
