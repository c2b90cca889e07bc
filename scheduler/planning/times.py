"""What the search for times must know of each person: meetings, 1-2-1s, leave."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from scheduler.cadence.absence import away_dates
from scheduler.cadence.results import MeetingOutcome, PairCoverage
from scheduler.meetings import CalendarReading, Detail, EventStatus
from scheduler.memory import SeriesState
from scheduler.people import Person
from scheduler.planning.changes import Change
from scheduler.planning.occurrences import starts
from scheduler.planning.situation import PairKey, Situation
from scheduler.planning.standing import live
from scheduler.slots.busy import busy_spans
from scheduler.slots.request import PersonTime
from scheduler.timespans import DAY, Span
from scheduler.timespans import without as spans_without

_HORIZON = timedelta(weeks=60)  # beyond every date that `scheduler.slots` looks at


def times_of(
    people: Iterable[Person],
    coverages: Sequence[PairCoverage],
    known: Situation,
    ends: Mapping[str, datetime],
    planned: Iterable[Change] = (),
) -> Mapping[str, PersonTime]:
    """Return each person's time from today for more than a year; those whose calendar does not tell are left out.

    1-2-1s are those of every pair of the roster; where their series go on beyond what was read, the dates
    come from their rules. Series in `ends` take no time from that moment on; those in `planned`, about to
    be created, take theirs.
    """
    window = Span(known.now - DAY, known.now + _HORIZON)
    taken, upward = _one_to_ones(coverages, known, ends, window)
    for change in planned:
        spans = (*_by_rule(change.rrule or "", change.start, change.minutes or 0, window), *_first(change))
        taken[change.manager] += spans
        taken[change.report] += spans
        upward[change.report] += spans
    return {
        person.email: PersonTime(
            person=person,
            busy=_busy(person, reading, known, ends, window),
            one_to_ones=tuple(taken[person.email]),
            upward=tuple(upward[person.email]),
            away=away_dates(person, reading, window),
        )
        for person in people
        if (reading := known.evidence.readings.get(person.email)) is not None and reading.detail.tells_time
    }


def _first(change: Change) -> Iterator[Span]:
    """Yield the first date of a series that is about to be created, where it takes longer than the rest."""
    if change.first_minutes is not None:
        yield Span(change.start, change.start + timedelta(minutes=change.first_minutes))


def _busy(
    person: Person, reading: CalendarReading, known: Situation, ends: Mapping[str, datetime], window: Span
) -> tuple[Span, ...]:
    """Return when the person is taken; where only free/busy is known, less what they have in a series that ends."""
    busy = busy_spans(person, reading, window, without=ends.keys())
    if reading.detail is not Detail.BUSY:
        return busy
    ending = (
        made for made in known.memory.series if made.uid in ends and person.email in known.pair_of(made)
    )
    freed = (
        span
        for made in ending
        for span in _of_series(made.uid, known, window)
        if _ended(made.uid, span, ends)
    )
    return spans_without(busy, freed)


def _one_to_ones(
    coverages: Sequence[PairCoverage],
    known: Situation,
    ends: Mapping[str, datetime],
    window: Span,
) -> tuple[defaultdict[str, list[Span]], defaultdict[str, list[Span]]]:
    """Return everybody's 1-2-1s, and of these those with their own manager."""
    taken: defaultdict[str, list[Span]] = defaultdict(list)
    upward: defaultdict[str, list[Span]] = defaultdict(list)
    for coverage in coverages:
        spans = [
            meeting.span
            for meeting in coverage.meetings
            if meeting.outcome is MeetingOutcome.PLANNED and not _ended(meeting.uid, meeting.span, ends)
        ]
        for uid in known.shelf.of_two.get(frozenset(coverage.pair.key), ()):
            spans += (span for span in _of_series(uid, known, window) if not _ended(uid, span, ends))
        spans += _begun(coverage.pair.key, known, window)
        taken[coverage.pair.manager.email] += spans
        taken[coverage.pair.report.email] += spans
        upward[coverage.pair.report.email] += spans
    return taken, upward


def _ended(uid: str, span: Span, ends: Mapping[str, datetime]) -> bool:
    return uid in ends and span.start >= ends[uid]


def _of_series(uid: str, known: Situation, window: Span) -> Iterator[Span]:
    """Yield its dates as read, and by its rule from where the reading ends."""
    for owner, copy in known.shelf.copies(uid).items():
        if not live(copy, known.now):
            continue
        reading = known.evidence.readings[owner]
        for occurrence in known.shelf.dates.get((owner, uid), ()):
            if occurrence.status is not EventStatus.CANCELLED and occurrence.span.end > window.start:
                yield occurrence.span
        beyond = Span(max(reading.window.end, window.start), window.end)
        for span in _by_rule(copy.rrule, copy.start, copy.minutes, beyond):
            if copy.last_end is None or span.end <= copy.last_end:
                yield span


def _begun(key: PairKey, known: Situation, window: Span) -> Iterator[Span]:
    """Yield the dates of a series that a killed run was about to create, and that no calendar shows."""
    for made in known.made.get(key, ()):
        if made.state is SeriesState.BEGUN and not known.shelf.copies(made.uid):
            yield from _by_rule(made.rrule, made.start, made.minutes, window)


def _by_rule(rrule: str, first: datetime, minutes: int, window: Span) -> Iterator[Span]:
    """Yield the dates of a rule; none of one that can't be read, or that runs by the minute."""
    with suppress(ValueError):
        for start in starts(rrule, first, window.start, window.end):
            yield Span(start, start + timedelta(minutes=minutes))
