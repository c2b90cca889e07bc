"""Managers with a team that nothing is scheduled for, from ample to scarce: what `benchmarks.slots_exact` compares on.

In the "new" ones there is little more than an hour a person, and half of their people are new: these want a first one of an hour,
and all may begin up to four weeks later than they could, so that first hours fit one after the other. In the "alike" ones everybody
works the same hours and has nothing else, and in every other one of them all are new: whoever looks at people one by one sees no
difference between them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta

from benchmarks.company_people import seeded, team
from benchmarks.company_weeks import Load, calendars
from scheduler.every import Cadence
from scheduler.people import Pair
from scheduler.settings import SlotSettings
from scheduler.slots.assign import grid_of
from scheduler.slots.board import Board
from scheduler.slots.request import PersonTime, SlotRequest
from scheduler.slots.search import PUT_OFF
from scheduler.slots.team import TeamProblem
from scheduler.slots.teams import team_of
from scheduler.timespans import Span, midnight

MONDAY = date(2026, 11, 23)
WINDOW = Span(midnight(MONDAY, UTC), midnight(MONDAY, UTC) + timedelta(weeks=12))
SETTINGS = SlotSettings()
_WEEKS = 27
_SIZES = (4, 6, 12, 16, 20, 24)
_OF_EACH = 4
_MEASURED = ((8, "ample"), (30, "scarce"))  # of these the medians are asked for
_OF_MEASURED = 10
_NEW = (6, 8, 12, 16)
_ALIKE = (4, 8, 12, 16)
_EVERY = ("1 week", "1 week", "2 weeks", "2 weeks", "2 weeks", "4 weeks", "4 weeks", "1 month")
_LOADS = {
    "ample": Load((10, 16), (8, 14)),
    "scarce": Load((24, 28), (14, 20)),
    "new": Load((28, 32), (16, 22)),
    "alike": Load((30, 34), (0, 0)),
}


@dataclass(frozen=True)
class Team:
    """A manager's team: how many reports, how scarce time is, in how many zones; what is asked, and what is known."""

    number: int
    size: int
    kind: str
    zones: int
    requests: Sequence[SlotRequest]
    calendars: Mapping[str, PersonTime]

    def __str__(self) -> str:
        """Name it by what it is."""
        return f"{self.number}: {self.size} people, {self.kind}, {self.zones} zones"


def teams(seed: int = 0) -> Iterator[Team]:
    """Yield 100 teams, the same for the same seed: four of each size and kind, ten of those whose medians are asked for."""
    wanted = [(size, kind) for size in _SIZES for kind in ("ample", "scarce") for _ in range(_OF_EACH)]
    wanted += [each for each in _MEASURED for _ in range(_OF_MEASURED)]
    wanted += [(size, "new") for size in _NEW for _ in range(_OF_EACH)]
    for number, (size, kind) in enumerate(wanted):
        yield made(number, size, kind, zones=2 + number % 4, seed=seed)
    for number, size in enumerate((size for size in _ALIKE for _ in range(_OF_EACH)), start=len(wanted)):
        yield alike(number, size, new=number % 2 == 1, seed=seed)


def made(number: int, size: int, kind: str, zones: int, seed: int) -> Team:
    """Return the team of that number."""
    chance = seeded(1000 * seed + number)
    people = team(size, zones, chance)
    manager, *reports = people
    requests = [
        SlotRequest(
            pair=Pair(manager, report),
            cadence=Cadence.parse(chance.choice(_EVERY)),
            minutes=chance.choice((30, 30, 30, 45, 60)),
            earliest=midnight(MONDAY + timedelta(days=3), manager.tz),
            urgency=float(chance.choice((0, 0, 0, 7, 14, 30))),
        )
        for report in reports
    ]
    if kind == "new":
        requests[::2] = [replace(each, first_minutes=60) for each in requests[::2]]
    known = calendars(people, MONDAY, _WEEKS, chance, _LOADS[kind])
    return Team(number, size, kind, zones, requests, known)


def alike(number: int, size: int, *, new: bool, seed: int) -> Team:
    """Return the team of that number, in which all work as the first report does and nothing else is asked of them."""
    chance = seeded(1000 * seed + number)
    manager, first, *_ = people = team(size, 1, chance)
    cadence, minutes = Cadence.parse(chance.choice(_EVERY)), chance.choice((30, 30, 45, 60))
    reports = [replace(each, hours=first.hours, country=None) for each in people[1:]]
    requests = [
        SlotRequest(
            pair=Pair(manager, report),
            cadence=cadence,
            minutes=minutes,
            earliest=midnight(MONDAY + timedelta(days=3), manager.tz),
            urgency=float(chance.choice((0, 0, 14))),
            first_minutes=60 if new else None,
        )
        for report in reports
    ]
    known = calendars(people, MONDAY, _WEEKS, chance, _LOADS["alike"])
    free = {report.email: PersonTime(person=report) for report in reports}
    return Team(number, size, "alike", 1, requests, {**known, **free})


def problem_of(team: Team) -> TeamProblem:
    """Return the team's problem, as the job makes it of requests and calendars."""
    board = Board(grid_of(team.requests, WINDOW), team.calendars)
    later = PUT_OFF if any(each.first_minutes for each in team.requests) else 0
    return team_of(team.requests, board, WINDOW, SETTINGS, later=later).problem
