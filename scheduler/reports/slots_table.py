"""The best times of a pair for a terminal: a line each with what speaks for and against it, then the week as a picture."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from scheduler.reports.slots_words import NOTHING_FITS, NOTHING_HELPS, TITLE, Line, Page, shades
from scheduler.reports.terminal import drawn, fitted, flowed, indented
from scheduler.slots.advice import Advice
from scheduler.slots.picture import HalfHour, Row, Shade, State
from scheduler.words import day_words, listed

_BLOCKS = {Shade.FEW: "░", Shade.HALF: "▒", Shade.ENOUGH: "▓", Shade.ALL: "█"}
_STYLES = {
    Shade.FEW: "color(131)",
    Shade.HALF: "color(172)",
    Shade.ENOUGH: "color(36)",
    Shade.ALL: "color(29)",
}
_TAKEN, _OUTSIDE = "1-2-1", "·"
_CELL = 5
_GAP = 2


def render_slots(advice: Advice, *, width: int = 80, colour: bool = False) -> str:
    """Write the advice for a terminal of that width; without colour, symbols and words say it all."""
    return drawn(lambda console: draw_slots(console, Page(advice)), width=width, colour=colour)


def draw_slots(console: Console, page: Page) -> None:
    """Print who asks, the best times or what would help, the counts, and the week."""
    at = page.advice.now
    console.print(Text.assemble((TITLE, "bold"), f"  {day_words(at.date())} {at.year}, {at:%H:%M %Z}"))
    indented(console, f"{page.names[0]} and {page.names[1]}: {page.asked}", "bold", by=0)
    indented(console, f"{page.looked_at[0].upper()}{page.looked_at[1:]}.", "dim", by=0)
    for series in page.present:
        indented(console, series, by=0)
    console.print()
    if page.lines:
        _draw_lines(console, page)
    else:
        _draw_relaxations(console, page)
    console.print()
    indented(console, page.advice.counts, "dim", by=0)
    console.print()
    _draw_week(console, page)


def _draw_lines(console: Console, page: Page) -> None:
    headings = ("", *page.cities, "Free", "Score", "First")
    rows = [_cells(line) for line in page.lines]
    widths = [max(map(cell_len, column)) for column in zip(headings, *rows, strict=True)]
    console.print(_row([fitted(head, wide, "bold") for head, wide in zip(headings, widths, strict=True)]))
    console.print(Text("─" * (sum(widths) + _GAP * (len(widths) - 1)), style="dim"))
    for line, row in zip(page.lines, rows, strict=True):
        console.print(_row([_figure(row[0], widths[0]), *_after_rank(row, widths)]))
        if line.speaks_for:
            indented(console, listed(line.speaks_for), "green", bullet="+ ")
        if line.against:
            indented(console, listed(line.against), "yellow", bullet="- ")


def _cells(line: Line) -> list[str]:
    theirs = [line.theirs] if line.theirs else []
    return [str(line.rank), line.mine, *theirs, line.free, str(line.score), line.first]


def _after_rank(row: Sequence[str], widths: Sequence[int]) -> Iterator[Text]:
    """Yield the cells of a row but the first: the manager's time stands out, the score is a figure."""
    score = len(row) - 2
    for number, (cell, wide) in enumerate(zip(row, widths, strict=True)):
        if number == score:
            yield _figure(cell, wide, "")
        elif number:
            yield fitted(cell, wide, "bold" if number == 1 else "")


def _figure(number: str, wide: int, style: str = "bold") -> Text:
    return Text(number.rjust(wide), style=style)


def _row(cells: Sequence[Text]) -> Text:
    return Text(" " * _GAP).join(cells)


def _draw_relaxations(console: Console, page: Page) -> None:
    console.print(Text(NOTHING_FITS, style="bold red"))
    if not page.advice.relaxations:
        indented(console, NOTHING_HELPS, by=0)
        return
    console.print(Text("What would help, the cheapest first:"))
    for number, relaxation in enumerate(page.advice.relaxations, start=1):
        console.print()
        indented(console, relaxation.does, "bold", by=0, bullet=f"{number:>2}  ")
        indented(console, f"makes possible: {page.relaxed(relaxation)}", "green", by=4)


def _draw_week(console: Console, page: Page) -> None:
    week = page.advice.week
    clocks = _clock_widths(page)
    gap = " " * _GAP
    heads = [fitted(name, wide, "bold") for name, wide in zip(page.cities, clocks, strict=True)]
    days = [Text(day.center(_CELL), style="bold") for day in week.headings]
    console.print(Text(gap).join([*heads, Text(" ").join(days)]))
    for row in week.rows:
        times = [fitted(text, wide, "dim") for text, wide in zip(_clocks(row, page), clocks, strict=True)]
        cells = [_cell(cell) for cell in row.cells]
        console.print(Text(gap).join([*times, Text(" ").join(cells)]))
    console.print()
    flowed(console, _legend(page))


def _clocks(row: Row, page: Page) -> list[str]:
    return [row.start] if page.one_clock else [row.start, "/".join(row.theirs)]


def _clock_widths(page: Page) -> list[int]:
    rows = [_clocks(row, page) for row in page.advice.week.rows]
    return [max(map(cell_len, column)) for column in zip(page.cities, *rows, strict=True)]


def _cell(cell: HalfHour) -> Text:
    """Draw a half hour: how free it is, with the rank of the time that starts in it, or `now`."""
    mark = str(cell.rank) if cell.rank is not None else "now" if cell.present else ""
    if cell.state is State.OUTSIDE:
        return Text((mark or _OUTSIDE).center(_CELL), style="dim")
    if cell.state is State.ONE_TO_ONE:
        return Text((mark or _TAKEN).center(_CELL), style="dim")
    block, style = _BLOCKS[cell.shade], _STYLES[cell.shade]
    if not mark:
        return Text(block * _CELL, style=style)
    return Text.assemble((block, style), (mark.center(_CELL - 2), "bold"), (block, style))


def _legend(page: Page) -> list[Text]:
    """Explain what is drawn; no more than occurs."""
    cells = [cell for row in page.advice.week.rows for cell in row.cells]
    drawn_shades = {cell.shade for cell in cells if cell.state is State.OPEN}
    told = [
        Text.assemble((_BLOCKS[shade] * 2, _STYLES[shade]), f" {words}")
        for shade, words in shades(page.advice.enough).items()
        if shade in drawn_shades
    ]
    if any(cell.state is State.ONE_TO_ONE for cell in cells):
        told.append(Text.assemble((_TAKEN, "dim"), " another one is in the way"))
    if any(cell.state is State.OUTSIDE for cell in cells):
        told.append(Text.assemble((_OUTSIDE, "dim"), " outside the hours of one"))
    if page.lines:
        told.append(Text.assemble(("1", "bold"), " the times above"))
    return told
