"""Words that every room shares."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from scheduler.every import Cadence, Unit
from scheduler.people import Pair
from scheduler.words import city, counted, day_month, day_words, every, listed
from tests.unit.report_builders import person


def test_dates_are_the_same_in_every_locale() -> None:
    """English, day before month, so that nobody reads one for the other."""
    assert day_month(date(2026, 3, 4)) == "4 Mar"
    assert day_words(date(2026, 12, 1)) == "Tue 1 Dec"


@pytest.mark.parametrize(
    ("parts", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_are_joined_as_a_sentence_does(parts: list[str], told: str) -> None:
    """Commas, and a last 'and'."""
    assert listed(parts) == told


def test_counts_and_cadences_agree_with_their_number() -> None:
    """One is one; thousands have a comma."""
    assert [counted(number, "pair") for number in (0, 1, 1200)] == ["0 pairs", "1 pair", "1,200 pairs"]
    assert counted(2, "person", "people") == "2 people"
    assert [every(Cadence(number, Unit.WEEK)) for number in (1, 2)] == ["every week", "every 2 weeks"]


def test_a_zone_is_called_by_its_city() -> None:
    """The last part of its name, as people write it."""
    assert city(ZoneInfo("America/Argentina/Buenos_Aires")) == "Buenos Aires"


@pytest.mark.parametrize(
    ("manager", "report", "called"),
    [
        ("Ann Lee", "Bo Ray", ("Ann", "Bo")),
        ("Ann Lee", "ann Ray", ("Ann Lee", "ann Ray")),
        ("Ann Lee", "Ann lee", ("a@example.com", "b@example.com")),
    ],
)
def test_the_two_of_a_pair_are_told_apart(manager: str, report: str, called: tuple[str, str]) -> None:
    """By the shortest that does it; capitals are no difference."""
    assert Pair(person("a@example.com", manager), person("b@example.com", report)).names == called
