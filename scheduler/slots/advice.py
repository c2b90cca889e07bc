"""What can be said to two people who ask when they could meet: the best times, the week, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from scheduler.settings import SlotSettings
from scheduler.slots.assign import grid_of
from scheduler.slots.board import Board
from scheduler.slots.candidates import look_ahead
from scheduler.slots.obstacles import obstacle, trying
from scheduler.slots.picture import Week, week_of
from scheduler.slots.ranking import Option, ranked
from scheduler.slots.relaxations import Relaxation, relaxations
from scheduler.slots.request import PersonTime, SlotRequest
from scheduler.timespans import Span

MOST_RELAXATIONS = 5
_HALF_HOUR = 30


@dataclass(frozen=True, slots=True)
class Present:
    """A series that the two have now: its next start, in the manager's zone, its rule (RFC 5545), and its minutes."""

    start: datetime
    rrule: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The times for a pair's whole series, as if it were given one now.

    `options` are the best, the best first. `counts` says in one sentence what the two share and what takes it. `relaxations` are what would help
    where nothing fits, the cheapest first. `ahead` is the time in which clashes count.
    """

    request: SlotRequest
    now: datetime
    ahead: Span
    enough: float
    present: tuple[Present, ...]
    options: tuple[Option, ...]
    counts: str
    relaxations: tuple[Relaxation, ...]
    week: Week


def advise(
    request: SlotRequest,
    calendars: Mapping[str, PersonTime],
    window: Span,
    settings: SlotSettings,
    *,
    now: datetime,
    most: int = 10,
    present: tuple[Present, ...] = (),
) -> Advice:
    """Return the best times for a pair, at most so many; where there are none, what would help, at most five things.

    `calendars` are those of the two, by main address, less what they have with each other now. `window` is the look-ahead.
    """
    ahead = look_ahead(request.cadence, window)
    board = Board(grid_of([request], window), calendars)
    options = ranked(request, calendars, window, settings, most)
    helping = () if options else relaxations(request, settings, trying(board, window))
    return Advice(
        request=request,
        now=now,
        ahead=ahead,
        enough=settings.free_share,
        present=present,
        options=options,
        counts=f"{obstacle(request, board, window, settings)}.",
        relaxations=tuple(islice(helping, MOST_RELAXATIONS)),
        week=week_of(
            request,
            board,
            window,
            settings,
            ranks=_ranks(options),
            present=frozenset(half_hour(series.start) for series in present),
        ),
    )


def half_hour(start: datetime) -> tuple[int, int]:
    """Return the weekday and the half hour of the day in which a time lies, by its own clock."""
    return start.weekday(), (start.hour * 60 + start.minute) // _HALF_HOUR


def _ranks(options: tuple[Option, ...]) -> Mapping[tuple[int, int], int]:
    """Return the best rank of each half hour in which an option starts."""
    found: dict[tuple[int, int], int] = {}
    for rank, option in enumerate(options, start=1):
        found.setdefault(half_hour(option.slot.start), rank)
    return found
