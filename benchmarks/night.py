"""Nights of an organisation of files: the first, those on which nothing or little changed, and the most memory held.

    .venv/bin/python -m benchmarks.night [FOLDER] [--calendars 1000] [--events 2000] [--command run] [--rounds 3] [--record]

Makes the calendars in FOLDER with both cores, unless they are there (1,000 of 2,000 events are 2.8 GB and take some
minutes; without FOLDER they are temporary), and runs the real command on them, night after night, each in a process of its own.
Beside each, reading alone is measured in a process of its own (`night_reading.py`). Two teams are held to the judge
afterwards, the calendars that were changed among them; ends with 1 where a reading is another.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.calendar_files import NOW
from benchmarks.night_check import differences
from benchmarks.night_files import TEAM, Organisation
from benchmarks.page import machine, record, table
from benchmarks.processes import Spent, spent_by

_CHANGED = 10
_FINE = frozenset({0, 4})
_HEAD = (
    "night", "s, whole command", "s of CPU", "MB, all processes", "MB, shared pages once",
    "s, reading alone", "ms a calendar", "ms of CPU a calendar",
)  # fmt: skip


@dataclass(frozen=True)
class Nights:
    """The same night some rounds: the whole command, and beside it reading alone, in seconds and seconds of CPU."""

    name: str
    rounds: list[Spent]
    reading: list[tuple[float, float]]
    calendars: int

    @property
    def seconds(self) -> float:
        """The median of the whole command."""
        return statistics.median(each.seconds for each in self.rounds)

    def row(self) -> tuple[object, ...]:
        """Return its line of the table."""
        read, busy = (statistics.median(column) for column in zip(*self.reading, strict=True))
        return (
            self.name,
            f"{self.seconds:.2f}",
            f"{statistics.median(each.cpu for each in self.rounds):.2f}",
            f"{max(night.resident_mb for night in self.rounds):.0f}",
            f"{max(night.own_mb for night in self.rounds):.0f}",
            f"{read:.2f}",
            f"{read / self.calendars * 1000:.2f}",
            f"{busy / self.calendars * 1000:.2f}",
        )


class Runner:
    """Runs the command on some config of the organisation."""

    def __init__(self, organisation: Organisation, calendars: int, command: str = "run") -> None:
        """Look at the first so many calendars."""
        self.organisation = organisation
        self.calendars = calendars
        self._command = command
        name = f"config-{organisation.events}-{calendars}"
        self.config = organisation.config(name, calendars)
        self._state = self.config.with_name(f"{name}-state")

    def forget(self) -> None:
        """Let the next night be the first."""
        shutil.rmtree(self._state, ignore_errors=True)

    def once(self, now: datetime) -> Spent:
        """Run one night; stop the benchmark where the command breaks."""
        onetoone = Path(sys.executable).parent / "onetoone"
        how = ["--format", "json"] if self._command == "report" else []
        at = ["--config", str(self.config), "--now", now.isoformat()]
        done = spent_by([onetoone, self._command, "--quiet", *at, *how])
        if done.exit_code not in _FINE:
            sys.exit(f"onetoone {self._command} ended with {done.exit_code}: {done.err}")
        return done

    def reading(self, now: datetime) -> tuple[float, float]:
        """Run the reading of a night alone; return its seconds and its seconds of CPU."""
        script = Path(__file__).with_name("night_reading.py")
        done = spent_by([sys.executable, script, self.config, now.isoformat()])
        if done.exit_code:
            sys.exit(done.err)
        cost = json.loads(done.out)
        return cost["seconds"], cost["cpu"]

    def nights(
        self,
        name: str,
        moments: Sequence[datetime],
        before: Callable[[], None] = lambda: None,
    ) -> Nights:
        """Run a night at each of these moments, and its reading alone; `before` comes before each of the two."""
        rounds, readings = [], []
        for now in moments:
            before()
            rounds.append(self.once(now))
            before()
            readings.append(self.reading(now))
        return Nights(name, rounds, readings, self.calendars)


def measured(runner: Runner, rounds: int) -> list[Nights]:
    """Return every kind of night, in the order in which they come."""
    changed = range(0, 2 * TEAM, 2)[:_CHANGED]
    days = [NOW + timedelta(days=day) for day in range(rounds + 1)]
    return [
        runner.nights("cold: nothing known", [NOW], runner.forget),
        runner.nights("nothing changed, the same day", [NOW] * rounds),
        runner.nights("nothing changed, a day later", days[1:]),
        runner.nights(
            f"one event changed in each of {len(changed)} calendars",
            [days[-1]] * rounds,
            lambda: runner.organisation.change(changed),
        ),
    ]


def main() -> int:
    """Make the calendars, run the nights, hold a sample to the judge, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--calendars", type=int, default=1000)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--command", choices=("report", "run"), default="run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--record", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        organisation = Organisation(
            (options.folder or Path(temporary)).resolve(), options.calendars, options.events
        )
        organisation.make()
        where = machine()
        runner = Runner(organisation, options.calendars, options.command)
        nights = measured(runner, options.rounds)
        wrong = differences(
            runner.config, organisation.emails(2 * TEAM), NOW + timedelta(days=options.rounds)
        )
    sentence = said(nights, options)
    text = f"{sentence}\n{where}.\n\n{table(_HEAD, (each.row() for each in nights))}\n\n{wrong.sentence}"
    print(text)
    if options.record:
        record("nights", text)
    return 1 if wrong.count else 0


def said(nights: list[Nights], options: argparse.Namespace) -> str:
    """Say what was run, and what the change of ten calendars costs on top of a night without one."""
    on_top = nights[3].seconds - nights[1].seconds
    return (
        f"`onetoone {options.command}` on {options.calendars:,} calendars of {options.events:,} events; the median of "
        f"{options.rounds} nights each, the cold one once. Ten changed calendars cost {on_top:+.2f} s of the whole command."
    )


if __name__ == "__main__":
    sys.exit(main())
