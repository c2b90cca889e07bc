"""Agenda documents in a folder: one Markdown file a pair, `<manager>--<report>.md`.

What is said in a 1-2-1 stays there: new files are the owner's alone to read (0600), so is a folder that
we make (0700); modes that somebody chose are kept. The text is handed over as it is in the file, byte for
byte: line ends and a byte order mark included.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from scheduler.documents.interface import StoredDocument
from scheduler.errors import DocumentBusy, Problem, WriteFailed
from scheduler.files import replace_file
from scheduler.people import Pair

_SAFE = "@+!$&'()=,;"
_LONGEST_NAME = 240  # bytes; file systems take 255, and editors put something around it
_SETTLED = timedelta(seconds=60)
_OPEN_IN_EDITOR = (
    ".{name}.swp",
    ".{name}.swo",
    ".#{name}",
    "#{name}#",
    ".~lock.{name}#",
    "~${name}",
    ".{name}.kate-swp",
)


def _real_clock() -> datetime:
    return datetime.now(UTC)


class FolderDocuments:
    """A `DocumentStore` in a folder.

    A document that a person is changing is left alone (DocumentBusy): its revision is no longer the
    one that was read, an editor's lock or swap file lies beside it, or somebody else changed it within
    `settled` before `clock()`. What this object wrote itself may be written again at once.
    """

    def __init__(
        self,
        root: Path,
        *,
        base_url: str | None = None,
        settled: timedelta = _SETTLED,
        clock: Callable[[], datetime] = _real_clock,
    ) -> None:
        """Keep documents in `root`, made when first written to; `base_url` is where others read it."""
        self._root = root
        self._base_url = base_url.rstrip("/") if base_url else None
        self._settled = settled
        self._clock = clock
        self._own_revisions: set[str] = set()

    def path(self, pair: Pair) -> Path:
        """Return the file of a pair: addresses as they are, but for what a file name can't hold."""
        manager, report = (quote(person.email, safe=_SAFE) for person in (pair.manager, pair.report))
        name = f"{manager}--{report}"
        if len(name) > _LONGEST_NAME:
            name = f"{name[: _LONGEST_NAME - 17]}-{sha256(name.encode()).hexdigest()[:16]}"
        return self._root / f"{name}.md"

    def link(self, pair: Pair) -> str:
        """Return the address of the pair's document, whether or not it exists yet."""
        path = self.path(pair)
        return f"{self._base_url}/{quote(path.name)}" if self._base_url else path.absolute().as_uri()

    def read(self, pair: Pair) -> StoredDocument | None:
        """Return the pair's document, or None where there is none yet; raise WriteFailed if it can't be read."""
        path = self.path(pair)
        data = _bytes_of(path)
        return None if data is None else StoredDocument(_text_of(path, data), _revision(data))

    def write(self, pair: Pair, text: str, expected: str | None) -> None:
        """Replace the document whole, or create it where `expected` is None; the same text writes nothing.

        Raise DocumentBusy where a person is changing it, and WriteFailed where it can't be written; either
        way the old text is still whole.
        """
        path, data = self.path(pair), text.encode("utf-8", "surrogatepass")
        before = _bytes_of(path)
        found = None if before is None else _revision(before)
        if found != expected:
            raise DocumentBusy(Problem(str(path), "it changed while its agenda was being written", _NEXT_RUN))
        if before == data:
            return
        if found is not None and found not in self._own_revisions:
            self._refuse_if_open(path)
        try:
            if not self._root.is_dir():
                self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(path, data, mode_if_new=0o600)
        except OSError as error:
            raise _failed(path, "it could not be written", error) from error
        self._own_revisions.add(_revision(data))

    def _refuse_if_open(self, path: Path) -> None:
        """Raise DocumentBusy where somebody has the document open or has only just saved it."""
        for pattern in _OPEN_IN_EDITOR:
            beside = path.with_name(pattern.format(name=path.name))
            if os.path.lexists(beside):
                remedy = f"{_NEXT_RUN}; if nobody has it open, remove {beside.name}"
                raise DocumentBusy(
                    Problem(str(path), f"it is open in an editor ({beside.name} lies beside it)", remedy)
                )
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if timedelta() <= self._clock() - changed < self._settled:
            raise DocumentBusy(
                Problem(str(path), f"somebody changed it at {changed:%H:%M:%S} UTC", _NEXT_RUN)
            )


_NEXT_RUN = "it is left for the next run"


def _revision(data: bytes) -> str:
    return f"sha256:{sha256(data).hexdigest()}"


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _failed(path, "it could not be read", error) from error


def _text_of(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise WriteFailed(
            Problem(f"{path}:{line}", "it is not UTF-8 text", "save it as UTF-8 in your editor")
        ) from error


def _failed(path: Path, what: str, error: OSError) -> WriteFailed:
    reason = (error.strerror or type(error).__name__).lower()
    return WriteFailed(
        Problem(str(path), f"{what} ({reason})", "see to it that the folder can be written to and has room")
    )
