"""The board on which times are given out: what is known of everybody's time, and what was placed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from scheduler.hours import WorkingHours
from scheduler.people import Pair, Person
from scheduler.slots.grid import CELLS_A_DAY, MINUTES_A_CELL, WHOLE_DAY, Clock, Grid, cells_of
from scheduler.slots.request import PersonTime, SlotRequest

PairKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SharedDays:
    """The time of two people by the clock of the manager, one row of cells for each day.

    `closed`: outside the hours of one of them, or shown twice or never by the manager's clock;
    `one_to_ones`: those of either; `busy`: other meetings of either; `away`: one does not work. `upward`: the
    manager's 1-2-1s with their own manager.
    """

    closed: list[int]
    one_to_ones: list[int]
    busy: list[int]
    away: list[int]
    upward: list[int]


class Board:
    """Everybody's time on one grid; placing is the only thing in this room that changes anything."""

    def __init__(self, grid: Grid, calendars: Mapping[str, PersonTime]) -> None:
        """Start with what stands in the calendars; nothing is translated before it is asked for."""
        self.grid = grid
        self._calendars = calendars
        self._clocks: dict[tzinfo, Clock] = {}
        self._closed: dict[tuple[WorkingHours, tzinfo, WorkingHours, tzinfo], list[int]] = {}
        self._ahead: dict[tuple[tzinfo, tzinfo], list[int]] = {}
        self._one_to_ones: dict[str, int] = {}
        self._placed: dict[str, dict[PairKey, int]] = {}
        self._times: dict[PairKey, tuple[tuple[int, ...], int]] = {}
        self._above: dict[str, int] = {}
        self._standing: dict[str, Counter[tuple[int, int]]] = {}
        self._closed_along: dict[tuple[object, ...], int] = {}
        self._busy: dict[str, int] = {}
        self._away: dict[str, int] = {}

    def clock(self, tz: ZoneInfo) -> Clock:
        """Return the clock of a zone."""
        if tz not in self._clocks:
            self._clocks[tz] = Clock(self.grid, tz)
        return self._clocks[tz]

    def shared(self, pair: Pair, *, placed: bool = True) -> SharedDays:
        """Return the time of the two as it stands now, by the manager's clock; or without what was placed."""
        wall, unpacked = self.clock(pair.manager.tz).wall, self.grid.unpacked
        manager, report = pair.manager, pair.report
        return SharedDays(
            closed=self.closed(pair),
            one_to_ones=unpacked(wall(self._taken(manager, placed) | self._taken(report, placed))),
            busy=unpacked(wall(self._meetings(manager) | self._meetings(report))),
            away=unpacked(wall(self._absence(manager) | self._absence(report))),
            upward=unpacked(wall(self._upward(manager))),
        )

    def closed(self, pair: Pair) -> list[int]:
        """Return what lies outside the hours of either, by the manager's clock."""
        manager, report = pair.manager, pair.report
        key = (manager.hours, manager.tz, report.hours, report.tz)
        if key not in self._closed:
            clock = self.clock(manager.tz)
            theirs = clock.wall(self.clock(report.tz).utc(self._open(report.hours)))
            both = self._open(manager.hours) & theirs & ~clock.odd
            self._closed[key] = [WHOLE_DAY ^ row for row in self.grid.unpacked(both)]
        return self._closed[key]

    def closed_along(self, pair: Pair, rrule: str, days: tuple[int, ...]) -> int:
        """Return the cells of the day that lie outside the hours of either on any of the days, which are those of a rule."""
        manager, report = pair.manager, pair.report
        key = (manager.hours, manager.tz, report.hours, report.tz, rrule, days[0], days[-1])
        found = self._closed_along.get(key)
        if found is None:
            rows = self.closed(pair)
            found = self._closed_along[key] = reduce(or_, map(rows.__getitem__, days), 0)
        return found

    def starts_of(self, manager: Person) -> Counter[tuple[int, int]]:
        """Count a manager's 1-2-1s by the day of the grid and the cell of the day at which they start."""
        if manager.email not in self._standing:
            spans = set(self._calendars[manager.email].one_to_ones)
            self._standing[manager.email] = Counter(self._place(each.start, manager.tz) for each in spans)
        found = self._standing[manager.email].copy()
        for key in self._placed.get(manager.email, ()):
            days, cell = self._times[key]
            found.update((day, cell) for day in days)
        return found

    def many(self, manager: Person) -> Counter[int]:
        """Count a manager's 1-2-1s by the day of the grid."""
        found: Counter[int] = Counter()
        for (day, _), count in self.starts_of(manager).items():
            found[day] += count
        return found

    def ahead(self, pair: Pair) -> list[int]:
        """Return by how many cells the report's clock is ahead of the manager's, at noon each day."""
        key = (pair.manager.tz, pair.report.tz)
        if key not in self._ahead:
            mine, theirs = self.clock(key[0]), self.clock(key[1])
            noons = range(CELLS_A_DAY // 2, self.grid.size, CELLS_A_DAY)
            self._ahead[key] = [theirs.offset_at(noon) - mine.offset_at(noon) for noon in noons]
        return self._ahead[key]

    def place(self, pair: Pair, days: tuple[int, ...], cell: int, request: SlotRequest) -> None:
        """Take a time on all those days, for both: a 1-2-1 like any other, until it is taken back."""
        rows = [0] * self.grid.days
        each, first = (((1 << cells_of(m)) - 1) << cell for m in (request.minutes, request.longest))
        for day in days:
            rows[day] = each
        rows[days[0]] = first
        bits = self.clock(pair.manager.tz).utc(self.grid.packed(rows))
        self._times[pair.key] = days, cell
        for person in (pair.manager, pair.report):
            self._placed.setdefault(person.email, {})[pair.key] = bits

    def take_back(self, pair: Pair) -> None:
        """Free the time that was placed for the pair."""
        del self._times[pair.key]
        for person in (pair.manager, pair.report):
            del self._placed[person.email][pair.key]

    def start(self, day: int, cell: int, tz: ZoneInfo) -> datetime:
        """Return the moment that a clock shows as this day and cell, in that zone."""
        hour, minute = divmod(cell * MINUTES_A_CELL, 60)
        return datetime.combine(self.grid.day(day), datetime.min.time(), tz).replace(hour=hour, minute=minute)

    def _open(self, hours: WorkingHours) -> int:
        week = [0] * 7
        for weekday, shifts in enumerate(hours.week):
            for start, end in shifts:
                first = -(-(start.hour * 60 + start.minute) // MINUTES_A_CELL)
                last = (end.hour * 60 + end.minute) // MINUTES_A_CELL
                week[weekday] |= ((1 << max(0, last - first)) - 1) << first
        monday = self.grid.first.weekday()
        return self.grid.packed([week[(monday + day) % 7] for day in range(self.grid.days)])

    def _taken(self, person: Person, placed: bool) -> int:  # noqa: FBT001 - passed on from `shared`
        if person.email not in self._one_to_ones:
            spans = self._calendars[person.email].one_to_ones
            self._one_to_ones[person.email] = self.grid.bits(spans)
        result = self._one_to_ones[person.email]
        for bits in self._placed.get(person.email, {}).values() if placed else ():
            result |= bits
        return result

    def _upward(self, manager: Person) -> int:
        """Return the time of a manager's own 1-2-1s with the manager above."""
        if manager.email not in self._above:
            self._above[manager.email] = self.grid.bits(self._calendars[manager.email].upward)
        result = self._above[manager.email]
        for key, bits in self._placed.get(manager.email, {}).items():
            result |= bits if key[1] == manager.email else 0
        return result

    def _place(self, moment: datetime, tz: ZoneInfo) -> tuple[int, int]:
        shown = moment.astimezone(tz)
        return self.grid.index(shown.date()), (shown.hour * 60 + shown.minute) // MINUTES_A_CELL

    def _meetings(self, person: Person) -> int:
        if person.email not in self._busy:
            self._busy[person.email] = self.grid.bits(self._calendars[person.email].busy)
        return self._busy[person.email]

    def _absence(self, person: Person) -> int:
        if person.email not in self._away:
            away = {self.grid.index(day) for day in self._calendars[person.email].away}
            rows = [WHOLE_DAY if day in away else 0 for day in range(self.grid.days)]
            self._away[person.email] = self.clock(person.tz).utc(self.grid.packed(rows)) if away else 0
        return self._away[person.email]
