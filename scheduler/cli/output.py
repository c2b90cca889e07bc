"""Where a command's data goes, and how wide and colourful the place is."""

import os
import shutil
import sys
from pathlib import Path

from scheduler.errors import Problem, WriteFailed
from scheduler.files import replace_file, write_trouble

NARROWEST, WIDEST = 60, 160


def write_output(text: str, output: Path | None) -> None:
    """Write text to standard output, or replace a file whole; raise WriteFailed where it can't."""
    if output is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    try:
        replace_file(output, text.encode())
    except OSError as error:
        remedy = "name a file in a folder that exists and that you may write to"
        unusual = (f"cannot be written ({error.strerror or error})", remedy)
        raise WriteFailed(Problem(str(output), *write_trouble(error, unusual))) from error


def terminal_width() -> int:
    """Return the columns to fill: the terminal's own, within reason; 80 where there is none."""
    return max(NARROWEST, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))


def in_colour() -> bool:
    """Say whether standard output is a terminal that wants colour (NO_COLOR is honoured)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
