"""Where a path leads that a person wrote into a file."""

import os
from pathlib import Path


def absolute(written: str | Path, directory: str | Path = "") -> Path:
    """Return the whole path: a relative one starts at the directory, `~` is the user's home.

    Symbolic links stay as they were written, `..` takes off the name before it.
    """
    at_home = os.path.expanduser(written)  # noqa: PTH111 - Path's own raises where there is no such user
    return Path(os.path.abspath(Path(directory) / at_home))  # noqa: PTH100 - Path.resolve would follow links
