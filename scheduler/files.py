"""Writing files so that a reader, or a run that was killed, never meets half of one."""

import contextlib
import os
from hashlib import sha256
from pathlib import Path

_NEW_FILE_MODE = 0o666
_OWNER_ONLY = 0o600


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
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
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
