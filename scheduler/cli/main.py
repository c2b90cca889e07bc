"""The command `onetoone`: one file a command; this one joins them and words what goes wrong."""

import gc
import os
import sys
import traceback
from typing import Annotated, NoReturn

import typer

from scheduler import __version__
from scheduler.cli import (
    agenda,
    apply,
    auth,
    capacity,
    demo,
    doctor,
    export,
    init,
    plan,
    policy,
    report,
    run,
    slots,
)
from scheduler.errors import OnetooneError

_NEW_OBJECTS = 50_000

app = typer.Typer(
    name="onetoone",
    help="Keeps managers and their reports meeting: finds the 1-2-1s that are missing, creates them, attaches agendas.",
    epilog="Start with 'onetoone demo', or 'onetoone init' and 'onetoone doctor'. Exit codes: docs/commands.md.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (init, demo, doctor, report, policy, capacity, slots, plan, apply, run, agenda, export):
    app.command(command.NAME)(command.command)
app.add_typer(auth.app, name=auth.NAME)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - a callback gets its option's value and nothing else
    if wanted:
        typer.echo(f"onetoone {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def collect_rarely() -> None:
    """Have Python look for cycles less often than after every 700 new objects.

    Readings are hundreds of thousands of objects and no cycles; at Python's own pace a fifth of the time goes into looking.
    """
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])


def main() -> NoReturn:
    """Run the command line and leave with the exit code that docs/commands.md gives."""
    collect_rarely()
    try:
        app()
    except OnetooneError as error:
        _explain(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("Stopped. What was done is done; the next run goes on from here.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away (`| head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 # the last door: a bug of ours gets one line
        _own_up(error)
        sys.exit(1)
    sys.exit(0)


def _explain(error: OnetooneError) -> None:
    from scheduler.logs import tell

    for problem in error.problems:
        tell(str(problem), wrong=True)
    if len(error.problems) > 1:
        tell(f"{len(error.problems)} problems; nothing was done.", wrong=True)


def _own_up(error: Exception) -> None:
    if "--verbose" in sys.argv or "-v" in sys.argv:
        traceback.print_exception(error)
    from scheduler.logs import tell

    line = f"onetoone itself failed ({type(error).__name__}: {error}); run it again with --verbose to see the trace."
    tell(" ".join(line.split()), wrong=True)
