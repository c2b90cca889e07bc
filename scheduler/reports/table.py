"""The gap report for a terminal: totals, then worst first, with the reasons under what is not fine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Console
from rich.text import Text

from scheduler.cadence.results import GapReport, PairCoverage
from scheduler.reports.order import by_manager, display_names, plain, worst_first
from scheduler.reports.statuses import FINE, LOOKS
from scheduler.reports.table_columns import Columns, columns_for, legend, sparkline
from scheduler.reports.terminal import draw_problems, drawn, fitted, flowed, indented
from scheduler.reports.words import local_day_of, short_day
from scheduler.words import counted, day_words

STYLES = {
    "unscheduled": "bold magenta",
    "overdue": "bold red",
    "at_risk": "bold yellow",
    "unknown": "bold cyan",
    "on_track": "green",
    "paused": "dim",
}
MANY = 20


@dataclass(frozen=True, slots=True)
class _Page:
    """What every line of one report needs to know."""

    console: Console
    report: GapReport
    names: Mapping[str, str]
    columns: Columns


def render_report(report: GapReport, *, width: int = 80, colour: bool = False) -> str:
    """Write the report for a terminal of that width; without colour, symbols and words say it all."""
    return drawn(lambda console: draw_report(console, report), width=width, colour=colour)


def draw_report(console: Console, report: GapReport) -> None:
    """Print the report: flat with a column for managers, or, past 20 pairs, a heading a manager."""
    names = display_names(report)
    grouped = len(report.pairs) > MANY
    page = _Page(console, report, names, columns_for(report, names, width=console.width, grouped=grouped))
    at = report.generated_at
    console.print(
        Text.assemble(("1-2-1 gap report", "bold"), f"  {day_words(at.date())} {at.year}, {at:%H:%M %Z}")
    )
    flowed(console, _totals(report))
    console.print()
    if not report.pairs:
        console.print("No pairs: nobody on the roster has a manager.")
    else:
        _draw_pairs(page, grouped=grouped)
    draw_problems(console, report.problems)
    if grouped:
        console.print()
        flowed(console, _totals(report))


def _draw_pairs(page: _Page, *, grouped: bool) -> None:
    page.console.print(page.columns.heading())
    page.console.print(Text("─" * page.columns.total, style="dim"))
    if not grouped:
        _draw_group(page, worst_first(page.report.pairs))
    else:
        for number, (manager, group) in enumerate(by_manager(page.report.pairs).items()):
            if number:
                page.console.print()
            page.console.print(_group_heading(page, manager, group))
            _draw_group(page, group)
    if page.columns.weeks:
        page.console.print()
        flowed(page.console, legend())


def _draw_group(page: _Page, group: Sequence[PairCoverage]) -> None:
    for coverage in group:
        page.console.print(_row(page, coverage))
        if coverage.status not in FINE:
            indented(page.console, " ".join(coverage.reasons), bullet="└ ")
        for suggestion in coverage.suggestions:
            indented(page.console, suggestion, style="italic", bullet="→ ")


def _row(page: _Page, coverage: PairCoverage) -> Text:
    columns, pair = page.columns, coverage.pair
    look, style = LOOKS[coverage.status], STYLES[coverage.status]
    tz = pair.manager.tz
    today = page.report.generated_at.astimezone(tz).date()
    cells = [fitted(f"{look.symbol} {look.word}", columns.status, style)]
    if columns.manager:
        cells.append(fitted(page.names[pair.manager.email], columns.manager))
    cells.append(fitted(page.names[pair.report.email], columns.report, "bold"))
    if columns.cadence:
        cells.append(fitted("none" if coverage.cadence is None else str(coverage.cadence), columns.cadence))
    cells += [
        fitted(_day(moment_day, today), columns.dates)
        for moment_day in (local_day_of(coverage.last_held, tz), local_day_of(coverage.next_planned, tz))
    ]
    if columns.held:
        held = f"{coverage.held}/{coverage.expected}" if coverage.expected else "—"
        cells.append(fitted(held, columns.held))
    if columns.weeks:
        cells.append(sparkline(coverage, page.report, columns))
    return columns.joined(cells)


def _day(day: date | None, today: date) -> str:
    return "today" if day == today else short_day(day, today)


def _group_heading(page: _Page, manager: str, group: Sequence[PairCoverage]) -> Text:
    found = [coverage.status for coverage in group]
    counts = [f"{found.count(status)} {look.word}" for status, look in LOOKS.items() if status in found]
    tail = f"  {counted(len(group), 'report')}: {', '.join(counts)}"
    heading = Text.assemble((plain(page.names[manager]), "bold"), (tail, "dim"))
    heading.truncate(max(page.columns.total, page.console.width), overflow="ellipsis")
    return heading


def _totals(report: GapReport) -> list[Text]:
    totals = report.totals
    shown = [(status, look) for status, look in LOOKS.items() if totals[status]]
    return [
        Text(counted(totals["pairs"], "pair"), style="bold"),
        *(
            Text(f"{look.symbol} {totals[status]:,} {look.word}", style=STYLES[status])
            for status, look in shown
        ),
    ]
