"""The way to Google: what is tried again and what not, how late, as whom; no network, each answer is written down."""

import gc
import json
import ssl
from http.client import IncompleteRead
from typing import Any

import httplib2
import pytest
from google.auth import exceptions
from google.auth.credentials import Credentials

from scheduler.google.client import Api, Google
from scheduler.google.trouble import GoogleError, SignInFailed

failures: Any = exceptions  # google-auth types only part of itself
ANN, BO = "ann@example.com", "bo@example.com"
Step = tuple[int, bytes, dict[str, str]] | Exception


class Line:
    """A connection that answers as it was told, and writes down what was asked."""

    def __init__(self) -> None:
        """Begin without answers: then all is well."""
        self.steps: list[Step] = []
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.closed = False

    def request(
        self, uri: str, method: str = "GET", *_: object, headers: dict[str, str], **__: object
    ) -> tuple[httplib2.Response, bytes]:
        """Answer the next step, or with an empty object."""
        self.asked.append((method, uri, dict(headers)))
        step = self.steps.pop(0) if self.steps else (200, b"{}", {})
        if isinstance(step, Exception):
            raise step
        status, content, more = step
        return httplib2.Response({"status": str(status), **more}), content

    def close(self) -> None:
        """Note that it is closed."""
        self.closed = True


class Pass(Credentials):
    """Credentials whose token is its user's name, or whose endpoint refuses."""

    def __init__(self, user: str, refusal: Exception | None = None) -> None:
        """Hold a token, or none where it can't be had."""
        super().__init__()  # type: ignore[no-untyped-call]  # google-auth types only part of itself
        self.token = None if refusal else f"token-of-{user}"
        self._refusal = refusal

    def refresh(self, _request: object) -> None:
        """Refuse, where that was asked for."""
        if self._refusal:
            raise self._refusal


class Everybody:
    """An identity that speaks for all; `refusal` is what the token endpoint says."""

    account = None
    refusal: Exception | None = None

    def credentials_for(self, user: str) -> Credentials:
        """Return this user's."""
        return Pass(user, self.refusal)

    def explained(self, _error: exceptions.RefreshError, user: str) -> SignInFailed:
        """Name the user."""
        return SignInFailed(f"no token for {user}", "mend it")


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    """Stand in for every connection."""
    found = Line()
    monkeypatch.setattr(httplib2, "Http", lambda timeout: found if timeout else None)
    return found


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Note how long is waited between attempts, in place of waiting."""
    found: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", found.append)
    return found


def refused(status: int, reason: str = "", *, after: str | None = None) -> Step:
    """Return an answer that is no success."""
    content = {"error": {"errors": [{"reason": reason}], "code": status, "message": reason}}
    return status, json.dumps(content).encode(), {"retry-after": after} if after else {}


def listed(google: Google, user: str = ANN, **headers: str) -> Any:  # noqa: ANN401 - JSON
    """Ask for a user's events."""
    request = google.collection(Api.CALENDAR, "events").list(calendarId="primary")
    return google.send(request, user=user, headers=headers)


def test_each_user_is_asked_for_with_their_own_token(line: Line) -> None:
    """Over one connection, with what else the caller wants said."""
    google = Google(Everybody())
    assert listed(google) == {}
    listed(google, BO, **{"If-Match": '"1"'})
    (_, first, ann), (_, _, bo) = line.asked
    assert first.startswith("https://www.googleapis.com/calendar/v3/calendars/primary/events?")
    assert (ann["authorization"], bo["authorization"]) == (f"Bearer token-of-{ANN}", f"Bearer token-of-{BO}")
    assert bo["If-Match"] == '"1"'
    assert "onetoone/" in bo["user-agent"]


def test_connections_are_closed_by_hand_or_when_nobody_holds_the_way_any_more(line: Line) -> None:
    """Nothing is left open behind a command."""
    google = Google(Everybody())
    listed(google)
    google.close()
    assert line.closed
    line.closed = False
    google = Google(Everybody())
    listed(google)
    del google
    gc.collect()
    assert line.closed


@pytest.mark.parametrize(
    ("api", "collection", "path"),
    [
        (Api.CALENDAR, "events", "/calendar/v3/"),
        (Api.DRIVE, "files", "/drive/v3/"),
        (Api.DOCS, "documents", "/"),
        (Api.DIRECTORY, "users", "/"),
    ],
)
def test_an_endpoint_stands_in_for_every_api(api: Api, collection: str, path: str) -> None:
    """Laid out as Google's own roots are; a slash at its end makes no difference, and each collection is made once."""
    google = Google(Everybody(), "http://127.0.0.1:4901/")
    found = google.collection(api, collection)
    assert found._baseUrl == f"http://127.0.0.1:4901{path}"  # noqa: SLF001 - the library has no other name for it
    assert google.collection(api, collection) is found


@pytest.mark.parametrize(
    "trouble",
    [
        *(refused(status, "backendError") for status in (500, 502, 503, 504, 429)),
        refused(403, "rateLimitExceeded"),
        refused(403, "userRateLimitExceeded"),
        ConnectionResetError(),
        TimeoutError(),
        ssl.SSLError(),
        IncompleteRead(b""),
        httplib2.ServerNotFoundError(),
        failures.TransportError(),
    ],
)
def test_what_may_pass_is_tried_again(line: Line, waits: list[float], trouble: Step) -> None:
    """Twice it fails, the third time it is there."""
    line.steps = [trouble, trouble]
    assert listed(Google(Everybody())) == {}
    assert len(line.asked) == 3
    assert len(waits) == 2


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        *((status, "x") for status in (400, 404, 408, 409, 410, 412, 501)),
        (403, "forbidden"),
        (403, "quotaExceeded"),
        (403, "dailyLimitExceeded"),
        (403, "insufficientPermissions"),
    ],
)
def test_what_will_not_pass_is_not_tried_again(
    line: Line, waits: list[float], status: int, reason: str
) -> None:
    """The caller gets status and reason at once."""
    line.steps = [refused(status, reason)]
    with pytest.raises(GoogleError) as error:
        listed(Google(Everybody()))
    assert (error.value.status, error.value.reason) == (status, reason)
    assert (len(line.asked), waits) == (1, [])


def test_attempts_come_to_an_end(line: Line, waits: list[float]) -> None:
    """Seven of them, each wait longer than the one before but for chance, none longer than a minute."""
    line.steps = [ConnectionResetError()] * 9
    with pytest.raises(GoogleError, match="0 ConnectionResetError") as error:
        listed(Google(Everybody()))
    assert error.value.passing
    assert len(line.asked) == 7
    assert all(0.5 * 2**n <= wait <= 0.5 * 2**n + 1 for n, wait in enumerate(waits))


@pytest.mark.parametrize(
    ("after", "least", "most"), [("7", 7, 7), ("600", 60, 60), ("0", 0.5, 1.5), ("soon", 0.5, 1.5)]
)
def test_google_says_how_late(line: Line, waits: list[float], after: str, least: float, most: float) -> None:
    """Retry-After is honoured, up to a minute; what it does not say is left to our own clock."""
    line.steps = [refused(503, "backendError", after=after)]
    listed(Google(Everybody()))
    assert len(waits) == 1
    assert least <= waits[0] <= most


def test_patience_is_limited(line: Line, waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """Four minutes of 'come back in a minute' are enough: the next night tries again."""
    clock = 0.0

    def passes(seconds: float) -> None:
        nonlocal clock
        waits.append(seconds)
        clock += seconds

    monkeypatch.setattr("tenacity.nap.time.sleep", passes)
    monkeypatch.setattr("tenacity.time.monotonic", lambda: clock)
    line.steps = [refused(503, after="60")] * 9
    with pytest.raises(GoogleError):
        listed(Google(Everybody()))
    assert len(line.asked) <= 5


def test_a_sign_in_that_is_refused_is_not_tried_again(line: Line, waits: list[float]) -> None:
    """It is explained by the identity; nothing was sent to the API."""
    identity = Everybody()
    identity.refusal = failures.RefreshError("invalid_grant", {"error": "invalid_grant"})
    with pytest.raises(SignInFailed) as error:
        listed(Google(identity))
    assert (error.value.what, line.asked, waits) == (f"no token for {ANN}", [], [])
    identity.refusal = failures.GoogleAuthError("something of its own")
    with pytest.raises(SignInFailed, match="signIn") as error:
        listed(Google(identity))
    assert error.value.what == "the sign-in does not work (GoogleAuthError)"


@pytest.mark.parametrize(
    "answer",
    [
        failures.RefreshError("busy", retryable=True),
        failures.RefreshError("<html>502</html>", "<html>502</html>"),
        failures.RefreshError("x", {"error": {"code": 403, "status": "PERMISSION_DENIED"}}),
    ],
)
def test_a_token_endpoint_that_is_down_is_tried_again(
    line: Line, waits: list[float], answer: failures.RefreshError
) -> None:
    """It is no refusal, and neither is what a proxy before it says, which is not in words of OAuth's."""
    identity = Everybody()
    identity.refusal = answer
    with pytest.raises(GoogleError, match="503 tokenEndpoint"):
        listed(Google(identity))
    assert len(waits) == 6
    assert line.asked == []


def test_a_token_that_is_not_accepted_is_renewed_and_then_given_up(line: Line, waits: list[float]) -> None:
    """The library asks for a new one twice; then it is said."""
    line.steps = [refused(401, "authError")] * 5
    with pytest.raises(GoogleError, match="401 authError"):
        listed(Google(Everybody()))
    assert (len(line.asked), waits) == (3, [])


def test_there_is_no_request_for_nobody() -> None:
    """A request that is not sent as some user is a bug of ours, and goes nowhere."""
    request = Google(Everybody()).collection(Api.CALENDAR, "events").list(calendarId="primary")
    with pytest.raises(AssertionError, match="/calendar/v3/calendars/primary/events was made for nobody"):
        request.execute()


@pytest.mark.parametrize(
    ("api", "method", "arguments", "burst"),
    [
        (Api.CALENDAR, "events.list", {"calendarId": "primary"}, 54),
        (Api.DOCS, "documents.get", {"documentId": "x"}, 27),
        (Api.DOCS, "documents.create", {"body": {}}, 5),
        (Api.DIRECTORY, "users.list", {}, 216),
        (Api.DRIVE, "files.list", {}, 1080),
    ],
)
def test_each_kind_of_request_keeps_its_own_pace(
    line: Line, api: Api, method: str, arguments: dict[str, Any], burst: int
) -> None:
    """After a burst of a tenth of the quota the client waits before it sends."""
    slept: list[float] = []
    google = Google(Everybody(), sleep=slept.append)
    collection, _, name = method.partition(".")
    call = getattr(google.collection(api, collection), name)
    sent = 0
    while not slept and sent < 2000:
        google.send(call(**arguments), user=ANN)
        sent += 1
    assert burst <= sent <= burst * 1.5 + 1
    assert all(pause > 0 for pause in slept)
    assert len(line.asked) == sent
