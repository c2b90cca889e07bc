"""A company on Google for tests of the whole job: a stand-in for Google on loopback, and a config that leads there."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
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
    found = company.fake.state()
    names = {file.file_id: file.name for file in company.files.library.files.values()}
    for events in found["calendars"].values():
        for event in events.values():
            for attached in event.get("attachments", ()):
                attached["fileUrl"] = names[attached["fileUrl"].split("/d/")[1].split("/")[0]]
                attached.pop("fileId", None)
    documents = found["DriveAndDocs"]
    documents["files"] = [file for file in documents["files"] if not thrown_away(file)]
    return found


def thrown_away(file: Json) -> bool:
    """Say whether a file, as the state has it, is an empty one in the bin that was never shared."""
    lines = [line for tab in file["tabs"] for line in tab["lines"]]
    return file["trashed"] and len(file["permissions"]) == 1 and not any(lines)
