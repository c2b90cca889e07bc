"""The search for times that break no hard rule, along each pattern of dates."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from scheduler.slots.board import SharedDays
from scheduler.slots.grid import cells_of, starts_touching
from scheduler.slots.line import Line, Pay
from scheduler.slots.request import SlotRequest
from scheduler.slots.score import HALF_HOUR, Taste

PUT_OFF = 28
"""By how many days a series may begin later than it could, for another 1-2-1's sake."""

Days = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is the same for all patterns of a request.

    `days` is the time of the two; `grid_starts` are the cells at which a meeting may start; `air` is how many cells are
    wished for before and after. A series may begin up to `later` days after the first date that it could have. `closed` returns the cells that are outside hours on any of the days of a rule, `taste` what
    speaks against times on days, whoever is busy when.
    """

    request: SlotRequest
    pay: Pay
    days: SharedDays
    first_weekday: int
    grid_starts: int
    air: int
    closed: Callable[[str, Days], int]
    taste: Callable[[Days], Taste]
    later: int = 0

    def along(self, rrule: str, days: Days) -> Iterator[Line]:
        """Yield the times on these dates; a first date that cannot be is left to the next, and so is one soon before such a date."""
        free_later = ~self._touching(_any(self.days.one_to_ones, days[len(days) // 2 :]))
        soon_over = bisect_right(days, days[0] + PUT_OFF)
        waiting = self.grid_starts
        begun: list[tuple[int, int]] = []
        for skipped, first in enumerate(days):
            again = reduce(or_, (starts for day, starts in begun if first - day <= self.later), 0)
            if not (waiting or again) or (skipped and (first, 0) >= self.pay.end):
                return
            not_yet = self._too_early(first) | self._touching(self.days.away[first]) | self._longer(first)
            soon = days[skipped : max(soon_over, skipped + 1)]
            not_yet |= self._touching(_any(self.days.one_to_ones, soon)) & free_later
            yield from self._starting(rrule, days[skipped:], (waiting | again) & ~not_yet)
            begun.append((first, waiting & ~not_yet))
            waiting &= not_yet

    def _starting(self, rrule: str, days: Days, starts: int) -> Iterator[Line]:
        if not starts:
            return
        in_hours = self.grid_starts & ~self._touching(self.closed(rrule, days))
        starts &= in_hours
        if starts:
            starts &= ~self._touching(_any(self.days.one_to_ones, days))
        if starts:
            yield self._line(rrule, days, starts, in_hours)

    def _longer(self, first: int) -> int:
        """Return the starts from which a longer first meeting would not fit on its day."""
        if self.request.longest == self.request.minutes:
            return 0
        taken = self.days.closed[first] | self.days.one_to_ones[first]
        return starts_touching(taken, cells_of(self.request.longest))

    def _line(self, rrule: str, days: Days, starts: int, in_hours: int) -> Line:
        whole = bisect_left(days, self.pay.end[0])
        seen = days[: whole + 1]
        away = [self._touching(self.days.away[day]) for day in seen]
        busy = [self._touching(self.days.busy[day]) for day in seen]
        busy[0] |= starts_touching(self.days.busy[days[0]], cells_of(self.request.longest))
        clashes = [row & ~gone for row, gone in zip(busy, away, strict=True)]
        return Line(
            pay=self.pay,
            rrule=rrule,
            weekday=(self.first_weekday + days[0]) % 7,
            days=days,
            starts=starts,
            whole=whole,
            away=away,
            clashes=clashes,
            ever_clashes=reduce(or_, clashes, 0),
            crowded=[self._near(self.days.busy[day] | self.days.one_to_ones[day], self.air) for day in seen],
            upward=[self._near(self.days.upward[day], HALF_HOUR) for day in seen],
            centre=in_hours.bit_length() + (in_hours & -in_hours).bit_length() - 2,
            taste=self.taste(days),
        )

    def _too_early(self, day: int) -> int:
        earliest_day, earliest_cell = self.pay.earliest
        return (1 << earliest_cell) - 1 if day == earliest_day else 0

    def _touching(self, row: int) -> int:
        return starts_touching(row, cells_of(self.request.minutes)) if row else 0

    def _near(self, row: int, cells: int) -> int:
        """Return every start from which the meeting would have something less than so many cells before or after it."""
        if not row or not cells:
            return 0
        return starts_touching(row << cells, cells_of(self.request.minutes) + 2 * cells)


def _any(rows: list[int], days: Days) -> int:
    """Return the cells that are set on any of the days."""
    return reduce(or_, map(rows.__getitem__, days), 0)
