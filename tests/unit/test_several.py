"""Several at once: the order of the results, and what becomes of the rest when one fails."""

from threading import Barrier, Event, get_ident

import pytest

from scheduler.several import several_at_once


def test_results_come_in_the_order_of_the_things() -> None:
    """Whichever is done first: here the first waits for the last."""
    last = Event()

    def work(n: int) -> int:
        if n == 0:
            assert last.wait(10)
        if n == 2:
            last.set()
        return n * n

    assert several_at_once(work, range(3), 3) == [0, 1, 4]


def test_as_many_are_under_way_as_was_said() -> None:
    """Four that wait for each other get done by four threads."""
    together = Barrier(4)
    assert len(set(several_at_once(lambda _: together.wait(10), range(4), 4))) == 4


def test_one_at_a_time_is_done_in_this_very_thread() -> None:
    """As files are read, whose libraries need not be made for threads."""
    assert several_at_once(lambda n: (n, get_ident()), range(3), 1) == [(n, get_ident()) for n in range(3)]


def test_what_one_raises_is_raised_and_what_was_not_begun_is_left() -> None:
    """Whoever wants the others done catches it per thing."""
    done: list[int] = []

    def work(n: int) -> None:
        if n == 1:
            raise LookupError
        done.append(n)

    with pytest.raises(LookupError):
        several_at_once(work, range(3), 1)
    assert done == [0]
    with pytest.raises(LookupError):
        several_at_once(work, range(3), 2)


def test_nothing_is_nothing() -> None:
    """No thread is needed for it."""
    assert several_at_once(str, (), 8) == []
