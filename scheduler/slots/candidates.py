"""Every time at which a series of a pair could be, and which of them is the best."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from scheduler.every import Cadence, Unit
from scheduler.settings import SlotSettings
from scheduler.slots.board import Board, SharedDays
from scheduler.slots.grid import CELL, CELLS_A_DAY, bit_places, cells_of, starts_touching
from scheduler.slots.patterns import patterns
from scheduler.slots.request import SlotRequest
from scheduler.slots.score import Dislike, Facts, dislikes, points, week_ends
from scheduler.timespans import Span

_HALF_HOUR = timedelta(minutes=30)
_LOOK_AHEAD_OF_RARE_ONES = timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A time for a series that breaks no hard rule; days are places on the grid, cells of a day.

    `days` are all its dates; the first `judged` of them lie in the look-ahead, `clashes` and `away`
    are some of these. `points` are what speaks against it (`score.py`).
    """

    rrule: str
    weekday: int
    days: tuple[int, ...]
    cell: int
    judged: int
    clashes: tuple[int, ...]
    away: tuple[int, ...]
    points: int
    disliked: frozenset[Dislike]

    @property
    def counted(self) -> int:
        """The dates of the look-ahead on which neither is away; the first date is always one."""
        return self.judged - len(self.away)

    @property
    def free(self) -> int:
        """On how many dates of the look-ahead the two are free."""
        return self.counted - len(self.clashes)

    @property
    def free_share(self) -> float:
        """Return the share of dates on which the two are free, dates away left out of it."""
        return self.free / self.counted

    @property
    def order(self) -> tuple[int, int, int, int, str]:
        """Best first: fewest clashes, then fewest points, then the earliest."""
        return len(self.clashes), self.points, self.days[0], self.cell, self.rrule


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
    search = _Search(
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """What the search along one pattern needs to know; `earliest` and `end` are (day, cell)."""

    request: SlotRequest
    days: SharedDays
    ahead: Sequence[int]
    first_weekday: int
    grid_starts: int
    earliest: tuple[int, int]
    end: tuple[int, int]

    def along(self, rrule: str, days: tuple[int, ...]) -> Iterator[Candidate]:
        """Yield the candidates on these dates; a first date that cannot be is left to the next."""
        waiting = self.grid_starts
        for skipped, first in enumerate(days):
            if not waiting or (skipped and (first, 0) >= self.end):
                return
            not_yet = self._too_early(first) | self._touching(self.days.away[first])
            yield from self._starting(rrule, days[skipped:], waiting & ~not_yet)
            waiting &= not_yet

    def _starting(self, rrule: str, days: tuple[int, ...], starts: int) -> Iterator[Candidate]:
        in_hours = self.grid_starts & ~self._touching(_any(self.days.closed, days))
        starts &= in_hours
        if starts:
            starts &= ~self._touching(_any(self.days.one_to_ones, days))
        if not starts:
            return
        whole = bisect_left(days, self.end[0])
        seen = days[: whole + 1]
        away = [self._touching(self.days.away[day]) for day in seen]
        busy = [self._touching(self.days.busy[day]) & ~row for day, row in zip(seen, away, strict=True)]
        next_to = _any(self.days.one_to_ones, seen)
        centre = in_hours.bit_length() - 1 + (in_hours & -in_hours).bit_length() - 1
        for cell in bit_places(starts):
            on_edge = whole < len(days) and (days[whole], cell) < self.end
            judged = max(1, whole + on_edge)
            clashes = _where(busy, cell, days[:judged])
            disliked = self._disliked(days, cell)
            facts = Facts(
                disliked=disliked,
                cell=cell,
                centre=centre,
                wait=days[0] - self.earliest[0],
                overdue=self.request.urgency > 0,
                first_clashes=clashes[:1] == days[:1],
                no_air=bool((next_to << 1 >> cell) & (1 | 2 << cells_of(self.request.minutes))),
            )
            yield Candidate(
                rrule=rrule,
                weekday=self._weekday(days),
                days=days,
                cell=cell,
                judged=judged,
                clashes=clashes,
                away=_where(away, cell, days[:judged]),
                points=points(facts),
                disliked=disliked,
            )

    def _weekday(self, days: tuple[int, ...]) -> int:
        return (self.first_weekday + days[0]) % 7

    def _too_early(self, day: int) -> int:
        earliest_day, earliest_cell = self.earliest
        return (1 << earliest_cell) - 1 if day == earliest_day else 0

    def _touching(self, row: int) -> int:
        return starts_touching(row, cells_of(self.request.minutes))

    def _disliked(self, days: tuple[int, ...], cell: int) -> frozenset[Dislike]:
        """Return what either dislikes on any date, each by their own clock."""
        weekday, cells = self._weekday(days), cells_of(self.request.minutes)
        pair = self.request.pair
        found = dislikes(weekday, cell, cells, week_ends(pair.manager.hours))
        for ahead in {self.ahead[day] for day in days}:
            found |= dislikes(weekday, cell + ahead, cells, week_ends(pair.report.hours))
        return found


def _any(rows: Sequence[int], days: tuple[int, ...]) -> int:
    """Return the cells that are set on any of the days."""
    result = 0
    for day in days:
        result |= rows[day]
    return result


def _where(rows: Sequence[int], cell: int, days: tuple[int, ...]) -> tuple[int, ...]:
    """Return the days on whose row the cell is set; rows and days run side by side."""
    return tuple(day for day, row in zip(days, rows, strict=False) if row >> cell & 1)
