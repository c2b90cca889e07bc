"""Nights of an organisation of files: the first, those on which nothing or little changed, and the most memory held.

    .venv/bin/python -m benchmarks.night [FOLDER] [--calendars 1000] [--events 2000] [--command report] [--rounds 3] [--record]

Makes the calendars in FOLDER with both cores, unless they are there (1,000 of 2,000 events are 2.8 GB and take some
minutes; without FOLDER they are temporary), and runs the real command on them, night after night, each in a process of its own.
What the command costs beside reading is measured on the same roster with calendars in which there is nothing. Two teams are held to the
judge afterwards, the calendars that were changed among them; ends with 1 where a reading is another.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
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
    "night", "s, whole command", "s of CPU", "s, reading alone", "ms a calendar", "ms of CPU a calendar",
    "MB, all processes", "MB, shared pages once",
)  # fmt: skip


@dataclass(frozen=True)
class Nights:
    """The same night some rounds; `rest` are nights of the same people with calendars in which there is nothing."""

    name: str
    rounds: list[Spent]
    rest: list[Spent]
    calendars: int

    @property
    def seconds(self) -> float:
        """The median of the whole command."""
        return seconds(self.rounds)

    @property
    def reading(self) -> float:
        """What of it goes to reading, in seconds; noise may bring it below zero."""
        return self.seconds - seconds(self.rest)

    def row(self) -> tuple[object, ...]:
        """Return its line of the table."""
        each = 1000 / self.calendars
        return (
            self.name,
            f"{self.seconds:.2f}",
            f"{cpu(self.rounds):.2f}",
            f"{self.reading:.2f}",
            f"{self.reading * each:.2f}",
            f"{(cpu(self.rounds) - cpu(self.rest)) * each:.2f}",
            f"{max(night.resident_mb for night in self.rounds):.0f}",
            f"{max(night.own_mb for night in self.rounds):.0f}",
        )


def seconds(nights: list[Spent]) -> float:
    """Return the median of their seconds."""
    return statistics.median(each.seconds for each in nights)


def cpu(nights: list[Spent]) -> float:
    """Return the median of their seconds of CPU."""
    return statistics.median(each.cpu for each in nights)


class Runner:
    """Runs the command on some config of the organisation."""

    def __init__(self, organisation: Organisation, calendars: int, command: str = "report") -> None:
        """Look at the first so many calendars."""
        self.organisation = organisation
        self.calendars = calendars
        self._command = command
        name = f"config-{organisation.events}-{calendars}"
        self.config = organisation.config(name, calendars)
        self._empty = organisation.config(f"{name}-empty", calendars, empty=True)
        self._states = [config.with_name(f"{config.name}-state") for config in (self.config, self._empty)]
        self._have_states()
        self.rest: list[Spent] = []

    def forget(self) -> None:
        """Let the next night be the first; the folder for what is remembered is there, as `run` makes it, and empty."""
        for state in self._states:
            shutil.rmtree(state, ignore_errors=True)
        self._have_states()

    def _have_states(self) -> None:
        for state in self._states:
            state.mkdir(mode=0o700, exist_ok=True)

    def measure_rest(self, rounds: int) -> None:
        """Measure what the command costs where there is nothing to read, and it knows it."""
        self.rest = [self.once(NOW, self._empty) for _ in range(rounds + 1)][1:]

    def once(self, now: datetime, config: Path | None = None) -> Spent:
        """Run one night; stop the benchmark where the command breaks."""
        onetoone = Path(sys.executable).parent / "onetoone"
        how = ["--format", "json"] if self._command == "report" else []
        at = ["--config", str(config or self.config), "--now", now.isoformat()]
        done = spent_by([onetoone, self._command, "--quiet", *at, *how])
        if done.exit_code not in _FINE:
            sys.exit(f"onetoone {self._command} ended with {done.exit_code}: {done.err}")
        return done

    def nights(
        self,
        name: str,
        rounds: int,
        when: Callable[[int], datetime],
        before: Callable[[], None] = lambda: None,
    ) -> Nights:
        """Run so many nights, each after `before`; `when` says the moment of each round."""
        every = []
        for number in range(rounds):
            before()
            every.append(self.once(when(number)))
        return Nights(name, every, self.rest, self.calendars)


def measured(runner: Runner, rounds: int) -> list[Nights]:
    """Return every kind of night, in the order in which they come."""
    runner.forget()
    runner.measure_rest(rounds)
    changed = range(0, 2 * TEAM, 2)[:_CHANGED]

    def change() -> None:
        runner.organisation.change(changed)

    days = [NOW + timedelta(days=day) for day in range(rounds + 1)]
    nights = [
        runner.nights("cold: nothing known", 1, lambda _: NOW),
        runner.nights("nothing changed, the same day", rounds, lambda _: NOW),
        runner.nights("nothing changed, the next day", rounds, lambda number: days[number + 1]),
    ]
    try:
        nights.append(
            runner.nights(
                f"one event changed in each of {len(changed)} calendars", rounds, lambda _: days[-1], change
            )
        )
    finally:
        if rounds % 2:
            change()  # what was moved is moved back
    return nights


def main() -> int:
    """Make the calendars, run the nights, hold a sample to the judge, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--calendars", type=int, default=1000)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--command", choices=("report", "run"), default="report")
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
    least = min(nights[2].rounds + nights[1].rounds, key=lambda each: each.seconds).seconds
    on_top = nights[3].seconds - nights[2].seconds
    return (
        f"`onetoone {options.command}` on {options.calendars:,} calendars of {options.events:,} events; the median of "
        f"{options.rounds} nights each, the cold one once. The rest of the command takes {seconds(nights[0].rest):.2f} s. "
        f"The quickest night without a change took {least:.2f} s; ten changed calendars cost {on_top:+.2f} s."
    )


if __name__ == "__main__":
    sys.exit(main())
