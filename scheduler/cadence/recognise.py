"""Recognising 1-2-1s: timed meetings of the two alone, by their addresses and never by a title."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from sys import intern

from scheduler.cadence.copies import Copies, copies_of
from scheduler.cadence.refusals import Refusal, cancelled, refused, stale
from scheduler.cadence.results import Meeting, MeetingOutcome, NotCounted
from scheduler.cadence.survey import Survey
from scheduler.cadence.words import at_time, both
from scheduler.meetings import EventStatus, Evidence, Occurrence
from scheduler.people import Pair, Person, Roster
from scheduler.timespans import DAY, Span

_BELIEVED_FIRST = (
    MeetingOutcome.HELD,
    MeetingOutcome.PLANNED,
    MeetingOutcome.DECLINED,
    MeetingOutcome.CANCELLED,
)


def meetings_of(
    pair: Pair,
    evidence: Evidence,
    roster: Roster,
    now: datetime,
) -> tuple[tuple[Meeting, ...], tuple[NotCounted, ...]]:
    """Return the pair's 1-2-1s, and the meetings with both in them that do not count, in order of time.

    A 1-2-1 is a timed meeting of the two alone, rooms aside, however short and whether or not it
    shows as free. A moved one gives two entries: `moved` where it was, and what it is where it went.
    One that is running is planned; one that a person handed on to somebody else is declined by them.
    """
    return recognised(pair, Survey.of(evidence, roster, (pair,)), now)


def recognised(
    pair: Pair,
    survey: Survey,
    now: datetime,
) -> tuple[tuple[Meeting, ...], tuple[NotCounted, ...]]:
    """Do what `meetings_of` does, on evidence that was indexed once for everybody."""
    meetings: list[Meeting] = []
    others: dict[tuple[str, str], list[Span]] = {}
    for copies in copies_of(pair, survey):
        copy, owner = copies.authority(survey)
        fault = _fault(copies, copy, owner, survey)
        if fault is None:
            meetings.append(_meeting(copies, copy, survey, now))
        elif fault and copy.status is not EventStatus.CANCELLED:
            others.setdefault((copy.uid, fault), []).append(copy.span)
    entries = [entry for meeting in _each_once(meetings) for entry in _with_move(meeting, pair, now)]
    return (
        tuple(sorted(entries, key=lambda m: (_utc(m.span), m.uid, m.outcome))),
        tuple(sorted(_once(others, now), key=lambda other: (_utc(other.span), other.why))),
    )


def _once(others: Mapping[tuple[str, str], list[Span]], now: datetime) -> Iterator[NotCounted]:
    """Yield each series once for each reason."""
    for (_, why), spans in others.items():
        nearest = min(spans, key=lambda span: (abs(span.start - now), span.start))
        yield NotCounted(nearest, why)


def _fault(copies: Copies, copy: Occurrence, owner: Person, survey: Survey) -> str | None:
    """Say why it does not count; None where it does, empty where the two are not both in it at all."""
    people = survey.participants(copy, owner.email, copies.pair)
    if not people >= set(copies.pair.key):
        listed = any(survey.guests(other).issuperset(copies.pair.key) for other in copies.all)
        return "The copy of whoever arranged it no longer has both of them in it." if listed else ""
    if len(people) > len(copies.pair.key):
        return f"{len(people)} people are in it, not the two alone."
    if copy.incomplete_guests:
        return "The calendar does not show all of its guests, so it may not be the two alone."
    if stale(copies, survey):
        return "The series of whoever arranged it no longer has this date."
    return _time_fault(copy)


def _time_fault(copy: Occurrence) -> str | None:
    if copy.all_day:
        return "It lasts all day; a 1-2-1 has a time."
    if copy.span.start == copy.span.end:
        return "It has no length; it ends when it starts."
    if copy.span.duration >= DAY:
        return "It lasts a day or longer; a 1-2-1 is shorter."
    return None


def _meeting(copies: Copies, copy: Occurrence, survey: Survey, now: datetime) -> Meeting:
    refusal = cancelled(copies, survey)
    outcome = MeetingOutcome.CANCELLED
    if refusal is None:
        refusal, outcome = refused(copies, survey), MeetingOutcome.DECLINED
    ended = copy.span.end <= now
    if refusal is None:
        outcome = MeetingOutcome.HELD if ended else MeetingOutcome.PLANNED
    return Meeting(
        span=copy.span,
        original_start=copy.original_start,
        outcome=outcome,
        uid=copy.uid,
        why=intern(_why(copies.pair, copy, refusal, ended=ended)),  # thousands of meetings say the same
        by=refusal.by if refusal is not None else None,
        in_series=any(each.in_series for each in copies.all),
        mark=next((each.mark for each in copies.all if each.mark is not None), None),
    )


def _why(pair: Pair, copy: Occurrence, refusal: Refusal | None, *, ended: bool) -> str:
    room = " (the room aside)" if any(guest.is_room for guest in copy.attendees) else ""
    invited = f"Only {both(pair)} {'were' if ended else 'are'} invited{room}"
    if refusal is not None:
        return f"{invited}; {refusal.told}."
    if ended:
        return f"{invited}; it has ended and neither declined."
    return f"{invited}; it has not ended yet and neither has declined."


def _each_once(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Return one meeting for each stretch of time: one that stands before one that was called off."""
    best: dict[tuple[datetime, datetime], Meeting] = {}
    for meeting in sorted(meetings, key=lambda m: (_BELIEVED_FIRST.index(m.outcome), m.mark is None, m.uid)):
        best.setdefault(_utc(meeting.span), meeting)
    return tuple(best.values())


def _with_move(meeting: Meeting, pair: Pair, now: datetime) -> Iterator[Meeting]:
    yield meeting
    if meeting.span.start.astimezone(UTC) != meeting.original_start.astimezone(UTC):
        went = at_time(meeting.span.start, pair.manager.tz, now)
        yield replace(
            meeting,
            span=Span(meeting.original_start, meeting.original_start + meeting.span.duration),
            outcome=MeetingOutcome.MOVED,
            why=f"The series had put it here; it was moved to {went}.",
            by=None,
        )


def _utc(span: Span) -> tuple[datetime, datetime]:
    return span.start.astimezone(UTC), span.end.astimezone(UTC)
