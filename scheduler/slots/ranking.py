"""The best times for one pair, as if it were given a series now."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.settings import SlotSettings
from scheduler.slots.answer import slot_of
from scheduler.slots.assign import grid_of
from scheduler.slots.board import Board
from scheduler.slots.candidates import lines
from scheduler.slots.line import Line
from scheduler.slots.remarks import Remark, remarks
from scheduler.slots.request import PersonTime, Slot, SlotRequest
from scheduler.timespans import Span


@dataclass(frozen=True, slots=True)
class Option:
    """A time for a pair's series, what it is worth of 1,000 points, and what speaks for and against it."""

    slot: Slot
    score: int
    remarks: tuple[Remark, ...]


def ranked(
    request: SlotRequest,
    calendars: Mapping[str, PersonTime],
    window: Span,
    settings: SlotSettings,
    most: int = 10,
) -> tuple[Option, ...]:
    """Return the best times that are good enough, at most so many, the best first; each time of the week once.

    Arguments as for `assign`. The best of them is what the pair would get if nobody else needed a time.
    """
    board = Board(grid_of([request], window), calendars)
    found = sorted(
        (
            (-line.worth(cell), line.days[0], cell, line.rrule, number, line)
            for number, line in enumerate(lines(request, board, window, settings))
            for cell in line
            if line.free_share(cell) >= settings.free_share
        ),
    )
    times: dict[tuple[int, int], Line] = {}
    for _, _, cell, _, _, line in found:
        times.setdefault((line.weekday, cell), line)
    best = [line.candidate(cell) for (_, cell), line in list(times.items())[:most]]
    return tuple(
        Option(slot_of(each, request, board, settings), each.score, remarks(each, request, board, settings))
        for each in best
    )
