"""What a cadence costs, for a terminal: a row a manager, what binds first, and what it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from scheduler.capacity.results import CapacityReport, Fits, TeamCost, Totals
from scheduler.reports.capacity_words import (
    FIT_LOOKS,
    TITLE,
    TOO_FEW,
    counts,
    fit,
    hours,
    hours_now,
    hours_together,
    key_words,
    lines,
    names,
    share,
    sizes,
    sums,
    what_if_words,
    worth_saying,
)
from scheduler.reports.terminal import draw_problems, drawn, fitted, flowed, indented
from scheduler.words import day_words

_STYLES = {Fits.NO: "bold red", Fits.UNKNOWN: "bold cyan", Fits.YES: "green", Fits.NOTHING_ASKED: "dim"}
_STYLE_OF = {look.symbol: _STYLES[fits] for fits, look in FIT_LOOKS.items()}
_GAP = 2
_LEAST_NAME, _LONGEST_NAME = 12, 30


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures: heading, cells, the last of them the total's, and how soon it goes where room is short."""

    heading: str
    cells: tuple[str, ...]
    goes: int = 0

    @property
    def width(self) -> int:
        """The room that its widest cell needs."""
        return max(map(cell_len, (self.heading, *self.cells)))


def render_capacity(report: CapacityReport, *, width: int = 80, colour: bool = False) -> str:
    """Write it for a terminal of that width; without colour, symbols and words say it all."""
    return drawn(lambda console: draw_capacity(console, report), width=width, colour=colour)


def draw_capacity(console: Console, report: CapacityReport) -> None:
    """Print what was asked, a row a manager with why where not everybody fits, and the totals."""
    at = report.generated_at
    console.print(Text.assemble((TITLE, "bold"), f"  {day_words(at.date())} {at.year}, {at:%H:%M %Z}"))
    looks = (Text(words, style=_STYLES[fits]) for fits, words in counts(report))
    flowed(console, [*(Text(size, style="bold") for size in sizes(report)), *looks])
    if report.what_if is not None:
        console.print(Text(what_if_words(report), style="bold"))
    console.print()
    if not report.teams:
        console.print("No pairs: nobody on the roster has a manager.")
    else:
        _draw_rows(console, report)
    draw_problems(console, report.problems)


def _draw_rows(console: Console, report: CapacityReport) -> None:
    called, totals = names(report), report.totals
    first = [called[team.manager.email] for team in report.teams]
    columns = _that_fit(_columns(report.teams, totals, what_if=report.what_if is not None), console.width)
    room = console.width - sum(column.width + _GAP for column in columns)
    wide = min(max(room, _LEAST_NAME), _LONGEST_NAME, max(_LEAST_NAME, *map(cell_len, first)))
    whole = wide + sum(column.width + _GAP for column in columns)
    console.print(_row("Manager", wide, columns, [column.heading for column in columns], "bold"))
    console.print(Text("─" * whole, style="dim"))
    for number, team in enumerate(report.teams):
        console.print(_row(first[number], wide, columns, [column.cells[number] for column in columns]))
        _draw_why(console, team, report, called)
    if totals is not None and len(report.teams) > 1:
        console.print(Text("─" * whole, style="dim"))
        console.print(_row("All", wide, columns, [column.cells[-1] for column in columns], "bold"))
    console.print()
    for sentence in sums(totals, report) if totals is not None else (TOO_FEW,):
        indented(console, sentence, by=0)
    console.print()
    indented(console, key_words(report), style="dim", by=0)


def _draw_why(console: Console, team: TeamCost, report: CapacityReport, called: Mapping[str, str]) -> None:
    for line in lines(team, called):
        indented(console, line, bullet="└ ")
    if worth_saying(team, report):
        indented(console, team.practice, style="italic", bullet="→ ")


def _columns(teams: Sequence[TeamCost], totals: Totals | None, *, what_if: bool) -> list[_Column]:
    policy, asked = (totals.policy, totals.load) if totals is not None else (None, None)

    def column(heading: str, cells: Sequence[str], total: str, goes: int = 0) -> _Column:
        return _Column(heading, (*cells, total), goes)

    found = [
        column("Span", [f"{team.span:,}" for team in teams], f"{totals.reports:,}" if totals else "", 4),
        column(
            "Held",
            [hours_now(t.now.held, t.now, t.span) for t in teams],
            hours_together(totals.held, totals) if totals else "",
            3,
        ),
        column(
            "Planned",
            [hours_now(t.now.planned, t.now, t.span) for t in teams],
            hours_together(totals.planned, totals) if totals else "",
            2,
        ),
        column("Policy", [hours(team.policy.hours) for team in teams], hours(policy.hours) if policy else ""),
    ]
    if what_if:
        found += [
            column(
                "Fits",
                [fit(team.policy.fit) for team in teams],
                f"{policy.placed:,}/{policy.asked:,}" if policy else "",
                1,
            ),
            column(
                "What if", [hours(team.load.hours) for team in teams], hours(asked.hours) if asked else ""
            ),
        ]
    return [
        *found,
        column("Week", [share(team.load) for team in teams], "", 5),
        column(
            "Fits",
            [fit(team.load.fit) for team in teams],
            f"{asked.placed:,}/{asked.asked:,}" if asked else "",
        ),
    ]


def _that_fit(columns: Sequence[_Column], width: int) -> list[_Column]:
    """Return the columns for which there is room beside a name; the first to go is the one with the highest number."""
    kept = list(columns)
    while sum(column.width + _GAP for column in kept) + _LEAST_NAME > width:
        least = max(kept, key=lambda column: column.goes)
        if not least.goes:
            break
        kept.remove(least)
    return kept


def _row(name: str, wide: int, columns: Sequence[_Column], cells: Sequence[str], style: str = "") -> Text:
    parts = [fitted(name, wide, style or "bold")]
    for column, cell in zip(columns, cells, strict=True):
        pad = " " * (column.width - cell_len(cell))
        own = style or _STYLE_OF.get(cell[:1], "")
        left = column.heading == "Fits"  # its symbols stand below each other
        parts.append(Text.assemble((cell, own), pad) if left else Text.assemble(pad, (cell, own)))
    return Text(" " * _GAP).join(parts)
