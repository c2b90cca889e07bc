"""Writing files so that a reader, or a run that was killed, never meets half of one."""

import contextlib
import os
import tempfile
from pathlib import Path

_NEW_FILE_MODE = 0o666


def replace_file(path: Path, data: bytes, *, mode_if_new: int | None = None) -> None:
    """Replace the whole file, or create it: its readers meet the old bytes or the new, nothing between.

    The bytes are written beside it under a name that starts with a dot, synced, renamed over it, and
    the folder is synced. The mode of a file that was there is kept; a new one gets
    `mode_if_new`, or what the umask gives. A symbolic link stays one: what it points to is replaced. Raises OSError; the file is then as it was,
    and nothing is left lying beside it.
    """
    target = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(prefix=".onetoone-", suffix=".new", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), _mode_for(target, mode_if_new))
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(target.parent)


def _mode_for(target: Path, if_new: int | None) -> int:
    try:
        return target.stat().st_mode & 0o7777
    except FileNotFoundError:
        if if_new is not None:
            return if_new
        umask = os.umask(0)
        os.umask(umask)
        return _NEW_FILE_MODE & ~umask


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
