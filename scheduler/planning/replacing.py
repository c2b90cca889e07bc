"""Times for the series that take the place of outdated ones: the weekday and time they had, if it is free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.cadence.results import PairCoverage
from scheduler.hours import WorkingHours
from scheduler.people import Pair
from scheduler.planning.beginning import cadence_told
from scheduler.planning.changes import Change, Skip
from scheduler.planning.outdated import Outdated
from scheduler.planning.placing import creation, left_over, next_generation, times_for
from scheduler.planning.situation import Situation
from scheduler.slots.request import NoSlot, Slot, SlotRequest
from scheduler.timespans import Span

_WHOLE_CELL = timedelta(minutes=4)  # times are searched by five minutes; a part of these counts as all


@dataclass(frozen=True, slots=True)
class Replacement:
    """A series of ours to be replaced, and what is asked of the new one."""

    old: Outdated
    request: SlotRequest


def replacements(
    wanted: Sequence[Replacement],
    coverages: Sequence[PairCoverage],
    known: Situation,
    ends: Mapping[str, datetime],
    planned: Sequence[Change],
) -> tuple[list[Change], list[Skip]]:
    """Find times, in the order of `wanted`, for as many as the run may still create; `planned` are created too.

    To its own pair an outdated series takes no time; to everybody else it does, as it goes on until the
    new one starts. Where no time fits it stays.
    """
    cap = known.settings.limits.new_series
    room = cap - len(planned)
    standing = {coverage.pair.key: coverage for coverage in coverages}
    changes: list[Change] = []
    left: list[Skip] = []
    for one in wanted:
        key = one.request.pair.key
        if len(changes) >= room:
            left.append(Skip(*key, left_over(cap)))
            continue
        free = {**ends, one.old.made.uid: known.now}
        slot = _slot(one, coverages, known, free, [*planned, *changes])
        if isinstance(slot, NoSlot):
            told = f"{one.old.why} Their series stays as it is. {slot.reason} {slot.remedy}"
            left.append(Skip(*key, told.strip()))
        else:
            reasons = (one.old.why, *cadence_told(standing[key], known), *slot.reasons)
            generation = next_generation(key, known)
            first = one.request.first_minutes
            changes.append(creation(one.request.pair, generation, slot, reasons, first_minutes=first))
    return changes, left


def _slot(
    one: Replacement,
    coverages: Sequence[PairCoverage],
    known: Situation,
    ends: Mapping[str, datetime],
    planned: Sequence[Change],
) -> Slot | NoSlot:
    key = one.request.pair.key
    same = _same_time(one)
    if same is not None:
        strict = replace(known.settings.slots, free_share=1.0)
        found = times_for([same], coverages, known, ends, planned=planned, settings=strict)[key]
        latest = one.request.earliest + one.request.cadence.limit(known.settings.cadence.tolerance)
        if isinstance(found, Slot) and found.start <= latest:
            kept = "The weekday and the time stay as they were."
            return replace(found, reasons=(*found.reasons[:-1], kept))
    return times_for([one.request], coverages, known, ends, planned=planned)[key]


def _same_time(one: Replacement) -> SlotRequest | None:
    """Return the request with no other time in it than the old one; None where that is outside the hours now."""
    manager = one.request.pair.manager
    start = one.old.copy.start.astimezone(manager.tz)
    end = start + timedelta(minutes=one.request.minutes)
    if not manager.hours.hold(Span(start, end), manager.tz):
        return None
    shift = (start.time(), (end + _WHOLE_CELL).time())
    week = tuple((shift,) if weekday == start.weekday() else () for weekday in range(7))
    return replace(
        one.request, pair=Pair(replace(manager, hours=WorkingHours(week)), one.request.pair.report)
    )
