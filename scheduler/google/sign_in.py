"""Signing one person in and out: what `onetoone auth login` and `logout` do.

The heavy libraries come with this module; `scheduler.google.opening` says whether they are there.
"""

import socket
import webbrowser
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace

from scheduler.google.client import Google
from scheduler.google.consent import ask, exchange, revoke
from scheduler.google.credentials import ClientSecrets
from scheduler.google.identity import JustSignedIn
from scheduler.google.redirect import Redirect
from scheduler.google.scopes import scopes_needed
from scheduler.google.tokens import LOG_IN, StoredToken, forget_token, keep_token, read_token
from scheduler.google.trouble import GoogleError, SignInFailed
from scheduler.google.who import owns, signed_in_as
from scheduler.settings import GoogleSettings, Settings

_PATIENCE = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How a person wants to sign in.

    `port` is where the browser comes back to, 0 for a free one. `browser` opens it here. `account` is the address to
    sign in with, None to leave it to the browser. `pasted` is a file descriptor from which lines are read.
    """

    port: int = 0
    browser: bool = True
    account: str | None = None
    pasted: int | None = None


def log_in(
    settings: Settings, secrets: ClientSecrets, wishes: Wishes, say: Callable[[Iterable[str], bool], None]
) -> StoredToken:
    """Have a person consent in their browser, and keep the sign-in; `say` tells them what to do, and whether they must.

    Raises WrongUsage for a port that can't be had, SignInFailed or GoogleError where there is no sign-in in the end,
    WriteFailed where it can't be kept.
    """
    scopes = scopes_needed(settings, delegated=False)
    with Redirect(wishes.port) as redirect:
        asked = ask(secrets, scopes, redirect.uri, wishes.account)
        opened = wishes.browser and webbrowser.open(asked.address)
        say(_told(asked.address, redirect.port, opened=opened), not opened)
        code = redirect.code(asked.state, pasted=None if opened else wishes.pasted, patience=_PATIENCE)
    token = exchange(asked, code, secrets, scopes)
    token = replace(token, account=_account(settings, secrets, token, wishes.account))
    keep_token(settings.job.state, token)
    return token


def log_out(settings: Settings, secrets: ClientSecrets) -> tuple[str | None, GoogleError | None]:
    """Take the sign-in back at Google and delete it here; return whose it was, and what kept Google from it.

    It is deleted here in any case; None where nobody was signed in. A sign-in that can't be read is deleted, too.
    Raises WriteFailed where it can't be.
    """
    state = settings.job.state
    try:
        token = read_token(state)
    except SignInFailed as error:
        forget_token(state)
        return "", error
    if token is None:
        return None, None
    trouble = None
    try:
        revoke(token.refresh_token, secrets.token_uri)
    except GoogleError as error:
        trouble = error
    forget_token(state)
    return token.account, trouble


def _account(settings: Settings, secrets: ClientSecrets, token: StoredToken, wished: str | None) -> str:
    """Find out whose sign-in it is; raise SignInFailed where it is nobody's, or somebody else's than was wished."""
    endpoint = (settings.google or GoogleSettings()).endpoint
    with closing(Google(JustSignedIn(secrets, token), endpoint)) as google:
        found = signed_in_as(google, token.scopes)
        if found is None and wished is not None and owns(google, wished):
            found = wished.lower()
    if found is None:
        what = "the sign-in worked, but whose it is can't be learnt from the calendar"
        raise SignInFailed(what, f"{LOG_IN} --account EMAIL, with the address of the calendar")
    if wished is not None and found != wished.lower():
        what = f"signed in is {found}, not {wished}"
        raise SignInFailed(what, f"choose the other account in the browser, or {LOG_IN} without --account")
    return found


def _told(address: str, port: int, *, opened: bool) -> tuple[str, ...]:
    if opened:
        return ("Your browser asks you to allow it. If it does not open, go to:", "", address, "")
    there = socket.gethostname()
    return (
        "Open this address in a browser and allow every scope:",
        "",
        address,
        "",
        f"The browser then goes to port {port} of its own machine. If that is not this one, first run there:",
        f"    ssh -N -L {port}:127.0.0.1:{port} {there}",
        "Or let the last page fail to load, and paste its address here:",
    )
