"""A changed cadence reaches our own series: a new one takes the place of the old."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scheduler.errors import PastLimit, Problem, WriteFailed
from scheduler.every import Cadence
from scheduler.hours import WorkingHours
from scheduler.meetings import Answer, EventStatus, Series
from scheduler.memory import MadeSeries, SeriesState
from scheduler.planning.changes import Change, ChangeKind, Outcome
from scheduler.planning.identity import series_uid
from scheduler.planning.limits import ensure_safe
from scheduler.planning.occurrences import starts
from scheduler.planning.rhythm import cadence_of, keeps
from scheduler.settings import CadenceSettings, LimitSettings
from tests.unit.planning_builders import (
    ANN,
    BO,
    CY,
    DI,
    KEY,
    NOW,
    Killed,
    answered,
    kinds,
    person,
    reasons,
    roster,
    series,
    settings,
    single,
)
from tests.unit.planning_worlds import World

CREATE, END = ChangeKind.CREATE_SERIES, ChangeKind.END_SERIES
WEEKLY = Cadence.parse("1 week")


def asked_for(every: str) -> World:
    """Return Ann and Bo, who had met every two weeks for a while, and now the roster asks for this."""
    world = World(roster(ANN, BO))
    world.run()
    world.later(weeks=5)
    world.roster = roster(ANN, replace(BO, cadence=Cadence.parse(every)))
    return world


def first(world: World, kind: ChangeKind) -> Change:
    """Return the first change of this kind that is planned."""
    return next(change for change in world.plan().changes if change.kind is kind)


def generation(world: World, number: int) -> MadeSeries:
    """Return the series of Ann and Bo as it is remembered."""
    return next(made for made in world.journal.memory.series if made.uid == series_uid(*KEY, number))


def put_both(world: World, **details: object) -> None:
    """Let a person change the series in both calendars."""
    uid = series_uid(*KEY, 1)
    copy = replace(world.calendars.series["ann@x.org"][uid], **details)  # type: ignore[arg-type]  # tests name the fields
    world.calendars.put(copy, *KEY)


def dates(world: World, copy: Series) -> list[datetime]:
    """Return the dates of a copy in the year to come."""
    if copy.status is EventStatus.CANCELLED:
        return []
    coming = starts(copy.rrule, copy.start, world.now, world.now + timedelta(weeks=50))
    return [start for start in coming if copy.last_end is None or start < copy.last_end]


def left_alone(world: World) -> bool:
    """Say whether no series is created or ended, and none waits for it."""
    plan = world.plan()
    return {CREATE, END}.isdisjoint(kinds(plan)) and not plan.skipped


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


class TestLeftToPeople:
    """What is a person's by now is left alone."""

    def test_a_rule_that_still_keeps_the_cadence(self) -> None:
        """Fourteen days are two weeks."""
        assert left_alone(asked_for("2 weeks"))

    def test_a_person_changed_how_often_it_repeats(self) -> None:
        """Theirs now."""
        world = asked_for("1 week")
        put_both(world, rrule="FREQ=WEEKLY;INTERVAL=3;BYDAY=TU")
        assert left_alone(world)

    def test_a_person_gave_it_an_end(self) -> None:
        """Theirs now."""
        world = asked_for("1 week")
        put_both(world, last_end=world.now + timedelta(weeks=9))
        assert left_alone(world)

    def test_a_person_changed_its_time(self) -> None:
        """That is no reason to replace it, and where it is replaced their time is kept."""
        for every in ("2 weeks", "1 week"):
            world = asked_for(every)
            moved = generation(world, 1).start.replace(hour=16)
            put_both(world, start=moved)
            if every == "2 weeks":
                assert left_alone(world)
            else:
                start = first(world, CREATE).start
                assert (start.weekday(), start.hour) == (moved.weekday(), 16)

    def test_a_series_of_their_own_beside_it(self) -> None:
        """Also one that starts later."""
        for start in (NOW + timedelta(weeks=6), NOW + timedelta(weeks=40)):
            world = asked_for("1 week")
            world.calendars.put(series(start=start), *KEY)
            assert CREATE not in kinds(world.plan())
            assert END not in kinds(world.plan())

    def test_a_meeting_of_their_own_beside_it(self) -> None:
        """Until it is over."""
        world = asked_for("1 week")
        world.calendars.singles = {owner: [single(world.now + timedelta(days=4))] for owner in KEY}
        assert left_alone(world)
        assert CREATE in kinds(world.later(days=5).plan())

    def test_a_date_that_was_called_off_is_not_put_back(self) -> None:
        """The new series starts after the last date that a person touched."""
        world = asked_for("1 week")
        uid = series_uid(*KEY, 1)
        ahead = dates(world, world.calendars.series["ann@x.org"][uid])
        world.calendars.off[uid] = {ahead[1]}
        assert first(world, CREATE).start.date() > ahead[1].date()
        world.run()
        assert kinds(world.plan()) == []

    def test_a_date_that_was_moved_stays_where_it_went(self) -> None:
        """Nothing of it is ended."""
        world = asked_for("1 week")
        uid = series_uid(*KEY, 1)
        ahead = dates(world, world.calendars.series["ann@x.org"][uid])
        world.calendars.moved[uid] = {ahead[0]: timedelta(days=9)}
        assert first(world, CREATE).start > ahead[0] + timedelta(days=9)

    def test_all_dates_called_off(self) -> None:
        """Meetings that people called off are not put back, at whatever cadence."""
        world = asked_for("1 week")
        copy = world.calendars.series["ann@x.org"][series_uid(*KEY, 1)]
        world.calendars.off[copy.uid] = set(dates(world, copy))
        assert CREATE not in kinds(world.plan())
        assert reasons(world.plan())[0].startswith("Every meeting of their series in the look-ahead")

    def test_a_persons_no(self) -> None:
        """Stands, whatever the roster asks for now."""
        world = asked_for("1 week")
        copy = world.calendars.series["bo@x.org"][series_uid(*KEY, 1)]
        world.calendars.put(answered(copy, "bo@x.org", Answer.DECLINED), "bo@x.org")
        assert {CREATE, END}.isdisjoint(kinds(world.plan()))

    def test_nothing_is_concluded_of_an_unreadable_calendar(self) -> None:
        """The pair is unknown."""
        world = asked_for("1 week")
        world.calendars.unreadable.add("bo@x.org")
        assert {CREATE, END}.isdisjoint(kinds(world.plan()))

    def test_after_memory_was_lost_nobody_knows_whose_interval_it_is(self) -> None:
        """So it is taken for theirs."""
        world = asked_for("1 week")
        world.journal.memory = replace(world.journal.memory, series=(), agendas=())
        world.run()
        assert left_alone(world)

    def test_who_leaves_before_it_could_start_keeps_the_old_one(self) -> None:
        """The old one ends with the last day, as ever."""
        world = asked_for("1 week")
        last = (world.now + timedelta(days=1)).date()
        world.roster = roster(ANN, replace(BO, cadence=WEEKLY, end_date=last))
        assert CREATE not in kinds(world.plan())
        old = generation(world, 1)
        rule = f"{old.rrule};UNTIL={last:%Y%m%d}T225959Z"
        put_both(world, rrule=rule)
        world.journal.memory = replace(world.journal.memory, series=(replace(old, rrule=rule),))
        assert CREATE not in kinds(world.plan())


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


@pytest.mark.parametrize(
    ("rrule", "cadence"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2 weeks"),
        ("FREQ=WEEKLY", "1 week"),
        ("freq=weekly;byday=tu;wkst=su;until=20270101T000000Z", "1 week"),
        ("FREQ=MONTHLY;BYDAY=2TU", "1 month"),
        ("FREQ=MONTHLY;BYMONTHDAY=10", "1 month"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "1 month"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TU", "1 quarter"),
        ("FREQ=MONTHLY;INTERVAL=6", "2 quarters"),
        ("FREQ=MONTHLY;BYDAY=TU", None),
        ("FREQ=WEEKLY;BYDAY=TU,TH", None),
        ("FREQ=WEEKLY;COUNT=5", None),
        ("FREQ=WEEKLY;INTERVAL=0", None),
        ("FREQ=WEEKLY;INTERVAL=x", None),
        ("FREQ=DAILY;INTERVAL=14", None),
        ("", None),
    ],
)
def test_a_rule_as_a_cadence(rrule: str, cadence: str | None) -> None:
    """One date in every so many weeks or months; anything else is none."""
    assert cadence_of(rrule) == (None if cadence is None else Cadence.parse(cadence))


def test_three_months_are_a_quarter() -> None:
    """Whichever the roster says."""
    assert keeps("FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", Cadence.parse("3 months"))
    assert keeps("FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", Cadence.parse("1 quarter"))
