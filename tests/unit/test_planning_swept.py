"""A calendar that was replaced by another export is no person's no."""

from dataclasses import replace

from scheduler.memory import SeriesState
from scheduler.planning.swept import swept_calendars
from tests.unit.planning_builders import ANN, BO, CY, DI, kinds, reasons, roster
from tests.unit.planning_worlds import World


def office() -> World:
    """Return a manager with three reports, all of them met."""
    world = World(roster(ANN, BO, replace(CY, manager=ANN.email), replace(DI, manager=ANN.email)))
    world.run()
    assert len(world.journal.memory.series) == 3
    return world


def test_all_of_our_series_gone_at_once_conclude_nothing() -> None:
    """Nobody said no three times over in one night: nothing is refused, nothing doubled."""
    world = office()
    world.calendars.series[ANN.email].clear()
    assert kinds(world.plan()) == []
    world.run()
    assert {made.state for made in world.journal.memory.series} == {SeriesState.STANDING}


def test_it_is_said_with_what_puts_them_back() -> None:
    """The admin who refreshes the folder learns what the refresh took away."""
    world = office()
    assert list(swept_calendars(world.known())) == []
    world.calendars.series[ANN.email].clear()
    (problem,) = swept_calendars(world.known())
    assert problem.where == "the calendar of ann@x.org"
    assert problem.what.startswith("none of the 3 series that onetoone made is in it any more")
    assert problem.remedy == "import people/ann@x.org.ics from the export folder into it"


def test_where_the_other_copies_are_gone_too_nothing_new_is_made() -> None:
    """A whole folder that was replaced doubles nobody's series."""
    world = office()
    for series in world.calendars.series.values():
        series.clear()
    plan = world.plan()
    assert kinds(plan) == []
    assert len(reasons(plan)) == 3


def test_one_that_is_left_makes_the_others_a_no() -> None:
    """Who deletes two of three has said so."""
    world = office()
    uids = sorted(made.uid for made in world.journal.memory.series)
    for uid in uids[:2]:
        del world.calendars.series[ANN.email][uid]
    world.run()
    refused = [made.uid for made in world.journal.memory.series if made.state is SeriesState.REFUSED]
    assert sorted(refused) == uids[:2]
