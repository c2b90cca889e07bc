"""What makes one time nicer than another; more points are worse.

Clashes with other meetings come before all of this: points only choose among times that have
equally few. The weights are ours; what they stand for is in brackets.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from scheduler.hours import WorkingHours
from scheduler.slots.grid import CELLS_A_DAY

_HOUR = CELLS_A_DAY // 24
_NOON = 12 * _HOUR
_MONDAY, _THURSDAY, _FRIDAY, _SUNDAY = 0, 3, 4, 6


class Dislike(StrEnum):
    """A time of the week that people would rather not meet at."""

    WEEK_BEGINS = "week_begins"
    WEEK_ENDS = "week_ends"
    LUNCH = "lunch"


WEIGHTS = {
    Dislike.WEEK_BEGINS: 40,  # Monday morning (Manager Tools)
    Dislike.WEEK_ENDS: 40,  # Friday afternoon: no room left in the week to move it (Manager Tools)
    Dislike.LUNCH: 40,  # 12:00 to 13:00 in either zone
}
FIRST_CLASHES = 30  # a series should not begin with a meeting that has to be moved
OFF_THE_HALF_HOUR = 20  # people expect meetings on :00 and :30
NO_AIR = 10  # touching another 1-2-1: mild, some people like them in one row
HALF_AN_HOUR_OFF_CENTRE = 1  # the edges of a day give way first, when one of the two is late
WAIT_A_DAY = 1  # the sooner the better
WAIT_A_DAY_OVERDUE = 3  # and more so where the pair is past its limit


def week_ends(hours: WorkingHours) -> tuple[int, int]:
    """Return the weekdays on which the week begins and ends: Sunday to Thursday, or Monday to Friday."""
    sunday_to_thursday = hours.week[_SUNDAY] and not hours.week[_FRIDAY]
    return (_SUNDAY, _THURSDAY) if sunday_to_thursday else (_MONDAY, _FRIDAY)


@lru_cache(maxsize=65536)
def dislikes(weekday: int, cell: int, cells: int, ends: tuple[int, int]) -> frozenset[Dislike]:
    """Return what is wrong with a local time; a cell past midnight is of the neighbouring day."""
    days, start = divmod(cell, CELLS_A_DAY)
    weekday, end = (weekday + days) % 7, start + cells
    found = {
        Dislike.WEEK_BEGINS: weekday == ends[0] and start < _NOON,
        Dislike.WEEK_ENDS: weekday == ends[1] and end > _NOON,
        Dislike.LUNCH: start < _NOON + _HOUR and end > _NOON,
    }
    return frozenset(dislike for dislike, true in found.items() if true)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What speaks for and against a time.

    `disliked` by either on any date; `cell` of the day, by the manager's clock; `centre` is twice
    the middle of the starts inside both people's hours; `wait` in days until the first occurrence.
    """

    disliked: frozenset[Dislike]
    cell: int
    centre: int
    wait: int
    overdue: bool
    first_clashes: bool
    no_air: bool


def points(facts: Facts) -> int:
    """Return the points of a time: the sum of all that speaks against it."""
    result = sum(WEIGHTS[dislike] for dislike in facts.disliked)
    result += FIRST_CLASHES * facts.first_clashes + NO_AIR * facts.no_air
    result += OFF_THE_HALF_HOUR * (facts.cell % (_HOUR // 2) != 0)
    result += HALF_AN_HOUR_OFF_CENTRE * (abs(2 * facts.cell - facts.centre) // _HOUR)
    return result + facts.wait * (WAIT_A_DAY_OVERDUE if facts.overdue else WAIT_A_DAY)
