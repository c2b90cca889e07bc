"""A file of the config as text, or the one sentence that says why it can't be had."""

import codecs
from pathlib import Path

from scheduler.errors import Problem
from scheduler.places import absolute

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS = "save the file as UTF-8 (in Excel: 'CSV UTF-8')"


def read_text(path: Path) -> str | Problem:
    """Return the file's text, without a byte order mark and with its line ends as they are.

    A file that is missing, unreadable, a folder, or not UTF-8 gives a Problem instead.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return _missing(path)
    except IsADirectoryError:
        return Problem(str(path), "this is a folder, a file is wanted", "move it away and write the file")
    except PermissionError:
        return Problem(
            str(path), "the file may not be read", "give the user of this program the right to read it"
        )
    except OSError as error:
        return Problem(str(path), f"the file can't be read ({error.strerror})", "mend the disk or the path")
    except ValueError:
        return Problem(
            repr(str(path)), "this can't be the name of a file", "name another folder with --config"
        )
    return decoded(data, str(path))


def decoded(data: bytes, where: str) -> str | Problem:
    """Return the bytes as text; a Problem with its line where they are not UTF-8."""
    if data.startswith(_UTF_16):
        return Problem(f"{where}:1", "this is UTF-16", _SAVE_AS)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.object.rfind(b"\n", 0, error.start) + 1
        line = error.object.count(b"\n", 0, error.start) + 1
        before = error.object[start : error.start].decode("utf-8", "replace")[-20:]
        what = f"the byte 0x{error.object[error.start]:02x} is not UTF-8" + (
            f" (after {before!r})" if before else ""
        )
        return Problem(f"{where}:{line}", what, _SAVE_AS)


def _missing(path: Path) -> Problem:
    if not path.parent.is_dir():
        what, remedy = f"there is no folder {path.parent}", f"`onetoone init {path.parent}` makes one to edit"
        return Problem(str(path), what, remedy)
    remedy = f"`onetoone init {path.parent}` writes one to edit; looked for {absolute(path)}"
    return Problem(str(path), "there is no such file", remedy)
