"""Why a time was chosen, in words; no title, no name but those of the two."""

from collections import Counter
from collections.abc import Iterable

from scheduler.settings import SlotSettings
from scheduler.slots.board import Board
from scheduler.slots.candidates import tastes
from scheduler.slots.grid import CELLS_A_DAY
from scheduler.slots.line import Candidate
from scheduler.slots.request import SlotRequest
from scheduler.slots.score import Point, Taste, week_ends
from scheduler.slots.words import clock, some_dates
from scheduler.words import city, day_month, listed

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def reasons(
    candidate: Candidate,
    request: SlotRequest,
    board: Board,
    settings: SlotSettings,
    fewest: int | None = None,
) -> tuple[str, ...]:
    """Return two to five sentences: how free it is, who is away, whether it begins late, when it is for each, what it avoids.

    `fewest` is on how few dates any possible time of the pair clashes, None where that is not known.
    """
    found = (
        _freedom(candidate, board, fewest),
        _absence(candidate, board),
        _lateness(candidate, request, board),
        _clocks(candidate, request, board),
        _preferences(candidate, request, tastes(request, board, settings)(candidate.days)),
    )
    return tuple(sentence for sentence in found if sentence)


def _freedom(candidate: Candidate, board: Board, fewest: int | None) -> str:
    counted = candidate.counted
    last = day_month(board.grid.day(candidate.days[candidate.judged - 1]))
    clashes = [board.grid.day(day) for day in candidate.clashes]
    if not clashes and counted == 1:
        return f"Free for both on its one date up to {last}."
    if not clashes:
        return f"Free for both on all {counted} dates up to {last}."
    count = "One clash" if len(clashes) == 1 else f"{len(clashes)} clashes"
    none_has_fewer = "; no possible time has fewer" if fewest == len(clashes) else ""
    return f"{count} with other meetings in {counted}: {some_dates(clashes)}{none_has_fewer}."


def _absence(candidate: Candidate, board: Board) -> str:
    if not candidate.away:
        return ""
    days = some_dates(board.grid.day(day) for day in candidate.away)
    return f"One of the two is away on {days}, which does not count."


def _lateness(candidate: Candidate, request: SlotRequest, board: Board) -> str:
    """Say by when the first was due, where it is later: whatever stood in its way is all that others have, and wish for."""
    last = request.first_due
    if last is None or board.grid.day(candidate.days[0]) <= last:
        return ""
    return f"The first one was due by {day_month(last)}; this is the best that goes with everybody else's."


def _clocks(candidate: Candidate, request: SlotRequest, board: Board) -> str:
    manager, report = request.pair.manager, request.pair.report
    mine, theirs = request.pair.names
    here = clock(candidate.cell)
    if manager.tz.key == report.tz.key:
        return f"{here} in {city(manager.tz)}, inside both working days on every date."
    ahead = board.ahead(request.pair)
    times = Counter(candidate.cell + ahead[day] for day in candidate.days)
    there = [_local(cell) for cell, _ in times.most_common()]
    changing = f" or {listed(there[1:])}, as the clocks change," if there[1:] else ""
    return (
        f"{here} for {mine} in {city(manager.tz)}, {there[0]}{changing} for {theirs} in {city(report.tz)}, "
        "inside both working days on every date."
    )


def _local(cell: int) -> str:
    days = cell // CELLS_A_DAY
    return clock(cell) + (" the day before" if days < 0 else " the next day" if days > 0 else "")


def _preferences(candidate: Candidate, request: SlotRequest, taste: Taste) -> str:
    """Say what is true of the hour, whatever it weighs."""
    manager, report = request.pair.manager, request.pair.report
    ends = [week_ends(person.hours) for person in (manager, report)]
    called = {
        Point.WEEK_BEGINS: f"a {_either(begin for begin, _ in ends)} morning",
        Point.WEEK_ENDS: f"a {_either(end for _, end in ends)} afternoon",
        Point.LUNCH: "over lunch",
    }
    disliked = [
        words for point, words in called.items() if taste.holds(point, candidate.weekday, candidate.cell)
    ]
    if disliked:
        whose = "" if (manager.tz, ends[0]) == (report.tz, ends[1]) else " for one of the two"
        return f"It is {listed(disliked)}{whose}; no better time was free."
    avoided = ", ".join(f"not {words}" for words in called.values())
    return f"{avoided[0].upper()}{avoided[1:]}."


def _either(weekdays: Iterable[int]) -> str:
    return " or ".join(_WEEKDAYS[weekday] for weekday in sorted(set(weekdays)))
