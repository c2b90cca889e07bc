"""One calendar of 2,000 events, cold, read by us and by seven others: seconds, memory, and whether they are right.

    make peers
    .venv/bin/python -m benchmarks.reading_peers [--rounds 7] [--events 2000] [--calendars 1] [--record]

The window is 26 weeks around 2026-11-23. Each reader runs in a fresh process, in turn, several rounds. What takes place
(single events, dates of series, overrides; start, end and UID) is compared with what icalendar and recurring-ical-events, the judge,
find. Dates that were taken out or cancelled, which ours names as well, are not compared. Ends with 1 where ours differs from the judge.
`--record` puts the table into docs/performance.md.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from benchmarks.calendar_files import ZONE, calendar
from benchmarks.page import machine, record, table

_HERE = Path(__file__).parent
_PEERS = _HERE / "peers"
_OTHERS = str(_HERE.parent / ".venv-bench" / "bin" / "python")
START, END = datetime(2026, 8, 24, tzinfo=ZONE), datetime(2027, 2, 22, tzinfo=ZONE)
_JUDGE = "icalendar + recurring-ical-events"
_OURS = "onetoone"
Meetings = Counter[tuple[str, str, str]]


@dataclass
class Reader:
    """One reader: how it is called, and what its runs have shown."""

    name: str
    command: tuple[str, ...]
    seconds: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    peak_mb: float = 0
    same: int = 0
    missing: int = 0
    extra: int = 0

    def run(self, path: Path, out: Path | None = None) -> None:
        """Read the file once in a process of its own; write what was found where asked to."""
        more = [] if out is None else [str(out)]
        before = time.perf_counter()
        done = subprocess.run(
            [*self.command, str(path), START.isoformat(), END.isoformat(), *more],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "TZ": "Europe/Berlin"},
        )
        whole = time.perf_counter() - before
        cost = json.loads(done.stdout)
        self.peak_mb = max(self.peak_mb, cost["peak_kb"] / 1024)
        if out is None:  # the run that is compared writes a file and is not timed
            self.seconds.append(cost["seconds"])
            self.whole.append(whole)

    def compare(self, found: Meetings, judged: Meetings) -> None:
        """Count what is the same as the judge's, what is missing and what is extra."""
        self.same += (found & judged).total()
        self.missing += (judged - found).total()
        self.extra += (found - judged).total()

    def row(self) -> tuple[object, ...]:
        """Return its line of the table."""
        middle, least = statistics.median(self.seconds), min(self.seconds)
        return (
            self.name,
            f"{middle:.3f}",
            f"{least:.3f}",
            f"{statistics.median(self.whole):.2f}",
            f"{self.peak_mb:.0f}",
            f"{self.same:,}",
            self.missing,
            self.extra,
        )


_HEAD = (
    "reader", "s, median", "s, least", "s, whole process", "MB, peak", "the same as the judge's", "missing", "extra",
)  # fmt: skip


def readers() -> Iterator[Reader]:
    """Yield those that are installed; say which are not."""
    every = [
        Reader(_OURS, (sys.executable, str(_PEERS / "ours.py"))),
        Reader("ical.js", ("node", str(_PEERS / "with_icaljs.mjs"))),
        Reader("node-ical", ("node", str(_PEERS / "with_node_ical.mjs"))),
        Reader("vobject + dateutil", (_OTHERS, str(_PEERS / "with_vobject.py"))),
        Reader(_JUDGE, (_OTHERS, str(_PEERS / "with_recurring.py"))),
        Reader("ical", (_OTHERS, str(_PEERS / "with_ical.py"))),
        Reader("khal (with its database)", (_OTHERS, str(_PEERS / "with_khal.py"))),
        Reader("libical (in C)", (str(_PEERS / "libical"),)),
    ]
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder, "small.ics")
        small.write_bytes(calendar(0, 20))
        for reader in every:
            try:
                reader.run(small)
            except (OSError, subprocess.CalledProcessError) as error:
                why = getattr(error, "stderr", None) or error
                print(
                    f"left out: {reader.name} ({str(why).strip().splitlines()[-1]}); `make peers` brings it"
                )
            else:
                reader.seconds.clear()
                reader.whole.clear()
                reader.peak_mb = 0
                yield reader


def compared(every: list[Reader], path: Path, out: Path) -> None:
    """Let each say what it finds in the file, and count how it differs from the judge."""
    found = {}
    for reader in every:
        reader.run(path, out)
        found[reader.name] = _in_window(out)
    for reader in every:
        reader.compare(found[reader.name], found[_JUDGE])


def _in_window(out: Path) -> Meetings:
    """Return what touches the half-open window: not every reader's own edges are half-open."""
    rows = (line.split("\t") for line in out.read_text().splitlines())
    low, high = START.timestamp(), END.timestamp()
    return Counter((uid, start, end) for uid, start, end in rows if int(start) < high and int(end) > low)


def main() -> int:
    """Compare first, then time; print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--calendars", type=int, default=1, help="compare so many; the first is timed")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    where, every = machine(), list(readers())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "owner@example.com.ics")
        for number in reversed(range(options.calendars)):
            path.write_bytes(calendar(number, options.events))
            compared(every, path, Path(folder, "out"))
        size = path.stat().st_size / 1e6
        for _ in range(options.rounds):
            for reader in every:
                reader.run(path)
    every.sort(key=lambda each: statistics.median(each.seconds))
    text = (
        f"One calendar of {options.events:,} events, {size:.1f} MB; 26 weeks; {options.rounds} rounds; "
        f"{options.calendars} such compared with the judge.\n{where}.\n\n{table(_HEAD, (each.row() for each in every))}"
    )
    print(text)
    if options.record:
        record("one calendar", text)
    ours = next(each for each in every if each.name == _OURS)
    return 1 if ours.missing or ours.extra else 0


if __name__ == "__main__":
    sys.exit(main())
