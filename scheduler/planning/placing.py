"""Times for the series that are missing, as many as a run may create."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from scheduler.cadence.results import PairCoverage
from scheduler.memory import SeriesState
from scheduler.people import Pair
from scheduler.planning.beginning import cadence_told
from scheduler.planning.changes import Change, ChangeKind, Skip
from scheduler.planning.identity import series_change_id, series_uid
from scheduler.planning.situation import PairKey, Situation
from scheduler.planning.times import times_of
from scheduler.settings import SlotSettings
from scheduler.slots.assign import assign
from scheduler.slots.request import NoSlot, Slot, SlotRequest
from scheduler.timespans import Span, midnight

_STEP = 2
Found = Mapping[PairKey, Slot | NoSlot]


class TimesWanted(Exception):
    """For some of those who are to get a series it is not known when they are taken; `people` has their addresses."""

    def __init__(self, people: frozenset[str]) -> None:
        """Say who they are."""
        self.people = people
        super().__init__(f"{len(people)} people")


def placed(
    wanted: Sequence[tuple[PairCoverage, SlotRequest]],
    coverages: Sequence[PairCoverage],
    known: Situation,
    ends: Mapping[str, datetime],
) -> tuple[list[Change], list[Skip]]:
    """Find times for the most urgent until as many are placed as a run may create; `wanted` is in that order.

    Who can't be placed does not use up the cap: nobody waits behind them for ever.
    """
    room = known.settings.limits.new_series
    size = min(room, len(wanted))
    found: Found = {}
    while size:
        found = times_for([request for _, request in wanted[:size]], coverages, known, ends)
        if size == len(wanted) or sum(isinstance(slot, Slot) for slot in found.values()) >= room:
            break
        size = min(size * _STEP, len(wanted))
    changes: list[Change] = []
    left: list[Skip] = []
    for coverage, request in wanted:
        slot = found.get(request.pair.key)
        if isinstance(slot, NoSlot):
            left.append(Skip(*request.pair.key, f"{slot.reason} {slot.remedy}".strip()))
        elif slot is None or len(changes) == room:
            left.append(Skip(*request.pair.key, left_over(room)))
        else:
            changes.append(_new(coverage, request, slot, known))
    return changes, left


def left_over(cap: int) -> str:
    """Say that a pair waits for the next run, as this one may create no more."""
    return f"Left for the next run: at most {cap} new series a run."


def times_for(
    requests: Sequence[SlotRequest],
    coverages: Sequence[PairCoverage],
    known: Situation,
    ends: Mapping[str, datetime],
    *,
    planned: Sequence[Change] = (),
    settings: SlotSettings | None = None,
) -> Found:
    """Return a time, or why there is none, for each request by its pair; `settings` are those known, if not given.

    Series in `ends` take no time from that moment on, those in `planned` take theirs. Raises TimesWanted where
    somebody's time was not read.
    """
    people = {p.email: p for request in requests for p in (request.pair.manager, request.pair.report)}
    untimed = known.untimed(*people.values())
    if untimed:
        raise TimesWanted(untimed)
    # Whole days, so that a plan made again on the same day finds the same times.
    start = midnight(known.now.astimezone(UTC).date(), UTC)
    window = Span(start, start + known.settings.job.look_ahead)
    theirs = [coverage for coverage in coverages if not people.keys().isdisjoint(coverage.pair.key)]
    calendars = times_of(people.values(), theirs, known, ends, planned)
    return assign(requests, calendars, window, settings or known.settings.slots)


def _new(coverage: PairCoverage, request: SlotRequest, slot: Slot, known: Situation) -> Change:
    generation = next_generation(coverage.pair.key, known)
    reasons = (*coverage.reasons, *cadence_told(coverage, known), *slot.reasons)
    return creation(coverage.pair, generation, slot, reasons, first_minutes=request.first_minutes)


def next_generation(key: PairKey, known: Situation) -> int:
    """Return which series of the pair the next one is; one that was only begun is begun again."""
    made = known.made.get(key, ())
    if made and made[-1].state is SeriesState.BEGUN:
        return made[-1].generation
    return max((series.generation for series in made), default=0) + 1


def creation(
    pair: Pair,
    generation: int,
    slot: Slot,
    reasons: tuple[str, ...],
    *,
    first_minutes: int | None = None,
) -> Change:
    """Return the change that creates the pair's n-th series at this time; the report alone gets a mail.

    The first occurrence takes `first_minutes`; None, or as many as the rest: it is like the rest.
    """
    return Change(
        id=series_change_id(ChangeKind.CREATE_SERIES, *pair.key, generation),
        kind=ChangeKind.CREATE_SERIES,
        manager=pair.manager.email,
        report=pair.report.email,
        start=slot.start,
        timezone=pair.manager.tz.key,
        reasons=reasons,
        rrule=slot.rrule,
        minutes=slot.minutes,
        uid=series_uid(*pair.key, generation),
        generation=generation,
        notifies=(pair.report.email,),
        first_minutes=None if first_minutes == slot.minutes else first_minutes,
    )
