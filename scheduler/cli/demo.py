"""`onetoone demo`: a sample organisation, and the whole job run on it."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.options import NowOption, QuietOption, VerboseOption, session

NAME = "demo"


def command(
    directory: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to make it.")] = Path("demo"),
    config: Annotated[  # noqa: ARG001 - every command takes it
        Path | None,
        typer.Option(
            "--config", metavar="DIR", help="Not used: the demo's config is its own, in [DIR]/config."
        ),
    ] = None,
    now: NowOption = None,
    *,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Make a sample organisation with calendar files, and run the whole job on it."""
    from scheduler.cli.options import Session
    from scheduler.cli.output import in_colour, terminal_width
    from scheduler.cli.start import open_job
    from scheduler.demo.make import make_demo
    from scheduler.demo.tour import where_to_look
    from scheduler.planning.digest import digest
    from scheduler.reports import render_applied, render_report, summary_line

    here = session(directory / "config", now, verbose=verbose, quiet=quiet)
    make_demo(directory, here.now)
    job = open_job(Session(here.config, here.now, verbose=verbose, quiet=True))
    result = job.run()
    if not quiet:
        here.emit("BEFORE: how the sample organisation stands\n")
        here.emit(render_report(result.before.gaps, "table", width=terminal_width(), colour=in_colour()))
        here.emit("\nTHE JOB: what it did\n")
        here.emit(
            render_applied(
                result.plan,
                digest(result.plan),
                result.applied,
                "table",
                width=terminal_width(),
                colour=in_colour(),
            )
        )
        here.emit("\nAFTER: how it stands now\n")
        here.emit(render_report(result.after.gaps, "table", width=terminal_width(), colour=in_colour()))
        here.emit(where_to_look(directory, result))
    here.warn([summary_line(result.after.gaps, result.applied)])
