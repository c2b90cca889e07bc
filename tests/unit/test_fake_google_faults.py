"""What can be made to go wrong, and how it looks from outside."""

import http.client
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.fake_google import faults
from tests.fake_google.calls import ApiError
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import Fault, Faults, How
from tests.fake_google.quota import Quota, google_quotas
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import ANN, BO, Client, timed

__all__ = ["client", "fake"]

pytestmark = on_loopback
LIST = "/calendar/v3/calendars/primary/events"
EVENT = b'{"id": "first", "start": {"dateTime": "2026-11-23T10:00:00Z"}, "end": {"dateTime": "2026-11-23T11:00:00Z"}}'


class Wire:
    """A connection without a library that sends anything twice."""

    def __init__(self, fake: FakeGoogle) -> None:
        """Sign Ann in."""
        self._connection = http.client.HTTPConnection(fake.root.removeprefix("http://"), timeout=5)
        scope = "https://www.googleapis.com/auth/calendar.events"
        refresh = fake.tokens.refresh_token(ANN, [scope])
        form = {
            "client_id": "1234567890-fake.apps.googleusercontent.com",
            "client_secret": "fake-client-secret",
        }
        found = fake.tokens.answer({"grant_type": "refresh_token", "refresh_token": refresh, **form})
        self._headers = {"Authorization": f"Bearer {found['access_token']}"}

    def send(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes, str | None]:
        """Return the status, the body, and Retry-After."""
        self._connection.request(method, path, body, self._headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("Retry-After")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@pytest.fixture
def wire(fake: FakeGoogle) -> Iterator[Wire]:
    """Give a bare connection."""
    with closing(Wire(fake)) as wire:
        yield wire


def test_the_nth_request_of_a_method_fails(fake: FakeGoogle, wire: Wire) -> None:
    """With the status, the reason and the Retry-After that were told."""
    fake.faults.add(faults.answered(429, "rateLimitExceeded", retry_after=7), method="calendar.*", nth=[2])
    answers = [wire.send("GET", LIST) for _ in range(3)]
    assert [status for status, _, _ in answers] == [200, 429, 200]
    assert (b'"reason":"rateLimitExceeded"' in answers[1][1], answers[1][2]) == (True, "7")


def test_a_fault_may_be_one_users_alone(client: Client, fake: FakeGoogle) -> None:
    """Others are served."""
    fake.faults.add(faults.answered(404), user=BO)
    assert client.listed(ANN) == []
    with pytest.raises(Exception, match="404"):
        client.listed(BO)


@pytest.mark.parametrize(("fault", "events"), [(faults.LOST, 0), (faults.UNANSWERED, 1)])
def test_a_connection_breaks_before_or_after(fake: FakeGoogle, wire: Wire, fault: Fault, events: int) -> None:
    """The client can't tell whether its request was carried out."""
    fake.faults.add(fault, method="calendar.events.insert")
    with pytest.raises(ConnectionError):
        wire.send("POST", LIST, EVENT)
    assert len(fake.state()["calendars"].get(ANN, {})) == events
    assert [entry.status for entry in fake.log] == [0]


def test_an_answer_may_be_cut_short(fake: FakeGoogle, wire: Wire) -> None:
    """Half of it arrives."""
    fake.faults.add(faults.CUT_SHORT, nth=[1])
    with pytest.raises(http.client.IncompleteRead):
        wire.send("GET", LIST)


def test_an_answer_may_come_late(fake: FakeGoogle, wire: Wire) -> None:
    """It is right all the same."""
    fake.faults.add(Fault(How.SLOW, seconds=0.1))
    began = time.monotonic()
    assert wire.send("GET", LIST)[0] == 200
    assert time.monotonic() - began >= 0.1


def test_the_token_endpoint_fails_too(client: Client, fake: FakeGoogle) -> None:
    """Its method is oauth.token, its requests are nobody's."""
    fake.faults.add(faults.answered(400, "invalid_grant"), method="oauth.token")
    with pytest.raises(Exception, match="401"):
        client.listed()


def test_the_library_sends_a_request_twice_when_it_is_not_answered(client: Client, fake: FakeGoogle) -> None:
    """The log tells that a request is the one before again."""
    fake.faults.add(faults.UNANSWERED, method="calendar.events.insert", nth=[1])
    with pytest.raises(Exception, match="409 duplicate"):
        client.events("insert", body={"id": "first", **timed("2026-11-23")})
    sent = [(entry.status, entry.again) for entry in fake.log if entry.method == "calendar.events.insert"]
    assert sent == [(0, False), (409, True)]


def test_random_faults_are_repeatable_and_end(fake: FakeGoogle) -> None:
    """The same seed draws the same; after so many in a row a request goes well."""
    rates = {faults.UNAVAILABLE: 0.5, faults.LOST: 0.4}
    drawn = []
    for _ in range(2):
        random = Faults()
        random.at_random(rates, seed=1, in_a_row=2)
        drawn.append([random.next("calendar.events.get", ANN) for _ in range(200)])
    assert drawn[0] == drawn[1]
    assert {None, *rates} == set(drawn[0])
    assert all(None in drawn[0][at : at + 3] for at in range(198))
    assert fake.faults.next("calendar.events.get", ANN) is None


def test_a_quota_is_for_any_minute(fake: FakeGoogle, wire: Wire) -> None:
    """Beyond it 403 userRateLimitExceeded, until the minute is over."""
    now = [0.0]
    fake.limit(Quota("calendar.", user=2, project=100, now=lambda: now[0]))
    assert [wire.send("GET", LIST)[0] for _ in range(3)] == [200, 200, 403]
    now[0] = 60.0
    assert wire.send("GET", LIST)[0] == 200


def test_a_patch_costs_three_units() -> None:
    """And a project's quota is refused in other words than a user's."""
    calendar = google_quotas()[0]
    for _ in range(200):
        calendar.charge("calendar.events.patch", ANN)
    with pytest.raises(ApiError, match="userRateLimitExceeded"):
        calendar.charge("calendar.events.get", ANN)
    calendar.project = 600
    with pytest.raises(ApiError, match="403 rateLimitExceeded"):
        calendar.charge("calendar.events.get", BO)


def test_something_may_happen_just_before_a_request(client: Client, fake: FakeGoogle) -> None:
    """As when a person changes what a program has just read."""
    old = client.events("insert", body={"id": "first", **timed("2026-11-23")})
    fake.just_before("calendar.events.patch", lambda: fake.people.change_event(ANN, "first", summary="x"))
    with pytest.raises(Exception, match="412"):
        client.events("patch", eventId="first", body={"summary": "y"}, etag=old["etag"])
