"""Providers of agenda documents under test: a place for documents, and ways to do in it what people do."""

import errno
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol
from unittest import mock

from scheduler.documents import folder
from scheduler.documents.interface import DocumentStore, StoredDocument
from scheduler.errors import DocumentBusy, Problem, WriteFailed
from scheduler.people import Pair
from tests.contract.google_documents_world import in_google_docs
from tests.unit.documents_builders import MINUTE, SECOND, Folder


class World(Protocol):
    """A provider under test."""

    @property
    def documents(self) -> DocumentStore:
        """Return the provider as the present run has it."""
        ...

    def state(self) -> object:
        """Return all that is stored, to be compared."""
        ...

    def next_run(self) -> object:
        """Begin another run: what a provider knew of its own writes is forgotten."""
        ...

    def add_line(self, two: Pair, line: str) -> None:
        """Write a line below everything else, as a person who is at work on it at this moment; begin it if need be."""
        ...

    def tick(self, two: Pair, text: str) -> None:
        """Tick the open item with this text, as a person who goes home then."""
        ...

    def wait(self) -> None:
        """Let the time go by after which nobody is at work any more."""
        ...

    def take_away(self, two: Pair) -> None:
        """Remove a document as a person would."""
        ...

    def break_reading(self, two: Pair) -> None:
        """Make a document one that can't be read."""
        ...

    def full(self) -> AbstractContextManager[object]:
        """Return a context in which nothing can be written."""
        ...


class KeepingWorld(World, Protocol):
    """A provider under test that keeps texts byte for byte, and knows each pair's address before there is any."""

    def type_in(self, two: Pair, text: str) -> None:
        """Save a text as a person would who is at work on it at this moment."""
        ...


class _Texts:
    """What people do who have the whole text before them; it wants `documents`, `type_in` and `wait`."""

    def add_line(self: KeepingWorld, two: Pair, line: str) -> None:
        """Add the line as a paragraph of its own."""
        stored = self.documents.read(two)
        self.type_in(two, f"{stored.text}\n{line}\n" if stored else f"{line}\n")

    def tick(self: KeepingWorld, two: Pair, text: str) -> None:
        """Put an x in the box."""
        stored = self.documents.read(two)
        assert stored is not None
        ticked = stored.text.replace(f"- [ ] {text}", f"- [x] {text}", 1)
        assert ticked != stored.text
        self.type_in(two, ticked)
        self.wait()


@dataclass
class FolderWorld(Folder, _Texts):
    """The folder provider."""

    def type_in(self, two: Pair, text: str) -> None:
        """Save the file a second ago."""
        self.save(text, ago=SECOND, two=two)

    def wait(self) -> None:
        """Move the clock on."""
        self.now += 2 * MINUTE

    def take_away(self, two: Pair) -> None:
        """Delete the file."""
        self.file(two).unlink()

    def break_reading(self, two: Pair) -> None:
        """Save it in an encoding of long ago."""
        self.save_bytes("Müller".encode("latin-1"), two=two)

    def full(self) -> AbstractContextManager[object]:
        """Fail as a full disk does."""
        return mock.patch.object(folder, "replace_file", side_effect=OSError(errno.ENOSPC, "No space left"))


@dataclass
class InMemory(_Texts):
    """The least that a provider can be: it shows that the contract asks nothing that only files can give."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    being_edited: set[tuple[str, str]] = field(default_factory=set)
    broken: set[tuple[str, str]] = field(default_factory=set)
    has_room: bool = True

    @property
    def documents(self) -> DocumentStore:
        """Be one's own provider."""
        return self

    def link(self, pair: Pair) -> str:
        """Return an address made of the two."""
        return f"memory:{pair.manager.email}/{pair.report.email}"

    def read(self, pair: Pair) -> StoredDocument | None:
        """Return the text that is kept."""
        self._refuse_if(self.broken, pair)
        text = self.texts.get(pair.key)
        return None if text is None else StoredDocument(text, sha256(text.encode()).hexdigest())

    def write(self, pair: Pair, text: str, expected: str | None) -> None:
        """Keep the text."""
        stored = self.read(pair)
        if (stored.revision if stored else None) != expected:
            raise DocumentBusy(Problem(self.link(pair), "it changed"))
        if stored and stored.text == text:
            return
        if pair.key in self.being_edited:
            raise DocumentBusy(Problem(self.link(pair), "somebody is at work on it"))
        if not self.has_room:
            raise WriteFailed(Problem(self.link(pair), "there is no room"))
        self.texts[pair.key] = text

    def state(self) -> object:
        """Return every text."""
        return dict(self.texts)

    def next_run(self) -> object:
        """Remember nothing: there is nothing to forget."""
        return self

    def type_in(self, two: Pair, text: str) -> None:
        """Keep the text, and who is at work."""
        self.texts[two.key] = text
        self.being_edited.add(two.key)

    def wait(self) -> None:
        """Let everybody go home."""
        self.being_edited.clear()

    def take_away(self, two: Pair) -> None:
        """Forget the text."""
        del self.texts[two.key]

    def break_reading(self, two: Pair) -> None:
        """Refuse to read it from now on."""
        self.broken.add(two.key)

    def full(self) -> AbstractContextManager[object]:
        """Have no room."""
        return mock.patch.object(self, "has_room", new=False)

    def _refuse_if(self, refused: set[tuple[str, str]], pair: Pair) -> None:
        if pair.key in refused:
            raise WriteFailed(Problem(self.link(pair), "it can't be read"))


@contextmanager
def in_a_folder() -> Iterator[KeepingWorld]:
    """Give a folder that is not there yet."""
    with TemporaryDirectory() as directory:
        yield FolderWorld(Path(directory) / "agendas")


@contextmanager
def in_memory() -> Iterator[KeepingWorld]:
    """Give a place in memory."""
    yield InMemory()


Keeper = Callable[[], AbstractContextManager[KeepingWorld]]
KEEPERS: tuple[Keeper, ...] = (in_a_folder, in_memory)
Provider = Callable[[], AbstractContextManager[World]]
PROVIDERS: tuple[Provider, ...] = (*KEEPERS, in_google_docs)
