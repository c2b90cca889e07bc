"""Work in several processes gives what it gives in one, whatever becomes of them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler.calendars import cores
from scheduler.calendars.cores import each_done

_LARGE = 100_000_000


def squared(number: int) -> int:
    """Return something that takes no time."""
    return number * number


def killed_at_three(number: int) -> int:
    """Kill the process that does it, unless that is the parent of all."""
    if number == 3 and os.environ.get("ONETOONE_TEST_PARENT") != str(os.getpid()):
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def raises_at_three(number: int) -> int:
    """Have a fault."""
    if number == 3:
        msg = "three"
        raise LookupError(msg)
    return number


def where(_: int) -> int:
    """Return which process does it."""
    time.sleep(0.05)
    return os.getpid()


def large(_: int) -> int:
    """Say that it is worth several processes."""
    return _LARGE


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have two cores, whatever this machine has."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})


@pytest.mark.usefixtures("two_cores")
def test_answers_come_in_the_order_of_the_tasks() -> None:
    """As in one process, and from others."""
    assert list(each_done(squared, range(20), large)) == [squared(n) for n in range(20)]
    assert os.getpid() not in set(each_done(where, range(4), large))


@pytest.mark.usefixtures("two_cores")
def test_a_worker_that_is_killed_costs_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it had not done is done here."""
    monkeypatch.setenv("ONETOONE_TEST_PARENT", str(os.getpid()))
    assert list(each_done(killed_at_three, range(8), large)) == [squared(n) for n in range(8)]


@pytest.mark.usefixtures("two_cores")
def test_a_fault_in_the_work_is_the_same_fault() -> None:
    """It comes in its turn, after the answers before it."""
    answers = each_done(raises_at_three, range(8), large)
    assert [next(answers) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(LookupError, match="three"):
        next(answers)


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("error", [OSError, ImportError, NotImplementedError, RuntimeError, PermissionError])
def test_where_no_processes_are_to_be_had_it_is_done_here(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """There may be no semaphores, no shared memory, or no right to either."""

    def refused(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(cores, "ProcessPoolExecutor", refused)
    assert list(each_done(squared, range(5), large)) == [squared(n) for n in range(5)]


@pytest.mark.parametrize(
    ("cores_there", "count", "size"), [(1, 9, _LARGE), (8, 1, _LARGE), (8, 9, 1000), (8, 0, _LARGE)]
)
def test_little_work_and_one_core_start_no_process(
    monkeypatch: pytest.MonkeyPatch, cores_there: int, count: int, size: int
) -> None:
    """To start one takes longer than the work."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores_there)))
    monkeypatch.setattr(cores, "ProcessPoolExecutor", lambda *_, **__: pytest.fail("a process was started"))
    assert list(each_done(squared, range(count), lambda _: size)) == [squared(n) for n in range(count)]


_SLOW = """
import os, sys, time
os.sched_getaffinity = lambda _: {0, 1}
from scheduler.calendars.cores import each_done
from tests.unit.test_calendars_cores import large, sleeping
for answer in each_done(sleeping, range(200), large):
    print(answer, flush=True)
"""


def sleeping(_: int) -> int:
    """Take a while, and say which process it was."""
    time.sleep(0.2)
    return os.getpid()


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _in_time(right: Callable[[], bool]) -> bool:
    for _ in range(600):
        if right():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_worker_outlives_the_run(way: signal.Signals) -> None:
    """However it ends; Ctrl-C reaches them all and is answered by one."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    run = subprocess.Popen(
        [sys.executable, "-c", _SLOW],
        env=environment,
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stdout is not None
    workers = {int(run.stdout.readline()) for _ in range(4)}
    assert run.pid not in workers
    if way is signal.SIGINT:
        os.killpg(run.pid, way)
    else:
        run.send_signal(way)
    _, err = run.communicate(timeout=60)
    assert run.returncode != 0
    assert _in_time(lambda: not any(map(_alive, workers)))
    assert err.count("Traceback") == (1 if way is signal.SIGINT else 0)
