"""An organisation whose calendars are files: made once in a folder, and there for every benchmark of a night.

Each manager has nine reports; in each calendar one meeting in five is with a manager or report of theirs alone.
"""

import hashlib
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.calendar_files import calendar

TEAM = 10  # a manager and nine reports
_SETTINGS = """
[calendars]
provider = "folder"
path = "../{calendars}"

[cadence]
every = "2 weeks"
minutes = 30

[job]
state = "../{name}-state"

[limits]
new_series = 0 # reading and checking is measured here, and not writing into a thousand calendars
"""
# a single meeting on the 2nd to the 29th of December: one digit moves it to the day beside, and back
_MOVABLE = re.compile(
    rb"BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:202612(0[2-9]|1\d|2\d)T\d{6}\r\n"
    rb"DTEND;TZID=Europe/Berlin:202612\1T\d{6}\r\nDTSTAMP"
)


@dataclass(frozen=True)
class Organisation:
    """So many calendars of so many events in a folder; a multiple of ten."""

    folder: Path
    calendars: int
    events: int = 2000

    def emails(self, calendars: int) -> list[str]:
        """Return the first so many, team by team, each with its manager first."""
        return [_email(number) for number in range(calendars)]

    def path(self, number: int) -> Path:
        """Return where the calendar of that person is."""
        return self.folder / f"calendars-{self.events}-{_generator()}" / f"{_email(number)}.ics"

    def make(self, processes: int = 2) -> int:
        """Write the calendars that are not there yet, with so many processes; return how many were written."""
        self.path(0).parent.mkdir(parents=True, exist_ok=True)
        missing = [number for number in range(self.calendars) if not self.path(number).exists()]
        with ProcessPoolExecutor(processes) as pool:
            for _ in pool.map(self.write, missing, chunksize=4):
                pass
        return len(missing)

    def write(self, number: int) -> None:
        """Write one calendar; a killed run leaves none that is cut short."""
        manager = number - number % TEAM
        team = [_email(other) for other in range(manager, manager + TEAM)]
        people = tuple(team[1:]) if number == manager else (team[0],)
        part = self.path(number).with_suffix(".part")
        part.write_bytes(calendar(number, self.events, owner=_email(number), people=people))
        part.replace(self.path(number))

    def config(self, name: str, calendars: int) -> Path:
        """Write a config for the first so many people, with a state of its own."""
        config = self.folder / name
        config.mkdir(exist_ok=True)
        place = self.path(0).parent.name
        (config / "onetoone.toml").write_text(_SETTINGS.format(name=name, calendars=place))
        emails = self.emails(calendars)
        rows = [_row(email, emails[number - number % TEAM]) for number, email in enumerate(emails)]
        (config / "people.csv").write_text("\n".join(["email,name,manager,timezone,hours", *rows, ""]))
        return config

    def change(self, numbers: Sequence[int]) -> None:
        """Move one meeting in each of these calendars to the day beside; a second call moves it back."""
        for number in numbers:
            path = self.path(number)
            part = path.with_suffix(".part")
            part.write_bytes(_MOVABLE.sub(_moved, path.read_bytes(), count=1))
            part.replace(path)


@cache
def _generator() -> str:
    """Tell one way of generating calendars from another, so that none of another are taken for them."""
    return hashlib.sha256(calendar(0, 100, people=("one@example.com",))).hexdigest()[:8]


def _email(number: int) -> str:
    return f"person{number}@example.com"


def _row(email: str, manager: str) -> str:
    of = "" if manager == email else manager
    return f"{email},{email.partition('@')[0].title()} Example,{of},Europe/Berlin,Mon-Fri 09:00-17:30"


def _moved(found: re.Match[bytes]) -> bytes:
    day = found[1]
    beside = b"%02d" % (int(day) ^ 1)
    return found[0].replace(b":202612" + day, b":202612" + beside)
