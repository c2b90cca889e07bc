"""When a person is taken, read from their own calendar."""

from collections.abc import Collection, Mapping
from datetime import date

from scheduler.meetings import Answer, Busy, CalendarReading, EventStatus, Occurrence
from scheduler.people import Person
from scheduler.timespans import Span, local_dates, local_day, merged

_NO_DATES: Mapping[date, str] = {}
_NOT_GOING = (Answer.DECLINED, Answer.DELEGATED)


def busy_spans(
    person: Person,
    reading: CalendarReading,
    window: Span,
    *,
    away: Mapping[date, str] = _NO_DATES,
    without: Collection[str] = frozenset(),
) -> tuple[Span, ...]:
    """Return when the person is taken within the window: merged, in order, clipped to it.

    Taken by: every meeting that was not cancelled, is not marked free, and that the person neither
    declined nor delegated. Tentative ones and unanswered invitations count, as the person may yet
    go. All-day ones take whole local days, so do the `away` dates. Events whose UID is in
    `without` are left out: series that are about to end.
    """
    spans: list[Span] = [local_day(day, person.tz) for day in away]
    for occurrence in reading.occurrences:
        if occurrence.uid in without or not takes_time(person, occurrence):
            continue
        if occurrence.all_day:
            spans += (local_day(day, person.tz) for day in local_dates(occurrence.span, person.tz))
        else:
            spans.append(occurrence.span)
    return merged(inside for span in spans if (inside := span.clipped(window)) is not None)


def takes_time(person: Person, occurrence: Occurrence) -> bool:
    """Say whether the meeting takes its owner's time; its length does not matter here."""
    if occurrence.status is EventStatus.CANCELLED or occurrence.busy is Busy.FREE:
        return False
    return not any(
        attendee.answer in _NOT_GOING and attendee.email in person.addresses
        for attendee in occurrence.attendees
    )
