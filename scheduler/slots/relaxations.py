"""What would help where no time fits: each thing really tried, the cheapest to people first."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from scheduler.people import Pair
from scheduler.settings import SlotSettings
from scheduler.slots.attempts import (
    Attempt,
    Family,
    Found,
    Kind,
    Tried,
    clashes,
    finer_starts,
    rarer,
    shorter,
)
from scheduler.slots.other_hours import another_day, both_longer, longer_days
from scheduler.slots.request import SlotRequest
from scheduler.slots.words import time_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """Something that people could do, and the time that fits then.

    `does` is what they do, `sentence` all of it in one. `request` and `settings` are what was asked when it was
    tried; `moved` is whose 1-2-1 goes elsewhere, and where.
    """

    kind: Kind
    cost: int
    does: str
    sentence: str
    found: Found
    request: SlotRequest
    settings: SlotSettings
    moved: tuple[Pair, Found] | None = None


def relaxations(request: SlotRequest, settings: SlotSettings, tried: Tried) -> Iterator[Relaxation]:
    """Yield what would help, the cheapest first, of each kind the least that does; tries no more than is taken."""
    possible = [family for family in _families(request, settings, tried) if family.attempts]
    waiting = [(family.attempts[0].cost, number, 0) for number, family in enumerate(possible)]
    heapify(waiting)
    while waiting:
        _, number, place = heappop(waiting)
        family = possible[number]
        attempt = family.attempts[place]
        if place == 0 and family.nested and _fitting(family.attempts[-1], tried) is None:
            continue
        found = _fitting(attempt, tried)
        if found is not None:
            yield _relaxation(attempt, found)
        elif place + 1 < len(family.attempts):
            heappush(waiting, (family.attempts[place + 1].cost, number, place + 1))


def _families(request: SlotRequest, settings: SlotSettings, tried: Tried) -> Iterator[Family]:
    """Yield all that could be done; where several cost the same, the first of them comes first."""
    yield Family(tuple(finer_starts(request, settings)))
    yield Family(tuple(shorter(request, settings)), nested=True)
    yield Family(tuple(rarer(request, settings)))
    for later in (True, False):
        for mine in (False, True):
            yield Family(tuple(longer_days(request, settings, mine=mine, later=later)), nested=True)
    for mine_later in (True, False):
        yield Family(tuple(both_longer(request, settings, mine_later=mine_later)), nested=True)
    yield Family(tuple(clashes(request, settings, tried)))
    for attempt in another_day(request, settings):
        yield Family((attempt,))


def _fitting(attempt: Attempt, tried: Tried) -> Found | None:
    return tried(attempt.request, attempt.settings)


def _relaxation(attempt: Attempt, found: Found) -> Relaxation:
    return Relaxation(
        kind=attempt.kind,
        cost=attempt.cost,
        does=attempt.does,
        sentence=f"{attempt.before}{time_in(found.start)}{attempt.after}",
        found=found,
        request=attempt.request,
        settings=attempt.settings,
    )
