"""`onetoone run`: the scheduled job; what cron calls."""

from collections import Counter
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

NAME = "run"


def command(
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
    """Do the whole job: read, check, plan, apply, agendas, report; what cron calls."""
    from scheduler.cli.output import in_colour, terminal_width
    from scheduler.cli.start import open_job
    from scheduler.logs import json_logs_wanted, log_run
    from scheduler.planning.digest import digest
    from scheduler.reports import render_applied, render_report, summary_line

    here = session(config, now, verbose=verbose, quiet=quiet)
    result = open_job(here).run(large_allowed=yes_really)
    colour, width = in_colour(), terminal_width()
    whole = form is ResultFormat.TABLE and not quiet
    if whole or form is ResultFormat.JSON:
        here.emit(
            render_applied(result.plan, digest(result.plan), result.applied, form, width=width, colour=colour)
        )
    if whole:
        here.emit(render_report(result.after.gaps, "table", width=width, colour=colour))
    outcomes = Counter(str(one.outcome) for one in result.applied)
    log_run(result.after.gaps.totals, outcomes, (*result.after.gaps.problems, *result.failures))
    if not json_logs_wanted():
        here.warn(result.troubles if whole else (*result.after.gaps.problems, *result.failures))
        unread = len(result.before.known.agendas.unreadable)
        here.warn([summary_line(result.after.gaps, result.applied, unread)])
    if not result.complete:
        raise typer.Exit(INCOMPLETE)
