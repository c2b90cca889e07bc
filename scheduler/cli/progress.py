"""Progress in a terminal: a bar for what is being done, with an estimate of how long it will take."""

import atexit
from threading import Lock
from typing import TYPE_CHECKING

from scheduler.looking import Progress

if TYPE_CHECKING:  # slow to import, and not needed where nobody watches
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID


def bars() -> Progress:
    """Return what draws one bar at a time on standard error, and takes it away again when it is full."""
    return _Bars()


class _Bars:
    def __init__(self) -> None:
        self._lock = Lock()
        self._drawn: RichProgress | None = None
        self._task: TaskID | None = None
        atexit.register(
            self._stop
        )  # an interrupted command leaves the terminal as it was, its cursor included

    def __call__(self, what: str, done: int, of: int) -> None:
        with self._lock:
            if done >= of:
                self._stop()
                return
            if self._drawn is None:
                self._drawn = _drawing()
                self._task = self._drawn.add_task(what, total=of)
                self._drawn.start()
            if self._task is not None and not self._drawn.finished:
                self._drawn.update(self._task, description=what, completed=done, total=of)

    def _stop(self) -> None:
        if self._drawn is not None:
            self._drawn.stop()
        self._drawn = self._task = None


def _drawing() -> "RichProgress":
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True),
        transient=True,
    )
