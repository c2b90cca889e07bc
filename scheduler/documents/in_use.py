"""Whether a person is at work on a file at this moment, as far as its folder can tell."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

# What editors leave beside an open file: vim and nano, Emacs, LibreOffice, Word, Kate.
_BESIDE_OPEN_FILES = (
    ".{name}.swp",
    ".{name}.swo",
    ".#{name}",
    "#{name}#",
    ".~lock.{name}#",
    "~${name}",
    ".{name}.kate-swp",
)


def left_by_editor(path: Path) -> Path | None:
    """Return the lock or swap file of an editor that has the file open, or None.

    Emacs's is a link to nothing, so that lying there is enough.
    """
    beside = (path.with_name(pattern.format(name=path.name)) for pattern in _BESIDE_OPEN_FILES)
    return next((found for found in beside if os.path.lexists(found)), None)


def changed_lately(path: Path, now: datetime, settled: timedelta) -> datetime | None:
    """Return when the file was changed, in UTC, if that is less than `settled` from now; else None.

    Before or after: `now` may be when the run began. Many editors leave no file beside theirs but save
    every few moments. A file that is gone was not changed.
    """
    try:
        changed = path.stat().st_mtime
    except FileNotFoundError:
        return None
    lately = abs(now.timestamp() - changed) < settled.total_seconds()
    return datetime.fromtimestamp(changed, UTC) if lately else None
