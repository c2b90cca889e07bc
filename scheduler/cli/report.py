"""`onetoone report`: the cadence gap report."""

from typing import Annotated

import typer

from scheduler.cli.exit_codes import INCOMPLETE, OFF_CADENCE
from scheduler.cli.options import (
    DEFAULT_CONFIG,
    ConfigOption,
    NowOption,
    OutputOption,
    QuietOption,
    ReportFormat,
    VerboseOption,
    session,
)

NAME = "report"


def command(
    config: ConfigOption = DEFAULT_CONFIG,
    form: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="How to show it.")
    ] = ReportFormat.TABLE,
    output: OutputOption = None,
    manager: Annotated[
        str | None, typer.Option("--manager", metavar="EMAIL", help="Only this manager's pairs.")
    ] = None,
    now: NowOption = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with 3 where a pair is overdue or unscheduled.")
    ] = False,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Show who meets at the cadence, and who does not."""
    from scheduler.cli.output import in_colour, terminal_width
    from scheduler.cli.start import open_job
    from scheduler.reports import render_report
    from scheduler.selection import of_manager, off_cadence

    here = session(config, now, verbose=verbose, quiet=quiet)
    job = open_job(here)
    found = job.find()
    gaps = of_manager(found.gaps, job.config.roster, manager)
    to_terminal = output is None and in_colour()
    here.emit(render_report(gaps, form, width=terminal_width(), colour=to_terminal), output)
    if check and off_cadence(gaps):
        raise typer.Exit(OFF_CADENCE)
    if found.known.evidence.unreadable:
        raise typer.Exit(INCOMPLETE)
