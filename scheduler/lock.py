"""One run at a time: a second one says so at once and does nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from scheduler.errors import AnotherRun, Problem, WriteFailed
from scheduler.files import OWNER_ONLY, make_private_folder

_FILE_NAME = "onetoone.lock"


@contextmanager
def single_run(directory: Path, now: datetime) -> Iterator[None]:
    """Hold the lock of the state directory; the directory is created where it is missing.

    The lock is the operating system's (flock): it falls with its process, so that a crash leaves nothing
    to clear away. Raises AnotherRun at once where it is held, and WriteFailed where it can't be made.
    """
    path = directory / _FILE_NAME

    def sign(descriptor: int) -> None:
        os.ftruncate(descriptor, 0)
        os.pwrite(
            descriptor, f"process {os.getpid()} since {now.isoformat(timespec='seconds')}\n".encode(), 0
        )

    lock = FileLock(path, timeout=0, mode=OWNER_ONLY, preserve_lock_file=True, on_acquired=sign)
    try:
        make_private_folder(directory)
        lock.acquire()
    except Timeout:
        what = f"another run is under way ({_holder(path)})"
        raise AnotherRun(Problem(str(directory), what, "wait until it has ended")) from None
    except OSError as error:
        what = f"the lock can't be made ({error.strerror or error})"
        remedy = "set [job] state to a folder that this user may write"
        raise WriteFailed(Problem(str(path), what, remedy)) from error
    try:
        yield
    finally:
        lock.release()


def _holder(path: Path) -> str:
    try:
        signed = path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        signed = ""
    return signed if signed.startswith("process ") else "of which nothing is known"
