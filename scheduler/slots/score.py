"""What a time is worth: how free it is, less what speaks against it.

A series that is free on all its dates, and that nothing speaks against, is worth 1,000 points. What a clash costs and
what each preference weighs is of one measure; the weights are settings, with what they stand for beside them.
"""

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from functools import lru_cache

from scheduler.hours import HalfDay, WorkingHours
from scheduler.settings import SlotSettings
from scheduler.slots.grid import CELLS_A_DAY, MINUTES_A_CELL

WHOLE = 1000
HALF_HOUR = CELLS_A_DAY // 48
_NOON = CELLS_A_DAY // 2
_LUNCH_ENDS = _NOON + 2 * HALF_HOUR
_MONDAY, _THURSDAY, _FRIDAY, _SUNDAY = 0, 3, 4, 6


class Point(StrEnum):
    """What can speak against a time; each but clashes has the weight of its name."""

    CLASHES = "clashes"
    FIRST_CLASHES = "first_clashes"
    WEEK_BEGINS = "week_begins"
    WEEK_ENDS = "week_ends"
    LUNCH = "lunch"
    UNSOCIAL = "unsocial"
    NOT_PREFERRED = "not_preferred"
    OTHER_TIME = "other_time"
    OFF_THE_HALF_HOUR = "off_the_half_hour"
    NO_AIR = "no_air"
    BESIDE_UPWARD = "beside_upward"
    LATE_FIRST = "late_first"
    SAME_DAY = "same_day"
    WAIT = "wait"
    OFF_CENTRE = "off_centre"


class Bearer(StrEnum):
    """Who bore the unsocial hours of the series before."""

    MANAGER = "manager"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Clock:
    """One of the two, as far as it matters to what hour it is: the ends of the week, and what they would rather have.

    `ahead` are the ways in which this clock is ahead of the manager's, in cells.
    """

    ends: tuple[int, int]
    prefers: HalfDay | None
    ahead: frozenset[int]


@dataclass(frozen=True)
class Taste:
    """What speaks against a time of the week whoever is busy when; the same for all pairs of which the same is true.

    `before` are the times of the week, weekday and cell by the manager's clock, that the two had before.
    """

    settings: SlotSettings
    cells: int
    manager: Clock
    report: Clock
    bearer: Bearer | None = None
    before: frozenset[tuple[int, int]] = frozenset()
    _known: dict[tuple[int, int], int] = field(default_factory=dict, compare=False, hash=False)

    def points(self, weekday: int, cell: int) -> int:
        """Return what speaks against a time by the manager's clock, in points."""
        found = self._known.get((weekday, cell))
        if found is None:
            found = self._known[weekday, cell] = sum(self.against(weekday, cell).values())
        return found

    def against(self, weekday: int, cell: int) -> dict[Point, int]:
        """Return what speaks against a time by the manager's clock, with its points; nothing that has none."""
        weights = self.settings.weights
        mine, theirs = self.of(self.manager, weekday, cell), self.of(self.report, weekday, cell)
        late = mine[Point.UNSOCIAL], theirs[Point.UNSOCIAL]
        again = late[0] if self.bearer is Bearer.MANAGER else late[1] if self.bearer is Bearer.REPORT else 0
        found = {
            Point.WEEK_BEGINS: weights.week_begins * max(mine[Point.WEEK_BEGINS], theirs[Point.WEEK_BEGINS]),
            Point.WEEK_ENDS: weights.week_ends * max(mine[Point.WEEK_ENDS], theirs[Point.WEEK_ENDS]),
            Point.LUNCH: weights.lunch * max(mine[Point.LUNCH], theirs[Point.LUNCH]),
            Point.UNSOCIAL: weights.unsocial * sum(late) + weights.unsocial_again * again,
            Point.NOT_PREFERRED: weights.not_preferred
            * (mine[Point.NOT_PREFERRED] + theirs[Point.NOT_PREFERRED]),
            Point.OTHER_TIME: weights.other_time * bool(self.before and (weekday, cell) not in self.before),
            Point.OFF_THE_HALF_HOUR: weights.off_the_half_hour * (cell % HALF_HOUR != 0),
        }
        return {point: points for point, points in found.items() if points}

    def of(self, clock: Clock, weekday: int, cell: int) -> dict[Point, int]:
        """Return how much of each is true for one of the two: 0 or 1, and of unsocial hours how many half hours at worst."""
        times = [local(weekday, cell + ahead) for ahead in clock.ahead]
        begins, ends = clock.ends
        return {
            Point.WEEK_BEGINS: any(day == begins and start < _NOON for day, start in times),
            Point.WEEK_ENDS: any(day == ends and start + self.cells > _NOON for day, start in times),
            Point.LUNCH: any(start < _LUNCH_ENDS and start + self.cells > _NOON for _, start in times),
            Point.NOT_PREFERRED: any(self._in_the_other_half(clock, start) for _, start in times),
            Point.UNSOCIAL: max(self._outside(start) for _, start in times),
        }

    def holds(self, point: Point, weekday: int, cell: int) -> bool:
        """Say whether one of what `of` tells is true for either of the two."""
        return any(self.of(clock, weekday, cell)[point] for clock in (self.manager, self.report))

    def _in_the_other_half(self, clock: Clock, start: int) -> bool:
        if clock.prefers is HalfDay.MORNINGS:
            return start + self.cells > _NOON
        return clock.prefers is HalfDay.AFTERNOONS and start < _NOON

    def _outside(self, start: int) -> int:
        """Return for how many half hours, each begun one counted, a meeting is outside social hours."""
        first, last = map(cell_at, self.settings.social_hours)
        before = max(0, min(first, start + self.cells) - start)
        after = max(0, start + self.cells - max(last, start))
        return -(-(before + after) // HALF_HOUR)


@lru_cache(maxsize=4096)
def taste_of(
    settings: SlotSettings,
    cells: int,
    clocks: tuple[Clock, Clock],
    bearer: Bearer | None,
    before: frozenset[tuple[int, int]],
) -> Taste:
    """Return what speaks against times for pairs of whom all this is true; the manager's clock comes first."""
    return Taste(settings, cells, *clocks, bearer, before)


def local(weekday: int, cell: int) -> tuple[int, int]:
    """Return the weekday and the cell of the day; a cell past midnight is of the neighbouring day."""
    days, start = divmod(cell, CELLS_A_DAY)
    return (weekday + days) % 7, start


def cell_at(at: time) -> int:
    """Return the cell of a day that holds this time."""
    return (at.hour * 60 + at.minute) // MINUTES_A_CELL


def week_ends(hours: WorkingHours) -> tuple[int, int]:
    """Return the weekdays on which the week begins and ends: Sunday to Thursday, or Monday to Friday."""
    sunday_to_thursday = hours.week[_SUNDAY] and not hours.week[_FRIDAY]
    return (_SUNDAY, _THURSDAY) if sunday_to_thursday else (_MONDAY, _FRIDAY)


def nearness(count: int) -> tuple[int, ...]:
    """Return how much each of so many dates counts, the nearest first: twice as much as the last.

    >>> nearness(3)
    (4, 3, 2)
    """
    return tuple(range(2 * (count - 1), count - 2, -1)) if count > 1 else (1,)


def clash_points(clashing: int, counted: int) -> int:
    """Return what clashes cost: of the nearness of all dates that count, that of those on which one of the two is taken."""
    return -(-WHOLE * clashing // counted) if counted else 0
