"""Doing much work in several processes at once, where the machine has the cores and lets us.

Where it does not (one core, little to do, no shared memory, a worker killed for want of memory) the work is done
in this process, one after the other: the answer is the same.
"""

import logging
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")
_MOST = 4  # processes; each needs some 60 MB
_log = logging.getLogger(__name__)
_WORTH_IT = 12_000_000  # bytes to be read: to start processes takes as long as to read some of these


def each_done(
    do: Callable[[Task], Answer], tasks: Sequence[Task], size: Callable[[Task], int]
) -> Iterator[Answer]:
    """Yield what it answers for each task, in their order; `size` says how many bytes one is about.

    `do` must be a function of a module, and what goes in and out of it plain data.
    """
    several = min(len(os.sched_getaffinity(0)), _MOST, len(tasks))
    answered = 0
    if several > 1 and sum(map(size, tasks)) >= _WORTH_IT:
        try:
            for answer in _in_processes(do, tasks, several):
                answered += 1
                yield answer
        except (OSError, ImportError, RuntimeError):
            # No processes or no semaphores are to be had, or a worker is gone. What is left is done here, and meets
            # here whatever may be wrong with it.
            _log.debug("the rest is done in one process", exc_info=True)
    yield from map(do, tasks[answered:])


def _in_processes(do: Callable[[Task], Answer], tasks: Sequence[Task], several: int) -> Iterator[Answer]:
    # Not forked: other threads of ours may hold locks at that moment.
    context = get_context("spawn")
    with ProcessPoolExecutor(several, mp_context=context, initializer=_begin) as pool:
        try:
            yield from _handed_out(pool, do, tasks)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _handed_out(
    pool: ProcessPoolExecutor, do: Callable[[Task], Answer], tasks: Sequence[Task]
) -> Iterator[Answer]:
    """Start the workers deaf to Ctrl-C: it is sent to them, too, and is the parent's to answer."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.map(do, tasks)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Stop when the parent is gone, however it went."""
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # nothing is held here that would have to be put away
