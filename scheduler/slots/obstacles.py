"""Why no time fits a pair, and the cheapest thing that would help, found by really trying it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from math import floor

from scheduler.every import Cadence, Unit
from scheduler.hours import WEEKDAYS, Shift, WorkingHours
from scheduler.people import Pair, Person
from scheduler.settings import SlotSettings
from scheduler.slots.board import Board, SharedDays
from scheduler.slots.candidates import best, candidates
from scheduler.slots.grid import WHOLE_DAY, bit_runs
from scheduler.slots.request import NoSlot, SlotRequest
from scheduler.slots.search import Candidate
from scheduler.slots.words import clock, hours_long, weekday_time
from scheduler.timespans import Span
from scheduler.words import city, day_month, every

_SHORTER = (45, 30, 25, 15)
_RARER = (Cadence(1, Unit.WEEK), Cadence(2, Unit.WEEK), Cadence(1, Unit.MONTH), Cadence(1, Unit.QUARTER))
_WIDER = (30, 60, 120, 180)
_MOST_STRETCHES = 3


def no_slot(request: SlotRequest, board: Board, window: Span, settings: SlotSettings) -> NoSlot:
    """Say in counts what stands in the way, and what would help."""
    return NoSlot(
        reason=f"No time fits: {_obstacle(request, board, window, settings)}.",
        remedy=next(
            _remedies(request, board, window, settings),
            "Nothing small helps; one of the two has to free some time or work other hours.",
        ),
    )


def _obstacle(request: SlotRequest, board: Board, window: Span, settings: SlotSettings) -> str:
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

    def count(days: SharedDays) -> list[Candidate]:
        return list(candidates(request, board, window, settings, days=days))

    if not count(replace(no_meetings, away=nobody)):
        ends = f" up to {day_month(request.until)}" if request.until else ""
        return f"{share}, but never {request.minutes} minutes in one piece{ends}"
    in_hours = count(no_meetings)
    if not in_hours:
        return f"{share}, but one of the two is away on every date that could be the first"
    return f"{share}; {_taken(len(in_hours), count(days), settings)}"


def _taken(possible: int, remaining: list[Candidate], settings: SlotSettings) -> str:
    every_one = "the only possible time" if possible == 1 else f"all {possible} possible times"
    if not remaining:
        return f"{every_one} would fall on another 1-2-1"
    nearest = max(remaining, key=lambda candidate: candidate.free_share)
    clash = (
        f"would clash with other meetings on more than {1 - settings.free_share:.0%} of dates "
        f"(the best on {len(nearest.clashes)} of {nearest.counted})"
    )
    if len(remaining) == possible:
        return f"{every_one} {clash}"
    taken = possible - len(remaining)
    return f"of {possible} possible times {taken} would fall on another 1-2-1 and {len(remaining)} {clash}"


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


def _remedies(request: SlotRequest, board: Board, window: Span, settings: SlotSettings) -> Iterator[str]:
    """Yield what would help, the cheapest first; each was tried with the search that placed nothing."""
    zone = city(request.pair.manager.tz)
    for asked, sentence in (*_shorter(request), *_rarer(request)):
        found = best(asked, board, window, settings)
        if found:
            yield f"{sentence} would fit: {weekday_time(found.weekday, found.cell)} in {zone}."
    found = best(request, board, window, replace(settings, free_share=0.0))
    if found and found.free:
        yield (
            f"Accepting clashes on {len(found.clashes)} of {found.counted} dates would do: "
            f"{weekday_time(found.weekday, found.cell)} in {zone} "
            f"(free_share = {floor(found.free_share * 100) / 100:g} under [slots])."
        )
    for asked, sentence in _wider(request):
        found = best(asked, board, window, settings)
        if found:
            yield f"{sentence}, {weekday_time(found.weekday, found.cell)} in {zone} would fit."


def _shorter(request: SlotRequest) -> Iterator[tuple[SlotRequest, str]]:
    for minutes in _SHORTER:
        if minutes < request.minutes:
            yield replace(request, minutes=minutes), f"{minutes} minutes in place of {request.minutes}"


def _rarer(request: SlotRequest) -> Iterator[tuple[SlotRequest, str]]:
    for cadence in _RARER:
        if cadence.days > request.cadence.days:
            yield replace(request, cadence=cadence), f"Meeting {every(cadence)}"


def _wider(request: SlotRequest) -> Iterator[tuple[SlotRequest, str]]:
    manager, report = request.pair.manager, request.pair.report
    mine, theirs = request.pair.names
    for minutes in _WIDER:
        for before, after, when in ((0, minutes, "later"), (minutes, 0, "earlier")):
            how = f"{minutes} minutes {when}"
            wider = Pair(manager, _working(report, before, after))
            yield replace(request, pair=wider), f"If {theirs} worked {how} in {city(report.tz)}"
            wider = Pair(_working(manager, before, after), report)
            yield replace(request, pair=wider), f"If {mine} worked {how} in {city(manager.tz)}"


def _working(person: Person, before: int, after: int) -> Person:
    """Return the person with every working day so many minutes longer, within the day."""
    week = tuple(_longer(shifts, before, after) for shifts in person.hours.week)
    return replace(person, hours=WorkingHours(week))


def _longer(shifts: tuple[Shift, ...], before: int, after: int) -> tuple[Shift, ...]:
    if not shifts:
        return ()
    starts, ends = [shift[0] for shift in shifts], [shift[1] for shift in shifts]
    starts[0], ends[-1] = _clock(_minute(starts[0]) - before), _clock(_minute(ends[-1]) + after)
    return tuple(zip(starts, ends, strict=True))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _clock(minute: int) -> time:
    return time(*divmod(min(max(minute, 0), 24 * 60 - 1), 60))
