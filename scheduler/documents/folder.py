"""Agenda documents in a folder: one Markdown file a pair, `<manager>--<report>.md`.

What is said in a 1-2-1 stays there: new files are the owner's alone to read (0600), so is a folder that
we make (0700); modes that somebody chose are kept. The text is handed over as it is in the file, byte for
byte: line ends and a byte order mark included.
"""

import os
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from scheduler.documents.in_use import changed_lately, left_by_editor
from scheduler.documents.interface import StoredDocument
from scheduler.documents.names import document_file, earlier_files
from scheduler.documents.own_writing import is_ours, mark_as_ours
from scheduler.errors import DocumentBusy, Problem, WriteFailed
from scheduler.files import OWNER_ONLY, make_private_folder, replace_file, write_trouble
from scheduler.people import Pair

_SETTLED = timedelta(seconds=60)
_NEXT_RUN = "it is left for the next run"
_NOT_ALLOWED = ("this user may not read or write it", "grant permission on it and on the folder of agendas")


class FolderDocuments:
    """A `DocumentStore` in a folder.

    A document that a person is changing is left alone (DocumentBusy): its revision is no longer the
    one that was read, an editor's lock or swap file lies beside it, or somebody else changed it less than
    `settled` from `clock()`. What we wrote ourselves may be written again at once, by this run or, where
    the disk keeps our mark, by the next.
    """

    def __init__(
        self,
        root: Path,
        *,
        clock: Callable[[], datetime],
        base_url: str | None = None,
        settled: timedelta = _SETTLED,
    ) -> None:
        """Keep documents in `root`, made when first written to; `base_url` is where others read it."""
        self._root = root
        self._clock = clock
        self._base_url = base_url.rstrip("/") if base_url else None
        self._settled = settled
        self._own_revisions: set[str] = set()

    def path(self, pair: Pair) -> Path:
        """Return the file of a pair, whether or not it exists yet.

        Who was renamed keeps the document that bears an earlier address, now an alias: nothing in it is lost.
        """
        path = self._root / document_file(pair)
        if os.path.lexists(path):
            return path
        earlier = (self._root / name for name in earlier_files(pair))
        return next((other for other in earlier if os.path.lexists(other)), path)

    def link(self, pair: Pair) -> str:
        """Return the address of the pair's document, whether or not it exists yet."""
        path = self.path(pair)
        return f"{self._base_url}/{quote(path.name)}" if self._base_url else path.absolute().as_uri()

    def read(self, pair: Pair) -> StoredDocument | None:
        """Return the pair's document, or None where there is none yet.

        Raise WriteFailed where it can't be read, or is no UTF-8 text: it is not written over then.
        """
        path = self.path(pair)
        data = _bytes_of(path)
        return None if data is None else StoredDocument(_text_of(path, data), _revision(data))

    def write(self, pair: Pair, text: str, expected: str | None) -> None:
        """Replace the document whole, or create it where `expected` is None; the same text writes nothing.

        Raise DocumentBusy where a person is changing it, and WriteFailed where it can't be written; either
        way the old text is still whole.
        """
        path = self.path(pair)
        data = _bytes_to_write(path, text)
        if self._checked(path, expected) == data:
            return
        self._refuse_if_in_use(path, expected)
        self._checked(path, expected)  # a person may have saved it while we looked who is at work
        try:
            make_private_folder(self._root)
            replace_file(path, data, mode_if_new=OWNER_ONLY)
        except OSError as error:
            raise _failed(path, error) from error
        self._own_revisions.add(_revision(data))
        mark_as_ours(path, _revision(data))

    def _checked(self, path: Path, expected: str | None) -> bytes | None:
        """Return the bytes that stand there; raise DocumentBusy where they are not the expected ones."""
        found = _bytes_of(path)
        if (None if found is None else _revision(found)) == expected:
            return found
        if found is None:
            what = "it was taken away while its agenda was being written"
        elif expected is None:
            what = "somebody made it while its agenda was being written"
        else:
            what = "it changed while its agenda was being written"
        raise DocumentBusy(Problem(str(path), what, _NEXT_RUN))

    def _refuse_if_in_use(self, path: Path, revision: str | None) -> None:
        """Raise DocumentBusy where somebody has the document open or has only just saved it."""
        beside = left_by_editor(path)
        if beside is not None:
            what = f"it is open in an editor ({beside.name} lies beside it)"
            raise DocumentBusy(
                Problem(str(path), what, f"{_NEXT_RUN}; if nobody has it open, remove {beside.name}")
            )
        if revision is None or revision in self._own_revisions or is_ours(path, revision):
            return
        changed = changed_lately(path, self._clock(), self._settled)
        if changed is not None:
            what = f"somebody changed it at {changed:%H:%M:%S} UTC"
            raise DocumentBusy(Problem(str(path), what, _NEXT_RUN))


def _revision(data: bytes) -> str:
    return f"sha256:{sha256(data).hexdigest()}"


def _bytes_of(path: Path) -> bytes | None:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise WriteFailed(Problem(str(path), "it is no plain file", "move it out of the way"))
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _failed(path, error) from error


def _text_of(path: Path, data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise WriteFailed(
            Problem(f"{path}:{line}", "it is not UTF-8 text", "save it as UTF-8 in your editor")
        ) from error


def _bytes_to_write(path: Path, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        what = f"line {line} of its new text has half a character in it, which no file can hold"
        raise WriteFailed(
            Problem(str(path), what, "look at the names, the openers and the template")
        ) from error


def _failed(path: Path, error: OSError) -> WriteFailed:
    if isinstance(error, PermissionError):
        return WriteFailed(Problem(str(path), *_NOT_ALLOWED))
    reason = error.strerror or type(error).__name__
    unusual = (f"it can't be read or written: {reason}", "look at the folder of agendas")
    return WriteFailed(Problem(str(path), *write_trouble(error, unusual)))
