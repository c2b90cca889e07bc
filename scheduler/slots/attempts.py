"""What people could do so that a time fits, before any of it is tried.

What each costs them, in points; one point is about a minute of a meeting:

| what they do | points |
|---|---|
| they start off the half hour | 5 |
| they meet for less time | 1 a minute; 25 more where under 25 are left; 5 where it is the first one alone (at least 30 minutes, always: Rands) |
| another 1-2-1 of ours goes elsewhere | 30: two people get used to another time |
| they meet less often | 35 for every 2 weeks, 60 for a month, 90 for a quarter (never under two a month: GitLab) |
| one of them works longer | 10, and 1 a minute; 5 more where they start off the half hour |
| both work longer, one into the evening and the other from the morning on | the same for each |
| they accept more clashes | 1 for each hundredth of the dates: each is a meeting to be moved by hand |
| one of them works on one more weekday | 60; 100 where it is a Saturday or a Sunday |
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import floor

from scheduler.every import Cadence, Unit
from scheduler.settings import SlotSettings
from scheduler.slots.request import SlotRequest
from scheduler.words import every

FINER = (timedelta(minutes=10), timedelta(minutes=5))
OFF_THE_HALF_HOUR = 5
MOVE = 30
_SHORTER = (50, 45, 40, 30, 25, 20, 15)
_ONCE = 5
_HARDLY_A_MEETING, _FEWEST_MINUTES = 25, 25
_RARER = {Cadence(2, Unit.WEEK): 35, Cadence(1, Unit.MONTH): 60, Cadence(1, Unit.QUARTER): 90}


class Kind(StrEnum):
    """What people do."""

    STARTS = "starts"
    SHORTER = "shorter"
    MOVE = "move"
    RARER = "rarer"
    LONGER_DAY = "longer_day"
    BOTH_LONGER = "both_longer"
    CLASHES = "clashes"
    ANOTHER_DAY = "another_day"


@dataclass(frozen=True, slots=True)
class Found:
    """A time that fits: its first date, in the manager's zone, and on how many of its dates both are free."""

    start: datetime
    free: int
    counted: int


Tried = Callable[[SlotRequest, SlotSettings], Found | None]
"""The search: the best time for a request, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What could be done, before it is tried; `before` and `after` are the sentence around the time."""

    kind: Kind
    cost: int
    does: str
    before: str
    after: str = "."
    request: SlotRequest
    settings: SlotSettings


@dataclass(frozen=True, slots=True)
class Family:
    """Attempts of one kind, the cheapest first, of which the first that fits will do.

    Where they are `nested` each allows all that the one before it does: where the last fails, all do.
    """

    attempts: Sequence[Attempt]
    nested: bool = False


def finer_starts(request: SlotRequest, settings: SlotSettings) -> Iterator[Attempt]:
    """Yield finer and finer grids of starts."""
    for number, step in enumerate(FINER):
        if step < settings.step:
            yield Attempt(
                kind=Kind.STARTS,
                cost=OFF_THE_HALF_HOUR + number,
                does=f"Starts every {_minutes(step)} minutes",
                before=f"With starts every {_minutes(step)} minutes ",
                after=f" would fit ({step_key(step)}).",
                request=request,
                settings=replace(settings, step=step),
            )


def shorter(request: SlotRequest, settings: SlotSettings) -> Iterator[Attempt]:
    """Yield a first one that is no longer than the others, then shorter and shorter meetings."""
    if request.longest > request.minutes:
        does = f"A first one of {request.minutes} minutes in place of {request.longest}"
        yield Attempt(
            kind=Kind.SHORTER,
            cost=_ONCE,
            does=does,
            before=f"{does} would fit: ",
            request=replace(request, first_minutes=None),
            settings=settings,
        )
    for minutes in _SHORTER:
        if minutes < request.minutes:
            does = f"{minutes} minutes in place of {request.minutes}"
            hardly = _HARDLY_A_MEETING if minutes < _FEWEST_MINUTES else 0
            yield Attempt(
                kind=Kind.SHORTER,
                cost=request.minutes - minutes + hardly,
                does=does,
                before=f"{does} would fit: ",
                request=replace(request, minutes=minutes, first_minutes=None),
                settings=settings,
            )


def rarer(request: SlotRequest, settings: SlotSettings) -> Iterator[Attempt]:
    """Yield meeting less and less often."""
    for cadence, cost in _RARER.items():
        if cadence.days > request.cadence.days:
            does = f"Meeting {every(cadence)}"
            yield Attempt(
                kind=Kind.RARER,
                cost=cost,
                does=does,
                before=f"{does} would fit: ",
                request=replace(request, cadence=cadence),
                settings=settings,
            )


def clashes(request: SlotRequest, settings: SlotSettings, tried: Tried) -> Iterator[Attempt]:
    """Yield the share of dates that would do; what it costs is only known when it has been tried."""
    found = tried(request, replace(settings, free_share=0.0))
    if found is None or not found.free:
        return
    share = floor(100 * found.free / found.counted) / 100
    if share >= settings.free_share:
        return
    does = f"Accepting clashes on {found.counted - found.free} of {found.counted} dates"
    yield Attempt(
        kind=Kind.CLASHES,
        cost=round(100 * (found.counted - found.free) / found.counted),
        does=does,
        before=f"{does} would do: ",
        after=f" (free_share = {share:g} under [slots]).",
        request=request,
        settings=replace(settings, free_share=share),
    )


def _minutes(step: timedelta) -> int:
    return step // timedelta(minutes=1)


def step_key(step: timedelta) -> str:
    """Write the grid of starts as the config has it."""
    return f'step = "{_minutes(step)} minutes" under [slots]'
