"""`onetoone policy MANAGER REPORT`: how often a pair is to meet, and which rule says so; asks no calendar."""

from typing import Annotated

import typer

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

NAME = "policy"


def command(
    manager: Annotated[str, typer.Argument(metavar="MANAGER", help="The manager's address.")],
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report's address.")],
    config: ConfigOption = DEFAULT_CONFIG,
    form: Annotated[PlanFormat, typer.Option("--format", "-f", help="How to show it.")] = PlanFormat.TABLE,
    output: OutputOption = None,
    *,
    now: NowOption = None,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Show how often a pair is to meet, which rule decides, and what it will become; read no calendar."""
    from scheduler.cadence.explained import explained
    from scheduler.cli.output import in_colour, terminal_width
    from scheduler.config import load_config
    from scheduler.google.directory import directory_users
    from scheduler.reports import render_policy
    from scheduler.selection import find_pair

    here = session(config, now, verbose=verbose, quiet=quiet)
    found = load_config(here.config, directory_users)
    here.say(*found.warnings)
    pair = find_pair(found.roster, manager, report)
    told = explained(pair, found.roster, found.settings.cadence, here.now)
    colour = output is None and in_colour()
    here.emit(render_policy(told, form, width=terminal_width(), colour=colour), output)
