"""What people could do so that a time fits, before any of it is tried.

What each costs them, in points; one point is about a minute of a meeting:

| what they do | points |
|---|---|
| they start off the half hour | 5 |
| they meet for less time | 1 a minute; 25 more where under 25 are left (at least 30 minutes, always: Rands) |
| another 1-2-1 of ours goes elsewhere | 30: two people get used to another time |
| they meet less often | 35 for every 2 weeks, 60 for a month, 90 for a quarter (never under two a month: GitLab) |
| one of them works longer | 10, and 1 a minute; 5 more where they start off the half hour |
| they accept more clashes | 1 for each hundredth of the dates: each is a meeting to be moved by hand |
| one of them works on one more weekday | 60; 100 where it is a Saturday or a Sunday |
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import floor

from scheduler.every import Cadence, Unit
from scheduler.people import Pair, Person
from scheduler.settings import SlotSettings
from scheduler.slots.request import SlotRequest
from scheduler.slots.working import also_on, day_end, day_start, longer
from scheduler.words import city, every

_STARTS = (timedelta(minutes=10), timedelta(minutes=5))
_SHORTER = (50, 45, 40, 30, 25, 20, 15)
_RARER = {Cadence(2, Unit.WEEK): 35, Cadence(1, Unit.MONTH): 60, Cadence(1, Unit.QUARTER): 90}
_LONGER = (10, 20, 30, 60, 120, 180)
_OFF_THE_HALF_HOUR = 5
MOVE = 30
_HARDLY_A_MEETING, _FEWEST_MINUTES = 25, 25
_LONGER_AT_ALL = 10
_ONE_MORE_DAY, _ON_A_WEEKEND = 60, 100
_SATURDAY = 5
_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


class Kind(StrEnum):
    """What people do."""

    STARTS = "starts"
    SHORTER = "shorter"
    MOVE = "move"
    RARER = "rarer"
    LONGER_DAY = "longer_day"
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


def families(request: SlotRequest, settings: SlotSettings, tried: Tried) -> Iterator[Family]:
    """Yield all that could be done; where several cost the same, the first of them comes first."""
    yield Family(tuple(_starts(request, settings)))
    yield Family(tuple(_shorter(request, settings)), nested=True)
    yield Family(tuple(_rarer(request, settings)))
    for later in (True, False):
        for mine in (False, True):
            yield Family(tuple(_longer_days(request, settings, mine=mine, later=later)), nested=True)
    yield Family(tuple(_clashes(request, settings, tried)))
    for attempt in _another_day(request, settings):
        yield Family((attempt,))


def _starts(request: SlotRequest, settings: SlotSettings) -> Iterator[Attempt]:
    for number, step in enumerate(_STARTS):
        if step < settings.step:
            yield Attempt(
                kind=Kind.STARTS,
                cost=_OFF_THE_HALF_HOUR + number,
                does=f"A start on every {_minutes(step)} minutes",
                before=f"A start on every {_minutes(step)} minutes would fit: ",
                after=f" ({_step_key(step)}).",
                request=request,
                settings=replace(settings, step=step),
            )


def _shorter(request: SlotRequest, settings: SlotSettings) -> Iterator[Attempt]:
    for minutes in _SHORTER:
        if minutes < request.minutes:
            does = f"{minutes} minutes in place of {request.minutes}"
            hardly = _HARDLY_A_MEETING if minutes < _FEWEST_MINUTES else 0
            yield Attempt(
                kind=Kind.SHORTER,
                cost=request.minutes - minutes + hardly,
                does=does,
                before=f"{does} would fit: ",
                request=replace(request, minutes=minutes),
                settings=settings,
            )


def _rarer(request: SlotRequest, settings: SlotSettings) -> Iterator[Attempt]:
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


def _longer_days(
    request: SlotRequest, settings: SlotSettings, *, mine: bool, later: bool
) -> Iterator[Attempt]:
    """Yield longer and longer days of one of the two, the manager's where they are `mine`."""
    person, name = _who(request.pair, mine=mine)
    for minutes in _LONGER:
        wider = longer(person, 0 if later else minutes, minutes if later else 0)
        how = f"{minutes} minutes {'later' if later else 'earlier'}"
        ends = f"to {day_end(wider)}" if later else f"from {day_start(wider)}"
        plain = Attempt(
            kind=Kind.LONGER_DAY,
            cost=_LONGER_AT_ALL + minutes,
            does=f"{name} works {how}, {ends} in {city(person.tz)}",
            before=f"If {name} worked {how} in {city(person.tz)}, ",
            after=" would fit.",
            request=_with(request, wider, mine=mine),
            settings=settings,
        )
        yield plain
        if settings.step > _STARTS[0]:
            yield replace(
                plain,
                cost=plain.cost + _OFF_THE_HALF_HOUR,
                after=f" would fit ({_step_key(_STARTS[0])}).",
                settings=replace(settings, step=_STARTS[0]),
            )


def _clashes(request: SlotRequest, settings: SlotSettings, tried: Tried) -> Iterator[Attempt]:
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


def _another_day(request: SlotRequest, settings: SlotSettings) -> Iterator[Attempt]:
    """Yield the days on which one of the two works and the other does not; none on which neither does."""
    for mine in (False, True):
        (person, name), (other, _) = _who(request.pair, mine=mine), _who(request.pair, mine=not mine)
        for weekday, day in enumerate(_DAYS):
            if person.hours.week[weekday] or not other.hours.week[weekday]:
                continue
            yield Attempt(
                kind=Kind.ANOTHER_DAY,
                cost=_ON_A_WEEKEND if weekday >= _SATURDAY else _ONE_MORE_DAY,
                does=f"{name} works on {day} too",
                before=f"If {name} worked on {day} too, ",
                after=" would fit.",
                request=_with(request, also_on(person, weekday), mine=mine),
                settings=settings,
            )


def _who(pair: Pair, *, mine: bool) -> tuple[Person, str]:
    return (pair.manager, pair.names[0]) if mine else (pair.report, pair.names[1])


def _with(request: SlotRequest, person: Person, *, mine: bool) -> SlotRequest:
    pair = Pair(person, request.pair.report) if mine else Pair(request.pair.manager, person)
    return replace(request, pair=pair)


def _minutes(step: timedelta) -> int:
    return step // timedelta(minutes=1)


def _step_key(step: timedelta) -> str:
    return f'step = "{_minutes(step)} minutes" under [slots]'
