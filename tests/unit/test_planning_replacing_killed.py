"""A replacement that was cut short or failed is finished, or leaves the pair what it has."""

from contextlib import suppress
from dataclasses import replace

import pytest

from scheduler.errors import Problem, WriteFailed
from scheduler.every import Cadence
from scheduler.memory import SeriesState
from scheduler.planning.changes import Outcome
from tests.unit.planning_builders import ANN, BO, Killed, kinds, roster
from tests.unit.planning_replacing_builders import asked_for, first, generation, left_alone
from tests.unit.planning_worlds import CREATE, World


class TestKilled:
    """What a killed run began, and what failed."""

    def touched(self, world: World, at: int, error: BaseException) -> bool:
        """Let the n-th touch of a run go wrong; say whether there was one."""
        left = at

        def before_each() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise error

        ports = (world.calendars, world.agendas, world.journal)
        for port in ports:
            port.before_each = before_each
        with suppress(Killed):
            world.run()
        for port in ports:
            port.before_each = lambda: None
        return left <= 0

    @pytest.mark.parametrize("error", [Killed(), WriteFailed(Problem("x.ics", "the disk is full"))])
    def test_the_next_runs_finish(self, error: BaseException) -> None:
        """Calendars, documents and memory end as if nothing had happened."""
        whole = asked_for("1 week")
        whole.run()
        at = 1
        while True:
            world = asked_for("1 week")
            if not self.touched(world, at, error):
                break
            world.run()
            world.run()
            assert world.state() == whole.state(), f"at touch {at}"
            assert kinds(world.plan()) == []
            at += 1
        assert at > 8

    def begun(self) -> World:
        """Return a world in which the new series was begun and stands in no calendar."""
        world = asked_for("1 week")
        assert self.touched(world, 2, Killed())
        assert generation(world, 2).state is SeriesState.BEGUN
        return world

    def test_begun_and_the_cadence_is_back_as_it_was(self) -> None:
        """The old one stands, and nothing is ended for what nobody has seen."""
        world = self.begun()
        world.roster = roster(ANN, BO)
        assert left_alone(world)

    def test_begun_and_the_cadence_is_yet_another(self) -> None:
        """The same generation, at another time."""
        world = self.begun()
        world.roster = roster(ANN, replace(BO, cadence=Cadence.parse("1 month")))
        create = first(world, CREATE)
        assert (create.generation, (create.rrule or "")[:12]) == (2, "FREQ=MONTHLY")

    def test_where_the_new_one_cannot_be_created_the_old_one_is_not_ended(self) -> None:
        """The pair keeps what it has."""
        world = asked_for("1 week")
        before = dict(world.calendars.series["bo@x.org"])

        def full() -> None:
            raise WriteFailed(Problem("x.ics", "the disk is full"))

        world.calendars.before_each = full
        create, end = world.run()[:2]
        assert (create.outcome, end.outcome) == (Outcome.FAILED, Outcome.SKIPPED)
        assert end.reason == "the series that is to take its place was not created"
        assert world.calendars.series["bo@x.org"] == before

    def test_the_new_one_refused_before_the_old_one_was_ended(self) -> None:
        """The old one is all they have: it stays, and is not replaced again while the no stands."""
        world = self.begun()
        gone = replace(generation(world, 2), state=SeriesState.REFUSED, refused_at=world.now)
        world.journal.memory = replace(world.journal.memory, series=(generation(world, 1), gone))
        assert left_alone(world)
