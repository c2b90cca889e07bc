"""New joiners in the plan: weekly at first, and what comes after that once, quietly and with its reason."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from scheduler.cadence.coverage import check_everyone
from scheduler.every import Cadence
from scheduler.planning.asking import Question, asked
from scheduler.planning.creating import request_for
from scheduler.planning.digest import digest
from scheduler.planning.identity import series_uid
from scheduler.planning.saved import saved_plan
from scheduler.reports.json import plan_json
from scheduler.settings import CadenceRule, CadenceSettings
from scheduler.timespans import DAY
from tests.unit.planning_builders import ANN, BO, KEY, NOW, Killed, kinds, roster, settings, single
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
    """The first meeting is in week one and takes an hour, and the reason names the rule; saved and read back alike."""
    create = first(joined(-7), CREATE)
    assert (create.minutes, create.first_minutes) == (30, 60)
    assert create.reasons[:2] == (
        "Bo starts on Mon 30 Nov.",
        "Every week, by the rule 'new joiners': the first 90 days of Bo end on Sat 27 Feb.",
    )
    plan = joined(-7).plan()
    assert saved_plan(plan_json(plan, digest(plan))).plan == plan
    world = set_up()
    made = generation(world, 1)
    assert made.rrule.startswith(WEEKLY)
    assert FIRST_DAY <= made.start.date() < FIRST_DAY + 7 * DAY


def test_the_hour_is_the_plan_s_too() -> None:
    """A saved plan with another length for the first meeting is another plan."""
    plan = joined(-7).plan()
    without = replace(plan, changes=tuple(replace(change, first_minutes=None) for change in plan.changes))
    assert digest(without) != digest(plan)


@pytest.mark.parametrize(("days", "first_by"), [(-7, True), (0, True), (5, False), (30, False)])
def test_the_first_is_asked_for_within_its_week_while_that_is_possible(days: int, first_by: bool) -> None:  # noqa: FBT001 - a column of the table
    """A first meeting takes an hour whenever it comes; once its week can't be kept, it is to come soon."""
    world = joined(days)
    known = world.known()
    (coverage,) = check_everyone(world.roster, known.evidence, world.settings, known.memory, world.now).pairs
    request = request_for(coverage, known)
    assert request is not None
    assert request.first_minutes == 60
    assert (request.first_by is not None) == first_by


def test_who_asks_for_a_cadence_gets_it_also_shortly_before_the_end() -> None:
    """What the rule becomes is of no matter to a question that names how often."""
    world = joined(85)
    known = world.known()
    (coverage,) = check_everyone(world.roster, known.evidence, world.settings, known.memory, world.now).pairs
    for every, cadence in ((None, "2 weeks"), (NEW.every, "1 week")):
        request = asked(Question(pair=coverage.pair, every=every), [coverage], known)
        assert request is not None
        assert str(request.cadence) == cadence


def test_a_killed_creation_is_finished_with_its_hour() -> None:
    """What the journal has as begun is created as it would have been."""
    world = joined(-7)
    world.calendars.before_each = _die
    with pytest.raises(Killed):
        world.run()
    world.calendars.before_each = lambda: None
    create = first(world, CREATE)
    assert create.reasons == ("An earlier run began this.",)
    assert create.first_minutes == 60


def test_who_has_met_already_has_had_the_first_one() -> None:
    """A joiner whose series is gone gets one that begins like any other."""
    world = joined(9)
    world.calendars.singles["ann@x.org"] = [single(world.now - timedelta(days=1))]
    create = first(world, CREATE)
    assert (create.minutes, create.first_minutes) == (30, None)


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
    assert create.reasons[1] == "Every 2 weeks, as the config has it for everybody else."
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
    told = "Up to 28 Feb 2027 they are to meet every week, and from there on every 2 weeks."
    assert (told in create.reasons) == (rule == FORTNIGHTLY and days < 90)
    world.run()
    world.later(hours=1)
    assert kinds(world.plan())[:1] != [CREATE]
    on_day(world, 130)
    assert len(world.journal.memory.series) == (2 if rule == WEEKLY else 1)


def _die() -> None:
    raise Killed


def _status(world: World) -> str:
    known = world.known()
    (pair,) = check_everyone(world.roster, known.evidence, world.settings, known.memory, world.now).pairs
    return str(pair.status)
