"""Every reader that judges our calendar files, behind two questions: what is wrong, and when do they meet.

The tools outside Python (libical, ical.js) come with `tests/foreign/setup`; `missing()` names those that did not.
"""

import json
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import recurring_ical_events  # type: ignore[import-untyped] # the package ships no types
from ical.calendar_stream import IcsCalendarStream
from ical.exceptions import CalendarParseError
from icalendar import Calendar

from scheduler.timespans import Span
from tests.foreign import own_check

HERE = Path(__file__).parent
DEBIAN_PYTHON = Path("/usr/bin/python3")
Meeting = tuple[str, datetime, datetime]


def missing() -> tuple[str, ...]:
    """Return the foreign tools that are not installed here."""
    libical = [str(DEBIAN_PYTHON), "-c", "import gi; gi.require_version('ICalGLib', '3.0')"]
    absent = []
    if (
        not DEBIAN_PYTHON.exists()
        or subprocess.run(libical, check=False, capture_output=True).returncode != 0
    ):
        absent.append("libical (Debian's gir1.2-ical-3.0 and python3-gi)")
    if shutil.which("node") is None or not (HERE / "node_modules" / "ical.js").exists():
        absent.append("ical.js (nodejs and npm)")
    return tuple(absent)


def problems_of(path: Path) -> list[str]:
    """Return what any reader has against the file: libical with and without METHOD, `ical`, and our own check."""
    return problems_of_all([path])[path]


def problems_of_all(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """Return the same for many files; libical is started once."""
    foreign = _asked(str(DEBIAN_PYTHON), str(HERE / "libical_check.py"), *map(str, paths))
    return {path: [*problems_in_process(path), *foreign[str(path)]] for path in paths}


def problems_in_process(path: Path) -> list[str]:
    """Return what our own check and the Python readers have against the file; needs nothing from Debian."""
    data = path.read_bytes()
    found = [f"own check: {problem}" for problem in own_check.problems_of(data)]
    try:
        IcsCalendarStream.calendar_from_ics(data.decode())
    except CalendarParseError as error:
        found.append(f"ical: {error}")
    errors = [error for event in Calendar.from_ical(data).walk() for error in event.errors]
    return found + [f"icalendar: {name}: {error}" for name, error in errors]


def occurrences_by_reader(path: Path, window: Span) -> dict[str, list[Meeting]]:
    """Return the meetings that start in the window as each reader sees them, cancelled ones left out."""
    return occurrences_of_all([path], window)[path]


def occurrences_of_all(paths: Sequence[Path], window: Span) -> dict[Path, dict[str, list[Meeting]]]:
    """Return the same for many files; node is started once."""
    span = (moment.astimezone(UTC).isoformat() for moment in (window.start, window.end))
    node = shutil.which("node") or "node"
    foreign = _asked(node, str(HERE / "icaljs_expand.mjs"), *span, *map(str, paths))
    return {
        path: {
            "ical.js": sorted(
                (each["uid"], datetime.fromisoformat(each["start"]), datetime.fromisoformat(each["end"]))
                for each in foreign[str(path)]
            ),
            "recurring-ical-events": _recurring(path, window),
        }
        for path in paths
    }


def _recurring(path: Path, window: Span) -> list[Meeting]:
    calendar = Calendar.from_ical(path.read_bytes())
    found = recurring_ical_events.of(calendar).between(window.start, window.end)
    return sorted(
        (str(event["UID"]), event.start.astimezone(UTC), event.end.astimezone(UTC))
        for event in found
        if event.get("STATUS") != "CANCELLED" and window.holds(event.start)
    )


def _asked(*command: str) -> dict[str, list]:  # type: ignore[type-arg] # two tools, two shapes of answer
    answer = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    return dict(json.loads(answer.stdout))
