"""Text for terminals: lines of exact width, whatever script the names are written in."""

import io
import unicodedata
from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from scheduler.errors import Problem
from scheduler.reports.order import plain
from scheduler.words import counted

_LEFT_TO_RIGHT_MARK = "\u200e"
NARROWEST = 40


def drawn(draw: Callable[[Console], None], *, width: int, colour: bool) -> str:
    """Return what a drawing prints on a terminal of that many cells, at least 40; reads no environment."""
    console = Console(
        file=io.StringIO(),
        width=max(width, NARROWEST),
        force_terminal=colour,
        color_system="256" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        force_jupyter=False,
        force_interactive=False,
        _environ={},
    )
    with console.capture() as captured:
        draw(console)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def fitted(text: str, width: int, style: str = "") -> Text:
    """Return text of exactly that many cells, cut with an ellipsis or padded.

    A name in a right-to-left script is closed by a left-to-right mark (UAX #9), so that a terminal
    which reorders such text does not pull the next column into it.
    """
    text = plain(text)
    fitting = Text(text)
    fitting.truncate(width, overflow="ellipsis")
    mark = _LEFT_TO_RIGHT_MARK if any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text) else ""
    room = " " * (width - cell_len(fitting.plain))
    return Text.assemble((fitting.plain + mark, style), room)


def indented(console: Console, text: str, style: str = "", *, by: int = 4, bullet: str = "") -> None:
    """Print a sentence under what it explains, wrapped inside the indent."""
    content = Text(plain(text), style=style)
    if not bullet:
        console.print(Padding(content, (0, 0, 0, by)))
        return
    width = console.width - by - cell_len(bullet)
    for number, line in enumerate(content.wrap(console, max(width, 1))):
        head = bullet if number == 0 else " " * cell_len(bullet)
        line.rstrip()
        console.print(Text(" " * by + head).append_text(line))


def draw_problems(console: Console, problems: Sequence[Problem]) -> None:
    """Print what could not be read, and what would mend it, below everything else."""
    if not problems:
        return
    console.print()
    console.print(Text(counted(len(problems), "problem"), style="bold"))
    for problem in problems:
        indented(console, str(problem), by=2, bullet="! ")


def flowed(console: Console, items: Sequence[Text], *, gap: int = 3) -> None:
    """Print short items side by side, on as many lines as they need; none is broken in the middle."""
    line = Text()
    for item in items:
        if line and line.cell_len + gap + item.cell_len > console.width:
            console.print(line)
            line = Text()
        line.append(" " * gap if line else "").append_text(item)
    console.print(line)
