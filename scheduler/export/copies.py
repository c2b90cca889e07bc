"""What the calendars say of one series of ours: the organizer's where it takes place, each person's how they answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scheduler.meetings import Answer, CalendarReading, EventStatus, Occurrence, Series
from scheduler.timespans import Span

_NO_OCCURRENCES: Mapping[datetime, Occurrence] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One occurrence that is not as its series has it; `original_start` names it (RECURRENCE-ID)."""

    original_start: datetime
    span: Span
    status: EventStatus
    organizer_answer: Answer
    attendee_answer: Answer


class Copies:
    """Our series as they stand in one calendar, by UID; the rest of the calendar is passed over once."""

    def __init__(self, reading: CalendarReading, uids: frozenset[str]) -> None:
        self.series: dict[str, Series] = {each.uid: each for each in reading.series if each.uid in uids}
        self._occurrences: dict[str, dict[datetime, Occurrence]] = {}
        for occurrence in reading.occurrences:
            if occurrence.uid in uids:
                starts = self._occurrences.setdefault(occurrence.uid, {})
                starts[occurrence.original_start.astimezone(UTC)] = occurrence

    def occurrences(self, uid: str) -> Mapping[datetime, Occurrence]:
        """Return the occurrences by original start in UTC."""
        return self._occurrences.get(uid, _NO_OCCURRENCES)


class Witnesses:
    """The two calendars that know of one series, and what they say of it."""

    def __init__(
        self,
        uid: str,
        organizer: tuple[str, frozenset[str]],
        attendee: tuple[str, frozenset[str]],
        copies: Mapping[str, Copies],
    ) -> None:
        self._uid = uid
        self._organizer, self._attendee = organizer[1], attendee[1]
        self.organizers = copies.get(organizer[0])
        self._attendees = copies.get(attendee[0])

    def organizer_answer(self) -> Answer:
        """Return the organizer's answer: accepted, unless their own calendar says otherwise."""
        standing = [] if self.organizers is None else [self.organizers.series.get(self._uid)]
        return _answer(self._organizer, standing) or Answer.ACCEPTED

    def attendee_answer(self) -> Answer:
        """Return the attendee's answer to the whole series."""
        copies = [copy.series.get(self._uid) for copy in (self._attendees, self.organizers) if copy]
        return _answer(self._attendee, copies) or Answer.NEEDS_ACTION

    def overrides(
        self,
        duration: timedelta,
        ended_at: datetime | None,
        exported_before: frozenset[datetime],
    ) -> tuple[Override, ...]:
        """Return the occurrences before the end that differ from the series, or once did and were put back.

        Any that were exported and lie after the end are cancelled, or they would stand on in the calendars
        that took them in.
        """
        gone = [
            original for original in sorted(exported_before) if ended_at is not None and original >= ended_at
        ]
        return (
            *self._different(duration, ended_at, exported_before),
            *(self._cancelled(original, duration) for original in gone),
        )

    def _different(
        self,
        duration: timedelta,
        ended_at: datetime | None,
        exported_before: frozenset[datetime],
    ) -> tuple[Override, ...]:
        if self.organizers is None:
            return ()
        found = [
            (original, self._override(original, occurrence, duration), occurrence)
            for original, occurrence in sorted(self.organizers.occurrences(self._uid).items())
            if ended_at is None or original < ended_at
        ]
        usual = (EventStatus.CONFIRMED, self.organizer_answer(), self.attendee_answer())
        return tuple(
            override
            for original, override, occurrence in found
            if original in exported_before
            or occurrence.moved
            or occurrence.span.end.astimezone(UTC) - occurrence.span.start.astimezone(UTC) != duration
            or (override.status, override.organizer_answer, override.attendee_answer) != usual
        )

    def _cancelled(self, original: datetime, duration: timedelta) -> Override:
        return Override(
            original_start=original,
            span=Span(original, original + duration),
            status=EventStatus.CANCELLED,
            organizer_answer=self.organizer_answer(),
            attendee_answer=self.attendee_answer(),
        )

    def _override(self, original: datetime, occurrence: Occurrence, duration: timedelta) -> Override:
        if occurrence.status is EventStatus.CANCELLED:
            return self._cancelled(original, duration)
        theirs = self._attendees.occurrences(self._uid).get(original) if self._attendees else None
        return Override(
            original_start=original,
            span=occurrence.span,
            status=occurrence.status,
            organizer_answer=_answer(self._organizer, [occurrence]) or self.organizer_answer(),
            attendee_answer=_answer(self._attendee, [theirs, occurrence]) or self.attendee_answer(),
        )


def _answer(addresses: frozenset[str], copies: Iterable[Series | Occurrence | None]) -> Answer | None:
    """Return the first answer that somebody gave, in the order of the copies; None where nobody did."""
    guests = [guest for copy in copies if copy for guest in copy.attendees]
    return next(
        (g.answer for g in guests if g.email in addresses and g.answer is not Answer.NEEDS_ACTION),
        None,
    )
