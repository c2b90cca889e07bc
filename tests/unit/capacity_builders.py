"""What a cadence costs, made by hand and by rule: every outcome with awkward names, and companies of any size."""

from scheduler.capacity.practice import practice
from scheduler.capacity.results import CapacityReport, Fit, Left, Load, Now, TeamCost
from scheduler.capacity.what_if import WhatIf, asked
from scheduler.errors import Problem
from scheduler.every import Cadence
from scheduler.people import Person
from tests.unit.report_builders import BIWEEKLY, MONTHLY, NOW, WEEKLY, WINDOW, coverage, person
from tests.unit.report_companies import FAMILY, GIVEN

WEEKLY_45 = WhatIf(WEEKLY, 45)
NO_TIME = "No time fits: Ann and Bo share 2 hours of work a week (Tue 16:00-18:00 in Berlin); all 3 possible times would fall on another 1-2-1."
WOULD_HELP = "Meeting every 2 weeks would fit: Tue 16:30 in Berlin."


def fit(asked_for: int, *, unplaced: int = 0, unknown: int = 0, who: str = "bo") -> Fit:
    """Return how many fit, the first ones not."""
    left = [person(f"{who}{n}@example.com", f"{who.title()} Dahl {n}") for n in range(unplaced + unknown)]
    return Fit(
        asked_for,
        asked_for - unplaced - unknown,
        tuple(Left(one, NO_TIME, WOULD_HELP) for one in left[:unplaced]),
        tuple(Left(one, f"The calendar of {one.name} could not be read.") for one in left[unplaced:]),
    )


def team(
    manager: Person,
    span: int,
    now: Now,
    *,
    policy: Fit | None = None,
    if_asked: Fit | None = None,
    cadence: Cadence | None = BIWEEKLY,
    what_if: WhatIf | None = None,
) -> TeamCost:
    """Return a manager's numbers; the hours follow from the span, the cadence and half an hour."""
    pairs = [coverage(manager, person(f"{n}@example.com"), cadence=cadence) for n in range(span)]
    week = 42.5

    def load(found: Fit, asked_for: WhatIf) -> Load:
        taken = sum(pair.minutes_a_week for pair in asked(pairs, asked_for)) / 60
        return Load(taken, taken / week, found)

    size = span if cadence is not None else 0
    return TeamCost(
        manager=manager,
        people=frozenset({manager.email, *(f"{manager.email}-{n}" for n in range(span))}),
        span=span,
        week=week,
        now=now,
        policy=load(policy or fit(size), WhatIf()),
        if_asked=None if what_if is None else load(if_asked or fit(size), what_if),
        practice=practice(span, asked(pairs, what_if or WhatIf())),
    )


def report(
    *teams: TeamCost, what_if: WhatIf | None = None, problems: tuple[Problem, ...] = ()
) -> CapacityReport:
    """Return them in their order."""
    ordered = tuple(sorted(teams, key=lambda one: one.order))
    return CapacityReport(generated_at=NOW, window=WINDOW, what_if=what_if, teams=ordered, problems=problems)


def every_outcome(what_if: WhatIf | None = None) -> CapacityReport:
    """Return managers of every kind, with names that renderers trip over."""
    ann = person("ann@example.com", "Ann Lee")
    quoted = person("q@example.com", 'Quinn "Q", Jr. <b>O\'Neil</b>')
    formula = person("sum@example.com", "=SUM(A1:A9)")
    arabic = person("layla@example.com", "ليلى حداد")
    chinese = person("tanaka@example.com", "田中 美咲")
    long = person("max@example.com", "Maximiliane Friederike von und zu Hohenlohe-Waldenburg-Schillingsfürst")
    emoji = person("zoe@example.com", "Zoë 👩‍💻 | Frost*")
    return report(
        team(ann, 6, Now(1.31, 1.5), what_if=what_if),
        team(
            long,
            17,
            Now(3.2, 4.25),
            policy=fit(17, unplaced=1),
            if_asked=fit(17, unplaced=5),
            what_if=what_if,
        ),
        team(quoted, 28, Now(2.75, 3.0), cadence=MONTHLY, if_asked=fit(28, unplaced=12), what_if=what_if),
        team(
            formula,
            5,
            Now(0.5, 0.75, unknown=2),
            policy=fit(5, unknown=2),
            if_asked=fit(5, unknown=2),
            what_if=what_if,
        ),
        team(
            arabic,
            3,
            Now(0.0, 0.0, unknown=3),
            policy=fit(3, unknown=3, who="cy"),
            if_asked=fit(3, unknown=3, who="cy"),
            what_if=what_if,
        ),
        team(chinese, 9, Now(4.0, 4.5), cadence=WEEKLY, what_if=what_if),
        team(emoji, 2, Now(0.25, 0.0), cadence=None, what_if=what_if),
        what_if=what_if,
        problems=(Problem("calendars/cy0@example.com.ics:12", "no END:VEVENT <script>", "export it again"),),
    )


def many(managers: int, what_if: WhatIf | None = None) -> CapacityReport:
    """Return that many managers, made by rule and so always the same; most of them fit."""
    return report(*(_by_rule(number, what_if) for number in range(managers)), what_if=what_if)


def _by_rule(number: int, what_if: WhatIf | None) -> TeamCost:
    boss = person(f"m{number}@example.com", f"{GIVEN[number % 13]} {FAMILY[number % 11]}")
    span = 3 + number * 7 % 11 + (8 if number % 19 == 5 else 0)
    planned = span * 0.25 * (1 - number % 5 * 0.1)
    return team(
        boss,
        span,
        Now(planned * 0.8, planned),
        cadence=WEEKLY if number % 4 == 0 else BIWEEKLY,
        policy=fit(span, unplaced=number % 23 == 7),
        if_asked=fit(span, unplaced=number % 23 == 7 or max(0, span - 13)),
        what_if=what_if,
    )


def alone() -> CapacityReport:
    """Return a manager with so few reports that no totals are told."""
    return report(team(person("ann@example.com", "Ann Lee"), 2, Now(0.5, 0.5)))
