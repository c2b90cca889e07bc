"""Teams and small companies of all kinds, with what can be asked and set drawn by a seed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from benchmarks.company import WEEKS, requests
from benchmarks.company_people import company, seeded, team
from benchmarks.company_weeks import Load, calendars
from scheduler.every import Cadence
from scheduler.people import Person
from scheduler.settings import Days, SlotSettings
from scheduler.slots.request import PersonTime, SlotRequest
from scheduler.timespans import DAY, Span, midnight

_EVERY = ("1 week", "2 weeks", "3 weeks", "4 weeks", "6 weeks", "1 month", "2 months", "1 quarter")
_YEAR = 54  # weeks


@dataclass(frozen=True)
class World:
    """What is asked, what is known, from when on, and how times are chosen."""

    requests: list[SlotRequest]
    calendars: Mapping[str, PersonTime]
    window: Span
    settings: SlotSettings


def world(seed: int) -> World:
    """Return the world of that seed: a team or a small company, at some time of the year."""
    chance = seeded(seed)
    today = date(2026, 1, 5) + timedelta(days=chance.randrange(364))
    people = company(17, seed) if chance.random() < 0.3 else _team(chance)
    known = calendars(people, today, WEEKS, chance, Load((5, 24), (5, 20)))
    start = midnight(today, UTC)
    return World(
        requests=[_asked(request, today, chance) for request in requests(people, chance)],
        calendars={email: _with_one_to_ones(time, today, chance) for email, time in known.items()},
        window=Span(start, start + timedelta(weeks=chance.choice((4, 12, 26)))),
        settings=SlotSettings(
            step=timedelta(minutes=chance.choice((5, 15, 30, 60))),
            free_share=chance.choice((0.0, 0.5, 0.75, 1.0)),
            days=chance.choice(list(Days)),
            air=timedelta(minutes=chance.choice((0, 5, 15))),
        ),
    )


def _team(chance: Random) -> list[Person]:
    return team(chance.randrange(1, 11), chance.randrange(1, 6), chance)


def _asked(request: SlotRequest, today: date, chance: Random) -> SlotRequest:
    """Return the request with more asked of it: an end, a longer first meeting and by when, times had before."""
    tz = request.pair.manager.tz
    earliest = midnight(today + chance.randrange(30) * DAY, tz) + chance.choice((0, 0, 613)) * timedelta(
        minutes=1
    )
    before = [
        datetime(2025, chance.randint(1, 12), chance.randint(1, 28), chance.randint(9, 16), tzinfo=tz)
        for _ in range(chance.randrange(3))
    ]
    return replace(
        request,
        cadence=Cadence.parse(chance.choice(_EVERY)),
        minutes=chance.choice((15, 25, 30, 45, 50, 60)),
        earliest=earliest,
        until=earliest.date() + chance.randrange(1, 200) * DAY if chance.random() < 0.2 else None,
        first_minutes=chance.choice((None, None, 60, 90)),
        first_by=earliest + chance.randrange(14) * DAY if chance.random() < 0.3 else None,
        before=tuple(before),
    )


def _with_one_to_ones(time: PersonTime, today: date, chance: Random) -> PersonTime:
    """Return a person's time with up to two series of 1-2-1s that people made themselves, in their hours or not."""
    spans: list[Span] = []
    for _ in range(chance.randrange(3)):
        first = today + chance.randrange(14) * DAY
        hour, minute, every = chance.randint(8, 16), chance.choice((0, 30)), chance.choice((1, 2, 4))
        for week in range(0, _YEAR, every):
            day = first + 7 * week * DAY
            start = datetime(day.year, day.month, day.day, hour, minute, tzinfo=time.person.tz).astimezone(
                UTC
            )
            spans.append(Span(start, start + timedelta(minutes=30)))
    return replace(time, one_to_ones=tuple(spans), upward=tuple(spans[:5]) if time.person.manager else ())
