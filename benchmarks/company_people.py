"""People of a made-up company: where they live, when they work, who is whose manager; the same for the same seed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from scheduler.hours import WorkingHours
from scheduler.people import CalendarSource, Person

_SAMPLED = tuple(
    date(2027, month, day) for month in range(1, 13) for day in (3, 11, 18, 28)
)  # all clock changes between
_ENOUGH = 120  # minutes a day that two people across zones share before anybody works in the evening
_CALLS = ("06:00-08:00", "07:00-09:00", "18:30-20:30", "19:30-21:30", "21:00-23:00")
_CALL_DAYS = ("Tue-Thu", "Mon-Thu", "Tue,Thu", "Mon,Wed,Thu")


@dataclass(frozen=True)
class Site:
    """A place with people: its zone, its public holidays (ISO 3166), and how they usually work."""

    tz: ZoneInfo
    country: str
    hours: tuple[str, ...]


def _site(tz: str, country: str, *hours: str) -> Site:
    return Site(ZoneInfo(tz), country, hours)


_WESTERN = (
    *("Mon-Fri 09:00-17:30",) * 12,
    *("Mon-Fri 08:30-17:00",) * 4,
    *("Mon-Fri 10:00-18:30",) * 3,
    *("Mon-Fri 07:00-15:00",) * 2,
    "Mon-Thu 09:00-15:00",
    "Tue-Thu 09:00-17:30",
    "Mon-Wed 09:00-17:00; Thu 09:00-13:00",
    "Mon-Fri 09:00-12:00; Mon-Fri 13:00-18:00",
)
_SUNDAYS = (*("Sun-Thu 09:00-18:00",) * 8, "Sun-Thu 08:00-16:00", "Sun-Wed 09:00-15:00")
SITES = {
    "Berlin": _site("Europe/Berlin", "DE", *_WESTERN),
    "London": _site("Europe/London", "GB", *_WESTERN),
    "Jerusalem": _site("Asia/Jerusalem", "IL", *_SUNDAYS),
    "New York": _site("America/New_York", "US", *_WESTERN),
    "Los Angeles": _site("America/Los_Angeles", "US", *_WESTERN),
    "Sao Paulo": _site("America/Sao_Paulo", "BR", *_WESTERN),
    "Kolkata": _site("Asia/Kolkata", "IN", *("Mon-Fri 10:00-18:30",) * 6, "Mon-Fri 12:00-20:30"),
    "Tokyo": _site("Asia/Tokyo", "JP", *("Mon-Fri 09:30-18:00",) * 6, "Mon-Fri 08:00-16:30"),
    "Sydney": _site("Australia/Sydney", "AU", *_WESTERN),
}
NEIGHBOURS = {
    "Berlin": ("London", "Jerusalem", "Kolkata", "New York", "Los Angeles"),
    "London": ("Berlin", "New York", "Jerusalem", "Kolkata", "Sao Paulo"),
    "Jerusalem": ("Berlin", "London", "Kolkata", "New York", "Tokyo"),
    "New York": ("Los Angeles", "London", "Sao Paulo", "Berlin", "Kolkata"),
    "Los Angeles": ("New York", "Sao Paulo", "Tokyo", "London", "Sydney"),
    "Sao Paulo": ("New York", "London", "Los Angeles", "Berlin", "Jerusalem"),
    "Kolkata": ("Tokyo", "Berlin", "London", "Jerusalem", "Sydney"),
    "Tokyo": ("Sydney", "Kolkata", "Los Angeles", "Jerusalem", "Berlin"),
    "Sydney": ("Tokyo", "Kolkata", "Los Angeles", "Berlin", "London"),
}
"""With whom each place works, the nearest first."""


def member(number: int, place: str, manager: Person | None, chance: Random) -> Person:
    """Return somebody who works at that place, and at a few odd hours where their manager is far away."""
    site = SITES[place]
    hours = chance.choice(site.hours)
    if manager is not None and shared_minutes(hours, site.tz, str(manager.hours), manager.tz) < _ENOUGH:
        hours = _with_calls(hours, site.tz, manager, chance)
    return Person(
        email=f"p{number:05}@example.com",
        name=f"Person {number}",
        tz=site.tz,
        hours=WorkingHours.parse(hours),
        calendar=CalendarSource("folder"),
        manager=None if manager is None else manager.email,
        country=site.country,
    )


def company(count: int, seed: int, span: int = 8) -> list[Person]:
    """Return so many people in one tree, managers before their reports, each manager with `span` of them.

    Half of the teams are at one place, the others spread over two to five zones. Who has a team at some other place
    than their own has their department there.
    """
    chance = seeded(seed)
    places = [chance.choice(("Berlin", "London", "New York"))]
    people = [member(0, places[0], None, chance)]
    team: tuple[str, ...] = ()
    for number in range(1, count):
        boss, place = divmod(number - 1, span)
        if place == 0:
            team = _team_places(places[boss], boss, chance)
        places.append(chance.choice(team))
        people.append(member(number, places[-1], people[boss], chance))
    return people


def team(reports: int, zones: int, chance: Random) -> list[Person]:
    """Return a manager and then their reports, spread over so many zones (1 to 5), the manager's among them."""
    home = chance.choice(sorted(SITES))
    places = (home, *NEIGHBOURS[home][: zones - 1])
    manager = member(0, home, None, chance)
    others = [places[number % zones] for number in range(1, reports + 1)]
    return [manager, *(member(number, place, manager, chance) for number, place in enumerate(others, 1))]


@cache
def shared_minutes(hours: str, tz: ZoneInfo, other_hours: str, other_tz: ZoneInfo) -> int:
    """Return for how many minutes of a working day both work, on the worst of dates all over the year."""
    mine, theirs = WorkingHours.parse(hours), WorkingHours.parse(other_hours)
    found = [
        _minutes_together(day, mine, tz, theirs, other_tz)
        for day in _SAMPLED
        if mine.on(day) and theirs.on(day)
    ]
    return min(found, default=0)


def _team_places(home: str, boss: int, chance: Random) -> tuple[str, ...]:
    if boss == 0:
        return ("Berlin", "London", "New York", "Los Angeles", "Kolkata", "Tokyo")
    if chance.random() < 0.5:  # noqa: PLR2004 - every other team
        return (home,)
    others = chance.choice((1, 1, 1, 2, 2, 3, 4))
    return (home, home, *NEIGHBOURS[home][:others])


def _with_calls(hours: str, tz: ZoneInfo, manager: Person, chance: Random) -> str:
    """Return the hours with early or late ones on a few days, those that reach most of the manager's day."""

    def reach(call: str) -> int:
        return shared_minutes(f"Mon-Fri {call}", tz, str(manager.hours), manager.tz)

    best = max(_CALLS, key=reach)
    if not reach(best):
        return hours
    worked = WorkingHours.parse(hours)
    days = chance.choice(_CALL_DAYS)
    calls = "; ".join(f"{day} {best}" for day in days.split(","))
    try:
        return str(WorkingHours.parse(f"{worked}; {calls}"))
    except ValueError:  # their usual day reaches into the call
        return hours


def _minutes_together(
    day: date, mine: WorkingHours, tz: ZoneInfo, theirs: WorkingHours, other_tz: ZoneInfo
) -> int:
    nearby = (day - timedelta(days=1), day, day + timedelta(days=1))
    total = timedelta()
    for start, end in _shifts((day,), mine, tz):
        for other_start, other_end in _shifts(nearby, theirs, other_tz):
            total += max(timedelta(), min(end, other_end) - max(start, other_start))
    return total // timedelta(minutes=1)


def _shifts(days: Iterable[date], hours: WorkingHours, tz: ZoneInfo) -> Sequence[tuple[datetime, datetime]]:
    return [
        (datetime.combine(day, start, tz).astimezone(UTC), datetime.combine(day, end, tz).astimezone(UTC))
        for day in days
        for start, end in hours.on(day)
    ]


def seeded(seed: int) -> Random:
    """Return chance that is the same each time."""
    return Random(seed)  # noqa: S311 - sample data, not a secret
