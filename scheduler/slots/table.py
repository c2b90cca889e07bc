"""Who sits where: the times given out so far, and moving over to let one more in."""

from dataclasses import dataclass

from scheduler.settings import SlotSettings
from scheduler.slots.board import Board
from scheduler.slots.candidates import best
from scheduler.slots.request import SlotRequest
from scheduler.slots.search import Candidate
from scheduler.timespans import Span

PairKey = tuple[str, str]
_MOST_TRIES = 100  # in a tree everybody is somebody's neighbour; far from the pair little is won


@dataclass(frozen=True, slots=True)
class Seat:
    """A request and the time that it has."""

    request: SlotRequest
    candidate: Candidate


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

    def seat(self, request: SlotRequest) -> bool:
        """Give the request its best time, if need be by having others move over; say whether it has one."""
        self._tries = 0
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
        self._board.place(pair, time.days, time.cell, seat.request.minutes)

    def _clear(self, seat: Seat) -> None:
        pair = seat.request.pair
        del self.seated[pair.key]
        for email in pair.key:
            self._by_person[email].remove(pair.key)
        self._board.take_back(pair)
