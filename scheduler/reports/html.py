"""The gap report as one HTML page that stands alone: no network, no other file, no script."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scheduler.cadence.results import GapReport, PairCoverage
from scheduler.people import Person
from scheduler.reports.order import by_manager, display_names, worst_first
from scheduler.reports.statuses import FINE, LOOKS
from scheduler.reports.weeks import WEEK, WeekCell, WeekState, mondays, week_cells
from scheduler.reports.words import local_day_of, short_day
from scheduler.words import MONTHS, counted, day_words

COLUMNS_BEFORE_WEEKS = 2
SHOWN_AT_ONCE = 20
ROOM_FOR_A_YEAR = 3
MOST_TO_TAB_THROUGH = 50
_OUT_OF_THE_ORDINARY = {
    WeekState.MOVED,
    WeekState.MISSED,
    WeekState.DECLINED,
    WeekState.CANCELLED,
    WeekState.LEAVE,
}
_LETTERS = {
    WeekState.HELD: "h",
    WeekState.MOVED: "v",
    WeekState.MISSED: "x",
    WeekState.DECLINED: "d",
    WeekState.CANCELLED: "c",
    WeekState.LEAVE: "l",
    WeekState.PLANNED: "p",
    WeekState.DUE: "u",
    WeekState.UNKNOWN: "q",
    WeekState.NONE: "n",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A count of pairs with one status, which also chooses those pairs."""

    key: str
    symbol: str
    word: str
    meaning: str
    count: int


@dataclass(frozen=True)
class Row:
    """One pair, ready to be written."""

    coverage: PairCoverage
    manager: str
    report: str
    last: str
    next: str
    cells: tuple[WeekCell | None, ...]

    @property
    def status(self) -> str:
        """The status as its key."""
        return self.coverage.status.value

    @property
    def look(self) -> tuple[str, str]:
        """The status as its symbol and its word."""
        return LOOKS[self.coverage.status].symbol, LOOKS[self.coverage.status].word

    @property
    def cadence(self) -> str:
        """How often the two are to meet."""
        return (
            "no 1-2-1"
            if self.coverage.cadence is None
            else f"every {self.coverage.cadence}".replace("every 1 ", "every ")
        )

    @property
    def share(self) -> int:
        """What was held of what was expected, in hundredths, for the bar."""
        return round(100 * (self.coverage.coverage or 0))


@dataclass(frozen=True, slots=True)
class Group:
    """A manager with their pairs, worst first."""

    anchor: str
    manager: str
    count: str
    tally: tuple[tuple[str, str, int], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Page:
    """Everything that the template shows, in the words and the order in which it shows it."""

    report: GapReport

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What people are called."""
        return display_names(self.report)

    @cached_property
    def weeks(self) -> tuple[date, ...]:
        """The Monday of every week in which any pair has a cell; managers' zones may differ at the ends."""
        zones = {coverage.pair.manager.tz for coverage in self.report.pairs}
        return tuple(sorted({monday for tz in zones for monday in mondays(self.report.window, tz)}))

    @property
    def months(self) -> tuple[tuple[str, int], ...]:
        """The months of the Mondays, each with how many weeks it spans, years where there is room."""
        spans = [
            (month, len(list(weeks)))
            for month, weeks in groupby(self.weeks, key=lambda day: day.replace(day=1))
        ]
        first = next((month for month, span in spans if span >= ROOM_FOR_A_YEAR), None)
        return tuple(
            (
                f"{MONTHS[month.month - 1]} {month.year}"
                if month == first or (month.month == 1 and span >= ROOM_FOR_A_YEAR)
                else MONTHS[month.month - 1],
                span,
            )
            for month, span in spans
        )

    @property
    def this_week(self) -> int | None:
        """Which of the weeks is the present one, counted from 0."""
        today = self.report.generated_at.date()
        return next(
            (number for number, monday in enumerate(self.weeks) if monday <= today < monday + WEEK), None
        )

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The totals, worst first."""
        totals = self.report.totals
        return tuple(
            Tile(status.value, look.symbol, look.word, look.meaning, totals[status])
            for status, look in LOOKS.items()
        )

    def stop(self, cell: WeekCell) -> int:
        """Say whether the Tab key stops at a week: 0 where it is out of the ordinary, -1 where it is not.

        All weeks can be tapped. On a page of very many pairs none is a stop: Tab would never come to an end.
        """
        return (
            0 if cell.state in _OUT_OF_THE_ORDINARY and len(self.report.pairs) <= MOST_TO_TAB_THROUGH else -1
        )

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The managers, the one with the worst pair first."""
        return tuple(self._groups())

    @property
    def attention(self) -> tuple[Row, ...]:
        """The pairs that are not fine, worst first."""
        rows = {row.coverage.pair.key: row for group in self.groups for row in group.rows}
        return tuple(rows[c.pair.key] for c in worst_first(self.report.pairs) if c.status not in FINE)

    @property
    def suggestions(self) -> tuple[Row, ...]:
        """The pairs that are fine and could be better still."""
        return tuple(
            row
            for group in self.groups
            for row in group.rows
            if row.coverage.status in FINE and row.coverage.suggestions
        )

    def _groups(self) -> Iterator[Group]:
        for number, (manager, pairs) in enumerate(by_manager(self.report.pairs).items()):
            found = Counter(coverage.status for coverage in pairs)
            tally = tuple(
                (status.value, LOOKS[status].symbol, found[status]) for status in LOOKS if found[status]
            )
            rows = tuple(self._row(coverage) for coverage in pairs)
            yield Group(f"m{number}", self.names[manager], counted(len(pairs), "report"), tally, rows)

    def _row(self, coverage: PairCoverage) -> Row:
        tz = coverage.pair.manager.tz
        today = self.report.generated_at.astimezone(tz).date()
        cells = {cell.monday: cell for cell in week_cells(coverage, self.report)}
        return Row(
            coverage=coverage,
            manager=self._name(coverage.pair.manager),
            report=self._name(coverage.pair.report),
            last=short_day(local_day_of(coverage.last_held, tz), today),
            next=short_day(local_day_of(coverage.next_planned, tz), today),
            cells=tuple(cells.get(monday) for monday in self.weeks),
        )

    def _name(self, person: Person) -> str:
        return self.names[person.email]


def render_report(report: GapReport, *, width: int = 80, colour: bool = False) -> str:  # noqa: ARG001  every format is called alike
    """Write the page; the only style allowed in it is its own, by its hash, and no script at all.

    Times are by the manager's clock. Nothing that a person typed gets in unescaped; names keep their
    own direction.
    """
    page = Page(report)
    style = _style(page)
    at = report.generated_at
    return (
        environment()
        .get_template("report.html.jinja")
        .render(
            page=page,
            style=Markup(style),  # noqa: S704  our own file, with no more than numbers put in
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            at=f"{day_words(at.date())} {at.year}, {at:%H:%M %Z}",
            window=f"{day_words(report.window.start.date())} to {day_words(report.window.end.date())}",
            shown=SHOWN_AT_ONCE,
            letters=_LETTERS,
        )
    )


@cache
def environment() -> Environment:
    """Return what fills in the templates of this room: escaping, and strict about what is missing."""
    templates = Environment(
        loader=PackageLoader("scheduler.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["week_number"] = lambda monday: monday.isocalendar().week
    return templates


def _style(page: Page) -> str:
    at = page.report.generated_at
    passed = round(100 * (at.weekday() * 24 + at.hour) / (7 * 24))
    column = None if page.this_week is None else page.this_week + COLUMNS_BEFORE_WEEKS + 1
    statuses: Sequence[str] = [tile.key for tile in page.tiles]
    return (
        environment().get_template("report.css.jinja").render(passed=passed, column=column, statuses=statuses)
    )
