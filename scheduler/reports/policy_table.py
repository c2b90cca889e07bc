"""How often a pair is to meet, for a terminal: the answer, what it will become, every rule in its order."""

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from scheduler.cadence.explained import Explanation, Outcome
from scheduler.reports.order import plain
from scheduler.reports.policy_words import (
    SYMBOLS,
    answer,
    asks,
    because,
    becomes,
    besides,
    row,
    stays,
    whys,
)
from scheduler.reports.terminal import drawn, fitted, indented

_STYLES = {Outcome.DECIDES: "bold green", Outcome.FITS_TOO: "yellow", Outcome.DOES_NOT_FIT: "dim"}
_WIDEST_NAME = 30
_DECIDES = 30
"""What is left for what a rule decides: `every 12 months, 120 minutes`."""
_GAP = 2


def render_policy(found: Explanation, *, width: int = 80, colour: bool = False) -> str:
    """Write it for a terminal of that width; without colour, symbols and words say it all."""
    return drawn(lambda console: draw_policy(console, found), width=width, colour=colour)


def draw_policy(console: Console, found: Explanation) -> None:
    """Print the answer first, then what it will become, then the rules."""
    indented(console, answer(found), style="bold", by=0)
    indented(console, because(found.decision), style="dim", by=2, bullet="└ ")
    for told in besides(found):
        indented(console, told, by=2)
    console.print()
    for told in becomes(found) or [stays(found)]:
        indented(console, told, by=0, bullet="→ ")
    console.print()
    console.print(Text("The rules, of which the first that fits decides", style="bold"))
    called = {rule.name: row(rule, found) for rule in found.rules}
    widest = min(_WIDEST_NAME, console.width - _DECIDES)
    width = min(max(cell_len(plain(name)) for name in called.values()), widest)
    for rule in found.rules:
        style = _STYLES[rule.outcome]
        head = Text.assemble((f"{SYMBOLS[rule.outcome]} ", style), fitted(called[rule.name], width, style))
        console.print(head.append(" " * _GAP).append(asks(rule), style))
        indented(console, whys(rule), style="dim", by=4)
