"""Who signs in: one token a user for all threads, nobody else's, and what was renewed is kept."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from google.auth import exceptions

from scheduler.errors import BadConfig, Problem, WriteFailed
from scheduler.google.identity import Delegated, JustSignedIn, SharedCredentials, SignedIn
from scheduler.google.scopes import Scope
from scheduler.google.tokens import StoredToken, keep_token, read_token
from scheduler.google.trouble import SignInFailed
from tests.unit.google_builders import TOKEN, client, key

OWNED = (Scope.EVENTS_OWNED,)
failures: Any = exceptions  # google-auth types only part of itself


class Inner:
    """The library's credentials: counts how often a token was got."""

    def __init__(self, token: str | None = None, expiry: datetime | None = None) -> None:
        """Begin with a token, or without."""
        self.token = token
        self.expiry = expiry
        self.refresh_token = "1//new"  # noqa: S105 - the test's own
        self.got = 0

    def refresh(self, _request: object) -> None:
        """Get one; another thread may come along meanwhile."""
        threading.Event().wait(0.01)
        self.got += 1
        self.token = f"token-{self.got}"
        self.expiry = (datetime.now(UTC) + timedelta(hours=1)).replace(tzinfo=None)


def signed(credentials: SharedCredentials) -> str:
    """Let a request be signed; return its header."""
    headers: dict[str, str] = {}
    credentials.before_request(None, "GET", "https://www.googleapis.com/", headers)  # type: ignore[no-untyped-call]  # google-auth types only part of itself
    return headers["authorization"]


def test_many_threads_get_one_token() -> None:
    """The others wait for it; nobody asks twice."""
    inner = Inner()
    credentials = SharedCredentials(inner)
    with ThreadPoolExecutor(8) as threads:
        headers = set(threads.map(lambda _: signed(credentials), range(40)))
    assert (inner.got, headers) == (1, {"Bearer token-1"})


def test_a_token_that_was_refused_is_renewed_once() -> None:
    """Eight threads meet the same 401; the first renews, the others see that it is done."""
    inner = Inner("token-0", datetime(2999, 1, 1))  # noqa: DTZ001 - the library's times do not say that they are UTC
    credentials = SharedCredentials(inner)
    together = threading.Barrier(8)

    def refused(_number: int) -> str:
        signed(credentials)
        together.wait()
        credentials.refresh(None)
        return signed(credentials)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(refused, range(8))) == {"Bearer token-1"}
    assert inner.got == 1
    credentials.renew(None)
    assert inner.got == 2


def test_an_organisation_has_credentials_for_each_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made once for each, by however many threads; it is not tied to one address."""
    made: list[str] = []

    class Account:
        @staticmethod
        def from_service_account_info(_info: object, scopes: list[str]) -> "Account":
            assert scopes == list(OWNED)
            return Account()

        def with_subject(self, user: str) -> Inner:
            made.append(user)
            return Inner(user)

    monkeypatch.setattr("scheduler.google.identity.ServiceAccount", Account)
    identity = Delegated(key(tmp_path), OWNED)
    users = [f"user{number % 5}@example.com" for number in range(200)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(identity.credentials_for, users))
    assert sorted(made) == sorted(set(users))
    assert len({id(one) for one in found}) == 5
    assert identity.account is None


def test_a_key_that_is_no_key_is_refused(tmp_path: Path) -> None:
    """Its content is not quoted."""
    with pytest.raises(BadConfig, match=r"key\.json: the private key in it can't be read; download") as error:
        Delegated(key(tmp_path), OWNED)
    assert "c2VjcmV0" not in str(error.value)


def test_one_person_speaks_for_themselves_alone(tmp_path: Path) -> None:
    """Whoever else is asked for needs a service account; upper and lower case make no difference."""
    keep_token(tmp_path, TOKEN)
    identity = SignedIn(client(tmp_path), OWNED, tmp_path)
    assert identity.account == "ann@example.com"
    assert identity.credentials_for("Ann@Example.com") is identity.credentials_for("ann@example.com")
    with pytest.raises(SignInFailed) as error:
        identity.credentials_for("bo@example.com")
    assert str(error.value.problem("the calendar of bo@example.com")) == (
        "the calendar of bo@example.com: signed in is ann@example.com, whose sign-in reaches nobody else's calendar "
        "or documents; an organisation needs a service account (docs/google.md)"
    )


@pytest.mark.parametrize(
    ("kept", "scopes", "sentence"),
    [
        (None, OWNED, "nobody is signed in to Google"),
        (TOKEN, (*OWNED, Scope.FILES), "the sign-in of ann@example.com does not cover drive.file"),
        (
            replace(TOKEN, client_id="3003"),
            OWNED,
            "the sign-in of ann@example.com was made through another OAuth",
        ),
    ],
)
def test_a_sign_in_that_is_of_no_use(
    tmp_path: Path,
    kept: StoredToken | None,
    scopes: tuple[Scope, ...],
    sentence: str,
) -> None:
    """It is said each time, and looked at anew: signing in while a command waits is enough."""
    if kept:
        keep_token(tmp_path, kept)
    identity = SignedIn(client(tmp_path), scopes, tmp_path)
    for _ in range(2):
        with pytest.raises(SignInFailed) as error:
            identity.credentials_for("ann@example.com")
        assert error.value.what.startswith(sentence)
        assert error.value.remedy == "sign in with: onetoone auth login"
    keep_token(tmp_path, replace(TOKEN, scopes=tuple(scopes)))
    assert identity.account == "ann@example.com"


def test_what_is_renewed_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a refresh token that changed, too; where the state may not be written, it still works."""
    monkeypatch.setattr("scheduler.google.identity.OneUser", lambda **_: Inner())
    keep_token(tmp_path, TOKEN)
    identity = SignedIn(client(tmp_path), OWNED, tmp_path)
    assert signed(identity.credentials_for("ann@example.com")) == "Bearer token-1"
    kept = read_token(tmp_path)
    assert kept is not None
    assert (kept.access_token, kept.refresh_token, kept.account) == ("token-1", "1//new", "ann@example.com")
    assert kept.expiry is not None
    assert kept.expiry > datetime.now(UTC)

    def full(*_: object) -> None:
        raise WriteFailed(Problem("x", "full"))

    monkeypatch.setattr("scheduler.google.identity.keep_token", full)
    identity.credentials_for("ann@example.com").renew(None)
    assert signed(identity.credentials_for("ann@example.com")) == "Bearer token-2"


def test_refusals_are_explained_by_whoever_signs_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in the words that fit."""
    refusal = failures.RefreshError("invalid_grant", {"error": "invalid_grant", "error_description": "Bad"})
    person = SignedIn(client(tmp_path), OWNED, tmp_path)
    assert "was revoked, or has run out" in person.explained(refusal, "ann@example.com").what
    fresh = JustSignedIn(client(tmp_path), TOKEN)
    assert fresh.explained(refusal, "").what.startswith("the sign-in of this person was revoked")
    assert fresh.account is None
    monkeypatch.setattr(
        "scheduler.google.identity.ServiceAccount.from_service_account_info", lambda *_a, **_k: None
    )
    account = Delegated(key(tmp_path), OWNED)
    assert "gives onetoone@project" in account.explained(refusal, "ann@example.com").what
