"""The fake under many hands at once, and a program's run with faults beside one without."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import stamina

from scheduler.google.trouble import GoogleError
from tests.fake_google import faults
from tests.fake_google.calls import Json
from tests.fake_google.fake import FakeGoogle
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.fake_google_worlds import ANN, BO, CY, Client, invited, people, weekly

pytestmark = on_loopback


@pytest.fixture(autouse=True)
def _at_once() -> Iterator[None]:
    """Let the program try again without waiting."""
    with stamina.set_testing(True, attempts=20):
        yield


def test_of_many_inserts_of_one_id_a_single_one_succeeds() -> None:
    """The others are told that it is there."""

    def attempt(fake: FakeGoogle) -> int:
        with closing(Client(fake)) as client:
            try:
                client.events("insert", body={"id": "first", **weekly()})
            except GoogleError as error:
                return error.status
            return 200

    with people(FakeGoogle()) as fake, ThreadPoolExecutor(8) as threads:
        found = sorted(threads.map(attempt, [fake] * 16))
    assert found == [200, *[409] * 15]


def run(fake: FakeGoogle) -> Json:
    """Create a series for everybody's pair with Ann, as a careful program does; return what it leaves behind."""
    with closing(Client(fake)) as client:
        for number, guest in enumerate((BO, CY)):
            body = {"id": f"pair{number}", **weekly(), "attendees": invited(ANN, guest)}
            try:
                client.events("insert", body=body, sendUpdates="all")
            except GoogleError as error:
                assert (error.status, error.reason) == (409, "duplicate")  # noqa: PT017 - whichever came first
            client.events("patch", eventId=f"pair{number}", body={"summary": "1-2-1"})
    return fake.state()


@pytest.mark.parametrize("seed", range(5))
def test_a_careful_program_leaves_the_same_behind_whatever_fails(seed: int) -> None:
    """Lost, unanswered, cut short, refused for now: the calendars and the mails are those of a run without faults."""
    rates = {faults.LOST: 0.1, faults.UNANSWERED: 0.1, faults.CUT_SHORT: 0.1, faults.RATE_LIMITED: 0.1}
    with people(FakeGoogle()) as smooth, people(FakeGoogle()) as rough:
        rough.faults.at_random({**rates, faults.UNAVAILABLE: 0.1}, seed=seed)
        assert run(rough) == run(smooth)
        assert rough.violations == []
