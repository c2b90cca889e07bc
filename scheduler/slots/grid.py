"""Time as bits: five-minute cells in one Python int, in UTC or by the clock on somebody's wall.

Bit `n` of an int stands for the cell that starts `n` times five minutes after midnight of
`Grid.first`; in UTC bits that is a moment, in wall bits what a clock of that zone shows. In wall
clock time every week has the same length, and a weekly meeting the same bit in each, whatever the
clocks do; `Clock` takes care of that, so that nothing else has to.

Five minutes, because meetings of 25 and 50 minutes are common. Offsets of zones are multiples of
fifteen minutes, everywhere since 1972.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from itertools import pairwise
from typing import Self

from scheduler.timespans import DAY, Span

MINUTES_A_CELL = 5
CELL = timedelta(minutes=MINUTES_A_CELL)
CELLS_A_DAY = DAY // CELL
WHOLE_DAY = (1 << CELLS_A_DAY) - 1
_BYTES_A_DAY = CELLS_A_DAY // 8
_MARGIN = 2  # days: no zone is farther than that from UTC


@dataclass(frozen=True)
class Grid:
    """The days that the bits speak of: `days` of them, `first` included.

    The first two and the last two are only there so that every zone has the others whole.
    """

    first: date
    days: int

    @classmethod
    def spanning(cls, start: datetime, end: datetime) -> Self:
        """Return the grid on which every local date from start to end is complete in every zone."""
        first = start.astimezone(UTC).date() - _MARGIN * DAY
        return cls(first, (end.astimezone(UTC).date() - first).days + 2 + _MARGIN)

    @cached_property
    def _origin(self) -> datetime:
        return datetime.combine(self.first, datetime.min.time(), UTC)

    @property
    def last(self) -> date:
        """The last date that is complete in every zone."""
        return self.day(self.days - 1 - _MARGIN)

    @property
    def size(self) -> int:
        """The number of cells."""
        return self.days * CELLS_A_DAY

    def day(self, index: int) -> date:
        """Return the date of a day by its place on the grid."""
        return self.first + index * DAY

    def index(self, day: date) -> int:
        """Return a date's place on the grid; negative or past `days` where it is not on it."""
        return (day - self.first).days

    def moment(self, cell: int) -> datetime:
        """Return the moment at which a UTC cell starts."""
        return self._origin + cell * CELL

    def bits(self, spans: Iterable[Span]) -> int:
        """Return the spans as UTC bits; a cell that a span only touches in part counts as whole."""
        rows: dict[int, int] = {}
        result = 0
        for span in spans:
            start = max(0, (span.start.astimezone(UTC) - self._origin) // CELL)
            end = min(self.size, -((self._origin - span.end.astimezone(UTC)) // CELL))
            day, cell = divmod(start, CELLS_A_DAY)
            if start >= end:
                continue
            if (
                cell + end - start <= CELLS_A_DAY
            ):  # within one day: small numbers are quicker than one of all days
                rows[day] = rows.get(day, 0) | ((1 << (end - start)) - 1) << cell
            else:
                result |= ((1 << (end - start)) - 1) << start
        content = bytearray(self.days * _BYTES_A_DAY)
        for day, row in rows.items():
            content[day * _BYTES_A_DAY : (day + 1) * _BYTES_A_DAY] = row.to_bytes(_BYTES_A_DAY, "little")
        return result | int.from_bytes(content, "little")

    def packed(self, rows: Sequence[int]) -> int:
        """Join rows of one day each, the first day first, into one int."""
        return int.from_bytes(b"".join(row.to_bytes(_BYTES_A_DAY, "little") for row in rows), "little")

    def unpacked(self, bits: int) -> list[int]:
        """Cut into rows of one day each; what lies outside the grid is dropped."""
        if not bits:
            return [0] * self.days
        content = (bits & ((1 << self.size) - 1)).to_bytes(self.days * _BYTES_A_DAY, "little")
        return [
            int.from_bytes(content[at : at + _BYTES_A_DAY], "little")
            for at in range(0, len(content), _BYTES_A_DAY)
        ]


@dataclass(frozen=True, slots=True)
class Regime:
    """A stretch of UTC cells, [start, end), through which a zone keeps one offset, in cells."""

    start: int
    end: int
    offset: int


class Clock:
    """The clock on the wall of one zone, as a translation of bits."""

    def __init__(self, grid: Grid, tz: tzinfo) -> None:
        """Find the zone's clock changes on the grid."""
        self.grid = grid
        self.tz = tz
        self.regimes = _regimes(grid, tz)
        self.odd = 0
        for before, after in pairwise(self.regimes):
            low, high = sorted((before.end + before.offset, before.end + after.offset))
            self.odd |= ((1 << (high - low)) - 1) << low

    def wall(self, bits: int) -> int:
        """Translate UTC bits into what the clock shows; an hour shown twice is set if either is."""
        result = 0
        for regime in self.regimes:
            result |= _shifted(_cut(bits, regime.start, regime.end), regime.offset)
        return result

    def utc(self, bits: int) -> int:
        """Translate what the clock shows into UTC bits; an hour shown twice becomes two."""
        result = 0
        for regime in self.regimes:
            result |= _cut(_shifted(bits, -regime.offset), regime.start, regime.end)
        return result

    def offset_at(self, cell: int) -> int:
        """Return the offset in cells at a UTC cell of the grid."""
        return next(regime.offset for regime in self.regimes if cell < regime.end)


def _cut(bits: int, start: int, end: int) -> int:
    return ((bits >> start) & ((1 << (end - start)) - 1)) << start


def _shifted(bits: int, by: int) -> int:
    return bits << by if by >= 0 else bits >> -by


def _regimes(grid: Grid, tz: tzinfo) -> tuple[Regime, ...]:
    """Look once a day, then halve the day in which the offset has changed down to the cell."""

    def offset(cell: int) -> int:
        found = grid.moment(cell).astimezone(tz).utcoffset()
        return 0 if found is None else found // CELL

    result: list[Regime] = []
    start, current = 0, offset(0)
    for day in range(1, grid.days + 1):
        low, high = (day - 1) * CELLS_A_DAY, day * CELLS_A_DAY
        if offset(high) == current:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == current else (low, middle)
        result.append(Regime(start, high, current))
        start, current = high, offset(high)
    return (*result, Regime(start, grid.size, current))


def cells_of(minutes: int) -> int:
    """Return how many cells a meeting takes that starts with one."""
    return -(-minutes // MINUTES_A_CELL)


def starts_touching(row: int, cells: int) -> int:
    """Return every start from which a meeting of so many cells would touch a set cell of the row."""
    width = 1
    while width < cells:
        step = min(width, cells - width)
        row |= row >> step
        width += step
    return row


def bit_places(row: int) -> Iterator[int]:
    """Yield the places of the set bits, lowest first."""
    while row:
        yield _lowest(row)
        row &= row - 1


def bit_runs(row: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of set bits as [start, end), lowest first."""
    at = 0
    while row >> at:
        start = at + _lowest(row >> at)
        end = start + _lowest(~(row >> start))
        yield start, end
        at = end


def _lowest(row: int) -> int:
    return (row & -row).bit_length() - 1
