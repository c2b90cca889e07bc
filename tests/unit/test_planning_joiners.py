"""New joiners in the plan: weekly at first, and what comes after that once, quietly and with its reason."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from scheduler.cadence.coverage import check_everyone
from scheduler.every import Cadence
from scheduler.planning.identity import series_uid
from scheduler.settings import CadenceRule, CadenceSettings
from scheduler.timespans import DAY
from tests.unit.planning_builders import ANN, BO, KEY, NOW, kinds, roster, settings
from tests.unit.planning_replacing_builders import dates, first, generation, left_alone
from tests.unit.planning_worlds import CREATE, END, World

FIRST_DAY = NOW.date() + 7 * DAY
"""A Monday, a week from now."""
NEW = CadenceRule(
    name="new joiners",
    every=Cadence.parse("1 week"),
    joined_within=90 * DAY,
    first_minutes=60,
    first_within=timedelta(weeks=1),
)
JOINERS = settings(cadence=CadenceSettings(every=Cadence.parse("2 weeks"), minutes=30, rules=(NEW,)))
WEEKLY, FORTNIGHTLY = "FREQ=WEEKLY;INTERVAL=1", "FREQ=WEEKLY;INTERVAL=2"


def joined(days: int) -> World:
    """Return Ann and Bo on Bo's n-th day, the first is 0, with nothing set up before today."""
    return World(roster(ANN, replace(BO, start_date=FIRST_DAY)), JOINERS).later(days=7 + days)


def set_up() -> World:
    """Return Ann and Bo a week before Bo's first day, after the run that set their series up."""
    world = joined(-7)
    world.run()
    return world


def on_day(world: World, days: int) -> World:
    """Let time pass until Bo's n-th day, at nine, with a run on every working day."""
    while (world.now.date() - FIRST_DAY).days < days:
        world.later(days=1)
        if world.now.weekday() < 5:
            world.run()
    return world


def test_a_joiner_is_set_up_weekly_before_they_start() -> None:
    """The first meeting is in week one, and the reason names the rule's cadence."""
    world = set_up()
    made = generation(world, 1)
    assert made.rrule.startswith(WEEKLY)
    assert FIRST_DAY <= made.start.date() < FIRST_DAY + 7 * DAY


def test_after_ninety_days_the_series_is_replaced_once_and_quietly() -> None:
    """On the ninety-first day, one mail, with the reason; before and after it every run finds nothing to do."""
    world = on_day(set_up(), 89)
    assert left_alone(world)
    told = len(world.calendars.told)
    world.later(days=1)
    create, end = first(world, CREATE), first(world, END)
    assert (create.uid, create.notifies, end.notifies) == (series_uid(*KEY, 2), ("bo@x.org",), ())
    assert create.rrule is not None
    assert create.rrule.startswith(FORTNIGHTLY)
    assert (
        create.reasons[0]
        == end.reasons[0]
        == ("The cadence is every 2 weeks now; the series came every week.")
    )
    old = generation(world, 1)
    assert (create.start.weekday(), create.start.time()) == (old.start.weekday(), old.start.time())
    world.run()
    on_day(world, 200)
    assert len(world.calendars.told) == told + 1
    assert [made.generation for made in world.journal.memory.series] == [1, 2]


def test_nothing_is_late_on_the_way_from_one_cadence_to_the_other() -> None:
    """No day between the first and a quarter later makes the pair anything but on track, once they have met."""
    world = on_day(set_up(), 7)
    assert {_status(on_day(world, days)) for days in range(8, 130)} == {"on_track"}


def test_between_the_last_weekly_and_the_first_of_the_new_nobody_waits_longer_than_they_should() -> None:
    """Old and new together leave no interval longer than the later cadence."""
    world = on_day(set_up(), 95)
    world.now = NOW
    mine = world.calendars.series["bo@x.org"].values()
    together = sorted(start for copy in mine for start in dates(world, copy))
    apart = [later - one for one, later in pairwise(together)]
    assert max(apart) <= timedelta(weeks=2, hours=1)
    assert min(apart) >= timedelta(weeks=1, hours=-1)


@pytest.mark.parametrize(
    ("days", "rule"), [(60, WEEKLY), (79, WEEKLY), (80, FORTNIGHTLY), (89, FORTNIGHTLY), (90, FORTNIGHTLY)]
)
def test_a_series_made_late_begins_as_its_second_meeting_is_due(days: int, rule: str) -> None:
    """Who is found without a series shortly before the ninety-first day gets one that stays."""
    world = joined(days)
    create = first(world, CREATE)
    assert (create.rrule or "").startswith(rule)
    world.run()
    world.later(hours=1)
    assert kinds(world.plan())[:1] != [CREATE]
    on_day(world, 130)
    assert len(world.journal.memory.series) == (2 if rule == WEEKLY else 1)


def _status(world: World) -> str:
    known = world.known()
    (pair,) = check_everyone(world.roster, known.evidence, world.settings, known.memory, world.now).pairs
    return str(pair.status)
