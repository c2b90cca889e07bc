"""A pair whose cadence has changed, and what is read off its series."""

from dataclasses import replace
from datetime import datetime, timedelta

from scheduler.every import Cadence
from scheduler.meetings import EventStatus, Series
from scheduler.memory import MadeSeries
from scheduler.planning.changes import Change, ChangeKind
from scheduler.planning.identity import series_uid
from scheduler.planning.occurrences import starts
from tests.unit.planning_builders import ANN, BO, KEY, kinds, roster
from tests.unit.planning_worlds import CREATE, END, World

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
