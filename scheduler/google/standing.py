"""How the sign-in stands: who it is, what it may do and until when, and whether a token can be had."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException

import httplib2
from google.auth.exceptions import RefreshError, TransportError
from google_auth_httplib2 import Request

from scheduler.errors import Problem
from scheduler.google.credentials import ServiceAccountKey
from scheduler.google.identity import Delegated, SignedIn
from scheduler.google.opening import open_identity
from scheduler.google.refusals import NOT_DELEGATED, lacking, told
from scheduler.google.scopes import DIRECTORY_SCOPES, Scope
from scheduler.google.tokens import token_path
from scheduler.google.trouble import GoogleError
from scheduler.settings import Settings

_TIMEOUT = 60.0
_WHERE = "Google"
_ENDS = (
    "The sign-in itself ends when it is revoked, after six months without use, and after seven days where the",
    "consent screen is External and in Testing.",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What `onetoone auth status` shows, and what is wrong; `passing` where it may be fine a little later."""

    lines: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    passing: bool = False


def standing(settings: Settings, user: str | None) -> Standing:
    """Describe the sign-in, and try it: as this user where a service account speaks for many.

    A new access token is got, and kept where a person's sign-in is. Raises BadConfig where the credentials are no good.
    """
    identity = open_identity(settings)
    if isinstance(identity, SignedIn):
        return _of_person(identity, settings)
    return _of_account(identity, settings, user)


def try_token(identity: Delegated | SignedIn, user: str) -> datetime | None:
    """Get a new access token for a user and return when it runs out; raise SignInFailed or GoogleError.

    Where delegation lacks a scope, each is tried by itself, so that it can be said which.
    """
    try:
        return _renewed(identity, user)
    except RefreshError as error:
        if isinstance(identity, Delegated) and told(error.args)[0] in NOT_DELEGATED:
            raise lacking(identity.key, user, _not_delegated(identity, user)) from None
        raise identity.explained(error, user) from None


def _of_person(identity: SignedIn, settings: Settings) -> Standing:
    try:
        account = identity.account
        until = try_token(identity, account)
    except GoogleError as error:
        lines = ("Nobody is signed in, or not as it is needed.", "", *_scopes(identity.scopes))
        return Standing(lines, (error.problem(_WHERE),), error.passing)
    return Standing(
        (
            f"Signed in as {account}, through the OAuth client {identity.secrets.client_id}.",
            "",
            *_scopes(identity.scopes),
            "",
            f"The access token is good until {_spoken(until)}; it is renewed by itself.",
            *_ENDS,
            f"Kept in {token_path(settings.job.state)}.",
        )
    )


def _of_account(identity: Delegated, settings: Settings, user: str | None) -> Standing:
    of_directory = settings.roster.source == "google" and settings.google is not None
    asked = (*identity.scopes, *(DIRECTORY_SCOPES if of_directory else ()))
    lines = [
        f"Service account {identity.key.email}, client {identity.key.client_id}, key {identity.key.path}.",
        "It speaks for each person, by domain-wide delegation of:",
        "",
        *_scopes(asked),
        "",
        "To be pasted into the Admin console:",
        ",".join(asked),
        "",
    ]
    tries: list[tuple[Delegated, str]] = [(identity, user)] if user else []
    if of_directory and settings.google is not None and settings.google.subject:
        tries.append((Delegated(identity.key, DIRECTORY_SCOPES), settings.google.subject))
    problems, passing = [], True
    for one, subject in tries:
        try:
            until = try_token(one, subject)
        except GoogleError as error:
            problems.append(error.problem(_WHERE))
            passing = passing and error.passing
        else:
            lines.append(f"A token for {subject} was given; it is good until {_spoken(until)}.")
    if not tries:
        lines.append("No token was tried: there is no manager on the roster to speak for.")
    return Standing(tuple(lines), tuple(dict.fromkeys(problems)), passing and bool(problems))


def _not_delegated(identity: Delegated, user: str) -> tuple[Scope, ...]:
    """Return the scopes that are refused by themselves; all of them where none is."""
    return tuple(_refused(identity.key, identity.scopes, user)) or identity.scopes


def _refused(key: ServiceAccountKey, scopes: tuple[Scope, ...], user: str) -> Iterator[Scope]:
    for scope in scopes:
        try:
            _renewed(Delegated(key, (scope,)), user)
        except RefreshError as error:
            if told(error.args)[0] in NOT_DELEGATED:
                yield scope


def _renewed(identity: Delegated | SignedIn, user: str) -> datetime | None:
    """Get a new access token; raise RefreshError where it is refused, GoogleError where nobody answers."""
    credentials = identity.credentials_for(user)
    http = httplib2.Http(timeout=_TIMEOUT)
    try:
        credentials.renew(Request(http))
    except RefreshError as error:
        if error.retryable:
            raise GoogleError(503, "tokenEndpoint") from None
        raise
    except (OSError, HTTPException, httplib2.HttpLib2Error, TransportError) as error:
        raise GoogleError(0, type(error).__name__) from None
    finally:
        http.close()
    return credentials.expiry.replace(tzinfo=UTC) if credentials.expiry else None


def _scopes(scopes: tuple[Scope, ...]) -> tuple[str, ...]:
    width = max(len(scope.short) for scope in scopes)
    return tuple(f"  {scope.short:<{width}}  {scope.what_for}" for scope in scopes)


def _spoken(moment: datetime | None) -> str:
    return moment.astimezone().isoformat(sep=" ", timespec="minutes") if moment else "an hour from now"
