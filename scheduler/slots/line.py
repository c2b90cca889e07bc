"""The times of day on one pattern of dates that break no hard rule, and what each is worth."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from scheduler.slots.grid import bit_places
from scheduler.slots.request import SlotRequest
from scheduler.slots.score import HALF_HOUR, WHOLE, Point, Taste, clash_points, nearness


@dataclass(frozen=True, slots=True)
class Candidate:
    """A time for a series that breaks no hard rule; days are places on the grid, cells of a day.

    `days` are all its dates; the first `judged` of them lie in the look-ahead, `clashes` and `away`
    are some of these. `against` is what speaks against it, in points. `worth` is what is left of a whole series' points, times
    the weeks of the window, less what days cost that it shares with other 1-2-1s of the manager's.
    """

    rrule: str
    weekday: int
    days: tuple[int, ...]
    cell: int
    judged: int
    clashes: tuple[int, ...]
    away: tuple[int, ...]
    against: Mapping[Point, int]
    worth: int

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
    def score(self) -> int:
        """What it is worth of 1,000 points."""
        return WHOLE - sum(self.against.values())

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Best first: what is worth most, then the earliest."""
        return -self.worth, self.days[0], self.cell, self.rrule


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """What is the same for all lines of a request: the window in weeks, the first possible day, and how late the first is.

    `late_from` is the day of the grid from which on the first occurrence is late. `sharing` says how many 1-2-1s of the manager's
    there are already on some days, as far as these lie in the window.
    """

    request: SlotRequest
    weeks: int
    earliest: tuple[int, int]
    end: tuple[int, int]
    late_from: int | None
    same_day: int
    sharing: Callable[[tuple[int, ...]], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The times on one pattern; `starts` are their cells.

    The first `whole` dates lie in the look-ahead whatever the time; the next may. `away`, `clashes`, `crowded` and
    `upward` hold a row of starts for each of these: one of the two is away, or has another meeting, or has one with no air
    between, or the manager has the 1-2-1 upward beside it. `ever_clashes` is all of `clashes` at once. `centre` is twice the middle of the starts inside hours.
    """

    pay: Pay
    rrule: str
    weekday: int
    days: tuple[int, ...]
    starts: int
    whole: int
    away: list[int]
    clashes: list[int]
    ever_clashes: int
    crowded: list[int]
    upward: list[int]
    centre: int
    taste: Taste
    _sharing: list[int] = field(default_factory=list)

    def __iter__(self) -> Iterator[int]:
        """Yield the cells at which a meeting may start."""
        return bit_places(self.starts)

    def worth(self, cell: int) -> int:
        """Return what a time is worth, as `Candidate` has it."""
        points = self.taste.points(self.weekday, cell) + sum(self._points(cell).values())
        return self.pay.weeks * (WHOLE - points) - self.pay.same_day * self.sharing

    def free_share(self, cell: int) -> float:
        """Return the share of dates of the look-ahead on which both are free, dates away left out of it."""
        if not self.ever_clashes >> cell & 1:
            return 1.0
        judged = self._judged(cell)
        counted = judged - _count(self.away, cell, judged)
        return 1 - _count(self.clashes, cell, judged) / counted

    def clashing(self, cell: int) -> int:
        """Return on how many dates of the look-ahead one of the two has another meeting."""
        return _count(self.clashes, cell, self._judged(cell))

    @property
    def sharing(self) -> int:
        """How many other 1-2-1s the manager has on the dates in the window, all together."""
        if not self._sharing:
            self._sharing.append(self.pay.sharing(self.days))
        return self._sharing[0]

    def candidate(self, cell: int) -> Candidate:
        """Return a time with all that there is to say of it."""
        judged = self._judged(cell)
        days = self.days[:judged]
        against = self.taste.against(self.weekday, cell) | self._points(cell)
        shared = round(self.pay.same_day * self.sharing / self.pay.weeks)
        return Candidate(
            rrule=self.rrule,
            weekday=self.weekday,
            days=self.days,
            cell=cell,
            judged=judged,
            clashes=_where(self.clashes, cell, days),
            away=_where(self.away, cell, days),
            against={**against, Point.SAME_DAY: shared} if shared else against,
            worth=self.worth(cell),
        )

    def _judged(self, cell: int) -> int:
        """Return how many of the dates lie in the look-ahead; the first is always one."""
        on_edge = self.whole < len(self.days) and (self.days[self.whole], cell) < self.pay.end
        return max(1, self.whole + on_edge)

    def _points(self, cell: int) -> dict[Point, int]:
        """Return what speaks against a time because of who is busy when, and because of the first date."""
        pay, judged = self.pay, self._judged(cell)
        weights, overdue = self.taste.settings.weights, pay.request.urgency > 0
        found = self._clashing(cell, judged) if self.ever_clashes >> cell & 1 else {}
        crowded, upward = _count(self.crowded, cell, judged), _count(self.upward, cell, judged)
        if crowded:
            found[Point.NO_AIR] = weights.no_air * crowded // judged
        if upward:
            found[Point.BESIDE_UPWARD] = weights.beside_upward * upward // judged
        wait = self.days[0] - pay.earliest[0]
        if wait:
            found[Point.WAIT] = wait * (weights.wait_overdue if overdue else weights.wait)
        if pay.late_from is not None and self.days[0] >= pay.late_from:
            found[Point.LATE_FIRST] = weights.late_first * (self.days[0] - pay.late_from + 1)
        off = abs(2 * cell - self.centre) // (2 * HALF_HOUR)
        if off:
            found[Point.OFF_CENTRE] = weights.off_centre * off
        return found

    def _clashing(self, cell: int, judged: int) -> dict[Point, int]:
        clashing = [row >> cell & 1 for row in self.clashes[:judged]]
        if 1 not in clashing:
            return {}
        near = nearness(judged)
        present = (weight for weight, row in zip(near, self.away, strict=False) if not row >> cell & 1)
        taken = sum(weight for weight, clash in zip(near, clashing, strict=True) if clash)
        found = {Point.CLASHES: clash_points(taken, sum(present))}
        if clashing[0]:
            found[Point.FIRST_CLASHES] = self.taste.settings.weights.first_clashes
        return found


def _count(rows: list[int], cell: int, judged: int) -> int:
    bit = 1 << cell
    return sum([1 for row in rows[:judged] if row & bit])


def _where(rows: list[int], cell: int, days: tuple[int, ...]) -> tuple[int, ...]:
    """Return the days on whose row the cell is set; rows and days run side by side."""
    if not any(rows):
        return ()
    return tuple(day for day, row in zip(days, rows, strict=False) if row >> cell & 1)
