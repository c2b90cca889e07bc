"""A series ends when its pair is no more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.cadence.coverage import check_everyone
from scheduler.meetings import Evidence
from scheduler.memory import SeriesState
from scheduler.people import Person
from scheduler.planning.planner import make_plan
from tests.unit.planning_builders import ANN, BERLIN, BO, DI, NOW, day, kinds, reasons, roster, series
from tests.unit.planning_worlds import CREATE, END, World, made_world, only_series, pair_world


class TestEnding:
    """Series of ours whose pair is no more."""

    @pytest.mark.parametrize(
        ("now_on_roster", "why"),
        [
            ((ANN, DI, replace(BO, manager="di@x.org")), "Bo Doe now reports to Di Doe."),
            ((ANN, replace(BO, manager=None)), "Bo Doe reports to nobody now."),
            ((ANN,), "bo@x.org is not on the roster any more."),
            ((BO,), "ann@x.org is not on the roster any more."),
            ((ANN, replace(BO, end_date=day(-1))), "Bo Doe left on 22 Nov 2026."),
            ((ANN, replace(BO, no_one_to_one=True)), "The roster says that they have no 1-2-1."),
        ],
    )
    def test_it_ends_from_its_next_date_on(self, now_on_roster: tuple[Person, ...], why: str) -> None:
        """With the reason; the report is told by mail; and the next run has nothing to end."""
        world = made_world()
        start = only_series(world).start
        there = {p.email for p in now_on_roster}
        world.roster = roster(*(p if p.manager in there else replace(p, manager=None) for p in now_on_roster))
        (change,) = (c for c in world.plan().changes if c.kind is END)
        assert change.reasons == (why,)
        assert change.start == start
        assert "bo@x.org" in {a for c in world.plan().changes for a in c.notifies}
        world.run()
        assert END not in kinds(world.plan())

    def test_a_new_manager_s_invitation_is_the_only_mail(self) -> None:
        """At most one mail a person a run: the old series ends quietly."""
        world = made_world()
        world.roster = roster(ANN, DI, replace(BO, manager="di@x.org"))
        plan = world.plan()
        assert [c.notifies for c in plan.changes if c.kind is CREATE] == [("bo@x.org",)]
        assert [c.notifies for c in plan.changes if c.kind is END] == [()]

    def test_a_future_last_day_ends_it_the_day_after(self) -> None:
        """Up to then they meet; nothing more is to be done once it is so."""
        world = made_world()
        world.roster = roster(ANN, replace(BO, end_date=day(30)))
        (change,) = (c for c in world.plan().changes if c.kind is END)
        assert change.start.date() > day(30)
        assert change.reasons == ("The last day of Bo Doe is 23 Dec 2026.",)
        world.run()
        assert END not in kinds(world.plan())

    def test_who_leaves_before_the_next_is_due_gets_no_new_series(self) -> None:
        """The first plan ends the old one, and the second has nothing to add."""
        world = made_world().later(days=10)
        world.roster = roster(ANN, replace(BO, end_date=(world.now + timedelta(days=4)).date()))
        assert END in kinds(world.plan())
        for _ in range(2):
            assert CREATE not in kinds(world.plan())
            assert [
                said for said in reasons(world.plan()) if said.endswith("before their next meeting is due.")
            ]
            world.run()
        assert kinds(world.plan()) == []

    def test_what_comes_after_a_last_day_is_no_plan(self) -> None:
        """An overdue pair whose next meeting lies beyond it is given one before, in the run that ends the series."""
        long_ago = NOW.astimezone(BERLIN) - timedelta(days=40)
        world = pair_world(series(start=long_ago, rrule="FREQ=WEEKLY;INTERVAL=9"))
        world.roster = roster(ANN, replace(BO, end_date=day(21)))
        (change,) = (c for c in world.plan().changes if c.kind is CREATE)
        assert change.start.date() <= day(21)
        world.run()
        assert kinds(world.plan()) == []

    def test_what_people_made_is_never_ended(self) -> None:
        """Only ours."""
        world = pair_world(series())
        world.roster = roster(ANN, DI, replace(BO, manager="di@x.org"))
        assert END not in kinds(world.plan())

    def test_an_unreadable_calendar_keeps_it_from_being_ended(self) -> None:
        """It may still stand there, and that is said."""
        world = made_world()
        world.roster = roster(ANN, replace(BO, no_one_to_one=True))
        for unreadable in ({"ann@x.org", "bo@x.org"}, {"ann@x.org"}):
            world.calendars.unreadable = unreadable
            plan = world.plan()
            assert kinds(plan) == []
            assert "Their series is to be ended; the calendar of Ann Doe could not be read." in reasons(plan)

    def test_of_a_series_that_a_person_has_deleted_nothing_is_left_to_end(self) -> None:
        """Both calendars were read, and neither has it."""
        world = made_world()
        world.calendars.series.clear()
        world.roster = roster(ANN, replace(BO, no_one_to_one=True))
        assert kinds(world.plan()) == []

    def test_a_rule_that_cannot_be_followed_ends_at_once(self) -> None:
        """From now on, as its next date can't be worked out."""
        world = made_world()
        odd = replace(only_series(world), start=NOW - timedelta(days=1), rrule="FREQ=HOURLY")
        world.roster = roster(ANN, replace(BO, no_one_to_one=True))
        readings = world.calendars.evidence(world.roster, NOW).readings
        known = replace(
            world.known(),
            evidence=Evidence(
                {e: replace(r, series=(odd,), occurrences=()) for e, r in readings.items()}, {}
            ),
        )
        gaps = check_everyone(world.roster, known.evidence, world.settings, known.memory, NOW)
        (change,) = make_plan(gaps, known).changes
        assert (change.kind, change.start) == (END, NOW)

    def test_what_was_begun_to_be_ended_is_ended(self) -> None:
        """At the moment that was written down."""
        world = made_world()
        made = world.journal.memory.series[0]
        at = made.start + timedelta(weeks=2)
        ending = replace(made, state=SeriesState.ENDING, ended_at=at)
        world.journal.memory = replace(world.journal.memory, series=(ending,))
        (change,) = (c for c in world.plan().changes if c.kind is END)
        assert change.start == at
        world.run()
        assert world.journal.memory.series[0].state is SeriesState.ENDED

    def test_a_series_that_ran_out_by_its_own_rule_is_over(self) -> None:
        """No person's no: they are asked again at once."""
        world = World(roster(ANN, replace(BO, end_date=day(30))))
        world.run()
        world.roster = roster(ANN, BO)
        world.later(weeks=10)
        assert kinds(world.plan())[0] is CREATE
        world.notice()
        assert world.journal.memory.series[0].state is SeriesState.ENDED

    def test_a_new_address_is_no_new_pair(self) -> None:
        """Bo's old address is an alias now: the series stands, and nothing is doubled."""
        world = made_world()
        world.roster = roster(ANN, replace(BO, email="bo.new@x.org", aliases=frozenset({"bo@x.org"})))
        world.calendars.series["bo.new@x.org"] = world.calendars.series.pop("bo@x.org")
        plan = world.plan()
        assert CREATE not in kinds(plan)
        assert END not in kinds(plan)
