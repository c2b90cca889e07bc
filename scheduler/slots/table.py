"""Who sits where: the times given out so far, and moving over to let one more in."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.settings import SlotSettings
from scheduler.slots.board import Board
from scheduler.slots.candidates import best, lines
from scheduler.slots.line import Candidate
from scheduler.slots.request import SlotRequest
from scheduler.slots.search import PUT_OFF
from scheduler.slots.team import Answer, value_of
from scheduler.slots.team_search import solve
from scheduler.slots.teams import Team, team_of
from scheduler.timespans import Span

PairKey = tuple[str, str]
_MOST_TRIES = 100  # in a tree everybody is somebody's neighbour; far from the pair little is won


@dataclass(frozen=True, slots=True)
class Seat:
    """A request and the time that it has; `fewest` is on how few dates any time clashes that it could have had, where known."""

    request: SlotRequest
    candidate: Candidate
    fewest: int | None = None


class Table:
    """The seats, by pair; the board shows the same."""

    def __init__(self, board: Board, window: Span, settings: SlotSettings) -> None:
        """Start with an empty table."""
        self.seated: dict[PairKey, Seat] = {}
        self._by_person: dict[str, set[PairKey]] = {}
        self._board = board
        self._window = window
        self._settings = settings
        self._tries = 0

    def seat_team(self, requests: Sequence[SlotRequest]) -> None:
        """Give the requests of one manager their times together, as the table stands.

        Longer first meetings stand in each other's way where all begin in one week. Where somebody would go without for that, they
        may begin later than they could.
        """
        if not requests:
            return
        team, answer = self._solved(requests)
        if None in answer and any(request.longest > request.minutes for request in requests):
            longer, other = self._solved(requests, later=PUT_OFF)
            if value_of(longer.problem, other)[:2] > value_of(team.problem, answer)[:2]:
                team, answer = longer, other
        for who, choice in enumerate(answer):
            if choice is not None:
                time = team.chosen(who, choice)
                self._put(Seat(requests[who], time, team.fewest_clashes(who) if time.clashes else 0))

    def _solved(self, requests: Sequence[SlotRequest], later: int = 0) -> tuple[Team, Answer]:
        team = team_of(requests, self._board, self._window, self._settings, later=later)
        return team, solve(team.problem)

    def squeeze_in(self, request: SlotRequest) -> bool:
        """Give a request a time by having others move over, in other teams too; say whether it has one."""
        self._tries = 0
        if not any(True for _ in lines(request, self._board, self._window, self._settings, placed=False)):
            return False
        return self._sit(request) or self._squeeze_in(request, {request.pair.key})

    def _sit(self, request: SlotRequest) -> bool:
        self._tries += 1
        found = best(request, self._board, self._window, self._settings)
        if found is None:
            return False
        self._put(Seat(request, found))
        return True

    def _squeeze_in(self, request: SlotRequest, asked: set[PairKey]) -> bool:
        """Ask those who share a person to move over, the least overdue first, each once.

        Who moves may ask others in turn (the augmenting paths of bipartite matching); where that
        leads nowhere all is as it was.
        """
        for seat in self._neighbours(request):
            if seat.request.pair.key in asked or self._tries > _MOST_TRIES:
                continue
            self._clear(seat)
            if self._sit(request):
                asked.add(seat.request.pair.key)
                if self._sit(seat.request) or self._squeeze_in(seat.request, asked):
                    return True
                self._clear(self.seated[request.pair.key])
            self._put(seat)
        return False

    def _neighbours(self, request: SlotRequest) -> list[Seat]:
        keys = {key for email in request.pair.key for key in self._by_person.get(email, ())}
        seats = [self.seated[key] for key in keys]
        return sorted(seats, key=lambda seat: (seat.request.urgency, seat.request.pair.key))

    def _put(self, seat: Seat) -> None:
        pair, time = seat.request.pair, seat.candidate
        self.seated[pair.key] = seat
        for email in pair.key:
            self._by_person.setdefault(email, set()).add(pair.key)
        self._board.place(pair, time.days, time.cell, seat.request)

    def _clear(self, seat: Seat) -> None:
        pair = seat.request.pair
        del self.seated[pair.key]
        for email in pair.key:
            self._by_person[email].remove(pair.key)
        self._board.take_back(pair)
