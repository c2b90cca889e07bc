"""Why a time was chosen, in words."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.every import Cadence
from scheduler.people import Person
from scheduler.slots.assign import assign
from scheduler.slots.request import PersonTime, SlotRequest
from scheduler.slots.words import hours_long, some_dates
from scheduler.words import city, every, listed
from tests.unit.slots_builders import (
    ANN,
    LONDON,
    NEW_YORK,
    SETTINGS,
    WINDOW,
    local,
    person,
    placed,
    request,
    span,
    times,
)


def reasons(asked: SlotRequest, *calendars: Person | PersonTime) -> tuple[str, ...]:
    """Return the reasons of the slot that is found."""
    result = assign([asked], times(asked.pair.manager, asked.pair.report, *calendars), WINDOW, SETTINGS)
    return placed(result, asked.pair.manager, asked.pair.report).reasons


def test_a_good_time_in_one_zone() -> None:
    """How free it is, when it is, what it avoids."""
    assert reasons(request(every="2 weeks")) == (
        "Free for both on all 6 dates up to 3 Feb.",
        "13:00 in Berlin, inside both working days on every date.",
        "Not a Monday morning, not a Friday afternoon, not over lunch.",
    )


def test_a_first_one_that_is_late_is_said_to_be() -> None:
    """By when it was due, and that nothing else goes with what everybody else has."""
    only = person("Bo", hours="Wed 10:00-10:30")
    due = replace(request(report=only), first_by=local("2026-11-25 00:00"))
    late = "The first one was due by 24 Nov; this is the best that goes with everybody else's."
    assert late in reasons(due)
    assert late not in reasons(replace(due, first_by=local("2026-11-26 00:00")))


def test_one_date_is_said_as_one() -> None:
    """A pair that meets once in the look-ahead has one date."""
    assert reasons(request(until=date(2026, 11, 25)))[0] == "Free for both on its one date up to 25 Nov."


def test_clashes_are_counted_and_listed_by_date() -> None:
    """One clash in twelve names its date, more name theirs; titles are not known here."""
    only = person("Bo", hours="Wed 10:00-10:30")
    one = PersonTime(person=ANN, busy=(span("2026-12-23 10:00", 30),))
    two = PersonTime(person=ANN, busy=(*one.busy, span("2026-12-30 10:00", 30)))
    asked = request(report=only)
    assert (
        reasons(asked, one)[0] == "One clash with other meetings in 12: 23 Dec; no possible time has fewer."
    )
    assert (
        reasons(asked, two)[0]
        == "2 clashes with other meetings in 12: 23 Dec, 30 Dec; no possible time has fewer."
    )


def test_leave_is_told_without_saying_whose() -> None:
    """Dates that do not count are named."""
    only = person("Bo", hours="Wed 10:00-10:30")
    away = PersonTime(person=ANN, away={date(2026, 12, 23): "out of office"})
    found = reasons(request(report=only), away)
    assert found[:2] == (
        "Free for both on all 11 dates up to 10 Feb.",
        "One of the two is away on 23 Dec, which does not count.",
    )


def test_two_zones_are_told_side_by_side() -> None:
    """Each has the time on their own wall; both of them where the clocks change on different dates."""
    to_london = reasons(request(report=person("Bo", LONDON)))
    assert to_london[1] == (
        "14:00 for Ann in Berlin, 13:00 for Bo in London, inside both working days on every date."
    )
    to_new_york = reasons(request(report=person("Bo", NEW_YORK)))
    assert to_new_york[1] == (
        "15:30 for Ann in Berlin, 09:30 or 10:30, as the clocks change, for Bo in New York, "
        "inside both working days on every date."
    )


def test_another_day_is_said() -> None:
    """A time that is on another date for the report says so."""
    auckland, honolulu = ZoneInfo("Pacific/Auckland"), ZoneInfo("Pacific/Honolulu")
    manager, report = person("Ann", auckland, "Mon-Fri 08:00-14:00"), person("Bo", honolulu)
    assert "for Bo in Honolulu" in reasons(request(manager, report))[1]
    assert "the day before" in reasons(request(manager, report))[1]
    assert "the next day" in reasons(request(report, manager))[1]


def test_a_disliked_time_says_that_nothing_better_was_free() -> None:
    """A Monday morning is not hidden."""
    monday = person("Bo", hours="Mon 09:00-09:30")
    assert reasons(request(report=monday))[-1] == "It is a Monday morning; no better time was free."
    lunch = person("Bo", LONDON, "Fri 12:00-13:00")
    assert reasons(request(report=lunch))[-1] == (
        "It is a Friday afternoon and over lunch for one of the two; no better time was free."
    )


def test_weeks_that_end_on_different_days_are_both_named() -> None:
    """Thursday ends the week of one, Friday that of the other."""
    riyadh = person("Bo", ZoneInfo("Asia/Riyadh"), "Sun-Thu 09:00-17:00")
    assert reasons(request(report=riyadh))[-1].startswith(
        "Not a Monday or Sunday morning, not a Thursday or Friday"
    )


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (6, "30 minutes"),
        (9, "45 minutes"),
        (12, "1 hour"),
        (15, "75 minutes"),
        (18, "1.5 hours"),
        (480, "40 hours"),
    ],
)
def test_lengths_in_words(cells: int, words: str) -> None:
    """Whole and half hours are hours, others minutes."""
    assert hours_long(cells) == words


def test_small_words() -> None:
    """Places, cadences, lists."""
    assert city(ZoneInfo("America/Argentina/Buenos_Aires")) == "Buenos Aires"
    assert city(ZoneInfo("UTC")) == "UTC"
    assert (every(Cadence.parse("1 week")), every(Cadence.parse("2 weeks"))) == (
        "every week",
        "every 2 weeks",
    )
    assert (listed([]), listed(["a"]), listed(["a", "b", "c"])) == ("", "a", "a, b and c")
    first = local("2026-12-01 10:00").date()
    assert some_dates(first + timedelta(days=day) for day in range(7)).endswith("4 Dec, 5 Dec and 2 more")
