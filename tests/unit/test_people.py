"""People, pairs and the roster."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.hours import WorkingHours
from scheduler.people import CalendarSource, Pair, Person, Roster

TODAY = date(2026, 11, 23)
ANN = Person(
    email="ann@example.com",
    name="Ann Lee",
    tz=ZoneInfo("Europe/London"),
    hours=WorkingHours.parse("Mon-Fri 09:00-17:00"),
    calendar=CalendarSource("folder"),
    aliases=frozenset({"boss@example.com"}),
)
BO = replace(ANN, email="bo@example.com", name="Bo", manager=ANN.email, aliases=frozenset())
CY = replace(BO, email="cy@example.com", name="Cy")


def roster(*people: Person) -> Roster:
    """Return a roster of these people."""
    return Roster({person.email: person for person in people})


def test_every_address_of_a_person_means_them() -> None:
    """Capitals and blanks aside."""
    found = roster(ANN, BO)
    assert ANN.addresses == {"ann@example.com", "boss@example.com"}
    assert found.find(" Boss@Example.com ") == ANN
    assert found.find("nobody@example.com") is None


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Ann Lee", "Ann"),
        ("Lee, Ann Mary", "Ann"),
        ("Lee,", "Lee"),
        ("Amélie d'Arc, PhD", "Amélie"),
        ("Lee, Ann, MBA", "Ann"),
        ("李小龍", "李小龍"),
        ("", "ann"),
        (" ", "ann"),
    ],
)
def test_the_given_name(name: str, given: str) -> None:
    """The first word, or what follows a comma; without a name, what stands before the @."""
    assert replace(ANN, name=name).given_name == given


def test_first_and_last_day_are_both_days_of_work() -> None:
    """The day before and the day after are not."""
    day = timedelta(days=1)
    person = replace(BO, start_date=TODAY, end_date=TODAY + day)
    assert [person.employed(TODAY + days * day) for days in (-1, 0, 1, 2)] == [False, True, True, False]
    assert BO.employed(TODAY)


def test_pairs_are_sorted_by_address() -> None:
    """Whatever the order of the roster is."""
    assert roster(CY, ANN, BO).pairs(TODAY) == (Pair(ANN, BO), Pair(ANN, CY))
    assert Pair(ANN, BO).key == ("ann@example.com", "bo@example.com")
    assert str(Pair(ANN, BO)) == "ann@example.com and bo@example.com"


def test_who_has_left_is_in_no_pair() -> None:
    """Neither as report nor as manager; on the last day they still are."""
    yesterday = TODAY - timedelta(days=1)
    assert roster(ANN, replace(BO, end_date=yesterday)).pairs(TODAY) == ()
    assert roster(replace(ANN, end_date=yesterday), BO).pairs(TODAY) == ()
    assert len(roster(ANN, replace(BO, end_date=TODAY)).pairs(TODAY)) == 1


def test_who_has_not_started_is_in_a_pair() -> None:
    """Their first 1-2-1 is to be ready for week one."""
    assert len(roster(ANN, replace(BO, start_date=TODAY + timedelta(days=9))).pairs(TODAY)) == 1


def test_the_reports_of_a_manager() -> None:
    """By address; who manages nobody has none."""
    found = roster(CY, BO, ANN)
    assert found.reports_of(ANN) == (BO, CY)
    assert found.reports_of(BO) == ()
