"""Where memory was lost, the marks in the calendars tell whose a series is."""

from dataclasses import replace

from scheduler.memory import SeriesState
from scheduler.planning.identity import series_key
from tests.unit.planning_builders import ANN, BO, DI, KEY, kinds, reasons, roster, series
from tests.unit.planning_worlds import ATTACH, END, World, made_world, pair_world


class TestLostMemory:
    """The marks in the calendars tell what memory has forgotten."""

    def forgetful(self) -> World:
        """Return a world whose series stand and whose memory is gone."""
        world = made_world()
        world.journal.memory = replace(world.journal.memory, series=(), agendas=())
        return world

    def test_a_marked_series_is_taken_up_again(self) -> None:
        """It is known as ours; only its link has to be looked at again."""
        world = self.forgetful()
        assert kinds(world.plan()) == [ATTACH]
        (applied,) = world.run()
        assert applied.outcome == "already_so"
        made = world.journal.memory.series[0]
        assert (made.generation, made.key, made.state) == (1, series_key(*KEY, 1), SeriesState.STANDING)
        assert made.summary == "1-2-1: Ann / Bo"
        assert kinds(world.plan()) == []

    def test_one_that_only_the_report_still_has_was_refused(self) -> None:
        """The manager deleted it, and memory is not needed to see that."""
        world = self.forgetful()
        world.calendars.series["ann@x.org"].clear()
        assert reasons(world.plan())[0].startswith("Ann Doe deleted, cancelled or declined")

    def test_a_persons_copy_with_our_mark_is_the_persons(self) -> None:
        """Its UID is not ours, so that we never end it."""
        world = pair_world(series("a-copy", mark=series_key(*KEY, 1)))
        world.roster = roster(ANN, DI, replace(BO, manager="di@x.org"))
        assert END not in kinds(world.plan())

    def test_a_mark_without_organizer_or_of_others_is_left_alone(self) -> None:
        """Nothing is made of it."""
        world = pair_world(
            series("x", mark=series_key(*KEY, 1), organizer=None),
            series("y", mark="not a key"),
        )
        world.run()
        assert world.journal.memory.series == ()

    def test_of_people_who_left_the_roster(self) -> None:
        """It is ended, though only memory's own words for them are left."""
        world = self.forgetful()
        world.roster = roster(ANN)
        assert kinds(world.plan()) == [END]
        world.run()
        assert kinds(world.plan()) == []
