"""Changing a calendar file that others may be changing too: read, decide, look again, replace.

A file that changed between reading and writing is read anew, so that nobody's edit is lost.
"""

import errno
import os
from collections.abc import Callable
from pathlib import Path

from scheduler.calendars.interface import Written
from scheduler.calendars.places import path_bytes
from scheduler.calendars.read_ics import ScannedFile, scan
from scheduler.calendars.write_ics import Result
from scheduler.errors import CalendarUnreadable, Problem, WriteFailed
from scheduler.files import replace_file, write_trouble

_TRIES = 5


def change_file(path: Path, change: Callable[[ScannedFile], Result]) -> Written:
    """Make the change, or find that there is nothing to do; raise WriteFailed where it can't be written.

    The change is worked out again on every new state of the file; it must give the same for the same.
    """
    for _ in range(_TRIES):
        data = _read(path)
        try:
            result = change(scan(data, str(path)))
        except CalendarUnreadable as error:
            raise WriteFailed(*error.problems) from error
        if result.data is None:
            return result.written
        if _read(path) == data:
            _replace(path, result.data)
            return result.written
    what = "it keeps being changed by somebody else while it is about to be written"
    raise WriteFailed(Problem(str(path), what, "run again when the other program is done"))


def create_file(path: Path, data: bytes) -> None:
    """Write a file of our own; raise WriteFailed where it can't be written, or a file of that name is there."""
    if path.exists():
        what = "a file of this name is there already, with something else in it"
        raise WriteFailed(Problem(str(path), what, "move it out of the way"))
    _replace(path, data)


def must_be_writable(path: Path) -> None:
    """Raise WriteFailed where the file could not be replaced: before the first of several is written."""
    folder = Path(os.path.realpath(path)).parent
    if not os.access(folder, os.W_OK | os.X_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise _failed(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))


def _read(path: Path) -> bytes:
    try:
        return path_bytes(path)
    except CalendarUnreadable as error:
        raise WriteFailed(*error.problems) from error


def _replace(path: Path, data: bytes) -> None:
    try:
        replace_file(path, data)
    except OSError as error:
        raise _failed(path, error) from error


def _failed(path: Path, error: OSError) -> WriteFailed:
    unusual = (f"it can't be written: {error.strerror or error}", "look at the disk")
    return WriteFailed(Problem(str(path), *write_trouble(error, unusual)))
