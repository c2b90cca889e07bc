"""`onetoone doctor`: whether everything is as a run needs it."""

from typing import Annotated

import typer

from scheduler.cli.options import DEFAULT_CONFIG, ConfigOption, NowOption, QuietOption, VerboseOption, session

NAME = "doctor"


def command(
    config: ConfigOption = DEFAULT_CONFIG,
    as_whom: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="EMAIL", help="With --live: on whose account; else the first manager's."
        ),
    ] = None,
    guest: Annotated[
        str | None,
        typer.Option("--with", metavar="EMAIL", help="With --live: who gets ONE invitation mail."),
    ] = None,
    now: NowOption = None,
    *,
    live: Annotated[
        bool,
        typer.Option(
            "--live",
            help="Prove how Google behaves, by a scratch series and a scratch document that are removed again.",
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --live: do not ask first.")] = False,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Check config, folders and every calendar; say what to mend."""
    if live:
        from scheduler.cli.doctor_live import check_live

        here = session(config, now, verbose=verbose, quiet=quiet)
        check_live(here, as_whom=as_whom, guest=guest, yes=yes)
        return
    if as_whom or guest or yes:
        from scheduler.errors import Problem, WrongUsage

        raise WrongUsage(Problem("doctor", "--as, --with and --yes go with --live", "add --live"))
    from scheduler.checkup import check_up
    from scheduler.cli.start import open_job

    here = session(config, now, verbose=verbose, quiet=True)
    checked = check_up(open_job(here))
    for one in checked:
        sign = "ok  " if one.fine else "FAIL" if one.grave else "note"
        if not (quiet and one.fine):
            here.emit(f"{sign}  {one.what}")
        for problem in one.problems:
            here.emit(f"      {problem}")
    codes = [one.exit_code for one in checked if one.grave and not one.fine]
    if codes:
        raise typer.Exit(min(codes))  # what is to be mended in the config comes first
    if not quiet:
        here.emit(f"\nAll is well. Next: onetoone plan --config {config}")
