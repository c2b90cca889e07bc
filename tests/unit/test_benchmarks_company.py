"""The made-up company that placing is measured on is the same each time, and as it says it is."""

from collections import Counter
from datetime import timedelta

import pytest

from benchmarks.company import MONDAY, WINDOW, requests
from benchmarks.company_people import company, seeded, shared_minutes, team
from benchmarks.company_weeks import Load, calendars
from scheduler.people import Person
from scheduler.timespans import Span
from tests.unit.slots_builders import BERLIN, LONDON, NEW_YORK

WEEKS = 12


@pytest.fixture(name="people", scope="module")
def people_fixture() -> list[Person]:
    """Return a company of 100."""
    return company(100, 1)


def test_the_same_seed_gives_the_same_company_and_another_one_another(people: list[Person]) -> None:
    """People, calendars and requests hang on the seed alone."""
    again = company(100, 1)
    assert again == people
    assert calendars(again, MONDAY, WEEKS, seeded(1)) == calendars(people, MONDAY, WEEKS, seeded(1))
    assert requests(again, seeded(1)) == requests(people, seeded(1))
    assert company(100, 2) != people


def test_a_company_is_one_tree_with_eight_reports_a_manager(people: list[Person]) -> None:
    """One person has no manager; managers come before their reports; only the last may have fewer."""
    places = {person.email: place for place, person in enumerate(people)}
    assert [person.manager for person in people].count(None) == 1
    assert all(places[person.manager] < place for place, person in enumerate(people) if person.manager)
    spans = Counter(person.manager for person in people if person.manager)
    assert sorted(spans.values(), reverse=True) == [8] * 12 + [3]


@pytest.mark.parametrize("zones", [1, 2, 3, 4, 5])
def test_a_team_is_in_as_many_zones_as_are_asked_for(zones: int) -> None:
    """The manager's zone is one of them."""
    for seed in range(20):
        people = team(9, zones, seeded(seed))
        assert len({person.tz.key for person in people}) == zones


def test_people_are_as_busy_as_is_asked_for(people: list[Person]) -> None:
    """Recurring meetings come to the hours a week of the load, or to three quarters of a short week."""
    known = calendars(people, MONDAY, 40, seeded(1), Load((16, 16), (10, 10)))
    managers = {person.manager for person in people}
    for person in people:
        later = [span for span in known[person.email].busy if span.start > WINDOW.start + timedelta(weeks=20)]
        hours = sum((span.duration for span in later), timedelta()) / timedelta(hours=1) / 20
        assert 3 < hours < (19 if person.email in managers else 13), person


def test_meetings_are_inside_the_hours_of_who_attends(people: list[Person]) -> None:
    """In the weeks before any clock changes every meeting lies in the hours of its owner, late single ones aside."""
    known = calendars(people, MONDAY, WEEKS, seeded(1))
    for person in people:
        starts = [span.start for span in known[person.email].busy]
        held = [person.hours.hold(Span(start, start + timedelta(minutes=15)), person.tz) for start in starts]
        assert sum(held) >= 0.9 * len(held), person


def test_a_report_attends_what_their_manager_holds(people: list[Person]) -> None:
    """A report in the manager's own hours has all of the team's meetings."""
    known = calendars(people, MONDAY, WEEKS, seeded(1))
    everybody = {person.email: person for person in people}
    alike = [
        (everybody[person.manager], person)
        for person in people
        if person.manager and everybody[person.manager].hours == person.hours
        if everybody[person.manager].tz == person.tz
    ]
    assert alike
    for manager, report in alike:
        assert len({*known[manager.email].busy} & {*known[report.email].busy}) >= 3 * WEEKS


def test_what_two_people_share_is_counted_on_the_worst_date_of_the_year() -> None:
    """Berlin and New York share two and a half hours, and an hour more where only one of them has changed the clock."""
    nine_to_five = "Mon-Fri 09:00-17:30"
    assert shared_minutes(nine_to_five, BERLIN, nine_to_five, BERLIN) == 510
    assert shared_minutes(nine_to_five, LONDON, nine_to_five, BERLIN) == 450
    assert shared_minutes(nine_to_five, NEW_YORK, nine_to_five, BERLIN) == 150
    assert shared_minutes("Sun 09:00-12:00", BERLIN, nine_to_five, BERLIN) == 0


def test_every_pair_is_asked_for_and_some_come_to_an_end(people: list[Person]) -> None:
    """One request a pair, managers' own zones in the earliest time, cadences mixed."""
    found = requests(people, seeded(1))
    assert len(found) == len({request.pair.key for request in found}) == 99
    assert len({str(request.cadence) for request in found}) == 4
    assert any(request.until for request in requests(company(400, 1), seeded(1)))
