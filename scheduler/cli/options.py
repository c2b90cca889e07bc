"""The options that every command takes, and the session that they make."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

ConfigOption = Annotated[
    Path,
    typer.Option(
        "--config",
        metavar="DIR",
        envvar="ONETOONE_CONFIG",
        help="The folder with onetoone.toml and people.csv.",
    ),
]
NowOption = Annotated[
    str | None,
    typer.Option("--now", metavar="TIME", help="Pretend that it is this moment (ISO 8601 with offset)."),
]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say more; show the trace when something breaks.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what is wrong.")]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to standard output."),
]
YesReallyOption = Annotated[
    bool,
    typer.Option("--yes-really", help="Go past the safety limits of the config, this once."),
]


class ReportFormat(StrEnum):
    """How the gap report can be shown."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    MARKDOWN = "markdown"


class PlanFormat(StrEnum):
    """How a plan can be shown."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


class SlotsFormat(StrEnum):
    """How the best times of a pair can be shown."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"


class ResultFormat(StrEnum):
    """How the result of a run can be shown."""

    TABLE = "table"
    JSON = "json"


DEFAULT_CONFIG = Path("config")


@dataclass(frozen=True, slots=True)
class Session:
    """One call of a command: where its config is, what time it is, and how much it says."""

    config: Path
    now: datetime
    verbose: bool
    quiet: bool

    def say(self, *lines: object) -> None:
        """Write to standard error, unless told to be quiet."""
        if not self.quiet:
            self.warn(lines)

    def warn(self, lines: Iterable[object]) -> None:
        """Write to standard error, always; as JSON where machines read it."""
        from scheduler.logs import tell

        for line in lines:
            tell(str(line))

    def emit(self, text: str, output: Path | None = None) -> None:
        """Write data: to standard output, or whole to a file."""
        from scheduler.cli.output import write_output

        write_output(text, output)


def session(config: Path, now: str | None, *, verbose: bool, quiet: bool) -> Session:
    """Start a command: read the clock, set up logs; raise WrongUsage for a `--now` that is no time."""
    from scheduler.clock import read_clock
    from scheduler.logs import set_up_logs

    set_up_logs(verbose=verbose)
    return Session(config, read_clock(now), verbose, quiet)
