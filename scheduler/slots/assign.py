"""A time for every series that is missing, so that none stands on another.

From the top of the tree down, each manager's are given their times together: as many as can be, the most overdue first
where not all can, then the best times for all of them. What a manager has with the manager above stands when
the manager's own people are served. Where that leaves somebody without, others move over, in other teams too, if there
is another time for them: nobody goes without who need not.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from scheduler.settings import SlotSettings
from scheduler.slots.answer import slot_of
from scheduler.slots.board import Board
from scheduler.slots.candidates import look_ahead
from scheduler.slots.grid import Grid
from scheduler.slots.obstacles import no_slot
from scheduler.slots.request import NoSlot, PersonTime, Slot, SlotRequest
from scheduler.slots.table import Table
from scheduler.slots.teams import from_the_top
from scheduler.timespans import Span

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
    board = Board(grid_of(requests, window), calendars)
    table = Table(board, window, settings)
    teams = from_the_top(requests, calendars)
    for team in teams:
        table.seat_team([request for request in team if not _unread(request, calendars)])
    ordered = sorted((each for team in teams for each in team), key=lambda each: -each.urgency)
    for request in ordered:
        if request.pair.key not in table.seated and not _unread(request, calendars):
            table.squeeze_in(request)
    result: dict[PairKey, Slot | NoSlot] = {}
    for request in ordered:
        seat = table.seated.get(request.pair.key)
        if seat is not None:
            result[request.pair.key] = slot_of(seat.candidate, request, board, settings, seat.fewest)
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


def grid_of(requests: Sequence[SlotRequest], window: Span) -> Grid:
    """Return the grid on which every date lies that matters to these requests."""
    latest = max([window.start, *(request.earliest for request in requests)])
    furthest = max([window.end, *(look_ahead(request.cadence, window).end for request in requests)])
    return Grid.spanning(window.start, max(latest + HORIZON, furthest))
