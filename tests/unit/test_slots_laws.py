"""What holds for every set of pairs: checked date by date for a year, by other means than the search."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.people import Person
from scheduler.slots.assign import assign
from scheduler.slots.request import NoSlot, PersonTime, Slot, SlotRequest
from scheduler.timespans import Span
from tests.unit.slots_builders import EARLIEST, SETTINGS, WINDOW, YEAR, occurrences, person, request

ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "Europe/London",
        "America/New_York",
        "America/Sao_Paulo",
        "Asia/Kolkata",
        "Asia/Jerusalem",
        "Australia/Sydney",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Pacific/Chatham",
    ]
).map(ZoneInfo)
HOURS = st.sampled_from(
    [
        "Mon-Fri 09:00-17:30",
        "Mon-Thu 07:00-12:00; Mon-Thu 13:00-16:00",
        "Sun-Thu 08:00-20:00",
        "Tue 16:00-18:00",
        "Wed-Thu 09:10-11:50",
        "Sun-Sat 00:00-08:00",
    ]
)
EVERY = st.sampled_from(["1 week", "2 weeks", "3 weeks", "1 month", "1 quarter"])
UNTIL = EARLIEST + YEAR


@dataclass(frozen=True)
class World:
    """Pairs that ask for times, and everybody's calendar."""

    requests: list[SlotRequest]
    calendars: dict[str, PersonTime]

    def answers(self) -> Mapping[tuple[str, str], Slot | NoSlot]:
        """Give out the times."""
        return assign(self.requests, self.calendars, WINDOW, SETTINGS)


def spans(at: int, length: int, every: int) -> tuple[Span, ...]:
    """Return a meeting of so many minutes every so many days, from that many minutes into the window."""
    first = WINDOW.start + timedelta(minutes=at)
    starts = [first + timedelta(days=day) for day in range(0, 84, every)]
    return tuple(Span(start, start + timedelta(minutes=length)) for start in starts)


MEETINGS = st.builds(spans, st.integers(0, 20000), st.integers(1, 120), st.integers(1, 30))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a small tree: the first is at the top, the others have one of those before them as manager."""
    zones = draw(st.lists(ZONES, min_size=1, max_size=3))
    people: list[Person] = []
    for index in range(draw(st.integers(2, 7))):
        manager = draw(st.sampled_from(people)).email if people else None
        people.append(person(f"P{index}", draw(st.sampled_from(zones)), draw(HOURS), manager))
    by_email = {one.email: one for one in people}
    return World(
        requests=[
            request(
                by_email[one.manager],
                one,
                draw(EVERY),
                minutes=draw(st.sampled_from([25, 30, 50, 60])),
                earliest=EARLIEST + timedelta(minutes=draw(st.integers(0, 10000))),
                until=draw(st.none() | st.just(date(2027, 3, 31))),
                urgency=draw(st.sampled_from([-3.0, 0.0, 5.0])),
            )
            for one in people
            if one.manager
        ],
        calendars={
            one.email: PersonTime(
                person=one,
                busy=sum(draw(st.lists(MEETINGS, max_size=4)), ()),
                one_to_ones=sum(draw(st.lists(MEETINGS, max_size=2)), ()),
                away=dict.fromkeys(
                    draw(st.sets(st.dates(date(2026, 11, 20), date(2027, 2, 1)), max_size=5)), "leave"
                ),
            )
            for one in people
        },
    )


def year_of(slot: Slot, asked: SlotRequest) -> list[Span]:
    """Return every date of a year, as a calendar would show it."""
    return list(occurrences(slot, UNTIL, asked.until))


def placed(world: World) -> list[tuple[SlotRequest, Slot]]:
    """Return the requests that got a time, with it."""
    answers = world.answers()
    found = ((asked, answers[asked.pair.key]) for asked in world.requests)
    return [(asked, slot) for asked, slot in found if isinstance(slot, Slot)]


@given(world=worlds())
@settings(max_examples=40, deadline=None)
def test_hours_hold_on_every_date_of_a_year_in_both_zones(world: World) -> None:
    """Whatever the clocks do: inside the hours of both, and not before the earliest time."""
    for asked, slot in placed(world):
        assert slot.start >= asked.earliest
        for at in year_of(slot, asked):
            assert asked.pair.manager.hours.hold(at, asked.pair.manager.tz)
            assert asked.pair.report.hours.hold(at, asked.pair.report.tz)


@given(world=worlds())
@settings(max_examples=40, deadline=None)
def test_nobody_has_two_one_to_ones_at_once_on_any_date_of_a_year(world: World) -> None:
    """Placed ones overlap neither each other nor those that stand in the calendars."""
    years = [(asked, year_of(slot, asked)) for asked, slot in placed(world)]
    for asked, dates in years:
        for email in asked.pair.key:
            existing = world.calendars[email].one_to_ones
            assert not any(at.overlaps(one) for at in dates for one in existing)
    for (one, dates), (other, others) in combinations(years, 2):
        if set(one.pair.key) & set(other.pair.key):
            assert not any(at.overlaps(then) for at in dates for then in others)


@given(world=worlds(), data=st.data())
@settings(max_examples=12, deadline=None)
def test_the_same_input_gives_the_same_output(world: World, data: st.DataObject) -> None:
    """Neither a second time nor another order of requests, calendars or spans changes anything."""
    shuffled = World(
        requests=data.draw(st.permutations(world.requests)),
        calendars=dict(reversed(world.calendars.items())),
    )
    assert world.answers() == world.answers() == shuffled.answers()


@given(world=worlds())
@settings(max_examples=25, deadline=None)
def test_dates_are_told_as_they_are(world: World) -> None:
    """The dates of a slot are those of its rule; on each one is away, there is a clash, or both are free."""
    for asked, slot in placed(world):
        times = [world.calendars[email] for email in asked.pair.key]
        expanded = [at for at in year_of(slot, asked) if at.start in slot.dates]
        assert [at.start for at in expanded] == list(slot.dates)
        for at in expanded:
            away = any(_away(time, at.start) for time in times)
            busy = any(at.overlaps(span) for time in times for span in time.busy)
            assert (at.start in slot.away) == away
            assert (not busy or away) or at.start in slot.clashes
        assert slot.dates[0] not in slot.away
        assert len(slot.clashes) <= 0.25 * (len(slot.dates) - len(slot.away))
        assert 2 <= len(slot.reasons) <= 4


def _away(time: PersonTime, at: datetime) -> bool:
    return at.astimezone(time.person.tz).date() in time.away


@given(world=worlds())
@settings(max_examples=25, deadline=None)
def test_every_pair_gets_an_answer_that_says_something(world: World) -> None:
    """A time, or a reason and a remedy; what a remedy says has been tried."""
    answers = world.answers()
    assert set(answers) == {asked.pair.key for asked in world.requests}
    for answer in answers.values():
        if isinstance(answer, NoSlot):
            assert answer.reason.startswith("No time fits: ")
            assert answer.reason.endswith(".")
            assert answer.remedy.endswith(".")


def most_seated(choices: list[set[int]]) -> int:
    """Return how many can have one of their choices each, none twice (Kuhn's algorithm)."""
    holder: dict[int, int] = {}

    def seat(who: int, tried: set[int]) -> bool:
        for choice in choices[who] - tried:
            tried.add(choice)
            if choice not in holder or seat(holder[choice], tried):
                holder[choice] = who
                return True
        return False

    return sum(seat(who, set()) for who in range(len(choices)))


@given(choices=st.lists(st.sets(st.integers(0, 7), min_size=1, max_size=4), min_size=2, max_size=8))
@settings(max_examples=40, deadline=None)
def test_as_many_are_placed_as_can_be(choices: list[set[int]]) -> None:
    """A manager's weekly half hours go to as many reports as any way of giving them out could serve."""
    manager = person("Ann")
    reports = [
        person(
            f"P{index}",
            hours="; ".join(
                f"Tue {10 + at // 2}:{at % 2 * 30:02}-{10 + at // 2}:{at % 2 * 30 + 25}" for at in sorted(own)
            ),
        )
        for index, own in enumerate(choices)
    ]
    world = World(
        requests=[
            request(manager, one, minutes=25, urgency=float(index)) for index, one in enumerate(reports)
        ],
        calendars={one.email: PersonTime(person=one) for one in (manager, *reports)},
    )
    assert len(placed(world)) == most_seated(choices)
