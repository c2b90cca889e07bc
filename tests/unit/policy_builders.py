"""A policy of three rules, and the pairs whose explanation is kept word for word."""

from dataclasses import replace
from datetime import date, timedelta

from scheduler.cadence.explained import Explanation, explained
from scheduler.every import Cadence
from scheduler.people import Pair, Person, Roster
from scheduler.settings import CadenceRule, CadenceSettings
from scheduler.timespans import DAY
from tests.unit.cadence_builders import ANN, BO, NOW, person

WEEK, FORTNIGHT, MONTH = map(Cadence.parse, ("1 week", "2 weeks", "1 month"))
TODAY = NOW.date()
JOINERS = CadenceRule(
    name="new joiners",
    every=WEEK,
    joined_within=timedelta(days=90),
    first_minutes=60,
    first_within=timedelta(weeks=1),
)
LEADERS = CadenceRule(
    name="directors and vice presidents, who lead on their own",
    every=MONTH,
    minutes=45,
    column="level",
    says=("director", "vp"),
)
SMALL = CadenceRule(name="small teams", every=WEEK, span_up_to=2)
POLICY = CadenceSettings(every=FORTNIGHT, minutes=30, rules=(JOINERS, LEADERS, SMALL))
PLAIN = CadenceSettings(every=FORTNIGHT, minutes=30)
NEW = replace(BO, start_date=TODAY + 7 * DAY, columns={"level": "Director"})


def of_pair(
    report: Person, *others: Person, settings: CadenceSettings = POLICY, manager: Person = ANN
) -> Explanation:
    """Return how often the report meets their manager, in a team of these others."""
    everybody = Roster({each.email: each for each in (manager, report, *others)})
    return explained(Pair(manager, report), everybody, settings, NOW)


def teammate(number: int, start: date | None = None, end: date | None = None) -> Person:
    """Return somebody else who reports to Ann."""
    return person(f"{number}@x.org", f"Mate {number}", "ann@x.org", start_date=start, end_date=end)


def joiner() -> Explanation:
    """Return Bo, a director who starts in a week, and leaves in half a year."""
    return of_pair(replace(NEW, end_date=TODAY + 180 * DAY), *map(teammate, range(3)))


def own() -> Explanation:
    """Return Bo, for whom the roster has a cadence of his own."""
    return of_pair(replace(BO, cadence=MONTH), teammate(1))


def everybody_alike() -> Explanation:
    """Return Bo in a config without rules."""
    return of_pair(BO, settings=PLAIN)
