"""The search along one pattern of dates: which times of day break no hard rule, and how good they are."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.slots.board import SharedDays
from scheduler.slots.grid import bit_places, cells_of, starts_touching
from scheduler.slots.request import SlotRequest
from scheduler.slots.score import Dislike, Facts, dislikes, points, week_ends


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is the same for all patterns of a request.

    `days` is the time of the two; `ahead` by how many cells the report's clock is ahead each day;
    `grid_starts` the cells at which a meeting may start; `earliest` and `end` of the look-ahead are
    a day and a cell by the manager's clock.
    """

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
        line = self._line(rrule, days, in_hours)
        for cell in bit_places(starts):
            yield self._candidate(line, cell)

    def _line(self, rrule: str, days: tuple[int, ...], in_hours: int) -> "_Line":
        whole = bisect_left(days, self.end[0])
        seen = days[: whole + 1]
        away = [self._touching(self.days.away[day]) for day in seen]
        busy = [self._touching(self.days.busy[day]) for day in seen]
        return _Line(
            rrule=rrule,
            weekday=(self.first_weekday + days[0]) % 7,
            days=days,
            whole=whole,
            away=away,
            clashes=[row & ~gone for row, gone in zip(busy, away, strict=True)],
            one_to_ones=_any(self.days.one_to_ones, seen),
            centre=in_hours.bit_length() + (in_hours & -in_hours).bit_length() - 2,
            ahead={self.ahead[day] for day in days},
        )

    def _candidate(self, line: "_Line", cell: int) -> Candidate:
        on_edge = line.whole < len(line.days) and (line.days[line.whole], cell) < self.end
        judged = max(1, line.whole + on_edge)
        days = line.days[:judged]
        clashes = _where(line.clashes, cell, days)
        disliked = self._disliked(line, cell)
        facts = Facts(
            disliked=disliked,
            cell=cell,
            centre=line.centre,
            wait=days[0] - self.earliest[0],
            overdue=self.request.urgency > 0,
            first_clashes=clashes[:1] == days[:1],
            no_air=bool(line.one_to_ones << 1 >> cell & (1 | 2 << cells_of(self.request.minutes))),
        )
        return Candidate(
            rrule=line.rrule,
            weekday=line.weekday,
            days=line.days,
            cell=cell,
            judged=judged,
            clashes=clashes,
            away=_where(line.away, cell, days),
            points=points(facts),
            disliked=disliked,
        )

    def _too_early(self, day: int) -> int:
        earliest_day, earliest_cell = self.earliest
        return (1 << earliest_cell) - 1 if day == earliest_day else 0

    def _touching(self, row: int) -> int:
        return starts_touching(row, cells_of(self.request.minutes)) if row else 0

    def _disliked(self, line: "_Line", cell: int) -> frozenset[Dislike]:
        """Return what either dislikes on any date, each by their own clock."""
        cells, pair = cells_of(self.request.minutes), self.request.pair
        found = dislikes(line.weekday, cell, cells, week_ends(pair.manager.hours))
        for ahead in line.ahead:
            found |= dislikes(line.weekday, cell + ahead, cells, week_ends(pair.report.hours))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What is the same for all times of day on one pattern.

    The first `whole` dates lie in the look-ahead whatever the time; the next may. `away` and
    `clashes` hold a row of starts for each of these, `one_to_ones` the cells taken on any.
    `centre` is twice the middle of the starts inside hours, `ahead` the ways the clocks differ.
    """

    rrule: str
    weekday: int
    days: tuple[int, ...]
    whole: int
    away: list[int]
    clashes: list[int]
    one_to_ones: int
    centre: int
    ahead: set[int]


def _any(rows: Sequence[int], days: tuple[int, ...]) -> int:
    """Return the cells that are set on any of the days."""
    result = 0
    for day in days:
        result |= rows[day]
    return result


def _where(rows: list[int], cell: int, days: tuple[int, ...]) -> tuple[int, ...]:
    """Return the days on whose row the cell is set; rows and days run side by side."""
    if not any(rows):
        return ()
    return tuple(day for day, row in zip(days, rows, strict=False) if row >> cell & 1)
