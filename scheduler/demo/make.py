"""Writing the sample organisation to a folder: config, roster, calendars, and what was agreed so far."""

import csv
import io
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from scheduler.config import load_config
from scheduler.demo.agendas import write_earlier_agendas
from scheduler.demo.calendars import calendar_files
from scheduler.demo.people import PEOPLE, Sample
from scheduler.demo.scenarios import AS_FOLDER, FRI
from scheduler.errors import Problem, WriteFailed, WrongUsage
from scheduler.files import make_private_folder, write_trouble
from scheduler.shipped import default_file

MADE_BY_US = ".onetoone-demo"
_OURS = ("config", "calendars", "agendas", "state", "exports", "reports")
_COLUMNS = ("email", "name", "manager", "timezone", "hours", "start_date", "cadence", "country", "aliases")
_SETTINGS = """# The sample organisation. `onetoone init` writes a commented one with every key.

[calendars]
provider = "folder"
path = "../calendars"

[cadence]
every = "2 weeks"
minutes = 30

[job]
state = "../state"
agendas = "../agendas"
exports = "../exports"
reports = "../reports"
"""


def make_demo(directory: Path, now: datetime) -> Path:
    """Write the sample organisation as it is at `now`, and return its config folder.

    A demo that is there already is made anew. Raises WrongUsage for a folder that holds anything else, and
    WriteFailed where it can't be written.
    """
    try:
        _make_room(directory)
        _write_config(directory / "config", now)
        _write_calendars(directory / "calendars", now)
        agendas = directory / "agendas"
        make_private_folder(agendas)
        write_earlier_agendas(agendas, load_config(directory / "config").roster, now)
    except OSError as error:
        unusual = (
            f"the demo can't be written ({error.strerror or error})",
            "name a folder that you may write to",
        )
        raise WriteFailed(Problem(str(directory), *write_trouble(error, unusual))) from error
    return directory / "config"


def _make_room(directory: Path) -> None:
    marker = directory / MADE_BY_US
    if directory.exists() and not directory.is_dir():
        raise WrongUsage(Problem(str(directory), "this is a file", "name a folder that is not there yet"))
    if directory.exists() and any(directory.iterdir()) and not marker.exists():
        what = "this folder holds something that is not a demo of ours"
        raise WrongUsage(
            Problem(str(directory), what, "name a folder that is not there yet, or an empty one")
        )
    directory.mkdir(parents=True, exist_ok=True)
    for name in _OURS:
        if (directory / name).exists():
            shutil.rmtree(directory / name)
    marker.write_text("Made by `onetoone demo`, which makes this folder anew each time.\n", encoding="utf-8")


def _write_config(directory: Path, now: datetime) -> None:
    directory.mkdir()
    (directory / "onetoone.toml").write_text(_SETTINGS, encoding="utf-8")
    (directory / "people.csv").write_text(_roster(now), encoding="utf-8")
    for name in ("openers.md", "agenda.md"):
        (directory / name).write_text(default_file(name), encoding="utf-8")


def _roster(now: datetime) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS)
    for person in PEOPLE:
        manager = next((other.email for other in PEOPLE if other.account == person.manager), "")
        started = _start(person, now)
        table.writerow(
            (
                person.email,
                person.name,
                manager,
                person.place.zone,
                person.hours,
                started,
                person.cadence,
                person.place.country,
                person.aliases,
            ),
        )
    return text.getvalue()


def _start(person: Sample, now: datetime) -> str:
    if person.starts_in_days is None:
        return ""
    day = (now.astimezone(person.tz) + timedelta(days=person.starts_in_days)).date()
    # Nobody starts on a weekend.
    return (day + timedelta(days=7 - day.weekday() if day.weekday() > FRI else 0)).isoformat()


def _write_calendars(directory: Path, now: datetime) -> None:
    directory.mkdir()
    for account, (whole, parts) in calendar_files(now).items():
        email = next(person.email for person in PEOPLE if person.account == account)
        if account in AS_FOLDER:
            (directory / email).mkdir()
            for number, part in enumerate(parts):
                (directory / email / f"{number:03}.ics").write_bytes(part)
        else:
            (directory / f"{email}.ics").write_bytes(whole)
