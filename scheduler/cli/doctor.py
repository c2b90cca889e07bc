"""`onetoone doctor`: whether everything is as a run needs it."""

import typer

from scheduler.cli.options import DEFAULT_CONFIG, ConfigOption, NowOption, QuietOption, VerboseOption, session

NAME = "doctor"
SOMETHING_GRAVE = 4


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
    if any(one.grave and not one.fine for one in checked):
        raise typer.Exit(SOMETHING_GRAVE)
    if not quiet:
        here.emit(f"\nAll is well. Next: onetoone plan --config {config}")
