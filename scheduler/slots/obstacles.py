"""Why no time fits a pair, in counts, and the cheapest thing that would help."""

from dataclasses import replace

from scheduler.hours import WEEKDAYS
from scheduler.settings import SlotSettings
from scheduler.slots.attempts import Found, Tried
from scheduler.slots.board import Board, SharedDays
from scheduler.slots.candidates import best, lines
from scheduler.slots.grid import WHOLE_DAY, bit_runs
from scheduler.slots.line import Line
from scheduler.slots.relaxations import relaxations
from scheduler.slots.request import NoSlot, SlotRequest
from scheduler.slots.words import clock, hours_long
from scheduler.timespans import Span
from scheduler.words import city, counted, day_month, listed

NOTHING_SMALL = "Nothing small helps; one of the two has to free some time or work other hours."
_MOST_STRETCHES = 3


def no_slot(request: SlotRequest, board: Board, window: Span, settings: SlotSettings) -> NoSlot:
    """Say in counts what stands in the way, and what would help most cheaply."""
    helping = relaxations(request, settings, trying(board, window))
    return NoSlot(
        reason=f"No time fits: {obstacle(request, board, window, settings)}.",
        remedy=next((relaxation.sentence for relaxation in helping), NOTHING_SMALL),
    )


def trying(board: Board, window: Span) -> Tried:
    """Return the search among what the board leaves free."""

    def tried(request: SlotRequest, settings: SlotSettings) -> Found | None:
        found = best(request, board, window, settings)
        if found is None:
            return None
        start = board.start(found.days[0], found.cell, request.pair.manager.tz)
        return Found(start, found.free, found.counted)

    return tried


def obstacle(request: SlotRequest, board: Board, window: Span, settings: SlotSettings) -> str:
    """Say what the two share of the week, and what becomes of each time in it; no full stop.

    The counts are those of hard limits, one after the other: hours, other 1-2-1s, then clashes.
    """
    mine, theirs = request.pair.names
    week = _shared_week(request, board)
    cells = sum(row.bit_count() for row in week)
    if not cells:
        return f"{mine} and {theirs} share no working hours that hold on every date of the year"
    zone = city(request.pair.manager.tz)
    share = f"{mine} and {theirs} share {hours_long(cells)} of work a week ({_stretches(week)} in {zone})"
    days = board.shared(request.pair)
    nobody = [0] * board.grid.days
    no_meetings = replace(days, one_to_ones=nobody, busy=nobody)

    def at(days: SharedDays) -> list[Line]:
        return list(lines(request, board, window, settings, days=days))

    if not at(replace(no_meetings, away=nobody)):
        ends = f" up to {day_month(request.until)}" if request.until else ""
        first = " for the first one" if request.longest > request.minutes else ""
        return f"{share}, but never {request.longest} minutes in one piece{first}{ends}"
    in_hours = _count(at(no_meetings))
    if not in_hours:
        return f"{share}, but one of the two is away on every date that could be the first"
    return f"{share}; {_taken(in_hours, at(days), settings)}"


def _count(found: list[Line]) -> int:
    return sum(line.starts.bit_count() for line in found)


def _taken(possible: int, left: list[Line], settings: SlotSettings) -> str:
    """Say how many of the possible times are left by other 1-2-1s, and what takes these."""
    every_one = "the only possible time" if possible == 1 else f"all {possible} possible times"
    shares = [(line.free_share(cell), line, cell) for line in left for cell in line]
    fitting = sum(share >= settings.free_share for share, _, _ in shares)
    if fitting:
        return _some_taken(possible, len(shares), fitting, settings)
    if not shares:
        return f"{every_one} would fall on another 1-2-1"
    _, line, cell = max(shares, key=lambda found: found[0])
    nearest = line.candidate(cell)
    clash = (
        f"would clash with other meetings on more than {1 - settings.free_share:.0%} of dates "
        f"(the best on {len(nearest.clashes)} of {nearest.counted})"
    )
    if len(shares) == possible:
        return f"{every_one} {clash}"
    taken = possible - len(shares)
    return f"of {possible} possible times {taken} would fall on another 1-2-1 and {len(shares)} {clash}"


def _some_taken(possible: int, remaining: int, fitting: int, settings: SlotSettings) -> str:
    """Say how many times of all are left, and what took the others."""
    if fitting == possible:
        return "the only possible time fits" if possible == 1 else f"all {possible} possible times fit"
    taken, clashing = possible - remaining, remaining - fitting
    lost = [f"{taken} would fall on another 1-2-1"] * bool(taken)
    lost += [
        f"{clashing} would clash with other meetings on more than {1 - settings.free_share:.0%} of dates"
    ] * bool(clashing)
    fit = "1 fits" if fitting == 1 else f"{fitting} fit"
    return f"of {counted(possible, 'possible time')} {listed([*lost, fit])}"


def _shared_week(request: SlotRequest, board: Board) -> list[int]:
    """Return the cells of each weekday, Monday first, that are inside both people's hours all year."""
    week = [WHOLE_DAY] * len(WEEKDAYS)
    for day, closed in enumerate(board.closed(request.pair)):
        date = board.grid.day(day)
        if board.grid.first < date <= board.grid.last:
            week[date.weekday()] &= ~closed
    return week


def _stretches(week: list[int]) -> str:
    """Write the stretches of a week, `Tue 16:00-18:00`; of many only the first few."""
    written = [
        f"{WEEKDAYS[weekday]} {clock(start)}-{clock(end)}"
        for weekday, row in enumerate(week)
        for start, end in bit_runs(row)
    ]
    more = len(written) - _MOST_STRETCHES
    return ", ".join(written[:_MOST_STRETCHES]) + (f" and {more} more" if more > 0 else "")
