"""A time for every series that is missing, so that none stands on another.

The most overdue choose first, managers before their reports' own reports. Each choice becomes a
1-2-1 like any other for those who follow. Where that takes the last time that a later pair had, the
earlier one moves over if there is another time for it: nobody goes without who need not.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from scheduler.settings import SlotSettings
from scheduler.slots.board import Board
from scheduler.slots.candidates import look_ahead
from scheduler.slots.grid import Grid
from scheduler.slots.obstacles import no_slot
from scheduler.slots.reasons import reasons
from scheduler.slots.request import NoSlot, PersonTime, Slot, SlotRequest
from scheduler.slots.search import Candidate
from scheduler.slots.table import Table
from scheduler.timespans import DAY, Span, midnight

HORIZON = timedelta(weeks=54)
"""How far ahead of the first possible date every date is checked: a year and a bit, so that every
clock change and every month's rule is met."""

PairKey = tuple[str, str]


def assign(
    requests: Sequence[SlotRequest],
    calendars: Mapping[str, PersonTime],
    window: Span,
    settings: SlotSettings,
) -> Mapping[PairKey, Slot | NoSlot]:
    """Return a time, or why there is none, for every request by its pair's key.

    `window` is the look-ahead, from now on; months and quarters are looked at for 26 weeks at
    least, so the busy spans should reach that far. `calendars` go by main address; a person who is
    not in it gets no series. On every date for 54 weeks a series lies inside both people's hours
    and on no other 1-2-1. The same input gives the same answer, whatever the order of requests.
    """
    board = Board(_grid(requests, window), calendars)
    table = Table(board, window, settings)
    ordered = in_order(requests, calendars)
    for request in ordered:
        if not _unread(request, calendars):
            table.seat(request)
    result: dict[PairKey, Slot | NoSlot] = {}
    for request in ordered:
        found = table.seated.get(request.pair.key)
        if found is not None:
            result[request.pair.key] = _slot(found.candidate, request, board)
        else:
            unread = _unread(request, calendars)
            result[request.pair.key] = unread or no_slot(request, board, window, settings)
    return result


def _unread(request: SlotRequest, calendars: Mapping[str, PersonTime]) -> NoSlot | None:
    unread = [email for email in request.pair.key if email not in calendars]
    if not unread:
        return None
    return NoSlot(
        f"No time fits: nothing is known of the time of {' and '.join(unread)}.",
        "Make the calendar readable; `onetoone doctor` says what is wrong with it.",
    )


def in_order(requests: Sequence[SlotRequest], calendars: Mapping[str, PersonTime]) -> list[SlotRequest]:
    """Return who chooses first: the most overdue, then managers from the top down, then by address."""
    managers = {email: time.person.manager for email, time in calendars.items()}
    return sorted(
        requests,
        key=lambda request: (
            -request.urgency,
            _depth(request.pair.manager.email, managers),
            request.pair.key,
        ),
    )


def _depth(email: str, managers: Mapping[str, str | None]) -> int:
    """Return how many managers stand above a person; a circle ends where it closes."""
    above: set[str] = set()
    manager = managers.get(email)
    while manager is not None and manager not in above:
        above.add(manager)
        manager = managers.get(manager)
    return len(above)


def _grid(requests: Sequence[SlotRequest], window: Span) -> Grid:
    latest = max([window.start, *(request.earliest for request in requests)])
    furthest = max([window.end, *(look_ahead(request.cadence, window).end for request in requests)])
    return Grid.spanning(window.start, max(latest + HORIZON, furthest))


def _slot(found: Candidate, request: SlotRequest, board: Board) -> Slot:
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
        reasons=reasons(found, request, board),
    )


def _until(last: date, request: SlotRequest) -> str:
    """Return the end of the last day in UTC, as RFC 5545, 3.3.10, wants it where DTSTART has a zone."""
    end = midnight(last + DAY, request.pair.manager.tz) - timedelta(seconds=1)
    return f"{end.astimezone(UTC):%Y%m%dT%H%M%SZ}"
