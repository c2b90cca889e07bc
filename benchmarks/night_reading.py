"""The reading of a night and nothing else of it: what `benchmarks.night` runs beside the whole command.

    .venv/bin/python benchmarks/night_reading.py CONFIG NOW

Has the mirror know every calendar and reads everybody's, some hundreds of people at a time, as the job does, and keeps what
was read for the next night; checks nothing. Prints seconds and seconds of CPU, of all processes, without the start of Python and the reading of the config.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from scheduler.calendars.registry import Calendars
from scheduler.cli.main import collect_rarely
from scheduler.config import load_config
from scheduler.looking import Look
from scheduler.memory import Memory

_AT_ONCE = 400


def main() -> None:
    """Read, and say what it cost."""
    collect_rarely()
    config, now = load_config(Path(sys.argv[1])), datetime.fromisoformat(sys.argv[2])
    calendars = Calendars(config.settings, None, now, config.roster.addresses)
    look = Look(config, calendars, now, lambda _what, _done, _of: None)
    start, busy = time.perf_counter(), _cpu()
    look.freshen()
    occurrences = 0
    for some in _some(list(config.roster.people)):
        evidence = look.everybody(Memory(), some)
        if evidence.unreadable:
            sys.exit(f"not read: {evidence.unreadable}")
        occurrences += sum(len(reading.occurrences) for reading in evidence.readings.values())
    calendars.keep(config.roster.people)
    calendars.store()
    print(
        json.dumps({"seconds": time.perf_counter() - start, "cpu": _cpu() - busy, "occurrences": occurrences})
    )


def _some(emails: list[str]) -> Iterator[frozenset[str]]:
    for first in range(0, len(emails), _AT_ONCE):
        yield frozenset(emails[first : first + _AT_ONCE])


def _cpu() -> float:
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
