"""`onetoone slots MANAGER REPORT`: the best times for a pair, and why; changes nothing."""

from typing import Annotated

import typer

from scheduler.cli.options import (
    DEFAULT_CONFIG,
    ConfigOption,
    NowOption,
    OutputOption,
    QuietOption,
    SlotsFormat,
    VerboseOption,
    session,
)

NAME = "slots"


def command(
    manager: Annotated[str, typer.Argument(metavar="MANAGER", help="The manager's address.")],
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report's address.")],
    config: ConfigOption = DEFAULT_CONFIG,
    output: OutputOption = None,
    now: NowOption = None,
    *,
    every: Annotated[
        str | None, typer.Option("--every", metavar="CADENCE", help="As if they met every '1 week', say.")
    ] = None,
    minutes: Annotated[
        int | None, typer.Option("--minutes", min=5, max=480, help="As if they met for so long.")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, max=99, help="At most so many times.")] = 10,
    form: Annotated[SlotsFormat, typer.Option("--format", "-f", help="How to show it.")] = SlotsFormat.TABLE,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Show the best times for a pair's whole series, and what speaks for and against each; change nothing."""
    from scheduler.cli.output import in_colour, terminal_width
    from scheduler.cli.start import open_job
    from scheduler.cli.values import cadence
    from scheduler.planning.asking import Question
    from scheduler.reports import render_slots
    from scheduler.selection import find_present_pair

    here = session(config, now, verbose=verbose, quiet=quiet)
    wished = cadence(every)
    job = open_job(here)
    pair = find_present_pair(job.config.roster, manager, report, here.now.date())
    found = job.times_for(Question(pair=pair, every=wished, minutes=minutes, most=most))
    colour = output is None and in_colour()
    here.emit(render_slots(found, form, width=terminal_width(), colour=colour), output)
