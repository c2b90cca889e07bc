"""A company on Google for tests of the whole job: a stand-in for Google on loopback, and a config that leads there."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import stamina

from scheduler.google.client import Google
from scheduler.google.scopes import Scope
from tests.acceptance.conftest import NOW, Done, called
from tests.fake_google.calendars.model import NOTHING
from tests.fake_google.calls import Json
from tests.fake_google.drive_and_docs import DriveAndDocs
from tests.fake_google.fake import FakeGoogle
from tests.unit.fake_google_worlds import timed

KEY = "key.json"
_SETTINGS = """
[calendars]
provider = "{calendars}"
{path}

[documents]
provider = "{documents}"

[cadence]
every = "2 weeks"
minutes = 30

[job]
state = "../state"
agendas = "../agendas"
exports = "../exports"
reports = "../reports"

[google]
credentials = "{key}"
endpoint = "{root}"
{more}
"""


@dataclass
class Company:
    """A folder with a config, and the Google that it names."""

    root: Path
    fake: FakeGoogle
    files: DriveAndDocs

    @property
    def config(self) -> tuple[str, Path]:
        """Return the option that names the config."""
        return "--config", self.root / "config"

    def call(self, *arguments: str | Path, now: str | None = NOW, env: dict[str, str] | None = None) -> Done:
        """Run a command in this process."""
        return called(*arguments, *self.config, now=now, env=env)

    def told(self, *arguments: str | Path, now: str | None = NOW, code: int = 0) -> Any:  # noqa: ANN401 - JSON
        """Run a command that ends with this code, and return the JSON that it wrote."""
        done = self.call(*arguments, "--format", "json", now=now)
        assert done.code == code, done.err
        return json.loads(done.out)

    def settle(self, calendars: str = "google", documents: str = "google", more: str = "") -> None:
        """Write the settings, and the key of a service account that may do what they ask for."""
        self.fake.delegate(Scope)
        config = self.root / "config"
        config.mkdir(exist_ok=True)
        (config / KEY).touch(mode=0o600)
        self.fake.service_account_file(config / KEY)
        path = 'path = "../calendars"' if (self.root / "calendars").exists() else ""
        settings = _SETTINGS.format(
            path=path, calendars=calendars, documents=documents, key=KEY, root=self.fake.root, more=more
        )
        (config / "onetoone.toml").write_text(settings)

    def save(self, name: str) -> "Saved":
        """Return all of it as it is now, to be put back later."""
        place = self.root.with_name(f"{self.root.name}-{name}")
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.root, place)
        return Saved(place, _copied(_parts(self)))

    def restore(self, saved: "Saved") -> None:
        """Put everything back to how it was saved; nothing is to fail, and no request was made."""
        shutil.rmtree(self.root)
        shutil.copytree(saved.place, self.root)
        accounts, stamp, mails, library = _copied(saved.parts)
        self.fake.accounts._by_address = accounts  # noqa: SLF001 - the one place where all accounts are
        self.fake.store.stamp = stamp
        self.fake.store.mails[:] = mails
        for name, value in library.items():
            setattr(self.files.library, name, value)
        self.fake.faults.clear()
        self.fake.log.clear()


@dataclass(frozen=True, slots=True)
class Saved:
    """A company at one moment: its folder, and what Google holds."""

    place: Path
    parts: tuple[Any, ...] = field(repr=False)


_OF_LIBRARY = ("files", "_latest", "_made")


def _parts(company: Company) -> tuple[Any, ...]:
    store, library = company.fake.store, company.files.library
    held = {name: getattr(library, name) for name in _OF_LIBRARY}
    return company.fake.accounts._by_address, store.stamp, store.mails, held  # noqa: SLF001 - as in `restore`


def _copied(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    return deepcopy(parts, {id(NOTHING): NOTHING})


@contextmanager
def open_company(root: Path) -> Iterator[Company]:
    """Give a company without people or config; nothing of it waits, and all that is asked must be allowed by Google."""
    files = DriveAndDocs()
    with FakeGoogle(files) as fake, no_waiting():
        yield Company(root, fake, files)
    assert fake.violations == []
    assert files.library.unsupported == []


@contextmanager
def no_waiting() -> Iterator[None]:
    """Let no retry and no quota of this process wait."""
    with (
        stamina.set_testing(True, attempts=7, cap=True),
        mock.patch.dict(Google.__init__.__kwdefaults__, {"sleep": lambda _: None}),
        mock.patch("google.auth._exponential_backoff.time"),
    ):
        yield


def seen(company: Company) -> Json:
    """Return all that people see at Google: calendars, mails, documents, and which document hangs on which event.

    Left out are ids of documents, which no two runs share, and documents that nobody but their owner ever saw and
    that are in the bin: a creation whose answer was lost is begun again, and the first one thrown away.
    """
    found: Json = company.fake.state()
    names = {file.file_id: file.name for file in company.files.library.files.values()}
    for events in found["calendars"].values():
        for event in events.values():
            if "attachments" in event:
                event["attachments"] = [
                    {**each, "fileUrl": names.get(file_id(each["fileUrl"]))} for each in event["attachments"]
                ]
    documents = found["DriveAndDocs"]
    documents["files"] = [file for file in documents["files"] if not thrown_away(file)]
    return found


def file_id(address: str) -> str:
    """Return which file an address of Google Docs leads to."""
    return address.split("/d/")[1].split("/", maxsplit=1)[0]


def thrown_away(file: Json) -> bool:
    """Say whether a file, as the state has it, is an empty one in the bin that was never shared."""
    lines = [line for tab in file["tabs"] for line in tab["lines"]]
    return file["trashed"] and len(file["permissions"]) == 1 and not any(lines)


ANN, MAX = "ann@example.com", "max@example.com"
BO, CY, EVA, FIN = (f"{name}@example.com" for name in ("bo", "cy", "eva", "fin"))
_HEADER = "email,name,manager,timezone,hours,end_date,calendar"
ROWS = (
    f"{ANN},Ann Archer,,Europe/London,Mon-Fri 09:00-17:30,,",
    f"{BO},Bo Berg,{ANN},Europe/Berlin,Mon-Fri 09:00-17:30,,",
    f"{CY},Cy Cole,{ANN},America/New_York,Mon-Fri 08:00-17:00,,",
    f"{MAX},Max Meyer,,Europe/Berlin,Mon-Fri 09:00-17:30,,",
    f"{EVA},Eva Ek,{MAX},Europe/Berlin,Mon-Fri 09:00-17:30,,",
    f"{FIN},Fin Fox,{MAX},Europe/London,Mon-Fri 09:00-17:30,,",
)
PLACED = ((ANN, BO), (ANN, CY), (MAX, FIN))
"""The pairs that have no series of their own; Max and Eva have one."""


def write_roster(company: Company, *changed: str, without: str = "") -> None:
    """Write people.csv; `changed` are rows in place of those with the same address, or further ones."""
    rows = {row.partition(",")[0]: row for row in (*ROWS, *changed)}
    rows.pop(without, None)
    (company.root / "config" / "people.csv").write_text("\n".join([_HEADER, *rows.values(), ""]))


@contextmanager
def open_office(root: Path, calendars: str = "google", documents: str = "google") -> Iterator[Company]:
    """Give two managers with two reports each, in three zones; one of the four pairs has a series of its own."""
    with open_company(root) as company:
        root.mkdir(exist_ok=True)
        company.settle(calendars, documents)
        write_roster(company)
        for email, name, _, zone, *_ in (row.split(",") for row in ROWS):
            company.fake.add_account(email, zone, name)
        company.fake.people.create_event(
            MAX,
            summary="Max and Eva",
            **timed("2026-09-01", zone="Europe/Berlin"),
            recurrence=["RRULE:FREQ=WEEKLY;INTERVAL=2"],
            attendees=[{"email": who, "responseStatus": "accepted"} for who in (MAX, EVA)],
        )
        yield company


def series_of(company: Company, manager: str, report: str) -> str:
    """Return the id of the series that the job made for a pair; the newest of several."""
    calendar = company.fake.store.calendar_of(manager)
    assert calendar is not None
    found = [
        id_
        for id_, copy in calendar.copies.items()
        if "onetoone" in copy.own.get("private", {})
        and copy.event.series is None
        and report in {guest["email"] for guest in copy.event.attendees}
    ]
    return found[-1]


def instance_of(company: Company, manager: str, series: str, number: int) -> str:
    """Return the id of a fortnightly series' n-th instance, counted from 0."""
    calendar = company.fake.store.calendar_of(manager)
    assert calendar is not None
    start = calendar.copies[series].event.start
    return f"{series}_{start.on_wall(start.wall + number * timedelta(weeks=2)).stamp}"
