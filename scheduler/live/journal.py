"""What a live check is about to create, written down first: a killed one is tidied up after by the next.

Scratch things bear marks, too; but that Google finds an event by its mark is one of the facts that are to be proved.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.errors import Problem, WriteFailed
from scheduler.files import OWNER_ONLY, make_private_folder, replace_file, write_trouble
from scheduler.live.scratch import EVENT_PREFIX

JOURNAL_FILE = "google-scratch.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Begun:
    """In whose calendar and Drive scratch things may stand, and the id of the series."""

    user: str
    event: str


class Journal:
    """The journal in a state folder."""

    def __init__(self, state: Path) -> None:
        """Keep it in this folder."""
        self._path = state / JOURNAL_FILE

    def read(self) -> tuple[Begun, ...]:
        """Return what may still stand; nothing where the journal can't be read: the marks are still there."""
        try:
            return tuple(_parsed(json.loads(self._path.read_bytes())))
        except (OSError, ValueError, LookupError, TypeError):
            return ()

    def begin(self, begun: Begun) -> None:
        """Write down what is about to be created; raise WriteFailed, and then nothing is to be created."""
        self._write((*(one for one in self.read() if one != begun), begun))

    def done(self, begun: Begun) -> None:
        """Take out what is removed; raise WriteFailed."""
        left = tuple(one for one in self.read() if one != begun)
        if left:
            self._write(left)
            return
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise self._failed(error) from None

    def _write(self, begun: Iterable[Begun]) -> None:
        told = [{"user": one.user, "event": one.event} for one in begun]
        content = json.dumps({"version": _VERSION, "begun": told}, indent=1) + "\n"
        try:
            make_private_folder(self._path.parent)
            replace_file(self._path, content.encode(), mode_if_new=OWNER_ONLY)
        except OSError as error:
            raise self._failed(error) from None

    def _failed(self, error: OSError) -> WriteFailed:
        usual = (f"it can't be written ({error.strerror})", "name another state folder")
        return WriteFailed(Problem(str(self._path), *write_trouble(error, usual)))


def _parsed(found: Any) -> Iterable[Begun]:  # noqa: ANN401 - JSON of a file that anybody may have edited
    if found["version"] != _VERSION:
        return
    for one in found["begun"]:
        if str(one["event"]).startswith(EVENT_PREFIX):  # whatever else is named there is not deleted
            yield Begun(str(one["user"]), str(one["event"]))
