"""A plan as a whole: its order, and a plan of nobody."""

from scheduler.cadence.coverage import check_everyone
from tests.unit.planning_builders import ANN, BO, CY, DI, NOW, kinds, roster, settings
from tests.unit.planning_worlds import CREATE, WRITE, World


def test_the_order_is_stable_and_told() -> None:
    """Create, end, attach, write; the order of people and calendars does not matter."""
    one, two = World(roster(ANN, BO, CY, DI)), World(roster(DI, CY, BO, ANN))
    assert one.plan() == two.plan()
    assert kinds(one.plan()) == [CREATE, CREATE, WRITE, WRITE]


def test_nobody_is_a_plan() -> None:
    """No people, no changes."""
    world = World(roster())
    assert (
        check_everyone(world.roster, world.known().evidence, settings(), world.journal.memory, NOW).pairs
        == ()
    )
    assert world.plan().changes == ()
