"""What a killed run began is finished by the next one."""

from dataclasses import replace

from scheduler.memory import SeriesState
from scheduler.planning.identity import series_uid
from tests.unit.planning_builders import ANN, BO, CY, KEY, kinds, limited, reasons, roster, series
from tests.unit.planning_worlds import CREATE, Calendars, World, made_world, put_both


class TestFinishing:
    """What a killed run began."""

    def begun(self) -> World:
        """Return a world in which the series is remembered as begun and stands in no calendar."""
        world = made_world()
        made = world.journal.memory.series[0]
        world.journal.memory = replace(
            world.journal.memory, series=(replace(made, state=SeriesState.BEGUN, link=None),)
        )
        world.calendars = Calendars()
        return world

    def test_it_is_created_under_the_same_name_at_the_same_time(self) -> None:
        """The second attempt is the first one."""
        world = self.begun()
        made = world.journal.memory.series[0]
        change = world.plan().changes[0]
        assert (change.uid, change.start, change.generation) == (made.uid, made.start, 1)
        assert change.reasons == ("An earlier run began this.",)

    def test_half_of_it_in_a_calendar_is_completed(self) -> None:
        """Even where the pair looks fine by now."""
        world = made_world()
        made = world.journal.memory.series[0]
        world.journal.memory = replace(
            world.journal.memory, series=(replace(made, state=SeriesState.BEGUN, link=None),)
        )
        del world.calendars.series["ann@x.org"][made.uid]
        assert kinds(world.plan())[0] is CREATE
        world.run()
        assert made.uid in world.calendars.series["ann@x.org"]
        assert world.journal.memory.series[0].state is SeriesState.STANDING

    def test_when_its_time_has_passed_it_gets_another(self) -> None:
        """Its name stays, as nothing of it is in a calendar."""
        world = self.begun().later(weeks=6)
        change = world.plan().changes[0]
        assert change.uid == series_uid(*KEY, 1)
        assert change.start > world.now

    def test_it_waits_for_an_unreadable_calendar(self) -> None:
        """Nothing is concluded."""
        world = self.begun()
        world.calendars.unreadable.add("bo@x.org")
        assert reasons(world.plan()) == [
            "A series was begun for them; it is finished once the calendar of Bo Doe can be read.",
        ]

    def test_it_is_moot_where_they_have_their_own_by_now(self) -> None:
        """A series of a person's is not doubled by ours."""
        world = self.begun()
        put_both(world, series())
        assert CREATE not in kinds(world.plan())

    def test_it_keeps_nobody_else_waiting(self) -> None:
        """Where its writing fails run after run, the others still get theirs."""
        world = self.begun()
        world.roster, world.settings = roster(ANN, BO, CY), limited(new_series=1)
        assert kinds(world.plan()).count(CREATE) == 2

    def test_others_stay_clear_of_its_time(self) -> None:
        """A begun series takes its time though no calendar shows it."""
        world = self.begun()
        world.roster = roster(ANN, BO, CY)
        begun, new = (c for c in world.plan().changes if c.kind is CREATE)
        assert begun.uid == series_uid(*KEY, 1)
        assert (begun.start.weekday(), begun.start.time()) != (new.start.weekday(), new.start.time())
