"""Doing the same with many things, several at once where each is mostly waiting."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")


def several_at_once(do: Callable[[Thing], Result], things: Iterable[Thing], threads: int) -> list[Result]:
    """Return what it gives for each thing, in their order; in this thread, and one after another, where `threads` is 1.

    What one of them raises is raised here, once those that are under way are done; those not begun by then are left.
    """
    if threads == 1:
        return [do(thing) for thing in things]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(do, things))
