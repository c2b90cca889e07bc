"""From requests to the problem of each manager's week, and back: who chooses, and from which times."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from scheduler.settings import SlotSettings
from scheduler.slots.board import Board
from scheduler.slots.candidates import ahead_of, lines, same_day, weeks_of
from scheduler.slots.grid import CELL, cells_of
from scheduler.slots.line import Candidate, Line
from scheduler.slots.request import PersonTime, SlotRequest
from scheduler.slots.team import Choice, Dates, TeamProblem, Weights
from scheduler.timespans import Span

_OFFERED = tuple[Line, int]


@dataclass(frozen=True, slots=True)
class Team:
    """The requests of one manager, as a problem; `times` are the lines and cells behind its choices."""

    requests: tuple[SlotRequest, ...]
    problem: TeamProblem
    times: tuple[tuple[_OFFERED, ...], ...]

    def chosen(self, who: int, choice: int) -> Candidate:
        """Return the time behind a choice."""
        line, cell = self.times[who][choice]
        return line.candidate(cell)

    def fewest_clashes(self, who: int) -> int:
        """Return on how few dates any time clashes that somebody could have."""
        return min(line.clashing(cell) for line, cell in self.times[who])


def from_the_top(
    requests: Iterable[SlotRequest], calendars: Mapping[str, PersonTime]
) -> list[tuple[SlotRequest, ...]]:
    """Return the requests of each manager together, those first who stand higher: their people take their times as given."""
    managers = {email: time.person.manager for email, time in calendars.items()}

    def place(request: SlotRequest) -> tuple[int, str]:
        email = request.pair.manager.email
        return _depth(email, managers), email

    ordered = sorted(requests, key=lambda request: (*place(request), request.pair.key))
    return [tuple(team) for _, team in groupby(ordered, key=place)]


def team_of(
    requests: Sequence[SlotRequest], board: Board, window: Span, settings: SlotSettings, *, later: int = 0
) -> Team:
    """Return the problem of one manager's requests, as the board stands; a series may begin so many days `later` than it could."""
    numbers = _Numbers(ahead_of(board, window, requests[0]))
    times = tuple(_offered(request, board, window, settings, later) for request in requests)
    choices = tuple(
        tuple(
            Choice(
                numbers.of(line),
                cell,
                cell + cells_of(request.minutes),
                line.worth(cell),
                cells_of(request.longest) - cells_of(request.minutes),
            )
            for line, cell in offered
        )
        for request, offered in zip(requests, times, strict=True)
    )
    weeks, manager = weeks_of(window), requests[0].pair.manager
    first = board.grid.first.weekday()
    return Team(
        requests=tuple(requests),
        problem=TeamProblem(
            choices=choices,
            urgencies=tuple(max(0, round(request.urgency)) for request in requests),
            dates=tuple(numbers.found),
            weights=Weights(
                same_day=same_day(settings),
                no_air=settings.weights.no_air,
                air=-(-settings.air // CELL),
                another_hour=weeks * settings.weights.another_hour,
            ),
            hours=frozenset(
                ((first + day) % 7, cell) for day, cell in board.starts_of(manager) if day < numbers.until
            ),
        ),
        times=times,
    )


def _offered(
    request: SlotRequest, board: Board, window: Span, settings: SlotSettings, later: int
) -> tuple[_OFFERED, ...]:
    return tuple(
        (line, cell)
        for line in lines(request, board, window, settings, later=later)
        for cell in line
        if line.free_share(cell) >= settings.free_share
    )


class _Numbers:
    """Gives each set of dates its number; `until` is the first day that the window does not reach."""

    def __init__(self, until: int) -> None:
        self.until = until
        self.found: list[Dates] = []
        self._numbers: dict[tuple[str, int, int], int] = {}

    def of(self, line: Line) -> int:
        key = line.rrule, line.days[0], line.days[-1]
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.found)
            every = sum(1 << day for day in line.days)
            self.found.append(Dates(line.weekday, every, every & ((1 << self.until) - 1)))
        return number


def _depth(email: str, managers: Mapping[str, str | None]) -> int:
    """Return how many managers stand above a person; a circle ends where it closes."""
    above: set[str] = set()
    manager = managers.get(email)
    while manager is not None and manager not in above:
        above.add(manager)
        manager = managers.get(manager)
    return len(above)
