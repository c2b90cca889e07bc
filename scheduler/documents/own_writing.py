"""How a run tells what an earlier one wrote a moment ago from what a person did.

The revision that we wrote stands in an extended attribute of the file. An editor that saves the file
changes its revision or puts another file in its place: either way it is a person's then. Where a system or
a disk has no such attributes nothing is marked, and a run waits until the file has rested.
"""

import contextlib
import os
from pathlib import Path

_ATTRIBUTE = "user.onetoone.revision"


def mark_as_ours(path: Path, revision: str) -> None:
    """Leave the revision on the file that we have just written, where that can be done."""
    if hasattr(os, "setxattr"):
        with contextlib.suppress(OSError):
            os.setxattr(path, _ATTRIBUTE, revision.encode())


def is_ours(path: Path, revision: str) -> bool:
    """Say whether the file's mark is that of the revision it has."""
    try:
        return hasattr(os, "getxattr") and os.getxattr(path, _ATTRIBUTE) == revision.encode()
    except OSError:
        return False
