"""`onetoone doctor`: whether everything is as a run needs it."""

import typer

from scheduler.cli.options import DEFAULT_CONFIG, ConfigOption, NowOption, QuietOption, VerboseOption, session

NAME = "doctor"


def command(
    config: ConfigOption = DEFAULT_CONFIG,
    now: NowOption = None,
    *,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Check config, folders and every calendar; say what to mend."""
    from scheduler.checkup import check_up
    from scheduler.cli.start import open_job

    here = session(config, now, verbose=verbose, quiet=True)
    checked = check_up(open_job(here))
    for one in checked:
        sign = "ok  " if one.fine else "FAIL" if one.grave else "note"
        if not (quiet and one.fine):
            here.emit(f"{sign}  {one.what}")
        for problem in one.problems:
            here.emit(f"      {problem}")
    codes = [one.exit_code for one in checked if one.grave and not one.fine]
    if codes:
        raise typer.Exit(min(codes))  # what is to be mended in the config comes first
    if not quiet:
        here.emit(f"\nAll is well. Next: onetoone plan --config {config}")
