"""What speaks for and against a time, each in a few words with its points; names nobody but the two."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.settings import SlotSettings
from scheduler.slots.board import Board
from scheduler.slots.candidates import tastes
from scheduler.slots.line import Candidate
from scheduler.slots.request import SlotRequest
from scheduler.slots.score import Point, week_ends
from scheduler.slots.words import some_dates
from scheduler.words import counted, listed

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a time; points below nought speak against it, others for it."""

    points: int
    words: str


def remarks(
    candidate: Candidate, request: SlotRequest, board: Board, settings: SlotSettings
) -> tuple[Remark, ...]:
    """Return what speaks for a time, then what speaks against it, the weightiest first."""
    say = _Saying(candidate, request, board, settings)
    against = sorted(candidate.against.items(), key=lambda each: -abs(each[1]))
    said = [Remark(-points, say.words(point)) for point, points in against if points]
    return (*(Remark(0, words) for words in say.speaking_for()), *said)


class _Saying:
    def __init__(
        self, candidate: Candidate, request: SlotRequest, board: Board, settings: SlotSettings
    ) -> None:
        self._candidate = candidate
        self._request = request
        self._board = board
        self._settings = settings
        self._names = request.pair.names
        self._taste = tastes(request, board, settings)(candidate.days)

    def speaking_for(self) -> Iterator[str]:
        candidate = self._candidate
        if not candidate.clashes:
            dates = counted(candidate.counted, "date")
            yield f"free on all {dates}" if candidate.counted > 1 else "free on its one date"
        if (candidate.weekday, candidate.cell) in self._taste.before:
            yield "a time they had before"
        pair = self._request.pair
        if (pair.manager.prefers or pair.report.prefers) and not self._taste.holds(
            Point.NOT_PREFERRED, candidate.weekday, candidate.cell
        ):
            names = [person.given_name for person in (pair.manager, pair.report) if person.prefers]
            yield f"in the half of the day that {listed(names)} would rather have"

    def words(self, point: Point) -> str:
        """Return what speaks against the time, without its points."""
        words: Mapping[Point, Callable[[], str]] = {
            Point.CLASHES: self._clashes,
            Point.FIRST_CLASHES: lambda: "the first date is one of these",
            Point.WEEK_BEGINS: lambda: f"{self._ends(0)} morning{self._whose(point)}",
            Point.WEEK_ENDS: lambda: f"{self._ends(1)} afternoon{self._whose(point)}",
            Point.LUNCH: lambda: f"over lunch{self._whose(point)}",
            Point.UNSOCIAL: self._unsocial,
            Point.NOT_PREFERRED: lambda: f"not the half of the day wished for{self._whose(point)}",
            Point.OTHER_TIME: lambda: "not a time they had before",
            Point.OFF_THE_HALF_HOUR: lambda: "not on the half hour",
            Point.NO_AIR: lambda: "another meeting right before or after",
            Point.BESIDE_UPWARD: lambda: f"next to the 1-2-1 of {self._names[0]} upward",
            Point.LATE_FIRST: lambda: "the first one is late for a new joiner",
            Point.SAME_DAY: self._same_day,
            Point.WAIT: self._wait,
            Point.OFF_CENTRE: lambda: "off the middle of the hours they share",
        }
        return words[point]()

    def _clashes(self) -> str:
        candidate = self._candidate
        days = some_dates(self._board.grid.day(day) for day in candidate.clashes)
        return f"taken on {len(candidate.clashes)} of {counted(candidate.counted, 'date')}: {days}"

    def _same_day(self) -> str:
        days = self._candidate.days
        many = self._board.many(self._request.pair.manager)
        most = max(many.get(day, 0) for day in days)
        return f"{counted(most, 'other 1-2-1')} of {self._names[0]} on that day"

    def _wait(self) -> str:
        first = self._board.grid.day(self._candidate.days[0])
        return f"the first is on {some_dates((first,))}"

    def _unsocial(self) -> str:
        earliest, latest = (f"{at:%H:%M}" for at in self._settings.social_hours)
        return f"before {earliest} or after {latest}{self._whose(Point.UNSOCIAL)}"

    def _ends(self, end: int) -> str:
        pair = self._request.pair
        found = {week_ends(person.hours)[end] for person in (pair.manager, pair.report)}
        return " or ".join(_WEEKDAYS[weekday] for weekday in sorted(found))

    def _whose(self, point: Point) -> str:
        """Return ` for Bo` where it is so for one of the two alone."""
        candidate, taste = self._candidate, self._taste
        names = [
            name
            for name, clock in zip(self._names, (taste.manager, taste.report), strict=True)
            if taste.of(clock, candidate.weekday, candidate.cell)[point]
        ]
        return f" for {names[0]}" if len(names) == 1 else ""
