"""How wide the columns of the terminal table are, and the weeks as a line of symbols."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from rich.text import Text

from scheduler.cadence.results import GapReport, PairCoverage
from scheduler.reports.statuses import LOOKS
from scheduler.reports.terminal import fitted
from scheduler.reports.weeks import WEEK, WeekState, monday_of, week_cells
from scheduler.reports.words import local_day_of, short_day

WEEK_SYMBOLS = {
    WeekState.HELD: ("●", "held", "green"),
    WeekState.MOVED: ("◐", "moved", "green"),
    WeekState.MISSED: ("○", "missed", "bold red"),
    WeekState.DECLINED: ("✕", "declined or cancelled", "yellow"),
    WeekState.CANCELLED: ("✕", "declined or cancelled", "yellow"),
    WeekState.LEAVE: ("─", "leave", "dim"),
    WeekState.PLANNED: ("·", "planned", "blue"),
    WeekState.DUE: ("◇", "due, not planned", "magenta"),
    WeekState.UNKNOWN: ("?", "not known", "cyan"),
    WeekState.NONE: (" ", "", ""),
}
_SHOWN = [symbol for symbol in WEEK_SYMBOLS.values() if symbol[1]]
_NOW = "│"
_GAP = 2
_LEAST_NAME, _READABLE_NAME, _LONGEST_NAME = 8, 11, 26
_MOST_WEEKS = (13, 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The width of each column in cells; 0 where there is no room for it.

    `past` and `ahead` are how many weeks are drawn before this one, and from this one on.
    """

    status: int
    manager: int
    report: int
    cadence: int
    dates: int
    held: int
    past: int
    ahead: int

    @property
    def weeks(self) -> int:
        """The width of the line of weeks, the mark for now in its middle."""
        return self.past + 1 + self.ahead if self.ahead else 0

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of the columns that are drawn, from left to right."""
        columns = (
            self.status,
            self.manager,
            self.report,
            self.cadence,
            self.dates,
            self.dates,
            self.held,
            self.weeks,
        )
        return tuple(width for width in columns if width)

    @property
    def total(self) -> int:
        """The width of a row."""
        return sum(self.widths) + _GAP * (len(self.widths) - 1)

    def joined(self, cells: Sequence[Text]) -> Text:
        """Put the cells of a row side by side."""
        return Text(" " * _GAP).join(cells)

    def heading(self) -> Text:
        """Return the row of headings."""
        named = (
            ("Status", self.status),
            ("Manager", self.manager),
            ("Report", self.report),
            ("Cadence", self.cadence),
            ("Last", self.dates),
            ("Next", self.dates),
            ("Held", self.held),
            ("Weeks", self.weeks),
        )
        return self.joined([fitted(name, width, "bold") for name, width in named if width])


def columns_for(report: GapReport, names: Mapping[str, str], *, width: int, grouped: bool) -> Columns:
    """Share out a terminal's width: names first, then the weeks; a narrow one loses columns.

    What goes first is the count held, then the cadence, then the line of weeks.
    """
    pairs = report.pairs
    shown = (f"{look.symbol} {look.word}" for status, look in LOOKS.items() if report.totals[status])
    status = _widest(shown, len("Status"))
    cadence = _widest((str(c.cadence) for c in pairs if c.cadence is not None), 7)
    held = _widest((f"{c.held}/{c.expected}" for c in pairs), 4)
    dates = _widest(_dates(report), 5)
    wanted = [
        0 if grouped else _name_width(names[c.pair.manager.email] for c in pairs),
        _name_width(names[c.pair.report.email] for c in pairs),
    ]
    least_names = sum(min(_READABLE_NAME, name) for name in wanted)
    for with_cadence, with_held, (past, ahead) in (
        (True, True, (10, 6)),
        (True, False, (6, 3)),
        (False, False, (6, 3)),
        (False, False, (0, 0)),
    ):
        columns = Columns(
            status=status,
            manager=0 if grouped else 1,
            report=1,
            cadence=cadence if with_cadence else 0,
            dates=dates,
            held=held if with_held else 0,
            past=past,
            ahead=ahead,
        )
        room = width - columns.total + columns.manager + columns.report
        if room >= least_names:
            break
    return _filled(columns, room, wanted)


def _filled(columns: Columns, room: int, wanted: Sequence[int]) -> Columns:
    """Give the names what they want, as far as there is room, and the weeks what is left."""
    manager, report = wanted
    while manager + report > max(room, sum(min(_LEAST_NAME, name) for name in wanted)):
        if manager >= report:
            manager -= 1
        else:
            report -= 1
    past, ahead = columns.past, columns.ahead
    left = room - manager - report
    while left > 0 and ahead and (past < _MOST_WEEKS[0] or ahead < _MOST_WEEKS[1]):
        if past < _MOST_WEEKS[0] and (past < 2 * ahead or ahead >= _MOST_WEEKS[1]):
            past += 1
        else:
            ahead += 1
        left -= 1
    return replace(columns, manager=manager, report=report, past=past, ahead=ahead)


def sparkline(coverage: PairCoverage, report: GapReport, columns: Columns) -> Text:
    """Return the weeks before now and those from this one on, with a mark between the two."""
    now = monday_of(report.generated_at, coverage.pair.manager.tz)
    cells = {cell.monday: cell.state for cell in week_cells(coverage, report)}
    symbols = [
        WEEK_SYMBOLS[cells.get(now + step * WEEK, WeekState.NONE)]
        for step in range(-columns.past, columns.ahead)
    ]
    line = Text()
    for number, (symbol, _, style) in enumerate(symbols):
        if number == columns.past:
            line.append(_NOW, style="dim")
        line.append(symbol, style=style)
    return line


def legend() -> list[Text]:
    """Explain the symbols of the weeks, each in its own item."""
    told = {word: Text.assemble((symbol, style), (f" {word}", "dim")) for symbol, word, style in _SHOWN}
    return [*told.values(), Text(f"{_NOW} this week on", style="dim")]


def _dates(report: GapReport) -> Iterable[str]:
    for coverage in report.pairs:
        tz = coverage.pair.manager.tz
        today = report.generated_at.astimezone(tz).date()
        for moment in (coverage.last_held, coverage.next_planned):
            yield short_day(local_day_of(moment, tz), today)


def _widest(texts: Iterable[str], least: int) -> int:
    return max([least, *map(cell_len, texts)])


def _name_width(texts: Iterable[str]) -> int:
    return min(_widest(texts, _LEAST_NAME), _LONGEST_NAME)
