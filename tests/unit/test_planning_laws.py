"""The laws of the house, on random organisations and calendars."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler.every import Cadence
from scheduler.hours import WorkingHours
from scheduler.meetings import Answer, Attendee, EventStatus, Series
from scheduler.people import Person
from scheduler.planning.changes import ChangeKind, Outcome
from scheduler.planning.occurrences import starts
from tests.unit.planning_builders import BERLIN, NOW, answered, kinds, limited, person, roster, series
from tests.unit.planning_builders import day as on_day
from tests.unit.planning_worlds import World

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata")
HOURS = ("Mon-Fri 09:00-17:30", "Mon-Thu 08:00-16:00", "Tue-Sat 12:00-21:00")
CADENCES = (None, Cadence.parse("1 week"), Cadence.parse("1 month"))
ANSWERS = (Answer.ACCEPTED, Answer.NEEDS_ACTION, Answer.DECLINED)


@st.composite
def people(draw: st.DrawFn) -> tuple[Person, ...]:
    """Return two managers, one above the other, and up to four who report to either."""
    found = [person("m0@x.org"), person("m1@x.org", "m0@x.org")]
    for number in range(draw(st.integers(0, 4))):
        day = draw(st.sampled_from([None, None, -200, 5, 60]))
        last = draw(st.sampled_from([None, None, None, -3, 20, 90]))
        found.append(
            person(
                f"p{number}@x.org",
                draw(st.sampled_from([None, "m0@x.org", "m1@x.org"])),
                tz=ZoneInfo(draw(st.sampled_from(ZONES))),
                hours=WorkingHours.parse(draw(st.sampled_from(HOURS))),
                cadence=draw(st.sampled_from(CADENCES)),
                no_one_to_one=draw(st.integers(0, 9)) == 0,
                start_date=None if day is None else on_day(day),
                end_date=None if last is None else on_day(last),
            ),
        )
    return tuple(found)


@st.composite
def theirs(draw: st.DrawFn, organizer: Person, other: Person, name: str) -> Series:
    """Return a recurring meeting of two people's own, as it may stand after some months."""
    start = NOW.astimezone(BERLIN) + timedelta(
        days=draw(st.integers(-90, 120)), hours=draw(st.integers(0, 6))
    )
    plain = series(
        name,
        start=start.replace(minute=0),
        organizer=organizer.email,
        attendees=(Attendee(other.email, draw(st.sampled_from(ANSWERS))),),
        status=draw(st.sampled_from([EventStatus.CONFIRMED, EventStatus.CONFIRMED, EventStatus.CANCELLED])),
    )
    ends = draw(st.sampled_from([None, None, 30]))
    return plain if ends is None else replace(plain, last_end=plain.start + timedelta(days=ends))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Return a random organisation in which people have set up some meetings themselves."""
    world = World(roster(*draw(people())), limited(new_series=draw(st.sampled_from([1, 2, 50]))))
    for pair in world.roster.pairs(NOW.date()):
        if draw(st.booleans()):
            copy = draw(theirs(pair.manager, pair.report, f"of-{pair.report.email}"))
            world.calendars.put(copy, *draw(st.sampled_from([pair.key, pair.key[:1], pair.key[1:]])))
    world.calendars.unreadable |= set(
        draw(st.lists(st.sampled_from(sorted(world.roster.people)), max_size=1))
    )
    return world


def of_people(world: World) -> dict[str, dict[str, Series]]:
    """Return every series without our mark."""
    return {
        owner: {uid: copy for uid, copy in calendar.items() if copy.mark is None}
        for owner, calendar in world.calendars.series.items()
    }


def settled(world: World) -> World:
    """Run until no series is left for a next run."""
    for _ in range(8):
        world.run()
    return world


@settings(max_examples=20, deadline=None)
@given(worlds())
def test_after_apply_the_second_plan_is_empty(world: World) -> None:
    """But for what the caps left; and then nothing is written any more."""
    capped = world.settings.limits.new_series < len(world.roster.people)
    world.run()
    if not capped:
        assert kinds(world.plan()) == []
    settled(world)
    assert kinds(world.plan()) == []
    written = world.writes
    assert world.run() == ()
    assert world.writes == written


@settings(max_examples=20, deadline=None)
@given(worlds())
def test_nothing_of_a_persons_is_touched(world: World) -> None:
    """Not a byte, as it were."""
    before = of_people(world)
    settled(world)
    assert {owner: held for owner, held in of_people(world).items() if held} == {
        owner: held for owner, held in before.items() if held
    }


@settings(max_examples=20, deadline=None)
@given(worlds())
def test_the_caps_hold_and_nobody_gets_two_mails(world: World) -> None:
    """In every run."""
    for _ in range(3):
        plan = world.plan()
        assert kinds(plan).count(ChangeKind.CREATE_SERIES) <= world.settings.limits.new_series
        mails = [address for change in plan.changes for address in change.notifies]
        assert len(mails) == len(set(mails))
        assert len({change.id for change in plan.changes}) == len(plan.changes)
        world.run()


@settings(max_examples=20, deadline=None)
@given(worlds())
def test_no_double_booking_by_us(world: World) -> None:
    """No two of our series share a moment of anybody, on any date of a year."""
    settled(world)
    for calendar in world.calendars.series.values():
        taken: set[object] = set()
        for copy in calendar.values():
            if copy.mark is None or copy.status is EventStatus.CANCELLED:
                continue
            for start in starts(copy.rrule, copy.start, NOW, NOW + timedelta(weeks=52)):
                if copy.last_end is None or start < copy.last_end:
                    quarters = {start.timestamp() // 900 + n for n in range(copy.minutes // 15)}
                    assert not quarters & taken
                    taken |= quarters


@settings(max_examples=20, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_calendars_does_not_matter(world: World, shuffled: st.DataObject) -> None:
    """The same plan, change by change."""
    plan = world.plan()
    everybody = list(world.roster.people.values())
    shuffled.shuffle(everybody)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    world.roster = roster(*everybody)
    world.calendars.series = {owner: dict(held) for owner, held in reversed(world.calendars.series.items())}
    assert world.plan() == plan


@settings(max_examples=20, deadline=None)
@given(worlds(), st.sampled_from(["deleted", "declined", "cancelled"]), st.booleans())
def test_a_persons_no_is_never_overruled(world: World, way: str, by_manager: bool) -> None:  # noqa: FBT001 - an example's side
    """Whoever says it and however, the pair gets no series until the time that the config names is over."""
    settled(world)
    made = next((m for m in world.journal.memory.series if m.state == "standing"), None)
    assume(made is not None)
    assert made is not None
    who = made.manager if by_manager else made.report
    assume(who not in world.calendars.unreadable)
    copy = world.calendars.series[who][made.uid]
    if way == "deleted":
        del world.calendars.series[who][made.uid]
    elif way == "declined":
        world.calendars.put(answered(copy, who, Answer.DECLINED), who)
    else:
        world.calendars.put(replace(copy, status=EventStatus.CANCELLED), who)
    for _ in range(6):
        applied = world.later(weeks=4).run()
        assert not any(
            one.change.kind is ChangeKind.CREATE_SERIES and one.change.report == made.report
            for one in applied
        )
        assert all(one.outcome in {Outcome.DONE, Outcome.ALREADY_SO} for one in applied)


@settings(max_examples=20, deadline=None)
@given(worlds(), st.lists(st.sampled_from(CADENCES[1:]), min_size=2, max_size=2), st.integers(0, 9))
def test_a_changed_cadence_doubles_nothing_and_settles(
    world: World, cadences: list[Cadence], weeks: int
) -> None:
    """However often it changes: nothing of people's is touched, no day of ours has two, no second mail."""
    settled(world)
    before = of_people(world)
    for every in cadences:
        world.later(weeks=weeks)
        world.roster = roster(*(replace(p, cadence=every) for p in world.roster.people.values()))
        mails = [address for change in world.plan().changes for address in change.notifies]
        assert len(mails) == len(set(mails))
        settled(world)
        assert kinds(world.plan()) == []
        taken: set[object] = set()
        for owner, uid, copy in ours(world):
            for start in starts(copy.rrule, copy.start, world.now, world.now + timedelta(weeks=52)):
                if copy.last_end is None or start < copy.last_end:
                    day = (owner, uid, start.date())
                    assert not {day, (owner, start)} & taken
                    taken |= {day, (owner, start)}
    assert {owner: held for owner, held in of_people(world).items() if held} == {
        owner: held for owner, held in before.items() if held
    }


def ours(world: World) -> list[tuple[str, str, Series]]:
    """Return our standing series with whose calendar they are in and whose pair they are for."""
    pair_of = {made.uid: f"{made.manager} {made.report}" for made in world.journal.memory.series}
    return [
        (owner, pair_of[uid], copy)
        for owner, held in world.calendars.series.items()
        for uid, copy in held.items()
        if uid in pair_of and copy.status is not EventStatus.CANCELLED
    ]
