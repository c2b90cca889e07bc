"""The week of two people as a picture: each half hour of it, and on how many dates they could meet then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from scheduler.hours import WEEKDAYS
from scheduler.settings import SlotSettings
from scheduler.slots.board import Board, SharedDays
from scheduler.slots.candidates import look_ahead
from scheduler.slots.grid import MINUTES_A_CELL
from scheduler.slots.patterns import patterns
from scheduler.slots.request import SlotRequest
from scheduler.slots.words import clock
from scheduler.timespans import Span

_CELLS = 30 // MINUTES_A_CELL
_WORKING_WEEK = frozenset(range(5))
_HALF = 0.5
_MARGIN = 2


class State(StrEnum):
    """What a half hour of the week is to the two."""

    OUTSIDE = "outside"
    ONE_TO_ONE = "one_to_one"
    OPEN = "open"


class Shade(IntEnum):
    """How free the two are: on fewer than half of the dates, on half, on enough of them for a series, on all."""

    FEW = 0
    HALF = 1
    ENOUGH = 2
    ALL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfHour:
    """A half hour of a weekday, by the manager's clock.

    `free` of the `counted` dates both are free; dates on which one is away are not counted. Of a cadence that leaves weeks out it is
    the freer weeks that are told. `rank` is the place of the best time that starts here, `present` that a
    series of theirs starts here now.
    """

    state: State
    shade: Shade = Shade.FEW
    free: int = 0
    counted: int = 0
    rank: int | None = None
    present: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A half hour of every weekday: `start` by the manager's clock, `theirs` by the report's as clocks change."""

    start: str
    theirs: tuple[str, ...]
    cells: tuple[HalfHour, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The picture: `weekdays` are the columns, 0 for Monday.

    The rows are the manager's working day, less what is an hour and more away from anything that the two share.
    """

    weekdays: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The names of the weekdays."""
        return tuple(WEEKDAYS[weekday] for weekday in self.weekdays)


def week_of(
    request: SlotRequest,
    board: Board,
    window: Span,
    settings: SlotSettings,
    *,
    ranks: Mapping[tuple[int, int], int],
    present: frozenset[tuple[int, int]] = frozenset(),
) -> Week:
    """Draw the week; `ranks` and `present` are keyed by weekday and half hour of the day, by the manager's clock."""
    days = board.shared(request.pair)
    lanes = list(_lanes(request, board, window))
    hours = _working_day(request)
    cells = {
        (weekday, half): _half_hour(
            half,
            days,
            [lane for lane in lanes if lane.weekday == weekday],
            settings.free_share,
            rank=ranks.get((weekday, half)),
            present=(weekday, half) in present,
        )
        for weekday in range(7)
        for half in hours
    }
    shown = {weekday for (weekday, _), cell in cells.items() if cell.state is not State.OUTSIDE}
    weekdays = tuple(sorted(_WORKING_WEEK | shown))
    ahead = _ahead(request, board, window)
    rows = (
        Row(
            clock(half * _CELLS),
            tuple(dict.fromkeys(clock(half * _CELLS + cells_ahead) for cells_ahead in ahead)),
            tuple(cells[weekday, half] for weekday in weekdays),
        )
        for half in hours
    )
    return Week(weekdays, _near_what_is_shared(tuple(rows)))


def _near_what_is_shared(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows in which anything is open, with two more on either side; all where nothing is."""
    shared = [
        place
        for place, row in enumerate(rows)
        if any(cell.state is not State.OUTSIDE or cell.present for cell in row.cells)
    ]
    return rows[max(0, shared[0] - _MARGIN) : shared[-1] + 1 + _MARGIN] if shared else rows


@dataclass(frozen=True, slots=True)
class _Lane:
    """The dates of one pattern as places on the grid: all of them, and the first `judged` in the look-ahead."""

    weekday: int
    days: tuple[int, ...]
    judged: int


def _lanes(request: SlotRequest, board: Board, window: Span) -> Iterator[_Lane]:
    grid, tz = board.grid, request.pair.manager.tz
    last = grid.last if request.until is None else min(grid.last, request.until)
    earliest = max(request.earliest, window.start).astimezone(tz).date()
    end: date = look_ahead(request.cadence, window).end.astimezone(tz).date()
    for pattern in patterns(request.cadence, earliest, last):
        judged = sum(day < end for day in pattern.dates)
        yield _Lane(
            pattern.dates[0].weekday(), tuple(grid.index(day) for day in pattern.dates), max(1, judged)
        )


def _half_hour(
    half: int, days: SharedDays, lanes: Sequence[_Lane], enough: float, *, rank: int | None, present: bool
) -> HalfHour:
    """Return what one half hour is on the best of a weekday's patterns."""
    mask = ((1 << _CELLS) - 1) << half * _CELLS
    worked = [lane for lane in lanes if _open_cells(days.closed, lane.days, mask)]
    if not worked:
        return HalfHour(state=State.OUTSIDE, present=present)
    untaken = [
        lane
        for lane in worked
        if not any(days.one_to_ones[day] & _open_cells(days.closed, lane.days, mask) for day in lane.days)
    ]
    if not untaken:
        return HalfHour(state=State.ONE_TO_ONE, rank=rank, present=present)
    free, counted = max(
        (_freedom(days, lane, _open_cells(days.closed, lane.days, mask)) for lane in untaken),
        key=lambda found: (found[0] / max(1, found[1]), found[1]),
    )
    return HalfHour(
        state=State.OPEN,
        shade=_shade(free, counted, enough),
        free=free,
        counted=counted,
        rank=rank,
        present=present,
    )


def _open_cells(closed: Sequence[int], on: Sequence[int], mask: int) -> int:
    """Return the cells of the mask in which both work on every one of the days."""
    for day in on:
        mask &= ~closed[day]
    return mask


def _freedom(days: SharedDays, lane: _Lane, cells: int) -> tuple[int, int]:
    """Return on how many dates of the look-ahead both are free, and how many count."""
    counted = [day for day in lane.days[: lane.judged] if not days.away[day] & cells]
    return sum(not days.busy[day] & cells for day in counted), len(counted)


def _shade(free: int, counted: int, enough: float) -> Shade:
    if not counted:
        return Shade.FEW
    if free == counted:
        return Shade.ALL
    if free / counted >= enough:
        return Shade.ENOUGH
    return Shade.HALF if free / counted >= _HALF else Shade.FEW


def _working_day(request: SlotRequest) -> range:
    """Return the half hours of the day from the manager's earliest start to their latest end."""
    shifts = [shift for day in request.pair.manager.hours.week for shift in day]
    first = min(start.hour * 60 + start.minute for start, _ in shifts) // 30
    last = max(-(-(end.hour * 60 + end.minute) // 30) for _, end in shifts)
    return range(first, last)


def _ahead(request: SlotRequest, board: Board, window: Span) -> tuple[int, ...]:
    """Return by how many cells the report's clock is ahead: as it is at first, then as it becomes within the year."""
    first = board.grid.index(max(request.earliest, window.start).astimezone(request.pair.manager.tz).date())
    return tuple(dict.fromkeys(board.ahead(request.pair)[first : first + 366]))
