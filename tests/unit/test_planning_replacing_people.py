"""What is a person's by now is not replaced, whatever the cadence."""

from dataclasses import replace
from datetime import timedelta

from scheduler.meetings import Answer
from scheduler.planning.identity import series_uid
from tests.unit.planning_builders import ANN, BO, KEY, NOW, answered, kinds, reasons, roster, series, single
from tests.unit.planning_replacing_builders import (
    WEEKLY,
    asked_for,
    dates,
    first,
    generation,
    left_alone,
    put_both,
)
from tests.unit.planning_worlds import CREATE, END


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
