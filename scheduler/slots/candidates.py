"""Every time at which a series of a pair could be, and which of them is the best for the pair alone."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache, lru_cache, partial

from scheduler.every import Cadence, Unit
from scheduler.settings import Days, SlotSettings
from scheduler.slots.board import Board, SharedDays
from scheduler.slots.grid import CELL, CELLS_A_DAY, MINUTES_A_CELL, Grid, cells_of
from scheduler.slots.line import Candidate, Line, Pay
from scheduler.slots.patterns import patterns
from scheduler.slots.request import SlotRequest
from scheduler.slots.score import Bearer, Clock, Point, Taste, taste_of, week_ends
from scheduler.slots.search import Search
from scheduler.timespans import Span

_HALF_HOUR = timedelta(minutes=30)
_LOOK_AHEAD_OF_RARE_ONES = timedelta(weeks=26)
_WEEK = timedelta(weeks=1)


def best(request: SlotRequest, board: Board, window: Span, settings: SlotSettings) -> Candidate | None:
    """Return the best time that breaks no hard rule and clashes no more than settings allow; of equal ones the first, as `team_search` does."""
    found = min(
        (
            (-line.worth(cell), number, cell, line)
            for number, line in enumerate(lines(request, board, window, settings))
            for cell in line
            if line.free_share(cell) >= settings.free_share
        ),
        default=None,
    )
    return None if found is None else found[-1].candidate(found[2])


def candidates(
    request: SlotRequest,
    board: Board,
    window: Span,
    settings: SlotSettings,
    *,
    days: SharedDays | None = None,
) -> Iterator[Candidate]:
    """Yield every time that `lines` has, in no order."""
    for line in lines(request, board, window, settings, days=days):
        for cell in line:
            yield line.candidate(cell)


def lines(
    request: SlotRequest,
    board: Board,
    window: Span,
    settings: SlotSettings,
    *,
    days: SharedDays | None = None,
    placed: bool = True,
    later: int = 0,
) -> Iterator[Line]:
    """Yield every time that breaks no hard rule on any date of the grid, those of one pattern together, in no order.

    Hard: inside both people's hours by the manager's wall clock, never on a 1-2-1 of either, not
    before `request.earliest`. Where one is away on the first date the series starts with the next. `days` stands in for the board's, to ask
    'what if'; without `placed` the times that were given out do not count. With `later` each series may also begin up to so
    many days after the first date that it could have.
    """
    grid, tz = board.grid, request.pair.manager.tz
    last = grid.last if request.until is None else min(grid.last, request.until)
    earliest = max(request.earliest, window.start).astimezone(tz)
    search = Search(
        request=request,
        pay=_pay(request, board, window, settings, earliest),
        days=days or board.shared(request.pair, placed=placed),
        first_weekday=grid.first.weekday(),
        grid_starts=starts_on_grid(settings.step),
        air=-(-settings.air // CELL),
        closed=partial(board.closed_along, request.pair),
        taste=tastes(request, board, settings),
        later=later,
    )
    for rrule, dates in _dates(grid, request.cadence, earliest.date(), last):
        yield from search.along(rrule, dates)


def look_ahead(cadence: Cadence, window: Span) -> Span:
    """Return the time in which clashes count: the window, for months and quarters at least half a year."""
    if cadence.unit is Unit.WEEK:
        return window
    return Span(window.start, max(window.end, window.start + _LOOK_AHEAD_OF_RARE_ONES))


def weeks_of(window: Span) -> int:
    """Return the weeks of a window, at least one."""
    return max(1, round(window.duration / _WEEK))


def same_day(settings: SlotSettings) -> int:
    """Return what a day costs that is shared with another 1-2-1; less than nothing where one day is wished for."""
    signs = {Days.SPREAD: 1, Days.EITHER: 0, Days.TOGETHER: -1}
    return signs[settings.days] * settings.weights.same_day


def ahead_of(board: Board, window: Span, request: SlotRequest) -> int:
    """Return the first day of the grid, by the manager's clock, that the window does not reach."""
    return board.grid.index(window.end.astimezone(request.pair.manager.tz).date())


def _pay(request: SlotRequest, board: Board, window: Span, settings: SlotSettings, earliest: datetime) -> Pay:
    tz, grid = request.pair.manager.tz, board.grid
    end = look_ahead(request.cadence, window).end.astimezone(tz)
    until = ahead_of(board, window, request)
    many = board.many(request.pair.manager)
    late = request.first_due
    return Pay(
        request=request,
        weeks=weeks_of(window),
        earliest=(grid.index(earliest.date()), cell_from(earliest)),
        end=(grid.index(end.date()), cell_from(end)),
        late_from=None if late is None else grid.index(late) + 1,
        same_day=same_day(settings),
        sharing=lambda days: sum(many.get(day, 0) for day in days if day < until),
    )


def tastes(request: SlotRequest, board: Board, settings: SlotSettings) -> Callable[[tuple[int, ...]], Taste]:
    """Return what says, for the dates of a rule, what speaks for this pair against times on them, whoever is busy when."""
    manager, report = request.pair.manager, request.pair.report
    ahead, cells = board.ahead(request.pair), cells_of(request.minutes)
    mine = Clock(week_ends(manager.hours), manager.prefers, frozenset((0,)))
    ends = week_ends(report.hours)
    before = frozenset((start.weekday(), _cell(start)) for start in request.before)
    bearer = _bearer(request, settings)

    def taste(days: tuple[int, ...]) -> Taste:
        theirs = Clock(ends, report.prefers, frozenset(ahead[day] for day in days))
        return taste_of(settings, cells, (mine, theirs), bearer, before)

    return taste


def _bearer(request: SlotRequest, settings: SlotSettings) -> Bearer | None:
    """Return who of the two had the worse hours in the series before; None where neither, or there was none."""
    if not request.before:
        return None
    last, pair = request.before[-1], request.pair
    mine = last.astimezone(pair.manager.tz)
    theirs = last.astimezone(pair.report.tz)
    apart = (theirs.replace(tzinfo=None) - mine.replace(tzinfo=None)) // CELL
    clock = Clock(week_ends(pair.manager.hours), None, frozenset((0,)))
    other = Clock(week_ends(pair.report.hours), None, frozenset((apart,)))
    taste = taste_of(settings, cells_of(request.minutes), (clock, other), None, frozenset())
    manager, report = (taste.of(each, mine.weekday(), _cell(mine))[Point.UNSOCIAL] for each in (clock, other))
    if manager == report:
        return None
    return Bearer.MANAGER if manager > report else Bearer.REPORT


@lru_cache(maxsize=256)
def _dates(
    grid: Grid, cadence: Cadence, earliest: date, last: date
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the rules of a cadence, each with its dates as places on the grid."""
    return tuple(
        (pattern.rrule, tuple(map(grid.index, pattern.dates)))
        for pattern in patterns(cadence, earliest, last)
    )


@cache
def starts_on_grid(step: timedelta) -> int:
    """Return the cells of a day at which a meeting may start: every step from midnight, :00 and :30."""
    cells = {*range(0, CELLS_A_DAY, max(1, step // CELL)), *range(0, CELLS_A_DAY, _HALF_HOUR // CELL)}
    return sum(1 << cell for cell in cells)


def cell_from(moment: datetime) -> int:
    """Return the first cell of its day that starts no earlier than this moment on the wall."""
    clock = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
    return -(-(clock + timedelta(microseconds=moment.microsecond)) // CELL)


def _cell(moment: datetime) -> int:
    return (moment.hour * 60 + moment.minute) // MINUTES_A_CELL
