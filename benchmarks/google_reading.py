"""What reading alone costs: the CPU time a manager's calendar, cold and when it was read before.

    .venv/bin/python -m benchmarks.google_reading [MANAGERS]

Reads the organisation of `benchmarks.google` (200 managers unless told) in this process, three times, and prints this
process's own CPU time a calendar: signing in, the request, the mirror, and following the rules of what concerns the
manager's people.
"""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.google import write_config
from scheduler.calendars.registry import Calendars
from scheduler.config import load_config
from scheduler.google.opening import open_google
from scheduler.looking import Look
from scheduler.memory import Memory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def main() -> None:
    """Print a line a reading."""
    managers = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.google_fake", str(managers), "0", f"{folder}/key.json"]
        fake = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        with fake:
            root = fake.stdout.readline().strip() if fake.stdout else ""
            write_config(Path(folder), managers, root, "folder")
            for reading in ("cold", "read before", "read before"):
                print(f"{reading}: {read(Path(folder)) / managers * 1000:.1f} ms of CPU a manager's calendar")
            if fake.stdin:
                fake.stdin.close()


def read(folder: Path) -> float:
    """Read everybody's calendar once; return the seconds of CPU."""
    config = load_config(folder / "config")
    calendars = Calendars(config.settings, open_google(config.settings), NOW)
    look = Look(config, calendars, NOW, lambda _what, _done, _of: None)
    before = os.times()
    seen = look.everybody(Memory())
    after = os.times()
    if seen.unreadable:
        sys.exit(
            f"{len(seen.unreadable)} calendars could not be read: {next(iter(seen.unreadable.values()))}"
        )
    return after.user + after.system - before.user - before.system


if __name__ == "__main__":
    main()
