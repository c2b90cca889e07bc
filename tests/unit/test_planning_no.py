"""A person's no to a series stands, and is told as theirs."""

from dataclasses import replace
from datetime import timedelta

from scheduler.errors import Problem
from scheduler.meetings import Answer, EventStatus, Unread
from scheduler.memory import SeriesState
from scheduler.people import CalendarSource
from scheduler.planning.identity import series_uid
from tests.unit.planning_builders import ANN, BERLIN, BO, KEY, NOW, answered, kinds, reasons, roster, series
from tests.unit.planning_worlds import CREATE, END, made_world, only_series, pair_world, put_both


class TestPersonsNo:
    """A person's no stands."""

    ASKED_AGAIN = "asked about again after 24 May 2027."

    def test_deleted_by_the_manager(self) -> None:
        """It is not put back; the reason tells whose no it was, and until when it stands."""
        world = made_world()
        world.calendars.series["ann@x.org"].clear()
        plan = world.plan()
        assert kinds(plan) == []
        assert reasons(plan) == [f"Ann Doe deleted, cancelled or declined their series; {self.ASKED_AGAIN}"]

    def test_deleted_by_the_report(self) -> None:
        """Though it still stands in the manager's calendar."""
        world = made_world()
        world.calendars.series["bo@x.org"].clear()
        assert reasons(world.plan()) == [
            f"Bo Doe deleted, cancelled or declined their series; {self.ASKED_AGAIN}"
        ]

    def test_declined_by_the_report_in_either_copy(self) -> None:
        """The answer counts wherever it is written."""
        for owner in KEY:
            world = made_world()
            world.calendars.put(answered(only_series(world), "bo@x.org", Answer.DECLINED), owner)
            assert reasons(world.plan())[0].startswith("Bo Doe deleted, cancelled or declined"), owner

    def test_ones_own_calendar_is_believed_about_ones_answer(self) -> None:
        """The manager's copy may be stale."""
        world = made_world()
        made = only_series(world)
        world.calendars.put(answered(made, "bo@x.org", Answer.DECLINED), "ann@x.org")
        world.calendars.put(answered(made, "bo@x.org", Answer.ACCEPTED), "bo@x.org")
        assert world.plan().skipped == ()

    def test_cancelled_by_the_manager(self) -> None:
        """A cancelled series is a no as well."""
        world = made_world()
        put_both(world, replace(only_series(world), status=EventStatus.CANCELLED))
        assert reasons(world.plan())[0].startswith("Ann Doe deleted, cancelled")

    def test_the_report_taken_off_the_list_of_guests(self) -> None:
        """By the manager, whose copy goes on; a file that has lost all its guests says nothing."""
        world = made_world()
        made = only_series(world)
        world.calendars.put(replace(made, attendees=made.attendees[:1]), "ann@x.org")
        assert reasons(world.plan())[0].startswith("Ann Doe deleted, cancelled")
        world.calendars.put(replace(made, attendees=()), "ann@x.org")
        assert "deleted" not in " ".join(reasons(world.plan()))

    def test_cut_short_by_a_person(self) -> None:
        """'This and all following' deleted: our rule had no end, the calendar's has."""
        world = made_world()
        world.later(weeks=6)
        put_both(world, replace(only_series(world), last_end=world.now - timedelta(days=1)))
        assert reasons(world.plan())[0].startswith("Ann Doe deleted, cancelled")

    def test_it_says_the_same_before_and_after_it_was_stored(self) -> None:
        """Planning alone remembers nothing, and needs not."""
        world = made_world()
        world.calendars.series["bo@x.org"].clear()
        before = world.plan()
        world.notice()
        assert world.plan() == before
        assert world.journal.memory.series[0].refused_by == "bo@x.org"

    def test_the_time_counts_from_when_it_was_noticed(self) -> None:
        """Later runs do not prolong it; after it, the pair is asked again with a new series."""
        world = made_world()
        world.calendars.series["ann@x.org"].clear()
        world.calendars.series["bo@x.org"].clear()
        world.run()
        world.later(weeks=25)
        assert kinds(world.plan()) == []
        assert reasons(world.plan())[0].endswith(self.ASKED_AGAIN)
        world.later(weeks=2)
        change = world.plan().changes[0]
        assert (change.kind, change.uid) == (CREATE, series_uid(*KEY, 2))

    def test_it_outlasts_the_ending_of_the_series(self) -> None:
        """A roster that had them without a 1-2-1 for a while does not make the pair forget."""
        world = made_world()
        world.calendars.series["bo@x.org"].clear()
        world.run()
        was, world.roster = world.roster, roster(ANN, replace(BO, no_one_to_one=True))
        world.run()
        assert world.journal.memory.series[0].state is SeriesState.ENDED
        world.roster = was
        assert kinds(world.plan()) == []
        assert reasons(world.plan())[0].endswith(self.ASKED_AGAIN)

    def test_asked_again_the_remains_of_the_old_series_end(self) -> None:
        """In the same run, without a second mail; and the run after it has nothing to do."""
        world = made_world()
        world.calendars.series["bo@x.org"].clear()
        world.run()
        world.later(weeks=27)
        plan = world.plan()
        assert kinds(plan)[:2] == [CREATE, END]
        assert [c.notifies for c in plan.changes[:2]] == [("bo@x.org",), ()]
        world.run()
        assert kinds(world.plan()) == []

    def test_a_change_of_mind_is_welcome(self) -> None:
        """The series stands again in both calendars: it is one like any other."""
        world = made_world()
        kept = world.calendars.series["bo@x.org"].copy()
        world.calendars.series["bo@x.org"].clear()
        world.run()
        world.calendars.series["bo@x.org"] = kept
        assert world.plan().skipped == ()
        world.run()
        assert world.journal.memory.series[0].state is SeriesState.STANDING
        assert world.journal.memory.series[0].refused_at is None

    def test_nothing_is_concluded_from_an_unreadable_calendar(self) -> None:
        """It is unknown, never deleted."""
        world = made_world()
        world.calendars.unreadable.add("bo@x.org")
        world.run()
        assert world.journal.memory.series[0].state is SeriesState.STANDING

    def test_nothing_is_concluded_from_a_calendar_with_a_broken_event(self) -> None:
        """The broken one may be the series."""
        world = made_world()
        world.calendars.series["bo@x.org"].clear()
        world.calendars.unread["bo@x.org"] = (Unread(Problem("bo.ics:1", "broken")),)
        world.run()
        assert world.journal.memory.series[0].state is SeriesState.STANDING

    def test_an_invitation_elsewhere_may_not_show_until_it_is_answered(self) -> None:
        """Missing from a calendar that is no folder's is no no."""
        world = made_world()
        world.roster = roster(ANN, replace(BO, calendar=CalendarSource("google")))
        world.calendars.series["bo@x.org"].clear()
        world.run()
        assert world.journal.memory.series[0].state is SeriesState.STANDING

    def test_a_single_meeting_declined_is_no_refusal(self) -> None:
        """The series goes on."""
        world = made_world()
        world.calendars.off[only_series(world).uid] = {only_series(world).start}
        assert world.plan().skipped == ()

    def test_a_series_of_their_own_that_was_cancelled_is_a_no_as_well(self) -> None:
        """It is remembered from when it was noticed, and stands as long."""
        world = pair_world(series(status=EventStatus.CANCELLED))
        assert reasons(world.plan()) == [
            f"Ann Doe deleted, cancelled or declined their series; {self.ASKED_AGAIN}"
        ]
        world.run()
        (no,) = world.journal.memory.refusals
        assert (no.uid, no.by, no.noticed) == ("theirs", "ann@x.org", NOW)
        world.later(weeks=27)
        assert kinds(world.plan())[0] is CREATE

    def test_a_series_of_their_own_that_one_declined_is_a_no_as_well(self) -> None:
        """By the answer in their own calendar."""
        plan = pair_world(answered(series(), "bo@x.org", Answer.DECLINED)).plan()
        assert reasons(plan)[0].startswith("Bo Doe deleted, cancelled or declined")

    def test_a_cancelled_series_that_would_be_over_is_history(self) -> None:
        """They are asked at once."""
        old = series(
            start=NOW.astimezone(BERLIN) - timedelta(weeks=40),
            status=EventStatus.CANCELLED,
            last_end=NOW - timedelta(weeks=3),
        )
        assert kinds(pair_world(old).plan())[0] is CREATE

    def test_a_cancelled_series_that_a_newer_one_followed_is_history(self) -> None:
        """The newest tells what they want."""
        old = series("old", start=NOW.astimezone(BERLIN) - timedelta(weeks=40), status=EventStatus.CANCELLED)
        newer = series(
            "new", start=NOW.astimezone(BERLIN) - timedelta(weeks=20), last_end=NOW - timedelta(days=30)
        )
        assert kinds(pair_world(old, newer).plan())[0] is CREATE

    def test_an_unknown_persons_no(self) -> None:
        """Where a calendar only says that it was deleted, nobody is named."""
        world = made_world()
        made = world.journal.memory.series[0]
        refused = replace(made, state=SeriesState.REFUSED, refused_at=NOW, refused_by=None)
        world.journal.memory = replace(world.journal.memory, series=(refused,))
        world.calendars.series["ann@x.org"].clear()
        world.calendars.series["bo@x.org"].clear()
        assert reasons(world.plan())[0].startswith("A person deleted, cancelled or declined")
