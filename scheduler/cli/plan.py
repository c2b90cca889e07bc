"""`onetoone plan`: what the job would change, and why; changes nothing."""

from typing import Annotated

import typer

from scheduler.cli.exit_codes import INCOMPLETE
from scheduler.cli.options import (
    DEFAULT_CONFIG,
    ConfigOption,
    NowOption,
    OutputOption,
    PlanFormat,
    QuietOption,
    VerboseOption,
    session,
)

NAME = "plan"


def command(
    config: ConfigOption = DEFAULT_CONFIG,
    form: Annotated[PlanFormat, typer.Option("--format", "-f", help="How to show it.")] = PlanFormat.TABLE,
    output: OutputOption = None,
    now: NowOption = None,
    *,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Show what the job would change, and why; change nothing."""
    from scheduler.cli.output import in_colour, terminal_width
    from scheduler.cli.start import open_job
    from scheduler.planning.digest import digest
    from scheduler.reports import render_plan

    here = session(config, now, verbose=verbose, quiet=quiet)
    job = open_job(here)
    found = job.find()
    plan = job.decide(found)
    colour = output is None and in_colour()
    here.emit(render_plan(plan, digest(plan), form, width=terminal_width(), colour=colour), output)
    if found.known.evidence.unreadable:
        here.warn(dict.fromkeys(found.known.evidence.unreadable.values()))
        raise typer.Exit(INCOMPLETE)
