"""A changed cadence reaches our own series: a new one takes the place of the old."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.errors import PastLimit
from scheduler.every import Cadence
from scheduler.hours import WorkingHours
from scheduler.meetings import Answer, EventStatus
from scheduler.planning.identity import series_uid
from scheduler.planning.limits import ensure_safe
from scheduler.settings import CadenceSettings, LimitSettings
from tests.unit.planning_builders import (
    ANN,
    BO,
    CY,
    DI,
    KEY,
    answered,
    kinds,
    person,
    reasons,
    roster,
    settings,
    single,
)
from tests.unit.planning_replacing_builders import WEEKLY, asked_for, dates, first, generation, left_alone
from tests.unit.planning_worlds import CREATE, END, World


class TestReplacing:
    """The new series and the end of the old one."""

    @pytest.mark.parametrize(
        ("every", "why", "rule"),
        [
            (
                "1 week",
                "The cadence is every week now; the series came every 2 weeks.",
                "FREQ=WEEKLY;INTERVAL=1",
            ),
            (
                "3 weeks",
                "The cadence is every 3 weeks now; the series came every 2 weeks.",
                "FREQ=WEEKLY;INTERVAL=3",
            ),
            (
                "1 month",
                "The cadence is every month now; the series came every 2 weeks.",
                "FREQ=MONTHLY;INTERVAL=1",
            ),
            (
                "1 quarter",
                "The cadence is every quarter now; the series came every 2 weeks.",
                "FREQ=MONTHLY;INTERVAL=3",
            ),
        ],
    )
    def test_a_new_series_takes_the_place_of_the_old(self, every: str, why: str, rule: str) -> None:
        """At the old weekday and time, with the reason; one mail; nothing is lost before it or doubled after."""
        world = asked_for(every)
        old = generation(world, 1)
        create, end = world.plan().changes[:2]
        assert (create.kind, create.uid, create.notifies) == (CREATE, series_uid(*KEY, 2), ("bo@x.org",))
        assert (end.kind, end.uid, end.notifies) == (END, old.uid, ())
        assert create.reasons[0] == end.reasons[0] == why
        assert create.reasons[-1] == "The weekday and the time stay as they were."
        assert (create.rrule or "").startswith(rule)
        assert (create.start.weekday(), create.start.time()) == (old.start.weekday(), old.start.time())
        before = dates(world, world.calendars.series["ann@x.org"][old.uid])
        world.run()
        kept = dates(world, world.calendars.series["bo@x.org"][old.uid])
        assert kept == [start for start in before if start.date() < create.start.date()]
        assert kinds(world.plan()) == []

    def test_the_first_meeting_comes_as_soon_as_the_notice_allows(self) -> None:
        """Its own weekday, in the week that follows."""
        world = asked_for("1 week")
        start = first(world, CREATE).start
        assert timedelta(days=2) < start - world.now < timedelta(days=10)

    def test_for_the_whole_company(self) -> None:
        """The config's cadence counts as the roster's does; a length does not."""
        world = asked_for("2 weeks")
        world.settings = settings(cadence=CadenceSettings(every=Cadence.parse("2 weeks"), minutes=45))
        assert left_alone(world)
        world.roster = roster(ANN, BO)
        world.settings = settings(cadence=CadenceSettings(every=WEEKLY, minutes=45))
        assert first(world, CREATE).minutes == 45

    def test_where_the_old_time_is_taken_another_is_sought(self) -> None:
        """The old time is kept only where it is free on every date."""
        world = asked_for("1 week")
        free = first(world, CREATE).start
        busy = single(free + timedelta(weeks=1), attendees=(), organizer=None)
        world.calendars.singles["bo@x.org"] = [busy]
        create = first(world, CREATE)
        assert (create.start.weekday(), create.start.time()) != (free.weekday(), free.time())

    def test_where_the_old_time_is_outside_the_hours_by_now_another_is_sought(self) -> None:
        """Whoever's hours have changed."""
        world = asked_for("1 week")
        at = generation(world, 1).start
        evenings = WorkingHours.parse("Mon-Fri 17:30-19:00")
        world.roster = roster(replace(ANN, hours=evenings), replace(BO, cadence=WEEKLY, hours=evenings))
        assert at.time() != first(world, CREATE).start.time()

    def test_where_none_fits_the_old_one_stays(self) -> None:
        """And the reason is told, in every run."""
        world = asked_for("1 week")
        world.roster = roster(ANN, replace(BO, cadence=WEEKLY, hours=WorkingHours.parse("Sat 09:00-12:00")))
        for _ in range(2):
            assert {CREATE, END}.isdisjoint(kinds(world.plan()))
            (told,) = reasons(world.plan())
            assert told.startswith(
                "The cadence is every week now; the series came every 2 weeks. Their series stays as it is. No time fits:"
            )
            world.run()

    def test_nobody_is_put_on_what_is_left_of_the_old_series(self) -> None:
        """Until the new one starts, the old one takes its time like any other."""
        hours = WorkingHours.parse("Thu 10:00-11:00")
        world = World(roster(replace(ANN, hours=hours), BO))
        world.run()
        world.roster = roster(replace(ANN, hours=hours), replace(BO, cadence=WEEKLY), CY)
        world.run()
        world.run()
        taken = Counter(
            start for copy in world.calendars.series["ann@x.org"].values() for start in dates(world, copy)
        )
        assert max(taken.values()) == 1

    def test_a_series_that_is_rare_and_beyond_the_look_ahead_is_replaced_too(self) -> None:
        """The pair would otherwise wait for it."""
        world = World(roster(ANN, replace(BO, cadence=Cadence.parse("6 months"))))
        world.run()
        world.now = generation(world, 1).start + timedelta(days=1)
        world.roster = roster(ANN, replace(BO, cadence=WEEKLY))
        assert first(world, CREATE).start - world.now < timedelta(weeks=2)
        world.run()
        assert kinds(world.plan()) == []

    def test_changed_again_before_the_new_one_started(self) -> None:
        """A third takes the place of the second, and what is left of the first stands."""
        world = asked_for("1 month")
        world.run()
        left = world.calendars.series["bo@x.org"][series_uid(*KEY, 1)]
        world.roster = roster(ANN, replace(BO, cadence=WEEKLY))
        assert [(c.kind, c.generation) for c in world.plan().changes[:2]] == [(CREATE, 3), (END, 2)]
        world.run()
        assert world.calendars.series["bo@x.org"][series_uid(*KEY, 1)] == left
        assert kinds(world.plan()) == []


class TestLimits:
    """A config-wide change is a large surprise."""

    def company(self, **limits: int) -> World:
        """Return Ann with six reports, whose cadence has changed for all of them."""
        people = [person(f"p{n}@x.org", "ann@x.org") for n in range(6)]
        world = World(roster(ANN, *people))
        world.run()
        world.settings = settings(
            cadence=CadenceSettings(every=WEEKLY, minutes=30), limits=replace(LimitSettings(), **limits)
        )
        return world

    def test_it_is_refused_without_the_flag(self) -> None:
        """More than the share of what stands would be ended."""
        world = self.company()
        with pytest.raises(PastLimit, match="6 of the 6 series made so far would be ended or changed"):
            ensure_safe(world.plan(), world.journal.memory, world.settings, allowed=False)

    def test_no_more_are_replaced_than_a_run_may_create(self) -> None:
        """The rest is left for the next run; then it comes, and then there is rest."""
        world = self.company(new_series=2)
        plan = world.plan()
        assert (kinds(plan).count(CREATE), kinds(plan).count(END)) == (2, 2)
        assert reasons(plan) == ["Left for the next run: at most 2 new series a run."] * 4
        for _ in range(3):
            world.run()
        assert kinds(world.plan()) == []

    def test_no_mail_allowed_means_no_replacement(self) -> None:
        """The old one is not ended, either."""
        world = self.company(mails_per_person=0)
        assert kinds(world.plan()) == []

    def test_who_has_nothing_comes_first(self) -> None:
        """A pair that meets can wait."""
        world = self.company(new_series=1)
        world.roster = roster(*world.roster.people.values(), BO)
        assert first(world, CREATE).report == "bo@x.org"


class TestTold:
    """Who is told that a series ends."""

    @pytest.mark.parametrize("way", ["deleted", "declined", "cancelled", "stands"])
    def test_who_has_deleted_or_declined_it_is_not(self, way: str) -> None:
        """It is no news to them."""
        world = World(roster(ANN, BO, DI))
        world.run()
        copy = world.calendars.series["bo@x.org"][series_uid(*KEY, 1)]
        if way == "deleted":
            del world.calendars.series["bo@x.org"][copy.uid]
        elif way == "declined":
            world.calendars.put(answered(copy, "bo@x.org", Answer.DECLINED), "bo@x.org")
        elif way == "cancelled":
            world.calendars.put(replace(copy, status=EventStatus.CANCELLED), "bo@x.org")
        world.roster = roster(ANN, replace(BO, no_one_to_one=True), DI)
        assert first(world, END).notifies == (("bo@x.org",) if way == "stands" else ())
