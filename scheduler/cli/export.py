"""`onetoone export`: the 1-2-1s as ICS files."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.options import DEFAULT_CONFIG, ConfigOption, NowOption, QuietOption, VerboseOption, session

NAME = "export"
SOME_UNREADABLE = 4


def command(
    config: ConfigOption = DEFAULT_CONFIG,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Where to write; the config's folder if left out."
        ),
    ] = None,
    manager: Annotated[
        str | None, typer.Option("--manager", metavar="EMAIL", help="Only this manager's pairs.")
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="EMAIL", help="Only this person's 1-2-1s.")
    ] = None,
    now: NowOption = None,
    *,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Write ICS files: one a person and one a pair, for any calendar program."""
    from scheduler.cli.start import open_job
    from scheduler.exports import Wanted, write_exports
    from scheduler.selection import find_person

    here = session(config, now, verbose=verbose, quiet=quiet)
    job = open_job(here)
    roster = job.config.roster
    wanted = Wanted(
        manager=find_person(roster, manager, "--manager").email if manager else None,
        person=find_person(roster, person, "--person").email if person else None,
    )
    with job.alone():
        found = job.find()
        files = write_exports(job.config, found, here.now, into=output, wanted=wanted)
    where = output or job.config.settings.job.exports
    here.say(f"{len(files.all)} files in {where}, {len(files.written)} of them new or changed.")
    if found.evidence.unreadable:
        here.warn(found.evidence.unreadable.values())
        raise typer.Exit(SOME_UNREADABLE)
