"""What people could do so that a time fits: each thing really does it, the cheapest first."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from scheduler.hours import WorkingHours
from scheduler.people import Person
from scheduler.settings import SlotSettings
from scheduler.slots.assign import assign
from scheduler.slots.attempts import Found, Kind
from scheduler.slots.board import Board
from scheduler.slots.grid import Grid
from scheduler.slots.obstacles import trying
from scheduler.slots.relaxations import Relaxation, relaxations
from scheduler.slots.request import PersonTime, Slot, SlotRequest
from tests.unit.slots_builders import (
    ANN,
    BERLIN,
    EARLIEST,
    LONDON,
    NEW_YORK,
    SETTINGS,
    WINDOW,
    YEAR,
    person,
    request,
    times,
    weekly,
)

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def helping(
    asked: SlotRequest, *calendars: PersonTime, settings: SlotSettings = SETTINGS
) -> tuple[Relaxation, ...]:
    """Return what would help a pair whose calendars are empty but for those given."""
    known = times(asked.pair.manager, asked.pair.report, *calendars)
    board = Board(Grid.spanning(WINDOW.start, EARLIEST + YEAR), known)
    return tuple(relaxations(asked, settings, trying(board, WINDOW)))


def kinds(found: tuple[Relaxation, ...]) -> list[Kind]:
    """Return what kinds of things would help."""
    return [one.kind for one in found]


def test_ten_minutes_are_asked_for_before_an_hour() -> None:
    """Of longer days the least that does is told, with the time at which the day ends then."""
    late = person("Bo", LONDON, "Tue 15:40-16:10")
    found = helping(request(report=late))
    bo, ann = (one for one in found if one.kind is Kind.LONGER_DAY)
    assert bo.does == "Bo works 10 minutes earlier, from 15:30 in London"
    assert bo.sentence == "If Bo worked 10 minutes earlier in London, Tue 16:30 in Berlin would fit."
    assert ann.does == "Ann works 10 minutes later, to 17:10 in Berlin"
    assert ann.sentence == (
        "If Ann worked 10 minutes later in Berlin, Tue 16:40 in Berlin would fit "
        '(step = "10 minutes" under [slots]).'
    )


def test_a_start_off_the_half_hour_is_the_cheapest() -> None:
    """An hour from ten past to twenty to is there; only the grid of starts keeps them from it."""
    late = person("Bo", hours="Tue 15:10-15:40")
    found = helping(request(report=late))
    assert found[0].kind is Kind.STARTS
    assert found[0].sentence == (
        'With starts every 10 minutes Tue 15:10 in Berlin would fit (step = "10 minutes" under [slots]).'
    )
    assert Kind.STARTS not in kinds(
        helping(request(report=late), settings=SlotSettings(step=timedelta(minutes=5)))
    )


def test_both_may_bear_it() -> None:
    """Where neither can stay long enough alone, each stays for a part."""
    aisha = person("Aisha", ZoneInfo("Asia/Kolkata"), "Mon-Fri 10:00-19:00")
    zoe = person("Zoe", ZoneInfo("America/Los_Angeles"))
    found = helping(request(aisha, zoe))
    assert set(kinds(found)) == {Kind.BOTH_LONGER}
    assert found[0].does == (
        "Aisha works 2 hours later, to 21:00 in Kolkata, and Zoe 2 hours earlier, from 07:00 in Los Angeles"
    )
    assert found[0].sentence == (
        "If Aisha worked 2 hours later and Zoe 2 hours earlier, Wed 20:30 in Kolkata would fit."
    )


def test_one_more_day_is_one_on_which_the_other_works() -> None:
    """Who works from Monday to Thursday is asked about Friday; nobody is asked about Saturday."""
    bo = person("Bo", hours="Mon-Thu 09:00-09:30")
    ann = PersonTime(
        person=ANN,
        busy=tuple(one for day in ("23", "24", "25", "26") for one in weekly(f"2026-11-{day} 08:00", 240)),
    )
    found = helping(request(report=bo), ann)
    days = [one for one in found if one.kind is Kind.ANOTHER_DAY]
    assert [one.does for one in days] == ["Bo works on Fridays too"]
    assert days[0].sentence == "If Bo worked on Fridays too, Fri 09:00 in Berlin would fit."


def test_a_saturday_is_asked_for_where_the_other_works_then() -> None:
    """It costs more than a day in the week."""
    ann = person("Ann", hours="Sat 10:00-18:00")
    found = helping(request(ann, person("Bo", hours="Mon-Fri 10:00-12:00")))
    assert [(one.does, one.cost) for one in found if one.kind is Kind.ANOTHER_DAY][:1] == [
        ("Ann works on Mondays too", 60)
    ]
    assert ("Bo works on Saturdays too", 100) in [(one.does, one.cost) for one in found]


def test_a_first_one_that_is_too_long_may_be_like_the_others() -> None:
    """An hour with a new joiner does not fit into half an hour; it is given up once, before the others are cut."""
    joiner = replace(request(report=person("Bo", hours="Tue 15:00-15:30")), first_minutes=60)
    found = helping(joiner)
    assert found[0].sentence == "A first one of 30 minutes in place of 60 would fit: Tue 15:00 in Berlin."
    assert found[0].request.first_minutes is None


def test_of_shorter_meetings_the_longest_is_told() -> None:
    """45 minutes in place of 60, not 15."""
    found = helping(request(report=person("Bo", hours="Tue 15:00-15:45"), minutes=60))
    assert [one.does for one in found if one.kind is Kind.SHORTER] == ["45 minutes in place of 60"]


def test_no_more_is_tried_than_is_taken() -> None:
    """The plan asks for the cheapest alone: nothing is searched for the others."""
    asked: list[SlotRequest] = []

    def tried(one: SlotRequest, settings: SlotSettings) -> Found | None:
        asked.append(one)
        return Found(EARLIEST.astimezone(BERLIN), 12, 12) if settings.step < SETTINGS.step else None

    assert next(relaxations(request(), SETTINGS, tried)).kind is Kind.STARTS
    assert len(asked) == 2


def test_of_two_rules_with_the_same_first_dates_the_same_is_told_and_given() -> None:
    """27 November is the fourth and the last Friday: what is told is the rule that the search takes."""
    both = PersonTime(person=person("Bo", hours="Fri-Sat 15:00-15:30"))
    ann = PersonTime(person=ANN)
    for one in helping(request(report=both.person, every="1 month", minutes=25), ann):
        slot = assign([one.request], times(ann, both), WINDOW, one.settings)[one.request.pair.key]
        assert isinstance(slot, Slot)
        assert len(slot.dates) == one.found.counted


@st.composite
def _people(draw: st.DrawFn) -> tuple[Person, Person]:
    """Draw two people who share little or no time."""
    start = draw(st.integers(15 * 6, 18 * 6))
    length = draw(st.integers(1, 6))
    first, last = f"{start // 6:02}:{start % 6}0", f"{(start + length) // 6:02}:{(start + length) % 6}0"
    days = draw(st.sampled_from(["Tue", "Mon-Thu", "Fri-Sat", "Sun-Thu"]))
    zone = draw(st.sampled_from([BERLIN, LONDON, NEW_YORK]))
    manager = person("Ann", hours=draw(st.sampled_from(["Mon-Fri 09:00-17:00", "Mon-Thu 07:30-15:30"])))
    return manager, person("Bo", zone, f"{days} {first}-{last}")


@given(
    people=_people(),
    minutes=st.sampled_from([25, 30, 60]),
    every=st.sampled_from(["1 week", "2 weeks", "1 month"]),
    taken=st.sets(st.tuples(st.integers(0, 4), st.integers(8, 17)), max_size=25),
    weeks=st.integers(1, 12),
)
def test_whatever_is_offered_gives_a_time_when_it_is_done(
    people: tuple[Person, Person], minutes: int, every: str, taken: set[tuple[int, int]], weeks: int
) -> None:
    """Each is told with the time that the search finds then, and the cheapest stands first."""
    manager, report = people
    busy = tuple(
        one for day, hour in sorted(taken) for one in weekly(f"2026-11-{23 + day} {hour:02}:00", 60, weeks)
    )
    asked = request(manager, report, every, minutes=minutes)
    ann = PersonTime(person=manager, busy=busy)
    found = helping(asked, ann)
    for one in found:
        calendars = times(ann, PersonTime(person=report))
        slot = assign([one.request], calendars, WINDOW, one.settings)[asked.pair.key]
        assert isinstance(slot, Slot), one.sentence
        assert (slot.start, len(slot.dates) - len(slot.away)) == (one.found.start, one.found.counted)
    assert all(before.cost <= after.cost for before, after in pairwise(found))


def test_nobody_works_past_midnight() -> None:
    """A day that ends at 23:50 becomes nine minutes longer, and no more."""
    ann = person("Ann", hours="Tue 09:00-23:50")
    bo = replace(person("Bo"), hours=WorkingHours.parse("Wed 00:00-00:30"))
    assert all("24:" not in one.does for one in helping(request(ann, bo)))
