"""Agenda documents in a folder: one Markdown file a pair, `<manager>--<report>.md`.

What is said in a 1-2-1 stays there: a file that we make can be read by its owner alone.
"""

import contextlib
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from scheduler.documents.interface import StoredDocument
from scheduler.errors import DocumentBusy, Problem, WriteFailed
from scheduler.files import replace_file
from scheduler.people import Pair

SETTLED = timedelta(seconds=60)
_OWNER_ONLY = 0o600
_FOLDER_OWNER_ONLY = 0o700


class FolderDocuments:
    """The documents in one folder.

    `base_url` is where people's browsers find the folder; left out, links are `file:` URIs. `clock` is the
    machine's own, which file times are compared with, whatever moment the program was told: a file that
    changed within `settled` is being edited.
    """

    def __init__(
        self,
        root: Path,
        *,
        clock: Callable[[], datetime],
        base_url: str | None = None,
        settled: timedelta = SETTLED,
    ) -> None:
        """Open nothing yet."""
        self._root = root
        self._base_url = base_url
        self._clock = clock
        self._settled = settled

    def link(self, pair: Pair) -> str:
        """Return the address of the pair's document, whether or not it exists yet."""
        path = self._path(pair)
        if self._base_url is not None:
            return f"{self._base_url}/{quote(path.name)}"
        return path.absolute().as_uri()

    def read(self, pair: Pair) -> StoredDocument | None:
        """Return the pair's document, or None where there is none; raise WriteFailed where it is no text of ours.

        Line ends come as they stand in the file.
        """
        path = self._path(pair)
        data = self._bytes(path)
        if data is None:
            return None
        try:
            return StoredDocument(data.decode(), _revision(data))
        except UnicodeDecodeError as error:
            what = f"it is not UTF-8 text (byte {error.start})"
            raise WriteFailed(
                Problem(str(path), what, "save it as UTF-8; it is left alone until then")
            ) from error

    def write(self, pair: Pair, text: str, expected: str | None) -> None:
        """Replace the document, or create it where `expected` is None.

        Raise DocumentBusy where a person is at it: it is not the one that was read, changed a moment ago, or is
        open in an editor. Raise WriteFailed where it can't be written. Either way the old text is still whole.
        """
        path = self._path(pair)
        sign = self._being_edited(path)
        if sign is not None:
            raise DocumentBusy(
                Problem(str(path), f"somebody is editing it ({sign})", "the next run writes it")
            )
        try:
            if not self._root.is_dir():
                self._root.mkdir(mode=_FOLDER_OWNER_ONLY, parents=True, exist_ok=True)
            data = self._bytes(path)
            if (None if data is None else _revision(data)) != expected:
                what = "it changed while its agenda was being made"
                raise DocumentBusy(Problem(str(path), what, "the next run writes it"))
            replace_file(path, text.encode(), mode_if_new=_OWNER_ONLY)
        except OSError as error:
            what = f"it can't be written ({error.strerror or error})"
            raise WriteFailed(
                Problem(str(path), what, "make room, or give this user the right to write there")
            ) from error

    def _path(self, pair: Pair) -> Path:
        return self._root / f"{pair.manager.email}--{pair.report.email}.md"

    def _bytes(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            what = f"it can't be read ({error.strerror or error})"
            raise WriteFailed(Problem(str(path), what, "give this user the right to read it")) from error

    def _being_edited(self, path: Path) -> str | None:
        """Return by which sign the file is open in an editor or was saved just now; None where it is at rest."""
        name = path.name
        beside = (f".{name}.swp", f".#{name}", f".~lock.{name}#", f"#{name}#")
        for other in beside:
            if os.path.lexists(path.parent / other):  # Emacs' sign is a link that leads nowhere
                return other
        with contextlib.suppress(FileNotFoundError):
            age = self._clock().timestamp() - path.stat().st_mtime
            if 0 <= age < self._settled.total_seconds():
                return f"saved {int(age)} seconds ago"
        return None


def _revision(data: bytes) -> str:
    return sha256(data).hexdigest()
