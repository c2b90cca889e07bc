"""Writing files so that a reader, or a run that was killed, never meets half of one."""

import contextlib
import errno
import os
from hashlib import sha256
from pathlib import Path

_NEW_FILE_MODE = 0o666
OWNER_ONLY = 0o600
_OWNERS_FOLDER = 0o700
_NOT_ALLOWED = ("it may not be written by this user", "grant write permission on it and on its folder")
_TROUBLES = {
    errno.ENOSPC: ("the disk is full", "make room and run again"),
    errno.EDQUOT: ("the disk quota is used up", "make room and run again"),
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: ("it lies on a read-only disk", "mount it for writing, or name another folder"),
}


def write_trouble(error: OSError, otherwise: tuple[str, str]) -> tuple[str, str]:
    """Say what keeps a file from being written and what would mend it; `otherwise` where that is no usual trouble."""
    return _TROUBLES.get(error.errno or 0, otherwise)


def make_private_folder(folder: Path) -> None:
    """Make a folder that its owner alone may enter (0700), where there is none; one that is there keeps its mode.

    Raises OSError.
    """
    folder.mkdir(mode=_OWNERS_FOLDER, parents=True, exist_ok=True)


def replace_file(path: Path, data: bytes, *, mode_if_new: int | None = None) -> None:
    """Replace the whole file, or create it: its readers meet the old bytes or the new, nothing between.

    The bytes are written beside it under a name that starts with a dot, synced, renamed over it, and
    the folder is synced. Mode, owner and group of a file that was there are kept as far as this user may; a new
    one gets `mode_if_new`, or what the umask gives. A symbolic link stays one: what it points to is replaced.
    Raises OSError; the file is then as it was, and nothing is left lying beside it. What a killed run left
    there is cleared away by the next write to the same file.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".onetoone-{sha256(target.name.encode()).hexdigest()[:16]}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            _dress(file.fileno(), target, mode_if_new)
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(target.parent)


def _dress(handle: int, target: Path, mode_if_new: int | None) -> None:
    """Give the new file the mode, owner and group of the one that it replaces."""
    try:
        old = target.stat()
    except FileNotFoundError:
        os.fchmod(handle, _default_mode() if mode_if_new is None else mode_if_new)
        return
    with contextlib.suppress(PermissionError):
        os.fchown(handle, old.st_uid, old.st_gid)
    os.fchmod(handle, old.st_mode & 0o7777)


def _default_mode() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return _NEW_FILE_MODE & ~umask


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
