"""`onetoone agenda MANAGER REPORT`: the agenda of the pair's next meeting."""

from typing import Annotated

import typer

from scheduler.cli.options import (
    DEFAULT_CONFIG,
    ConfigOption,
    NowOption,
    OutputOption,
    QuietOption,
    VerboseOption,
    session,
)

NAME = "agenda"


def command(
    manager: Annotated[str, typer.Argument(metavar="MANAGER", help="The manager's address.")],
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report's address.")],
    config: ConfigOption = DEFAULT_CONFIG,
    output: OutputOption = None,
    now: NowOption = None,
    *,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Show the agenda of a pair's next meeting, as Markdown; writes nothing."""
    from scheduler.cli.start import open_job
    from scheduler.selection import find_present_pair

    here = session(config, now, verbose=verbose, quiet=quiet)
    job = open_job(here)
    pair = find_present_pair(job.config.roster, manager, report, here.now.date())
    here.emit(job.agenda_of(pair), output)
