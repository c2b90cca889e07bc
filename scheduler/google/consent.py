"""OAuth's dance for one person: ask in the browser, take the code, get the tokens, and take them back again.

The flow is google-auth-oauthlib's for installed apps, with PKCE; the door that the browser comes back to is ours.
https://developers.google.com/identity/protocols/oauth2/native-app
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

import httplib2
from google_auth_oauthlib.flow import InstalledAppFlow
from oauthlib.oauth2 import OAuth2Error

from scheduler.google.credentials import ClientSecrets, is_loopback
from scheduler.google.refusals import listed, sign_in_refused
from scheduler.google.scopes import Scope
from scheduler.google.tokens import LOG_IN, StoredToken
from scheduler.google.trouble import GoogleError, SignInFailed

_TIMEOUT = 60.0
_REVOKE = "https://oauth2.googleapis.com/revoke"
_INSECURE = "OAUTHLIB_INSECURE_TRANSPORT"


@dataclass(frozen=True, slots=True)
class Asked:
    """A consent that is asked for: the address to open, and the state by which its answer is known."""

    flow: Any
    address: str
    state: str


def ask(secrets: ClientSecrets, scopes: Sequence[Scope], redirect_uri: str, account: str | None) -> Asked:
    """Return what to open in a browser; `account` is offered there as the one to sign in with."""
    flow = InstalledAppFlow.from_client_config(secrets.info, list(scopes))
    flow.redirect_uri = redirect_uri
    hint = {"login_hint": account} if account else {}
    with _loopback_allowed(secrets.auth_uri):
        address, state = flow.authorization_url(prompt="consent", **hint)
    return Asked(flow, address, state)


def exchange(asked: Asked, code: str, secrets: ClientSecrets, scopes: Sequence[Scope]) -> StoredToken:
    """Get the tokens for a code; the account is not known yet. Raises SignInFailed, or GoogleError for the network."""
    try:
        with asked.flow.oauth2session, _loopback_allowed(secrets.token_uri):
            token = asked.flow.fetch_token(code=code, include_client_id=True, timeout=_TIMEOUT)
    except OAuth2Error as error:
        if error.error in {"invalid_client", "deleted_client", "disabled_client"}:
            raise sign_in_refused(str(error.error), "", "") from None
        what = "Google does not take the code: it was used already, is too old, or belongs to another sign-in"
        raise SignInFailed(what, LOG_IN) from None
    except OSError as error:  # what `requests` raises is one as well
        raise GoogleError(0, type(error).__name__) from None
    except ValueError:
        what = "what the token endpoint answered is not OAuth's"
        raise SignInFailed(what, "look at 'token_uri' in the credentials file") from None
    except Warning as changed:  # oauthlib's way to say that the scopes are others than those asked for
        token = getattr(changed, "token", {})
    return _stored(token, secrets, scopes)


def revoke(token: str, token_uri: str) -> None:
    """Take a token back, and with it everything that was granted together; one that is dead already is fine.

    It goes to Google, or to the host of `token_uri` where that is this machine. Raises GoogleError.
    """
    parts = urlsplit(token_uri)
    address = f"{parts.scheme}://{parts.netloc}/revoke" if is_loopback(token_uri) else _REVOKE
    http = httplib2.Http(timeout=_TIMEOUT)
    try:
        answer, _ = http.request(
            address,
            "POST",
            urlencode({"token": token}),
            {"Content-Type": "application/x-www-form-urlencoded"},
        )
    except (OSError, HTTPException, httplib2.HttpLib2Error) as error:
        raise GoogleError(0, type(error).__name__) from None
    finally:
        http.close()
    if answer.status not in {HTTPStatus.OK, HTTPStatus.BAD_REQUEST}:
        raise GoogleError(int(answer.status), "revoke")


def _stored(token: Any, secrets: ClientSecrets, scopes: Sequence[Scope]) -> StoredToken:  # noqa: ANN401 - oauthlib's dictionary
    granted = token.get("scope") or list(scopes)
    granted = granted.split() if isinstance(granted, str) else list(granted)
    missing = [scope for scope in scopes if scope not in granted]
    if missing:
        what = f"consent was given, but not for {listed(missing)}"
        raise SignInFailed(what, f"{LOG_IN}, and tick every box")
    if not token.get("refresh_token"):
        what = "Google gave no token that lasts"
        remedy = (
            "remove onetoone at https://myaccount.google.com/connections, then run onetoone auth login again"
        )
        raise SignInFailed(what, remedy)
    expires = token.get("expires_at")
    return StoredToken(
        account="",
        client_id=secrets.client_id,
        scopes=tuple(str(scope) for scope in granted),
        expiry=datetime.fromtimestamp(float(expires), UTC) if expires else None,
        access_token=token.get("access_token"),
        refresh_token=token["refresh_token"],
    )


@contextmanager
def _loopback_allowed(address: str) -> Iterator[None]:
    """Let oauthlib talk to this very machine without TLS, which it refuses otherwise; to no other host."""
    before = os.environ.get(_INSECURE)
    if is_loopback(address):
        os.environ[_INSECURE] = "1"
    try:
        yield
    finally:
        os.environ.pop(_INSECURE, None)
        if before is not None:
            os.environ[_INSECURE] = before
