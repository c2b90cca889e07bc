"""What a night has read, held to the judge: every occurrence of some calendars, as the program now knows them.

The calendars are read through the program's own door, with what it remembers of the nights before.
"""

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from scheduler.cadence.windows import reading_window
from scheduler.calendars.registry import Calendars
from scheduler.config import load_config
from scheduler.meetings import CalendarReading, EventStatus
from scheduler.timespans import Span

_JUDGE = Path(__file__).parent / "peers" / "with_recurring.py"
_MARGIN = timedelta(days=2)
Meetings = Counter[tuple[str, int, int]]


@dataclass(frozen=True)
class Differences:
    """How many occurrences were compared, and how many are only in one of the two."""

    calendars: int
    compared: int
    missing: int
    extra: int

    @property
    def count(self) -> int:
        """How many are wrong."""
        return self.missing + self.extra

    @property
    def sentence(self) -> str:
        """Say it."""
        return (
            f"Held to the judge after the last night: {self.calendars} calendars, {self.compared:,} occurrences that take "
            f"place, by UID, start and end; {self.missing} missing, {self.extra} extra."
        )


def differences(config_folder: Path, emails: Iterable[str], now: datetime) -> Differences:
    """Compare what the program knows of these people's calendars with what the judge finds in the files."""
    config = load_config(config_folder)
    window = reading_window(config.settings, config.roster, now)
    calendars = Calendars(config.settings, None, now)
    root = config.settings.calendars.path or config.settings.directory
    every = list(emails)
    compared = missing = extra = 0
    for email in every:
        ours = _ours(calendars.read(config.roster.people[email], window))
        judged = _judged(Path(root) / f"{email}.ics", window)
        compared += judged.total()
        missing += (judged - ours).total()
        extra += (ours - judged).total()
    return Differences(len(every), compared, missing, extra)


def _ours(reading: CalendarReading) -> Meetings:
    return Counter(
        (each.uid, round(each.span.start.timestamp()), round(each.span.end.timestamp()))
        for each in reading.occurrences
        if each.status is not EventStatus.CANCELLED and each.span.overlaps(reading.window)
    )


def _judged(path: Path, window: Span) -> Meetings:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "found")
        # the judge compares days with days, whatever midnight it is: it is asked for more, and its answer is cut
        wide = [(window.start - _MARGIN).isoformat(), (window.end + _MARGIN).isoformat()]
        subprocess.run([sys.executable, _JUDGE, path, *wide, out], check=True, capture_output=True)
        rows = [line.split("\t") for line in out.read_text().splitlines()]
    low, high = window.start.timestamp(), window.end.timestamp()
    return Counter(
        (uid, int(start), int(end)) for uid, start, end in rows if int(start) < high and int(end) > low
    )
