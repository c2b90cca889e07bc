"""Other working hours as something that people could do: longer days, and one more day."""

from collections.abc import Iterator
from dataclasses import replace

from scheduler.people import Pair, Person
from scheduler.settings import SlotSettings
from scheduler.slots.attempts import FINER, OFF_THE_HALF_HOUR, Attempt, Kind, step_key
from scheduler.slots.request import SlotRequest
from scheduler.slots.working import also_on, day_end, day_start, longer
from scheduler.words import city

_LONGER = (10, 20, 30, 60, 120, 180)
_TWO_HOURS = 120
_LONGER_AT_ALL = 10
_ONE_MORE_DAY, _ON_A_WEEKEND = 60, 100
_SATURDAY = 5
_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def longer_days(
    request: SlotRequest, settings: SlotSettings, *, mine: bool, later: bool
) -> Iterator[Attempt]:
    """Yield longer and longer days of one of the two, the manager's where they are `mine`."""
    _, name = _who(request.pair, mine=mine)
    for minutes in _LONGER:
        wider = _wider(request, minutes, mine=mine, later=later)
        place = city(_who(request.pair, mine=mine)[0].tz)
        plain = Attempt(
            kind=Kind.LONGER_DAY,
            cost=_LONGER_AT_ALL + minutes,
            does=f"{name} works {_hours(wider, minutes, mine=mine, later=later)}",
            before=f"If {name} worked {_how(minutes, later=later)} in {place}, ",
            after=" would fit.",
            request=wider,
            settings=settings,
        )
        yield plain
        if settings.step > FINER[0]:
            yield replace(
                plain,
                cost=plain.cost + OFF_THE_HALF_HOUR,
                after=f" would fit ({step_key(FINER[0])}).",
                settings=replace(settings, step=FINER[0]),
            )


def both_longer(request: SlotRequest, settings: SlotSettings, *, mine_later: bool) -> Iterator[Attempt]:
    """Yield longer and longer days of both, so that neither bears all of it: the manager's end where they are later."""
    mine, theirs = request.pair.names
    for minutes in _LONGER:
        wider = _wider(request, minutes, mine=True, later=mine_later)
        wider = _wider(wider, minutes, mine=False, later=not mine_later)
        my_hours = _hours(wider, minutes, mine=True, later=mine_later)
        their_hours = _hours(wider, minutes, mine=False, later=not mine_later)
        my_how, their_how = _how(minutes, later=mine_later), _how(minutes, later=not mine_later)
        yield Attempt(
            kind=Kind.BOTH_LONGER,
            cost=2 * (_LONGER_AT_ALL + minutes),
            does=f"{mine} works {my_hours}, and {theirs} {their_hours}",
            before=f"If {mine} worked {my_how} and {theirs} {their_how}, ",
            after=" would fit.",
            request=wider,
            settings=settings,
        )


def _wider(request: SlotRequest, minutes: int, *, mine: bool, later: bool) -> SlotRequest:
    person, _ = _who(request.pair, mine=mine)
    return _with(request, longer(person, 0 if later else minutes, minutes if later else 0), mine=mine)


def _hours(request: SlotRequest, minutes: int, *, mine: bool, later: bool) -> str:
    """Write how much longer somebody works than they do, with when their day ends or begins then."""
    person, _ = _who(request.pair, mine=mine)
    ends = f"to {day_end(person)}" if later else f"from {day_start(person)}"
    return f"{_how(minutes, later=later)}, {ends} in {city(person.tz)}"


def _how(minutes: int, *, later: bool) -> str:
    length = f"{minutes} minutes" if minutes < _TWO_HOURS else f"{minutes // 60} hours"
    return f"{length} {'later' if later else 'earlier'}"


def another_day(request: SlotRequest, settings: SlotSettings) -> Iterator[Attempt]:
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
