"""A whole night for an organisation of files: nothing scheduled at first, then nothing to do.

    .venv/bin/python -m benchmarks.organisation [MANAGERS]

Makes managers with eight reports each in a temporary folder (300 and 200 events a calendar, seeded), runs the real
command on it twice, and prints seconds and peak memory. 25 managers unless told.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

NOW = ("--now", "2026-11-23T09:00:00+00:00")
REPORTS, OF_A_MANAGER, OF_A_REPORT = 8, 300, 200
SETTINGS = """
[calendars]
provider = "folder"
path = "../calendars"

[cadence]
every = "2 weeks"
minutes = 30

[limits]
new_series = 5000
"""


def main() -> None:
    """Print a line for each of the two nights."""
    managers = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    with tempfile.TemporaryDirectory() as folder:
        events = make(Path(folder), managers)
        people = managers * (REPORTS + 1)
        print(f"{managers} managers, {managers * REPORTS} pairs, {people} calendars, {events} events")
        for night in ("first night, nothing scheduled", "second night, nothing to do"):
            start = time.perf_counter()
            done = subprocess.run(
                [
                    Path(sys.executable).parent / "onetoone",
                    "run",
                    "--quiet",
                    "--config",
                    f"{folder}/config",
                    *NOW,
                ],
                check=True,
                capture_output=True,
                text=True,
            )
            seconds = time.perf_counter() - start
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            print(f"{night}: {seconds:.1f} s, at most {peak} MB; {done.stderr.strip()}")


def make(folder: Path, managers: int) -> int:
    """Write config, roster and calendars; return the number of events."""
    chance = random.Random(1)  # noqa: S311 - sample data, not a secret
    (folder / "config").mkdir()
    (folder / "calendars").mkdir()
    (folder / "config" / "onetoone.toml").write_text(SETTINGS)
    rows = ["email,name,manager,timezone,hours"]
    for manager in range(managers):
        boss = f"m{manager}@example.com"
        people = [(boss, "", OF_A_MANAGER)]
        people += [(f"r{manager}-{report}@example.com", boss, OF_A_REPORT) for report in range(REPORTS)]
        for email, of, count in people:
            rows.append(f"{email},{email.partition('@')[0]},{of},Europe/Berlin,Mon-Fri 09:00-17:30")
            (folder / "calendars" / f"{email}.ics").write_text(calendar(email, count, chance), newline="")
    (folder / "config" / "people.csv").write_text("\n".join(rows) + "\n")
    return managers * (OF_A_MANAGER + REPORTS * OF_A_REPORT)


def calendar(email: str, count: int, chance: random.Random) -> str:
    """Return a calendar of half hours with somebody from outside, on days around now."""
    events = []
    for number in range(count):
        day = date(2026, 9, 1) + timedelta(days=chance.randrange(170))
        clock = f"{chance.randrange(9, 17):02}{chance.choice(('00', '30'))}00"
        events.append(
            f"BEGIN:VEVENT\r\nUID:{email}-{number}\r\nDTSTAMP:20260101T000000Z\r\n"
            f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%d}T{clock}\r\nDURATION:PT30M\r\nSUMMARY:Call\r\n"
            "ATTENDEE:mailto:client@example.net\r\nEND:VEVENT\r\n"
        )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//benchmark//EN\r\n{''.join(events)}END:VCALENDAR\r\n"


if __name__ == "__main__":
    main()
