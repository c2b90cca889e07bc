"""Pairs and folders for the tests of agenda documents."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduler.documents.folder import FolderDocuments
from scheduler.errors import WriteFailed
from scheduler.hours import WorkingHours
from scheduler.people import CalendarSource, Pair, Person

# Long before any file of the tests is written: what they do not date was not changed lately.
NOW = datetime(2001, 11, 23, 9, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def pair_of(manager: str = "ana@example.com", report: str = "bo@example.com") -> Pair:
    """Return a manager and a report by their addresses."""
    return Pair(_person(manager), _person(report))


def _person(email: str) -> Person:
    return Person(
        email=email,
        name=email.partition("@")[0].title(),
        tz=ZoneInfo("Europe/Berlin"),
        hours=WorkingHours.parse("Mon-Fri 09:00-17:30"),
        calendar=CalendarSource("folder"),
    )


@dataclass
class Folder:
    """A folder of agendas, what time it is there, and what people do in it."""

    root: Path
    now: datetime = NOW
    documents: FolderDocuments = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the first run."""
        self.documents = self.next_run()

    def next_run(self) -> FolderDocuments:
        """Return the documents as a run that begins now has them."""
        self.documents = FolderDocuments(self.root, clock=lambda: self.now)
        return self.documents

    def file(self, two: Pair | None = None) -> Path:
        """Return the file of a pair."""
        return self.documents.path(two or pair_of())

    def save(self, text: str, *, ago: timedelta = HOUR, two: Pair | None = None) -> str:
        """Save a pair's document as a person would, that long ago, and return its revision."""
        self.save_bytes(text.encode(), two=two)
        moment = (self.now - ago).timestamp()
        os.utime(self.file(two), (moment, moment))
        return self.revision(two)

    def save_bytes(self, data: bytes, *, two: Pair | None = None) -> None:
        """Save what may be no text."""
        path = self.file(two)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def revision(self, two: Pair | None = None) -> str:
        """Return the revision of a document that is there."""
        stored = self.documents.read(two or pair_of())
        assert stored is not None
        return stored.revision

    def state(self) -> dict[Path, tuple[bytes, int]]:
        """Return every file with its bytes and when it was changed."""
        return {
            path: (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }


def refused(place: Folder, revision: str | None, text: str = "new") -> str:
    """Return why a document was not written, without its path; nothing has changed."""
    before = place.state()
    with pytest.raises(WriteFailed) as caught:
        place.documents.write(pair_of(), text, revision)
    assert place.state() == before
    return _without_path(place, caught.value)


def unreadable(place: Folder) -> str:
    """Return why a document can't be read, without its path."""
    with pytest.raises(WriteFailed) as caught:
        place.documents.read(pair_of())
    return _without_path(place, caught.value)


def _without_path(place: Folder, error: WriteFailed) -> str:
    (problem,) = error.problems
    where = str(place.file())
    assert problem.where.startswith(where)
    return str(problem).removeprefix(where).removeprefix(": ")
