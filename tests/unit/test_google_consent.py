"""The dance for one person: what the token endpoint may answer to a code, and taking a token back."""

import os
from pathlib import Path
from typing import Any

import httplib2
import pytest
from oauthlib.oauth2 import InvalidClientError, InvalidGrantError, MissingTokenError

from scheduler.google.consent import Asked, ask, exchange, revoke
from scheduler.google.credentials import ClientSecrets
from scheduler.google.scopes import Scope
from scheduler.google.tokens import StoredToken
from scheduler.google.trouble import GoogleError, SignInFailed
from tests.unit.google_builders import client

SCOPES = (Scope.EVENTS_OWNED, Scope.FREE_BUSY)
WHOLE: dict[str, Any] = {"access_token": "a", "refresh_token": "r", "expires_at": 0, "scope": [*SCOPES]}


class Session:
    """A session that is opened and closed."""

    def __enter__(self) -> None:
        """Open."""

    def __exit__(self, *_: object) -> None:
        """Close."""


class Flow:
    """A flow whose token endpoint answers as it was told."""

    oauth2session = Session()

    def __init__(self, answer: dict[str, Any] | Exception) -> None:
        """Keep the answer."""
        self._answer = answer
        self.insecure: str | None = None

    def fetch_token(self, **_: object) -> dict[str, Any]:
        """Answer."""
        self.insecure = os.environ.get("OAUTHLIB_INSECURE_TRANSPORT")
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


@pytest.fixture
def secrets(tmp_path: Path) -> ClientSecrets:
    """Give an OAuth client."""
    return client(tmp_path)


def exchanged(answer: dict[str, Any] | Exception, secrets: ClientSecrets) -> StoredToken:
    """Exchange a code for what the endpoint answers."""
    return exchange(Asked(Flow(answer), "", "s"), "4/code", secrets, SCOPES)


def test_consent_is_asked_for_with_the_least(secrets: ClientSecrets) -> None:
    """The address offers the account, wants a token that lasts, and proves with PKCE whose code it will be."""
    asked = ask(secrets, SCOPES, "http://127.0.0.1:1/", "ann@example.com")
    assert asked.address.startswith("https://accounts.google.com/o/oauth2/auth?")
    for part in ("access_type=offline", "prompt=consent", "code_challenge=", "login_hint=ann%40example.com"):
        assert part in asked.address
    assert f"state={asked.state}" in asked.address
    assert "login_hint" not in ask(secrets, SCOPES, "http://127.0.0.1:1/", None).address


def test_more_scopes_than_were_asked_for_are_fine(secrets: ClientSecrets) -> None:
    """The library warns where they differ at all; what was granted before may come along."""
    assert exchanged(WHOLE, secrets).scopes == SCOPES
    warned = Warning("scope has changed")
    warned.token = WHOLE | {"scope": f"{' '.join(SCOPES)} openid"}  # type: ignore[attr-defined]  # as oauthlib does
    assert exchanged(warned, secrets).scopes == (*SCOPES, "openid")
    assert exchanged({**WHOLE, "scope": None, "expires_at": None}, secrets).expiry is None


@pytest.mark.parametrize(
    ("answer", "what", "remedy"),
    [
        (
            InvalidGrantError("secret-description"),
            "Google does not take the code: it was used already",
            "auth login",
        ),
        (MissingTokenError(), "Google does not take the code", "auth login"),
        (InvalidClientError(), "the OAuth client of 'credentials' was deleted", "make an OAuth client"),
        (
            ValueError("secret-description"),
            "what the token endpoint answered is not OAuth's",
            "look at 'token_uri'",
        ),
        (Warning("no token with it"), "Google gave no token that lasts", "myaccount.google.com/connections"),
        (
            {**WHOLE, "refresh_token": ""},
            "Google gave no token that lasts",
            "myaccount.google.com/connections",
        ),
        (
            {**WHOLE, "scope": [SCOPES[0]]},
            "consent was given, but not for calendar.freebusy",
            "tick every box",
        ),
    ],
)
def test_a_code_that_gives_no_sign_in(
    secrets: ClientSecrets, answer: dict[str, Any] | Exception, what: str, remedy: str
) -> None:
    """Each says why, and what to do."""
    with pytest.raises(SignInFailed) as error:
        exchanged(answer, secrets)
    assert error.value.what.startswith(what)
    assert remedy in error.value.remedy
    assert "secret-description" not in str(error.value.problem("x"))


def test_a_network_that_fails_may_be_tried_again(
    secrets: ClientSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ways."""
    with pytest.raises(GoogleError, match="0 ConnectionError") as error:
        exchanged(ConnectionError(), secrets)
    assert error.value.passing
    monkeypatch.setattr(httplib2.Http, "request", lambda *_a, **_k: (_ for _ in ()).throw(TimeoutError()))
    with pytest.raises(GoogleError, match="0 TimeoutError"):
        revoke("r", secrets.token_uri)


@pytest.mark.parametrize(
    ("token_uri", "address"),
    [
        ("https://oauth2.googleapis.com/token", "https://oauth2.googleapis.com/revoke"),
        ("https://token.example.com/token", "https://oauth2.googleapis.com/revoke"),
        ("http://127.0.0.1:4901/token", "http://127.0.0.1:4901/revoke"),
    ],
)
def test_a_token_is_taken_back_at_google(
    monkeypatch: pytest.MonkeyPatch, token_uri: str, address: str
) -> None:
    """Or at a stand-in on this machine; the token goes in the body, and one that is dead already is fine."""
    sent: list[tuple[str, str, str]] = []

    def request(_http: object, uri: str, method: str, body: str, _headers: object) -> tuple[Any, bytes]:
        sent.append((uri, method, body))
        return httplib2.Response({"status": "400"}), b""

    monkeypatch.setattr(httplib2.Http, "request", request)
    revoke("1//r", token_uri)
    assert sent == [(address, "POST", "token=1%2F%2Fr")]


@pytest.mark.parametrize(
    ("address", "allowed"), [("http://127.0.0.1:1/token", "1"), ("https://a.example/token", None)]
)
def test_only_this_machine_is_spoken_to_without_tls(
    secrets: ClientSecrets, monkeypatch: pytest.MonkeyPatch, address: str, allowed: str | None
) -> None:
    """For as long as it takes; what was set before is set again."""
    for before in (None, "0"):
        monkeypatch.delenv("OAUTHLIB_INSECURE_TRANSPORT", raising=False)
        if before:
            monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", before)
        flow = Flow(WHOLE)
        there = ClientSecrets(
            path=secrets.path, client_id="c", auth_uri=address, token_uri=address, info=secrets.info
        )
        exchange(Asked(flow, "", "s"), "4/code", there, SCOPES)
        assert flow.insecure == (allowed or before)
        assert os.environ.get("OAUTHLIB_INSECURE_TRANSPORT") == before
