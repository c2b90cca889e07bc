"""How long the commands take on the sample organisation, beside other command lines on the same machine.

    .venv/bin/python -m benchmarks.commands

Each is started five times, turn by turn; the median counts. The README's claims rest on this.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

NOW = ("--now", "2026-11-23T09:00:00+00:00")
ROUNDS = 5


def main() -> None:
    """Time every command and print a table."""
    tool = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        ours = (str(tool / "onetoone"),)
        run(*ours, "demo", str(demo), *NOW)
        config = ("--config", str(demo / "config"), *NOW)
        commands: dict[str, Sequence[str]] = {
            "python -c pass": (sys.executable, "-c", "pass"),
            "onetoone --help": (*ours, "--help"),
            "pip --help": (sys.executable, "-m", "pip", "--help"),
            "pytest --help": (str(tool / "pytest"), "--help"),
            "onetoone report": (*ours, "report", *config),
            "onetoone plan": (*ours, "plan", *config),
            "onetoone run (nothing to do)": (*ours, "run", *config),
            "onetoone demo (all of it)": (*ours, "demo", str(demo), *NOW),
        }
        times = measured(commands)
    width = max(map(len, times))
    for name, seconds in times.items():
        print(
            f"{name:<{width}}  {statistics.median(seconds):6.2f} s   {min(seconds):.2f} to {max(seconds):.2f}"
        )


def measured(commands: dict[str, Sequence[str]]) -> dict[str, list[float]]:
    """Return the seconds of each round of each command, the commands taking turns."""
    times: dict[str, list[float]] = {name: [] for name in commands if shutil.which(commands[name][0])}
    for _ in range(ROUNDS):
        for name, seconds in times.items():
            start = time.perf_counter()
            run(*commands[name])
            seconds.append(time.perf_counter() - start)
    return times


def run(*command: str) -> None:
    """Run a command for its time alone; a failing one is no measurement."""
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
