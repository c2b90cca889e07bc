"""Who gets a series, when its first meeting is, and why somebody gets none."""

from datetime import timedelta

from scheduler.errors import Problem
from scheduler.hours import WorkingHours
from scheduler.meetings import Unread
from scheduler.planning.digest import digest
from scheduler.planning.identity import series_uid
from tests.unit.planning_builders import (
    ANN,
    BERLIN,
    BO,
    CY,
    KEY,
    NOW,
    day,
    kinds,
    limited,
    person,
    reasons,
    roster,
    series,
    single,
)
from tests.unit.planning_worlds import CREATE, World, pair_world


class TestCreating:
    """Series for those who have nothing planned."""

    def test_a_pair_with_nothing_planned_gets_a_series_with_its_reasons(self) -> None:
        """The gap and the slot are both explained, and only the report gets a mail."""
        change = pair_world().plan().changes[0]
        assert change.kind is CREATE
        assert change.reasons[0].startswith("Nothing is planned up to Mon 15 Feb")
        assert any("Free for both on all 6 dates" in reason for reason in change.reasons)
        assert change.notifies == ("bo@x.org",)
        assert change.generation == 1
        assert change.uid == series_uid(*KEY, 1)

    def test_a_pair_that_meets_gets_nothing(self) -> None:
        """What people set up themselves counts."""
        assert pair_world(series()).plan() == pair_world(series()).plan()
        assert CREATE not in kinds(pair_world(series()).plan())

    def test_the_first_meeting_keeps_the_notice(self) -> None:
        """It lies on a whole day after the notice, so that the plan is the same all day."""
        change = pair_world().plan().changes[0]
        assert change.start.date() >= day(3)

    def test_the_plan_of_the_same_day_has_the_same_digest(self) -> None:
        """Approved in the morning, it can be applied in the afternoon."""
        world = pair_world()
        morning = digest(world.plan())
        assert digest(world.later(hours=6).plan()) == morning

    def test_the_most_overdue_come_first(self) -> None:
        """Urgency, not the alphabet, decides the order."""
        world = World(roster(ANN, BO, CY))
        world.calendars.singles["ann@x.org"] = [single(NOW - timedelta(days=10))]
        assert [c.report for c in world.plan().changes if c.kind is CREATE] == ["cy@x.org", "bo@x.org"]

    def test_a_run_creates_no_more_than_its_cap(self) -> None:
        """The rest is left for the next run, and says so; then it comes."""
        world = World(roster(ANN, BO, CY), limited(new_series=1))
        plan = world.plan()
        assert kinds(plan).count(CREATE) == 1
        assert reasons(plan) == ["Left for the next run: at most 1 new series a run."]
        world.run()
        assert kinds(world.plan()).count(CREATE) == 1

    def test_pairs_without_a_time_do_not_use_up_the_cap(self) -> None:
        """Those who can't be placed never keep the others waiting."""
        nights = [
            person(f"a{n}@x.org", "ann@x.org", hours=WorkingHours.parse("Mon-Fri 20:00-23:00"))
            for n in range(5)
        ]
        world = World(roster(ANN, CY, *nights), limited(new_series=1))
        plan = world.plan()
        assert [c.report for c in plan.changes if c.kind is CREATE] == ["cy@x.org"]
        assert len([r for r in reasons(plan) if "Left" not in r]) == 5

    def test_no_mail_allowed_means_no_series(self) -> None:
        """Nobody gets more mails a run than the config says."""
        plan = World(roster(ANN, BO), limited(mails_per_person=0)).plan()
        assert plan.changes == ()
        assert reasons(plan) == ["Left for the next run: at most 0 mails a person."]

    def test_where_no_time_fits_the_reason_and_the_remedy_are_told(self) -> None:
        """A pair that shares no hours is skipped in words."""
        plan = pair_world(hours=WorkingHours.parse("Sat 09:00-12:00")).plan()
        assert plan.changes == ()
        assert len(reasons(plan)) == 1

    def test_an_unreadable_calendar_is_never_taken_for_an_empty_one(self) -> None:
        """The pair is skipped, with whose calendar it is."""
        world = pair_world()
        world.calendars.unreadable.add("bo@x.org")
        plan = world.plan()
        assert plan.changes == ()
        assert len(reasons(plan)) == 1

    def test_a_broken_event_that_may_be_theirs_is_to_be_mended_first(self) -> None:
        """It may be the very meeting that is missing."""
        world = pair_world()
        world.calendars.unread["ann@x.org"] = (
            Unread(Problem("ann.ics:7", "no DTSTART"), frozenset({"bo@x.org", "ann@x.org"})),
        )
        plan = world.plan()
        assert plan.changes == ()
        assert len(reasons(plan)) == 1

    def test_a_joiner_has_the_first_meeting_in_week_one(self) -> None:
        """Nothing lies before the first day, and it is planned ahead of it."""
        plan = pair_world(start_date=day(7)).plan()
        (change,) = (c for c in plan.changes if c.kind is CREATE)
        assert day(7) <= change.start.date() < day(14)

    def test_a_joiner_far_off_waits(self) -> None:
        """Before `joiners_ahead` nothing is planned, and nothing is missing."""
        plan = pair_world(start_date=day(40)).plan()
        assert (plan.changes, plan.skipped) == ((), ())

    def test_leave_is_no_gap(self) -> None:
        """A pair that wants no 1-2-1 gets none."""
        plan = pair_world(no_one_to_one=True).plan()
        assert (plan.changes, plan.skipped) == ((), ())

    def test_a_series_ends_with_the_last_day_of_who_leaves(self) -> None:
        """The rule has an UNTIL."""
        plan = pair_world(end_date=day(30)).plan()
        assert "UNTIL=20261223T225959Z" in (plan.changes[0].rrule or "")

    def test_who_leaves_before_a_first_meeting_gets_none(self) -> None:
        """The last day is named."""
        assert reasons(pair_world(end_date=day(2)).plan()) == [
            "The last day of one of them is 25 Nov 2026, before a first meeting could be.",
        ]

    def test_a_series_that_starts_later_is_waited_for(self) -> None:
        """What they set up beyond the look-ahead is not doubled."""
        later = series(start=NOW.astimezone(BERLIN) + timedelta(weeks=20))
        assert reasons(pair_world(later).plan()) == ["A series of theirs starts on 12 Apr 2027."]

    def test_a_standing_series_with_every_date_called_off_is_not_doubled(self) -> None:
        """Meetings that people called off are not put back."""
        world = pair_world(series())
        world.calendars.off["theirs"] = {series().start + timedelta(weeks=2 * n) for n in range(30)}
        assert reasons(world.plan()) == [
            "Every meeting of their series in the look-ahead was called off; the series itself stands.",
        ]

    def test_the_new_series_stays_clear_of_others(self) -> None:
        """No two series of ours share a time of a person, those of earlier runs included."""
        world = World(roster(ANN, BO, CY), limited(new_series=1))
        world.run()
        world.run()
        one, two = world.calendars.series["ann@x.org"].values()
        assert one.start != two.start
