"""What is planned about the gaps, and why something is not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.cadence.coverage import check_everyone
from scheduler.errors import Problem
from scheduler.hours import WorkingHours
from scheduler.meetings import Answer, EventStatus, Evidence, Series, Unread
from scheduler.memory import AgendaWritten, SeriesState
from scheduler.people import CalendarSource, Person
from scheduler.planning.changes import ChangeKind
from scheduler.planning.digest import digest
from scheduler.planning.identity import series_key, series_uid
from scheduler.planning.planner import make_plan
from tests.unit.planning_builders import (
    ANN,
    BERLIN,
    BO,
    CY,
    DI,
    KEY,
    NOW,
    answered,
    changed,
    day,
    kinds,
    limited,
    person,
    reasons,
    roster,
    series,
    settings,
    single,
)
from tests.unit.planning_worlds import Calendars, World

CREATE, END = ChangeKind.CREATE_SERIES, ChangeKind.END_SERIES
ATTACH, WRITE = ChangeKind.ATTACH_AGENDA, ChangeKind.WRITE_AGENDA


def pair_world(*copies: Series, **details: object) -> World:
    """Return Ann and Bo with these series in both calendars."""
    world = World(roster(ANN, changed(BO, details)))
    for copy in copies:
        world.calendars.put(copy, "ann@x.org", "bo@x.org")
    return world


def made_world() -> World:
    """Return Ann and Bo after a run that made their series."""
    world = pair_world()
    world.run()
    return world


def only_series(world: World) -> Series:
    """Return the one series in Ann's calendar."""
    (found,) = world.calendars.series["ann@x.org"].values()
    return found


def put_both(world: World, copy: Series) -> None:
    """Replace the copies of both."""
    world.calendars.put(copy, "ann@x.org", "bo@x.org")


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


class TestAgendas:
    """Agendas, attached and written."""

    def test_a_series_without_a_link_gets_one(self) -> None:
        """Quietly: nobody gets a mail for it."""
        world = made_world()
        made = world.journal.memory.series[0]
        world.journal.memory = replace(world.journal.memory, series=(replace(made, link=None),))
        (change,) = world.plan().changes
        assert (change.kind, change.notifies) == (ATTACH, ())

    def test_nothing_is_attached_where_a_calendar_cannot_be_read(self) -> None:
        """It would fail, run after run."""
        world = made_world()
        made = world.journal.memory.series[0]
        world.journal.memory = replace(world.journal.memory, series=(replace(made, link=None),))
        world.calendars.unreadable.add("bo@x.org")
        assert kinds(world.plan()) == []

    def test_the_next_meeting_s_agenda_is_written_when_it_is_near(self) -> None:
        """Also for a meeting that people set up themselves."""
        world = pair_world(series())
        (change,) = world.plan().changes
        assert (change.kind, change.start, change.notifies) == (WRITE, series().start, ())

    def test_a_meeting_far_off_waits(self) -> None:
        """Its agenda comes in days."""
        world = pair_world(series(start=series().start + timedelta(days=7)))
        assert kinds(world.plan()) == []
        assert kinds(world.later(days=5).plan()) == [WRITE]

    def test_a_moved_meeting_is_known_by_where_it_was(self) -> None:
        """Its agenda was written before it moved, so it is not written again."""
        world = pair_world()
        original = NOW.astimezone(BERLIN) + timedelta(days=1)
        moved = single(original + timedelta(hours=3), original_start=original)
        world.calendars.singles = {owner: [moved] for owner in KEY}
        (change,) = world.plan().changes
        assert (change.meeting, change.start) == (original, original + timedelta(hours=3))
        world.agendas.documents[KEY] = {original}
        assert kinds(world.plan()) == []

    def test_an_agenda_that_a_person_took_out_is_not_put_back(self) -> None:
        """It was written once."""
        world = pair_world(series())
        world.run()
        world.agendas.documents[KEY].clear()
        assert kinds(world.plan()) == []

    def test_an_agenda_that_stands_though_nobody_noted_it_is_noted(self) -> None:
        """A run was killed in between; taking it out afterwards is a person's will."""
        world = pair_world(series())
        world.agendas.documents[KEY] = {series().start}
        world.run()
        assert world.journal.memory.agendas == (AgendaWritten(*KEY, series().start),)

    def test_an_unreadable_document_is_told(self) -> None:
        """And left alone."""
        world = pair_world(series())
        world.agendas.unreadable[KEY] = "it is not UTF-8 text."
        assert reasons(world.plan()) == ["Their agenda can't be written: it is not UTF-8 text."]

    def test_one_that_runs_already_gets_none(self) -> None:
        """It is too late to write it."""
        world = pair_world(series(start=NOW.astimezone(BERLIN) - timedelta(minutes=10)))
        assert kinds(world.plan()) == []


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
