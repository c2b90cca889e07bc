"""Carrying out a plan: one outcome each, and a run that may be killed anywhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scheduler.calendars.interface import Written
from scheduler.errors import DocumentBusy, Problem, WriteFailed
from scheduler.meetings import Answer, EventStatus, Invitation
from scheduler.memory import SeriesState
from scheduler.people import Pair, Person
from scheduler.planning.apply import Ports, apply_plan
from scheduler.planning.changes import Change, ChangeKind, Outcome, Plan
from tests.unit.planning_builders import (
    ANN,
    BO,
    CY,
    DI,
    KEY,
    NOW,
    Killed,
    answered,
    day,
    kinds,
    roster,
    series,
)
from tests.unit.planning_worlds import World


class Breaking:
    """Something that goes wrong at the n-th touch, and never again."""

    def __init__(self, at: int, error: BaseException) -> None:
        """Count from 1."""
        self.left, self.error = at, error

    def __call__(self) -> None:
        """Be called before each touch."""
        self.left -= 1
        if self.left == 0:
            raise self.error


def wired(world: World, before_each: Callable[[], None]) -> World:
    """Put this before every touch of anything."""
    for port in (world.calendars, world.agendas, world.journal):
        port.before_each = before_each
    return world


def mixed_world() -> World:
    """Return a world in which every kind of change is due at once."""
    world = World(roster(ANN, BO, CY, DI))
    world.run()
    old = next(made for made in world.journal.memory.series if made.report == "cy@x.org")
    world.journal.memory = replace(
        world.journal.memory,
        series=tuple(replace(m, link=None) if m != old else m for m in world.journal.memory.series),
    )
    world.roster = roster(ANN, BO, replace(CY, manager="di@x.org"), replace(DI, manager="ann@x.org"))
    return world


def test_every_kind_of_change_is_done() -> None:
    """One outcome each, in the order of the plan."""
    world = mixed_world()
    assert set(kinds(world.plan())) == {
        ChangeKind.CREATE_SERIES,
        ChangeKind.END_SERIES,
        ChangeKind.ATTACH_AGENDA,
        ChangeKind.WRITE_AGENDA,
    }
    plan, applied = world.plan(), world.run()
    assert tuple(one.change for one in applied) == plan.changes
    assert {one.outcome for one in applied} <= {Outcome.DONE, Outcome.ALREADY_SO}


def test_a_second_run_writes_nothing() -> None:
    """Every write would be noticed."""
    world = mixed_world()
    world.run()
    written = world.writes
    assert wired(world, Breaking(1, Killed())).run() == ()
    assert world.writes == written


def test_killed_at_any_touch_the_next_run_finishes() -> None:
    """Calendars, documents and memory end as if nothing had happened; no second series, no second agenda."""
    whole = mixed_world()
    whole.run()
    whole.run()
    touch = 1
    while True:
        world = wired(mixed_world(), Breaking(touch, Killed()))
        try:
            world.run()
        except Killed:
            world.run()
            world.run()
            assert world.state() == whole.state(), f"killed at touch {touch}"
            touch += 1
        else:
            break
    assert touch > 12


@pytest.mark.parametrize("error", [WriteFailed(Problem("x.ics", "the disk is full")), ZeroDivisionError()])
def test_one_failure_stops_nothing_else(error: Exception) -> None:
    """Whatever fails is told; the rest is done; the next run does what is left."""
    whole = mixed_world()
    whole.run()
    whole.run()
    touch = 1
    while True:
        world = wired(mixed_world(), Breaking(touch, error))
        failed = [one for one in world.run() if one.outcome is Outcome.FAILED]
        if world.calendars.before_each.left > 0:  # type: ignore[attr-defined]  # it is a Breaking
            break
        assert len(failed) <= 1
        assert all(one.reason for one in failed)
        world.run()
        world.run()
        assert world.state() == whole.state(), f"failed at touch {touch}"
        touch += 1
    assert touch > 12


def test_a_bug_is_told_by_its_kind_alone() -> None:
    """Its words may hold what is nobody's business."""
    world = wired(World(roster(ANN, BO)), Breaking(1, ZeroDivisionError("secret")))
    assert world.run()[0].reason == "the program itself failed (ZeroDivisionError); --verbose shows where"


class Unwilling:
    """Calendars that answer every write alike."""

    def __init__(self, world: World, answer: Written) -> None:
        """Read as ever."""
        self.answer = answer
        self.read = world.calendars.read

    def create(self, invitation: Invitation, *, notify: bool = True) -> Written:
        """Answer."""
        assert notify
        assert invitation.stamped == NOW
        return self.answer

    def end(
        self,
        organizer: Person,
        attendee: Person,
        uid: str,
        at: datetime,
        stamped: datetime,
        *,
        notify: bool = True,
    ) -> Written:
        """Answer."""
        del organizer, attendee, uid, at, stamped, notify
        return self.answer

    def attach(self, organizer: Person, attendee: Person, uid: str, link: str, stamped: datetime) -> Written:
        """Answer."""
        del organizer, attendee, uid, link, stamped
        return self.answer


def test_what_a_person_deleted_is_skipped_and_remembered() -> None:
    """Neither the series nor its agenda comes back."""
    world = World(roster(ANN, BO))
    ports = Ports(Unwilling(world, Written.DELETED), world.agendas, world.journal)
    create, write = apply_plan(world.plan(), ports, world.known())
    assert (create.outcome, write.outcome) == (Outcome.SKIPPED, Outcome.SKIPPED)
    assert write.reason == "its series was not created"
    made = world.journal.memory.series[0]
    assert (made.state, made.refused_at, made.refused_by) == (SeriesState.REFUSED, NOW, None)
    assert kinds(world.plan()) == []


def test_deleted_meanwhile_is_no_failure_of_ending_or_attaching() -> None:
    """It is what was wanted, or it is skipped."""
    world = mixed_world()
    ports = Ports(Unwilling(world, Written.DELETED), world.agendas, world.journal)
    told = {one.change.kind: one.outcome for one in apply_plan(world.plan(), ports, world.known())}
    assert told[ChangeKind.END_SERIES] is Outcome.ALREADY_SO
    assert told[ChangeKind.ATTACH_AGENDA] is Outcome.SKIPPED


def test_a_document_that_cannot_be_opened_costs_only_the_link() -> None:
    """The series is created; the next run attaches the agenda."""
    world = World(roster(ANN, BO))

    def busy(pair: Pair) -> str:
        raise DocumentBusy(Problem(str(pair), "is being edited"))

    opened = world.agendas.open_document
    world.agendas.open_document = busy  # type: ignore[method-assign]  # a document that a person is editing
    create = world.run()[0]
    assert create.outcome is Outcome.DONE
    assert create.reason.startswith("created without its agenda, which the next run attaches")
    assert create.problem
    assert replace(create, outcome=Outcome.ALREADY_SO).problem  # it met its own first attempt
    world.agendas.open_document = opened  # type: ignore[method-assign]  # the person has gone home
    assert kinds(world.plan()) == [ChangeKind.ATTACH_AGENDA]
    world.run()
    (made,) = world.journal.memory.series
    assert made.link == world.calendars.series["bo@x.org"][made.uid].links[0]


def test_a_document_that_somebody_is_writing_in_is_left_for_the_next_run() -> None:
    """That is no failure: people come first."""
    world = World(roster(ANN, BO))
    made = world.run()[0].change
    world.now = made.start + timedelta(weeks=2, days=-1)

    def busy(pair: Pair, meeting: datetime, start: datetime) -> tuple[Outcome, str]:
        raise DocumentBusy(Problem(f"{pair} {meeting} {start}", "is being edited"))

    written = world.agendas.write
    world.agendas.write = busy  # type: ignore[method-assign]  # somebody is writing in it
    (applied,) = world.run()
    assert (applied.change.kind, applied.outcome) == (ChangeKind.WRITE_AGENDA, Outcome.SKIPPED)
    world.agendas.write = written  # type: ignore[method-assign]  # they have closed it
    assert [one.outcome for one in world.run()] == [Outcome.DONE]


def test_the_document_is_there_before_it_is_linked() -> None:
    """Nobody opens a link to nothing."""
    world = World(roster(ANN, BO))
    world.run()
    made = world.journal.memory.series[0]
    assert KEY in world.agendas.documents
    assert world.calendars.series["ann@x.org"][made.uid].links == (made.link,)


def test_what_this_version_does_not_do_is_skipped_in_words() -> None:
    """A plan may name it already."""
    world = World(roster(ANN, BO))
    change = Change(
        id="x",
        kind=ChangeKind.MOVE_MEETING,
        manager="ann@x.org",
        report="bo@x.org",
        start=NOW,
        timezone="UTC",
        reasons=(),
    )
    plan = Plan(generated_at=NOW, changes=(change, replace(change, kind=ChangeKind.CREATE_SERIES)))
    ports = Ports(world.calendars, world.agendas, world.journal)
    skipped, failed = apply_plan(plan, ports, world.known())
    assert skipped.outcome is Outcome.SKIPPED
    assert failed.outcome is Outcome.FAILED


def test_a_persons_no_is_remembered_though_nothing_else_is_done() -> None:
    """From when it was noticed, its time runs."""
    world = World(roster(ANN, BO))
    world.calendars.put(series(status=EventStatus.CANCELLED), *KEY)
    assert world.run() == ()
    assert len(world.journal.memory.refusals) == 1
    world.later(days=1)
    written = world.writes
    assert world.run() == ()
    assert world.writes == written


def test_a_decline_between_two_runs_stands() -> None:
    """The run after it leaves both calendars as they are."""
    world = World(roster(ANN, BO))
    world.run()
    made = world.journal.memory.series[0]
    declined = answered(world.calendars.series["bo@x.org"][made.uid], "bo@x.org", Answer.DECLINED)
    world.calendars.put(declined, "bo@x.org")
    before = {owner: dict(theirs) for owner, theirs in world.calendars.series.items()}
    world.later(days=1).run()
    assert world.calendars.series == before
    assert world.journal.memory.series[0].refused_at == NOW + timedelta(days=1)


def test_a_leaver_s_series_is_ended_at_the_day_and_meetings_before_it_stay() -> None:
    """Half-open: nothing at or after the moment."""
    world = World(roster(ANN, BO))
    world.run()
    world.roster = roster(ANN, replace(BO, end_date=day(40)))
    world.run()
    (made,) = world.journal.memory.series
    copy = world.calendars.series["bo@x.org"][made.uid]
    assert copy.status is EventStatus.CONFIRMED
    assert copy.last_end == made.ended_at
    assert made.ended_at is not None
    assert made.ended_at.date() > day(40)
