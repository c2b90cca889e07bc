"""A run with Google may stop before or after any request: the next one finishes the work, and nothing is there twice.

ONETOONE_KILLS says at how many places of each run it is killed: all of them, some 300, take some minutes (1000).
"""

import gc
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest

from scheduler.google.client import Google
from tests.acceptance.conftest import onetoone
from tests.acceptance.google_scenarios import Morning, mornings
from tests.acceptance.test_killed import Kill, Killed

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
MOST = int(os.environ.get("ONETOONE_KILLS", "3"))
NAMES = ("first", "moved on", "later")
_REQUESTS = ("calendar.", "docs.", "drive.")


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Morning]]:
    """Give mornings on which there is work to do."""
    with mornings(tmp_path_factory.mktemp("killed") / "office") as made:
        yield made


@contextmanager
def armed(at: int | None) -> Iterator[Kill]:
    """Watch every request and every way of leaving something on the disk; kill at the n-th, and at all after it."""
    kill, once = Kill(at), Google._once  # noqa: SLF001 - every request passes there

    def marked(self: Google, request: Any, user: str) -> Any:  # noqa: ANN401 - as the method has it
        kill.mark(f"before {request.methodId}")
        answer = once(self, request, user)
        kill.mark(f"after {request.methodId}")
        return answer

    with kill.armed(), mock.patch.object(Google, "_once", marked):
        yield kill


def killed(morning: Morning, at: int) -> bool:
    """Run the job until it is killed there; say whether it came that far."""
    try:
        with armed(at):
            morning.run()
    except Killed:
        return True
    finally:
        gc.collect()  # what a dead process held open is closed
    return False


def boundaries(morning: Morning) -> tuple[list[str], list[int]]:
    """Return the marks that a whole run comes past, and which of those that are requests to kill it at."""
    morning.restored()
    with armed(None) as kill:
        morning.run()
    places = [n for n, mark in enumerate(kill.seen) if mark.split(" ", 1)[1].startswith(_REQUESTS)]
    return kill.seen, sorted({places[len(places) * number // MOST] for number in range(MOST)})


@pytest.mark.parametrize("name", NAMES)
def test_a_run_that_was_killed_at_a_request_is_finished_by_the_next(
    every: dict[str, Morning], name: str
) -> None:
    """Calendars, documents and mails are those of a run that nobody killed, and a third run has nothing to do."""
    morning = every[name]
    marks, places = boundaries(morning)
    for at in places:
        company = morning.restored()
        assert killed(morning, at)
        told = f"{name}: killed at {at}, {marks[at]}"
        morning.finish(told)
        assert company.told("run", now=morning.now)["changes"] == [], told


def test_a_run_that_is_killed_again_and_again_is_finished_at_last(every: dict[str, Morning]) -> None:
    """Each time it gets a little further; nothing is there twice."""
    morning = every["first"]
    morning.restored()
    kills = 0
    while killed(morning, 75):
        kills += 1
        assert kills < 20
    assert kills > 2
    morning.check()


@pytest.mark.parametrize(("request_", "answered"), [(20, True), (34, False)])
def test_the_real_process_may_be_killed_at_any_request(
    every: dict[str, Morning],
    request_: int,
    answered: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """By SIGKILL, with several requests under way: the next run is not stopped by what the dead one left."""
    morning = every["first"]
    company = morning.restored(threads=8)
    first = f"from tests.acceptance.dying import die_at; die_at({request_}, answered={answered})"
    done = onetoone("run", *company.config, now=morning.now, first=first)
    assert done.code == -signal.SIGKILL
    morning.finish(f"killed at request {request_}")
