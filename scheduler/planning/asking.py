"""When could these two meet? The best times for a pair as if it were given a series now, and what would help where none fits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from heapq import merge

from scheduler.cadence.results import MeetingOutcome, PairCoverage
from scheduler.every import Cadence
from scheduler.meetings import Detail
from scheduler.memory import SeriesState
from scheduler.people import Pair
from scheduler.planning.creating import request_for
from scheduler.planning.situation import Situation
from scheduler.planning.standing import live
from scheduler.planning.times import times_of
from scheduler.slots.advice import MOST_RELAXATIONS, Advice, Present, advise
from scheduler.slots.assign import assign
from scheduler.slots.moves import move_of
from scheduler.slots.relaxations import Relaxation
from scheduler.slots.request import PersonTime, Slot, SlotRequest
from scheduler.timespans import Span, midnight
from scheduler.timespans import without as spans_without


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """For whom a time is asked, how often and how long unless as the policy has it, and how many times at most."""

    pair: Pair
    every: Cadence | None = None
    minutes: int | None = None
    most: int = 10


def asked(question: Question, coverages: Sequence[PairCoverage], known: Situation) -> SlotRequest | None:
    """Return the request that the question comes to; None where the two are to have no 1-2-1 and none is asked for."""
    coverage = _of(question.pair, coverages)
    wished = replace(
        coverage,
        cadence=question.every or coverage.cadence,
        minutes=question.minutes or coverage.minutes,
        cadence_until=None if question.every else coverage.cadence_until,  # what is asked for has no end
    )
    return request_for(wished, known)


def advice(
    request: SlotRequest, coverages: Sequence[PairCoverage], known: Situation, *, most: int = 10
) -> Advice:
    """Return the best times of the two; what they have with each other now does not stand in the way.

    `coverages` are those of every pair that has one of the two in it. When the two are taken must be known.
    """
    pair, window = request.pair, _window(known)
    present = _present(pair, known)
    own = _own(pair, coverages, known)
    return advise(
        replace(request, before=(*request.before, *(series.start for series in present))),
        _calendars((pair,), coverages, known, own),
        window,
        known.settings.slots,
        now=known.now,
        most=most,
        present=present,
    )


def movable(pair: Pair, coverages: Sequence[PairCoverage], known: Situation) -> tuple[Pair, ...]:
    """Return the other pairs of the two whose standing series is ours, and so ours to move; those paused are not."""
    return tuple(
        coverage.pair
        for coverage in coverages
        if coverage.pair.key != pair.key and coverage.pause is None and _ours(coverage.pair, known)
    )


def with_moves(
    found: Advice, pairs: Sequence[Pair], coverages: Sequence[PairCoverage], known: Situation
) -> Advice:
    """Return the advice with the one 1-2-1 of these pairs whose move to another time would help, if one would.

    When their people are taken must be known; who is not is not asked to move.
    """
    moves = list(_moves(found.request, pairs, coverages, known))
    every = merge(found.relaxations, moves[:1], key=lambda one: one.cost)
    return replace(found, relaxations=tuple(every)[:MOST_RELAXATIONS])


def _moves(
    request: SlotRequest, pairs: Sequence[Pair], coverages: Sequence[PairCoverage], known: Situation
) -> Iterator[Relaxation]:
    own = _own(request.pair, coverages, known)
    for pair in pairs:
        other = request_for(_of(pair, coverages), known)
        gone = own | dict.fromkeys(_ours(pair, known), known.now)
        calendars = _calendars((request.pair, pair), coverages, known, gone)
        if other is None or not {*request.pair.key, *pair.key} <= calendars.keys():
            continue
        slots = assign([request, other], calendars, _window(known), known.settings.slots)
        mine, theirs = slots[request.pair.key], slots[pair.key]
        if isinstance(mine, Slot) and isinstance(theirs, Slot):
            yield move_of(request, known.settings.slots, mine, pair, theirs)


def _calendars(
    pairs: Sequence[Pair],
    coverages: Sequence[PairCoverage],
    known: Situation,
    gone: Mapping[str, datetime],
) -> Mapping[str, PersonTime]:
    """Return the time of everybody in the pairs, less the series that are `gone`."""
    people = {person.email: person for pair in pairs for person in (pair.manager, pair.report)}
    taken = times_of(people.values(), coverages, known, gone)
    return {email: _less_own(time, pairs[0], coverages, known) for email, time in taken.items()}


def _less_own(
    time: PersonTime, pair: Pair, coverages: Sequence[PairCoverage], known: Situation
) -> PersonTime:
    """Return free/busy less what the two have planned with each other; calendars that are read in full say so themselves."""
    reading = known.evidence.readings[time.person.email]
    if reading.detail is not Detail.BUSY or time.person.email not in pair.key:
        return time
    planned = (m.span for m in _of(pair, coverages).meetings if m.outcome is MeetingOutcome.PLANNED)
    return replace(time, busy=spans_without(time.busy, planned))


def _own(pair: Pair, coverages: Sequence[PairCoverage], known: Situation) -> dict[str, datetime]:
    """Return what the two have with each other, by UID, as ending now."""
    series = known.shelf.of_two.get(frozenset(pair.key), ())
    return dict.fromkeys([*series, *(meeting.uid for meeting in _of(pair, coverages).meetings)], known.now)


def _present(pair: Pair, known: Situation) -> tuple[Present, ...]:
    """Return the series that the two have now, as the manager's calendar has them, else the report's."""
    found: list[Present] = []
    for uid in known.shelf.of_two.get(frozenset(pair.key), ()):
        copies = known.shelf.copies(uid)
        if not all(live(copy, known.now) for copy in copies.values()):
            continue
        owner = pair.manager.email if pair.manager.email in copies else next(iter(copies))
        dates = (occurrence.span.start for occurrence in known.shelf.dates.get((owner, uid), ()))
        start = min((date for date in dates if date >= known.now), default=copies[owner].start)
        found.append(Present(start.astimezone(pair.manager.tz), copies[owner].rrule, copies[owner].minutes))
    return tuple(sorted(found, key=lambda series: series.start))


def _ours(pair: Pair, known: Situation) -> tuple[str, ...]:
    """Return the UIDs of the pair's series that we made and that stand."""
    return tuple(
        made.uid
        for made in known.made.get(pair.key, ())
        if made.state is SeriesState.STANDING
        and known.shelf.copies(made.uid)
        and all(live(copy, known.now) for copy in known.shelf.copies(made.uid).values())
    )


def _of(pair: Pair, coverages: Sequence[PairCoverage]) -> PairCoverage:
    return next(coverage for coverage in coverages if coverage.pair.key == pair.key)


def _window(known: Situation) -> Span:
    """Return the look-ahead from the start of this day in UTC, as the plan has it."""
    start = midnight(known.now.astimezone(UTC).date(), UTC)
    return Span(start, start + known.settings.job.look_ahead)
