"""A 1-2-1 as a VEVENT: complete enough for iTIP, and nothing in it that only one vendor understands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.ics.text import escape_text, parameter_value, plain, uri_value
from scheduler.meetings import Answer, EventStatus, Invitation
from scheduler.people import Person
from scheduler.timespans import Span

KEY_PROPERTY = "X-ONETOONE-KEY"
_UNTITLED = "1-2-1"
_LOCAL = "%Y%m%dT%H%M%S"
_UTC = "%Y%m%dT%H%M%SZ"
_PARTSTAT = {
    Answer.NEEDS_ACTION: "NEEDS-ACTION",
    Answer.ACCEPTED: "ACCEPTED",
    Answer.TENTATIVE: "TENTATIVE",
    Answer.DECLINED: "DECLINED",
    Answer.DELEGATED: "DELEGATED",
}


@dataclass(frozen=True, slots=True)
class Guest:
    """One of the two, as an event names them; `answer` None: not listed as an attendee."""

    email: str
    name: str
    answer: Answer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventText:
    """All that a VEVENT of ours says: a series, or with `original_start` one occurrence of it.

    `span` is the first occurrence, or where that one occurrence takes place; all times are written in `zone`,
    the organizer's. `excluded` are original starts that do not take place (EXDATE).
    """

    uid: str
    key: str
    zone: ZoneInfo
    organizer: Guest
    attendee: Guest
    span: Span
    summary: str
    stamped: datetime
    sequence: int = 0
    rrule: str | None = None
    excluded: tuple[datetime, ...] = ()
    original_start: datetime | None = None
    status: EventStatus = EventStatus.CONFIRMED
    description: str = ""
    link: str | None = None


def invitation_lines(invitation: Invitation, *, organizer_answers: bool = True) -> tuple[str, ...]:
    """Return what invites the attendee, as unfolded content lines: the VEVENT of the series.

    Where its first occurrence takes longer than the rest, a VEVENT of that one follows (an override, RFC 5545, 3.8.4.4).
    With `organizer_answers` the organizer is listed as an attendee who has accepted, as Google and Outlook do;
    without, they stand as ORGANIZER alone.
    """
    organizer = _guest(invitation.organizer, Answer.ACCEPTED if organizer_answers else None)
    # in UTC, where adding minutes is elapsed time
    start = invitation.start.astimezone(UTC)
    series = EventText(
        uid=invitation.uid,
        key=invitation.key,
        zone=invitation.zone,
        organizer=organizer,
        attendee=_guest(invitation.attendee, Answer.NEEDS_ACTION),
        span=Span(start, start + timedelta(minutes=invitation.minutes)),
        summary=invitation.summary,
        stamped=invitation.stamped,
        sequence=invitation.sequence,
        rrule=invitation.rrule,
        description=invitation.description,
        link=invitation.link,
    )
    if invitation.first_minutes is None:
        return event_lines(series)
    longer = Span(start, start + timedelta(minutes=invitation.first_minutes))
    first = replace(series, span=longer, rrule=None, original_start=start)
    return (*event_lines(series), *event_lines(first))


def _guest(person: Person, answer: Answer | None) -> Guest:
    return Guest(person.email, person.name, answer)


def event_lines(event: EventText) -> tuple[str, ...]:
    """Return the VEVENT as unfolded content lines, always in the same order.

    No CLASS: who sees the title is for each person's calendar to say. No URL: that is the event's own page (5.8.4.6),
    and the agenda is an attachment. TRANSP:OPAQUE: it takes up both people's time.
    """
    return ("BEGIN:VEVENT", *_identity(event), *_times(event), *_words(event), *_people(event), "END:VEVENT")


def _identity(event: EventText) -> Iterator[str]:
    yield f"UID:{escape_text(event.uid)}"
    if event.original_start is not None:
        yield f"RECURRENCE-ID;{_local(event, event.original_start)}"
    yield f"DTSTAMP:{event.stamped.astimezone(UTC).strftime(_UTC)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"STATUS:{event.status.upper()}"
    yield "TRANSP:OPAQUE"


def _times(event: EventText) -> Iterator[str]:
    yield f"DTSTART;{_local(event, event.span.start)}"
    yield f"DTEND;{_local(event, event.span.end)}"
    if event.rrule is not None:
        yield f"RRULE:{event.rrule}"
    for moment in event.excluded:
        yield f"EXDATE;{_local(event, moment)}"


def _local(event: EventText, moment: datetime) -> str:
    return f"TZID={event.zone.key}:{moment.astimezone(event.zone).strftime(_LOCAL)}"


def _words(event: EventText) -> Iterator[str]:
    # libical, and so every program built on it, wants a title with something in it
    yield f"SUMMARY:{escape_text(event.summary.strip()) or _UNTITLED}"
    if event.description.strip():
        yield f"DESCRIPTION:{escape_text(event.description)}"
    if event.link is not None:
        yield attachment_line(event.link)
    yield f"{KEY_PROPERTY}:{escape_text(event.key)}"


def attachment_line(link: str) -> str:
    """Return the ATTACH of an agenda; Markdown is named as such, so that a reader opens it as text (RFC 7763)."""
    markdown = link.partition("#")[0].partition("?")[0].lower().endswith(".md")
    kind = ";FMTTYPE=text/markdown" if markdown else ""
    return f"ATTACH{kind}:{uri_value(link)}"


def _people(event: EventText) -> Iterator[str]:
    organizer, attendee = event.organizer, event.attendee
    yield f"ORGANIZER{_name(organizer)}:{_address(organizer)}"
    if organizer.answer is not None:
        answer = f"CUTYPE=INDIVIDUAL;ROLE=CHAIR;PARTSTAT={_PARTSTAT[organizer.answer]}"
        yield f"ATTENDEE;{answer}{_name(organizer)}:{_address(organizer)}"
    if attendee.answer is not None:
        answer = f"CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={_PARTSTAT[attendee.answer]};RSVP=TRUE"
        yield f"ATTENDEE;{answer}{_name(attendee)}:{_address(attendee)}"


def _name(guest: Guest) -> str:
    name = plain(guest.name).strip()
    return f";CN={parameter_value(name)}" if name else ""


def _address(guest: Guest) -> str:
    return f"mailto:{uri_value(guest.email)}"
