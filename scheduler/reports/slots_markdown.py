"""The best times of a pair as Markdown, for a wiki or a chat."""

from collections.abc import Iterator

from scheduler.reports.markdown import escaped
from scheduler.reports.slots_words import NOTHING_FITS, NOTHING_HELPS, TITLE, Page, shades
from scheduler.slots.advice import Advice
from scheduler.slots.picture import HalfHour, Shade, State
from scheduler.words import day_words

_BLOCKS = {Shade.FEW: "░", Shade.HALF: "▒", Shade.ENOUGH: "▓", Shade.ALL: "█"}


def render_slots(advice: Advice, *, width: int = 80, colour: bool = False) -> str:  # noqa: ARG001  every format is called alike
    """Write the best times as a table with their reasons below, or what would help; then the week."""
    page = Page(advice)
    at = f"{day_words(advice.now.date())} {advice.now.year}, {advice.now:%H:%M %Z}"
    parts = [
        f"# {TITLE}: {escaped(page.names[0])} and {escaped(page.names[1])}",
        f"{at}. {page.asked[0].upper()}{page.asked[1:]}; {page.looked_at}.",
        *(escaped(series) for series in page.present),
        *(_times(page) if page.lines else _help(page)),
        escaped(advice.counts),
        "## The week",
        "\n".join(_week(page)),
        _key(page),
    ]
    return "\n\n".join(parts) + "\n"


def _times(page: Page) -> Iterator[str]:
    heads = ["", *page.cities, "Free", "Score", "First"]
    rows = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    for line in page.lines:
        theirs = [line.theirs] if line.theirs else []
        cells = [str(line.rank), f"**{line.mine}**", *theirs, line.free, str(line.score), line.first]
        rows.append(f"| {' | '.join(cells)} |")
    yield "\n".join(rows)
    told = []
    for line in page.lines:
        told.append(f"{line.rank}. **{line.mine}**")
        told += [f"   - {escaped(words)}" for words in line.speaks_for]
        told += [f"   - *against:* {escaped(words)}" for words in line.against]
    yield "\n".join(told)


def _help(page: Page) -> Iterator[str]:
    yield f"**{NOTHING_FITS}**"
    if not page.advice.relaxations:
        yield NOTHING_HELPS
        return
    yield "What would help, the cheapest first:"
    yield "\n".join(
        f"{number}. {escaped(relaxation.does)}\n   - makes possible: {escaped(page.relaxed(relaxation))}"
        for number, relaxation in enumerate(page.advice.relaxations, start=1)
    )


def _week(page: Page) -> Iterator[str]:
    heads = [*page.cities, *page.advice.week.headings]
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(page.cities) + ":-:|" * len(page.advice.week.headings)
    for row in page.advice.week.rows:
        clocks = [row.start] if page.one_clock else [row.start, "/".join(row.theirs)]
        yield f"| {' | '.join([*clocks, *map(_cell, row.cells)])} |"


def _cell(cell: HalfHour) -> str:
    if cell.rank is not None:
        return f"**{cell.rank}**"
    if cell.present:
        return "now"
    if cell.state is State.OPEN:
        return _BLOCKS[cell.shade]
    return "1-2-1" if cell.state is State.ONE_TO_ONE else "·"


def _key(page: Page) -> str:
    told = [f"{_BLOCKS[shade]} {words}" for shade, words in shades(page.advice.enough).items()]
    return " · ".join(
        [*told, "1-2-1: another one is in the way", "\\·: outside the hours of one", "**1**: the times above"]
    )
