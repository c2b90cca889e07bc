"""From a time on the board to the answer that other rooms get."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from scheduler.settings import SlotSettings
from scheduler.slots.board import Board
from scheduler.slots.line import Candidate
from scheduler.slots.reasons import reasons
from scheduler.slots.request import Slot, SlotRequest
from scheduler.timespans import DAY, midnight


def slot_of(
    found: Candidate, request: SlotRequest, board: Board, settings: SlotSettings, fewest: int | None = None
) -> Slot:
    """Return a time with its dates as moments, its rule, and its reasons; `fewest` as in `reasons`."""
    tz = request.pair.manager.tz

    def starts(days: Sequence[int]) -> tuple[datetime, ...]:
        return tuple(board.start(day, found.cell, tz) for day in days)

    return Slot(
        start=board.start(found.days[0], found.cell, tz),
        rrule=found.rrule
        if request.until is None
        else f"{found.rrule};UNTIL={_until(request.until, request)}",
        minutes=request.minutes,
        dates=starts(found.days[: found.judged]),
        clashes=starts(found.clashes),
        away=starts(found.away),
        reasons=reasons(found, request, board, settings, fewest),
    )


def _until(last: date, request: SlotRequest) -> str:
    """Return the end of the last day in UTC, as RFC 5545, 3.3.10, wants it where DTSTART has a zone."""
    end = midnight(last + DAY, request.pair.manager.tz) - timedelta(seconds=1)
    return f"{end.astimezone(UTC):%Y%m%dT%H%M%SZ}"
