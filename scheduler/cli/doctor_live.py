"""`onetoone doctor --live`: asking first, then a line for each fact about Google that is proved."""

import sys
from collections.abc import Iterable
from contextlib import closing
from typing import TYPE_CHECKING

import typer

from scheduler.cli.exit_codes import INCOMPLETE
from scheduler.cli.options import Session

if TYPE_CHECKING:  # so that --help loads none of it
    from scheduler.live.finding import Finding


def check_live(here: Session, *, as_whom: str | None, guest: str | None, yes: bool) -> None:
    """Do the live check; exit with 4 where Google could not be reached or something stayed behind.

    Raises BadConfig, WrongUsage where nobody agreed to it, AnotherRun, WriteFailed.
    """
    from time import sleep

    from scheduler.config import load_config
    from scheduler.errors import BadConfig
    from scheduler.google.directory import directory_users
    from scheduler.google.opening import credentials_of, ensure_libraries
    from scheduler.live.parts import parts_of

    config = load_config(here.config, directory_users)
    parts = parts_of(config)
    credentials_of(config.settings)
    ensure_libraries()
    from scheduler.google.trouble import GoogleError
    from scheduler.live.ground import Ground
    from scheduler.live.journal import Journal
    from scheduler.live.prepare import Wishes, prepared
    from scheduler.live.run import live_check
    from scheduler.live.wording import announced
    from scheduler.lock import single_run

    state = config.settings.job.state
    wishes = Wishes(as_whom=as_whom, guest=guest, ask=lambda lines: _asked(here, lines), pause=sleep)
    try:
        google, circumstances = prepared(config, parts, here.now, wishes)
        if not _agreed(here, announced(circumstances), yes=yes):
            here.warn(["Nothing was created."])
            return
        with closing(google), single_run(state, here.now):
            fine = live_check(Ground(google, circumstances), Journal(state), lambda one: _say(here, one))
    except GoogleError as error:
        here.warn([error.problem("doctor --live")])
        raise typer.Exit(INCOMPLETE if error.passing else BadConfig.exit_code) from None
    if not fine:
        raise typer.Exit(INCOMPLETE)


def _agreed(here: Session, lines: Iterable[str], *, yes: bool) -> bool:
    """Say what will be created and ask whether to go on; raise WrongUsage where there is nobody to ask."""
    from scheduler.errors import Problem, WrongUsage

    if yes:
        here.say(*lines)
        return True
    if not sys.stdin.isatty():
        what = " ".join(lines)
        raise WrongUsage(Problem("doctor --live", f"nobody is here to agree to it: {what}", "add --yes"))
    here.warn(lines)
    sys.stderr.write("Go on? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _asked(here: Session, lines: Iterable[str]) -> bool:
    """Ask the person at the terminal to do something, and wait for Enter; False where nobody is there."""
    if not sys.stdin.isatty():
        return False
    here.warn(lines)
    return bool(sys.stdin.readline())


def _say(here: Session, finding: "Finding") -> None:
    from scheduler.live.finding import Verdict
    from scheduler.live.wording import told

    if not (here.quiet and finding.verdict is Verdict.HOLDS):
        here.emit("\n".join(told(finding)))
