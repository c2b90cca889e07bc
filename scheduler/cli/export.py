"""`onetoone export`: the 1-2-1s as ICS files."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.exit_codes import INCOMPLETE
from scheduler.cli.options import DEFAULT_CONFIG, ConfigOption, NowOption, QuietOption, VerboseOption, session

NAME = "export"


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
        where = output or job.config.settings.job.exports
        files = write_exports(found.known, where, wanted)
    here.say(f"{len(files.all)} files in {where}, {len(files.changed)} of them new or changed.")
    if found.known.evidence.unreadable:
        here.warn(dict.fromkeys(found.known.evidence.unreadable.values()))
        here.warn(f"{name}: left as it was, for want of a calendar" for name in files.kept)
        raise typer.Exit(INCOMPLETE)
