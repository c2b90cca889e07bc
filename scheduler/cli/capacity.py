"""`onetoone capacity`: what a cadence costs, and whether it fits."""

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.exit_codes import INCOMPLETE
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

if TYPE_CHECKING:  # a command imports what it needs when it is called
    from scheduler.capacity.what_if import WhatIf

NAME = "capacity"


def command(
    config: ConfigOption = DEFAULT_CONFIG,
    form: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="How to show it.")
    ] = ReportFormat.TABLE,
    output: OutputOption = None,
    manager: Annotated[
        str | None, typer.Option("--manager", metavar="EMAIL", help="Only this manager.")
    ] = None,
    now: NowOption = None,
    *,
    under: Annotated[
        str | None, typer.Option("--under", metavar="EMAIL", help="Only this manager and everybody below.")
    ] = None,
    where: Annotated[
        str | None,
        typer.Option("--where", metavar="COLUMN=VALUE", help="Only managers with this in their roster row."),
    ] = None,
    every: Annotated[
        str | None, typer.Option("--every", metavar="CADENCE", help="What if: all pairs met this often.")
    ] = None,
    minutes: Annotated[
        int | None, typer.Option("--minutes", min=5, max=480, help="What if: all 1-2-1s were this long.")
    ] = None,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Show what a cadence costs in hours a week, and whether it fits; change nothing."""
    from scheduler.capacity.selection import Wanted, chosen, columns_of
    from scheduler.cli.output import in_colour, terminal_width
    from scheduler.cli.start import open_job
    from scheduler.reports import render_capacity

    here = session(config, now, verbose=verbose, quiet=quiet)
    what_if = _what_if(every, minutes)
    job = open_job(here, columns_of(where))
    wanted = Wanted(manager=manager, under=under, where=where, columns=job.config.columns)
    managers = chosen(job.config.roster, here.now.date(), wanted)
    report = job.cost(managers, what_if)
    colour = output is None and in_colour()
    here.emit(render_capacity(report, form, width=terminal_width(), colour=colour), output)
    if form is ReportFormat.CSV:  # which has no place for them
        here.warn(report.problems)
    if report.incomplete:
        raise typer.Exit(INCOMPLETE)


def _what_if(every: str | None, minutes: int | None) -> "WhatIf | None":
    """Return what is asked, None for nothing; raise WrongUsage for what is no cadence."""
    from scheduler.capacity.what_if import WhatIf
    from scheduler.errors import Problem, WrongUsage
    from scheduler.every import Cadence
    from scheduler.wording import fault_of

    if every is None and minutes is None:
        return None
    try:
        return WhatIf(None if every is None else Cadence.parse(every), minutes)
    except ValueError as error:
        fault = fault_of(error)
        raise WrongUsage(Problem("--every", fault.what, fault.remedy)) from error
