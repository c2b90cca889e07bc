"""People whose manager has left are in no pair, and are spoken of."""

from dataclasses import replace
from datetime import date

from scheduler.cadence.coverage import check_everyone
from scheduler.cadence.leaderless import leaderless
from scheduler.memory import Memory
from scheduler.people import Person, Roster
from tests.unit.cadence_builders import ANN, NOW, evidence, person, settings

TODAY = date(2026, 11, 23)
LEFT = replace(ANN, end_date=date(2026, 11, 20))


def told(manager: Person, *reports: Person) -> list[str]:
    """Return what is said about the reports of a manager."""
    roster = Roster({p.email: p for p in (manager, *reports)})
    return [str(problem) for problem in leaderless(roster, settings(), TODAY)]


def reports(*names: str) -> list[Person]:
    """Return people who name Ann as their manager."""
    return [person(f"{name.lower()}@x.org", name, "ann@x.org") for name in names]


def test_those_whose_manager_has_left_are_named_with_what_to_do() -> None:
    """They would fall out of the report without a word otherwise."""
    (one,) = told(LEFT, *reports("Bo", "Cy", "Di"))
    assert one == (
        "people.csv: Ann Ode left on Fri 20 Nov and is still the manager of Bo, Cy and Di: "
        "nobody has a 1-2-1 with them; name their new manager in the column 'manager'"
    )


def test_of_many_a_few_are_named() -> None:
    """A line stays one line."""
    (one,) = told(LEFT, *reports(*"BCDEFGH"))
    assert "the manager of B, C, D, E, F and 2 more: " in one


def test_on_the_last_day_and_without_anybody_left_there_is_nothing_to_say() -> None:
    """A last day is worked, and a report who has left as well needs no manager."""
    assert told(replace(ANN, end_date=TODAY), *reports("Bo")) == []
    assert told(ANN, *reports("Bo")) == []
    assert told(LEFT, *(replace(bo, end_date=date(2026, 11, 1)) for bo in reports("Bo"))) == []


def test_the_gap_report_has_it_among_its_problems() -> None:
    """Where whoever reads only the report finds it."""
    roster = Roster({p.email: p for p in (LEFT, *reports("Bo"))})
    report = check_everyone(roster, evidence(), settings(), Memory(), NOW)
    assert (report.pairs, len(report.problems)) == ((), 1)
    assert "is still the manager of Bo:" in report.problems[0].what
