"""Read every calendar file below a folder that others wrote, and print what came of each.

    python -m benchmarks.foreign_calendars [FOLDER]

FOLDER is `../shared/calendars` beside the repository unless given, or `ONETOONE_FOREIGN_CALENDARS`.
A file is read, or refused in one sentence. Exit 1 where one crashed, or took more than five seconds.
"""

import os
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from scheduler.calendars.read_ics import scan
from scheduler.calendars.reading import reading_of
from scheduler.errors import CalendarUnreadable
from scheduler.hours import WorkingHours
from scheduler.people import CalendarSource, Person
from scheduler.timespans import Span

PATIENCE = 5.0
# so wide that every event of such a file is looked at
WINDOW = Span(datetime(1900, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC))
OWNER = Person(
    email="owner@example.com",
    name="Owner",
    tz=ZoneInfo("Europe/Berlin"),
    hours=WorkingHours.parse("Mon-Fri 09:00-17:00"),
    calendar=CalendarSource("folder"),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one file: `outcome` is read, refused or CRASHED."""

    file: str
    outcome: str
    events: int = 0
    occurrences: int = 0
    unread: int = 0
    sentence: str = ""
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Say whether this must not be."""
        return self.outcome == "CRASHED" or self.seconds > PATIENCE


def verdict(path: Path, name: str) -> Verdict:
    """Read one file as the job would."""
    began = perf_counter()
    try:
        file = scan(path.read_bytes(), name)
        reading = reading_of([file], OWNER, WINDOW)
    except CalendarUnreadable as error:
        return Verdict(name, "refused", sentence=str(error), seconds=perf_counter() - began)
    except Exception as error:  # noqa: BLE001 - that there is none is what this shows
        return Verdict(
            name, "CRASHED", sentence=f"{type(error).__name__}: {error}", seconds=perf_counter() - began
        )
    problems = [*(str(each.problem) for each in reading.unread), *map(str, reading.warnings)]
    return Verdict(
        name,
        "read",
        events=sum(len(calendar.events) for calendar in file.calendars),
        occurrences=len(reading.occurrences),
        unread=len(problems),
        sentence=problems[0] if problems else "",
        seconds=perf_counter() - began,
    )


def verdicts(folder: Path) -> list[Verdict]:
    """Read every .ics file below the folder, by name."""
    return [verdict(path, str(path.relative_to(folder))) for path in sorted(folder.rglob("*.ics"))]


def default_folder() -> Path:
    """Return the folder that the environment names, or the one beside the repository."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "calendars"
    return Path(os.environ.get("ONETOONE_FOREIGN_CALENDARS", beside))


def main(arguments: list[str]) -> int:
    """Print the table and its counts."""
    folder = Path(arguments[0]) if arguments else default_folder()
    found = verdicts(folder)
    print(f"{'file':62} {'outcome':8} {'events':>6} {'occ.':>6} {'warn.':>5} {'s':>5}  sentence")
    for each in found:
        counts = f"{each.events:6} {each.occurrences:6} {each.unread:5} {each.seconds:5.2f}"
        print(f"{each.file:62} {each.outcome:8} {counts}  {each.sentence}")
    outcomes = Counter(each.outcome for each in found)
    clean = sum(each.outcome == "read" and not each.unread for each in found)
    print(
        f"{len(found)} files: {outcomes['read']} read ({clean} without any warning), "
        f"{outcomes['refused']} refused, {outcomes['CRASHED']} crashed; "
        f"slowest {max((each.seconds for each in found), default=0):.2f} s"
    )
    return int(not found or any(each.failed for each in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
