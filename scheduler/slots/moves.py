"""Another 1-2-1 that goes elsewhere, so that a time fits."""

from scheduler.people import Pair
from scheduler.settings import SlotSettings
from scheduler.slots.attempts import MOVE, Found, Kind
from scheduler.slots.relaxations import Relaxation
from scheduler.slots.request import Slot, SlotRequest
from scheduler.slots.words import time_in


def move_of(
    request: SlotRequest, settings: SlotSettings, slot: Slot, pair: Pair, elsewhere: Slot
) -> Relaxation:
    """Return what helps where the pair's series goes elsewhere: both times were found together."""
    mine, theirs = pair.names
    whose, where = f"The 1-2-1 of {mine} and {theirs}", time_in(elsewhere.start)
    return Relaxation(
        kind=Kind.MOVE,
        cost=MOVE,
        does=f"{whose} goes to {where}",
        sentence=f"If the 1-2-1 of {mine} and {theirs} went to {where}, {time_in(slot.start)} would fit.",
        found=found_in(slot),
        request=request,
        settings=settings,
        moved=(pair, found_in(elsewhere)),
    )


def found_in(slot: Slot) -> Found:
    """Return a slot's start and on how many of its dates both are free."""
    counted = len(slot.dates) - len(slot.away)
    return Found(slot.start, counted - len(slot.clashes), counted)
