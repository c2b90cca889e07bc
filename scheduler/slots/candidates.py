"""Every time at which a series of a pair could be, and which of them is the best."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from scheduler.every import Cadence, Unit
from scheduler.settings import SlotSettings
from scheduler.slots.board import Board, SharedDays
from scheduler.slots.grid import CELL, CELLS_A_DAY
from scheduler.slots.patterns import patterns
from scheduler.slots.request import SlotRequest
from scheduler.slots.search import Candidate, Search
from scheduler.timespans import Span

_HALF_HOUR = timedelta(minutes=30)
_LOOK_AHEAD_OF_RARE_ONES = timedelta(weeks=26)


def best(request: SlotRequest, board: Board, window: Span, settings: SlotSettings) -> Candidate | None:
    """Return the best time that breaks no hard rule and clashes no more than settings allow."""
    allowed = (
        candidate
        for candidate in candidates(request, board, window, settings)
        if candidate.free_share >= settings.free_share
    )
    return min(allowed, key=lambda candidate: candidate.order, default=None)


def candidates(
    request: SlotRequest,
    board: Board,
    window: Span,
    settings: SlotSettings,
    *,
    days: SharedDays | None = None,
) -> Iterator[Candidate]:
    """Yield every time that breaks no hard rule on any date of the grid, in no order.

    Hard: inside both people's hours by the manager's wall clock, never on a 1-2-1 of either, not
    before `request.earliest`. Where one is away on the first date the series starts with the next. `days` stands in for the board's, to ask
    'what if'.
    """
    grid, tz = board.grid, request.pair.manager.tz
    last = grid.last if request.until is None else min(grid.last, request.until)
    earliest = max(request.earliest, window.start).astimezone(tz)
    end = look_ahead(request.cadence, window).end.astimezone(tz)
    search = Search(
        request=request,
        days=days or board.shared(request.pair),
        ahead=board.ahead(request.pair),
        first_weekday=grid.first.weekday(),
        grid_starts=starts_on_grid(settings.step),
        earliest=(grid.index(earliest.date()), cell_from(earliest)),
        end=(grid.index(end.date()), cell_from(end)),
    )
    for pattern in patterns(request.cadence, earliest.date(), last):
        yield from search.along(pattern.rrule, tuple(grid.index(day) for day in pattern.dates))


def look_ahead(cadence: Cadence, window: Span) -> Span:
    """Return the time in which clashes count: the window, for months and quarters at least half a year."""
    if cadence.unit is Unit.WEEK:
        return window
    return Span(window.start, max(window.end, window.start + _LOOK_AHEAD_OF_RARE_ONES))


@cache
def starts_on_grid(step: timedelta) -> int:
    """Return the cells of a day at which a meeting may start: every step from midnight, :00 and :30."""
    cells = {*range(0, CELLS_A_DAY, max(1, step // CELL)), *range(0, CELLS_A_DAY, _HALF_HOUR // CELL)}
    return sum(1 << cell for cell in cells)


def cell_from(moment: datetime) -> int:
    """Return the first cell of its day that starts no earlier than this moment on the wall."""
    clock = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
    return -(-(clock + timedelta(microseconds=moment.microsecond)) // CELL)
