"""`onetoone auth login|status|logout`: signing in to Google, as one person."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.exit_codes import INCOMPLETE
from scheduler.cli.options import (
    DEFAULT_CONFIG,
    ConfigOption,
    NowOption,
    QuietOption,
    Session,
    VerboseOption,
    session,
)

if TYPE_CHECKING:  # so that --help loads neither
    from scheduler.google.trouble import GoogleError
    from scheduler.settings import Settings

NAME = "auth"
app = typer.Typer(help="Sign in to Google, see how the sign-in stands, sign out.", no_args_is_help=True)


@app.command("login")
def login(
    config: ConfigOption = DEFAULT_CONFIG,
    port: Annotated[
        int,
        typer.Option(
            metavar="N", min=0, max=65535, help="Where the browser comes back to; 0 is any free port."
        ),
    ] = 0,
    account: Annotated[
        str | None, typer.Option(metavar="EMAIL", help="The Google account to sign in with.")
    ] = None,
    now: NowOption = None,
    *,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address; for a machine without a browser.")
    ] = False,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Sign one manager in to Google; their consent is asked for in the browser."""
    from scheduler.google.credentials import ServiceAccountKey
    from scheduler.google.opening import credentials_of, ensure_libraries
    from scheduler.google.tokens import token_path
    from scheduler.google.trouble import GoogleError

    here = session(config, now, verbose=verbose, quiet=quiet)
    settings = _settings(here)
    secrets = credentials_of(settings)
    if isinstance(secrets, ServiceAccountKey):
        _no_need(here, secrets.email)
        return
    ensure_libraries()
    from scheduler.google.sign_in import Wishes, log_in

    wishes = Wishes(port=port, browser=not no_browser, account=account, pasted=_standard_input())

    def say(lines: Iterable[str], needed: bool) -> None:  # noqa: FBT001 - a callback's arguments have no names
        if needed or not quiet:
            here.warn(lines)

    try:
        token = log_in(settings, secrets, wishes, say)
    except GoogleError as error:
        raise typer.Exit(_failed(here, error, "auth login")) from None
    here.say(f"Signed in as {token.account}; kept in {token_path(settings.job.state)}.")


@app.command("status")
def status(
    config: ConfigOption = DEFAULT_CONFIG,
    now: NowOption = None,
    *,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Say who is signed in, for which scopes and until when, and whether it works."""
    from scheduler.errors import BadConfig
    from scheduler.google.credentials import ServiceAccountKey
    from scheduler.google.opening import credentials_of, ensure_libraries

    here = session(config, now, verbose=verbose, quiet=quiet)
    settings = _settings(here)
    secrets = credentials_of(settings)
    ensure_libraries()
    from scheduler.google.standing import standing

    user = _first_manager(here, settings) if isinstance(secrets, ServiceAccountKey) else None
    found = standing(settings, user)
    if not quiet:
        here.emit("\n".join(found.lines))
    here.warn(found.problems)
    if found.problems:
        raise typer.Exit(INCOMPLETE if found.passing else BadConfig.exit_code)


@app.command("logout")
def logout(
    config: ConfigOption = DEFAULT_CONFIG,
    now: NowOption = None,
    *,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Sign out: the sign-in is taken back at Google, and deleted here."""
    from scheduler.google.credentials import ServiceAccountKey
    from scheduler.google.opening import credentials_of, ensure_libraries

    here = session(config, now, verbose=verbose, quiet=quiet)
    settings = _settings(here)
    secrets = credentials_of(settings)
    if isinstance(secrets, ServiceAccountKey):
        _no_need(here, secrets.email)
        return
    ensure_libraries()
    from scheduler.google.sign_in import log_out

    account, trouble = log_out(settings, secrets)
    if trouble is not None:
        by_hand = (
            "it is deleted here, but stands at Google: remove it at https://myaccount.google.com/connections"
        )
        here.warn([f"auth logout: {trouble.problem('').what}; {by_hand}"])
        raise typer.Exit(INCOMPLETE)
    here.say(f"Signed {account} out." if account else "Nobody was signed in.")


def _settings(here: Session) -> "Settings":
    from scheduler.config.settings_file import load_settings

    return load_settings(here.config)


def _first_manager(here: Session, settings: "Settings") -> str | None:
    """Return for whom a token is tried: the first manager on the roster that keeps their calendar at Google."""
    from scheduler.config import load_config
    from scheduler.google.checkup import first_manager

    if settings.roster.source == "google":
        return settings.google.subject if settings.google else None
    return first_manager(load_config(here.config).roster, here.now.date())


def _no_need(here: Session, email: str) -> None:
    here.say(
        f"{email} is a service account: it needs no sign-in. `onetoone auth status` says whether it works."
    )


def _failed(here: Session, error: "GoogleError", where: str) -> int:
    """Say what went wrong; return the exit code: 4 for what may pass, 2 for what is to be mended."""
    from scheduler.errors import BadConfig

    here.warn([error.problem(where)])
    return INCOMPLETE if error.passing else BadConfig.exit_code


def _standard_input() -> int | None:
    try:
        return sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):
        return None  # there is none, or a test stands in for it
