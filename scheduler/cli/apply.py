"""`onetoone apply`: make the changes of a plan."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.exit_codes import INCOMPLETE
from scheduler.cli.options import (
    DEFAULT_CONFIG,
    ConfigOption,
    NowOption,
    QuietOption,
    ResultFormat,
    VerboseOption,
    YesReallyOption,
    session,
)

NAME = "apply"


def command(
    saved: Annotated[Path | None, typer.Argument(metavar="[PLAN.json]", help="A plan saved before.")] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    form: Annotated[
        ResultFormat, typer.Option("--format", "-f", help="How to show it.")
    ] = ResultFormat.TABLE,
    now: NowOption = None,
    *,
    yes_really: YesReallyOption = False,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Make the changes; with a saved plan only if it still holds."""
    from scheduler.cli.output import in_colour, terminal_width
    from scheduler.cli.saved import read_saved_plan
    from scheduler.cli.start import open_job
    from scheduler.findings import not_done
    from scheduler.planning.digest import digest
    from scheduler.planning.saved import ensure_holds
    from scheduler.reports import render_applied

    here = session(config, now, verbose=verbose, quiet=quiet)
    approved = read_saved_plan(saved) if saved is not None else None
    job = open_job(here)
    with job.alone():
        found = job.find()
        plan = job.decide(found)
        if approved is not None:
            ensure_holds(approved, plan, str(saved))
        applied = job.carry_out(plan, found, large_allowed=yes_really)
    if form is ResultFormat.JSON or not quiet:
        here.emit(
            render_applied(plan, digest(plan), applied, form, width=terminal_width(), colour=in_colour())
        )
    failures = not_done(found, applied)
    here.warn([*dict.fromkeys(found.known.evidence.unreadable.values()), *(failures if quiet else ())])
    if found.known.evidence.unreadable or failures:
        raise typer.Exit(INCOMPLETE)
