"""`onetoone init`: a commented config to edit."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.options import (
    DEFAULT_CONFIG,
    ConfigOption,
    NowOption,
    QuietOption,
    VerboseOption,
    session,
)

NAME = "init"


def command(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Where to write it; --config if left out.")
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    now: NowOption = None,
    *,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Write a commented config to edit; overwrites nothing."""
    from scheduler.init import write_defaults

    directory = directory or config
    here = session(directory, now, verbose=verbose, quiet=quiet)
    written, kept = write_defaults(directory)
    here.say(
        *(f"wrote {path}" for path in written), *(f"kept  {path} (it was there already)" for path in kept)
    )
    here.say("", f"Next: edit {directory / 'people.csv'}, then run: onetoone doctor --config {directory}")
