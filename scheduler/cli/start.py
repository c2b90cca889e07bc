"""What commands that work on a config have in common: loading it, and showing progress."""

import sys
from functools import partial

from scheduler.cli.options import Session
from scheduler.config import load_config
from scheduler.google.directory import directory_users
from scheduler.job import Job
from scheduler.looking import Progress


def open_job(here: Session, also: frozenset[str] = frozenset()) -> Job:
    """Load the config and say its warnings; raise BadConfig with every problem in it.

    `also` are columns of the roster that people keep beside those that rules for how often look at.
    """
    config = load_config(here.config, partial(directory_users, also=also), also=also)
    here.say(*config.warnings)
    return Job(config, here.now, progress_to_terminal(here))


def progress_to_terminal(here: Session) -> Progress:
    """Return what shows progress: a bar where standard error is a terminal, silence elsewhere."""
    if here.quiet or not sys.stderr.isatty():
        return lambda _what, _done, _of: None
    from scheduler.cli.progress import bars

    return bars()
