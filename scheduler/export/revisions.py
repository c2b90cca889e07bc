"""SEQUENCE and DTSTAMP of what is exported: raised when something changes, the same bytes as long as nothing does.

SEQUENCE rises with what takes place (times, rule, status, title, link); an answer that was given, or a name that was
corrected, renews DTSTAMP alone (RFC 5545, 3.8.7.4 and 3.8.7.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from scheduler.export.copies import Override
from scheduler.export.series import ExportedSeries
from scheduler.ics.event import EventText, Guest, event_lines
from scheduler.meetings import Answer, EventStatus
from scheduler.memory import Exported
from scheduler.timespans import Span

Rows = Mapping[tuple[str, str], Exported]
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Revision:
    """A series, or one occurrence of it, with its SEQUENCE and DTSTAMP settled, and the row to remember."""

    event: EventText
    row: Exported


def revised(series: ExportedSeries, rows: Rows, now: datetime) -> tuple[Revision, ...]:
    """Return the series first, then its overrides, each as new as its last change.

    An occurrence that is called off or put back changes the series too: in an invitation it is a date that the
    series leaves out (EXDATE). One that merely leaves the window of the check changes nothing.
    """
    former = rows.get((series.uid, ""))
    parts = [_override(series, override) for override in series.overrides]
    toggled = former is not None and any(_toggled(series, part, rows) for part in parts)
    # the calendar's own SEQUENCE counts for the series alone: it rises without this occurrence changing
    master = _revision(_master(series), former, now, least=series.sequence, raised=toggled)
    first = master.row.sequence if former is None else max(master.row.sequence, former.sequence + 1)
    return (master, *(_revision(part, rows.get(_key(part)), now, first=first) for part in parts))


def _master(series: ExportedSeries) -> EventText:
    """Return the series as an event; the agenda is in the description too, for those who show no attachments."""
    return EventText(
        uid=series.uid,
        key=series.key,
        zone=series.zone,
        organizer=series.organizer,
        attendee=series.attendee,
        span=series.span,
        rrule=series.rrule,
        status=series.status,
        summary=series.summary,
        description=series.link or "",
        link=series.link,
        stamped=_NEVER,
    )


def _override(series: ExportedSeries, override: Override) -> EventText:
    return replace(
        _master(series),
        rrule=None,
        original_start=override.original_start,
        span=override.span,
        status=override.status,
        organizer=replace(series.organizer, answer=override.organizer_answer),
        attendee=replace(series.attendee, answer=override.attendee_answer),
    )


def _revision(
    event: EventText,
    former: Exported | None,
    now: datetime,
    *,
    least: int = 0,
    first: int = 0,
    raised: bool = False,
) -> Revision:
    digest = _digest(event)
    if former is None:
        sequence, stamped = max(least, first), now
    else:
        changed = raised or _significant(former.digest) != _significant(digest)
        sequence = max(least, former.sequence + changed)
        same = (former.digest, former.sequence) == (digest, sequence)
        stamped = former.stamped if same else max(now, former.stamped)
    row = Exported(*_key(event), digest, sequence, stamped)
    return Revision(replace(event, sequence=sequence, stamped=stamped), row)


def _key(event: EventText) -> tuple[str, str]:
    original = event.original_start
    return event.uid, "" if original is None else original.astimezone(UTC).isoformat()


def _toggled(series: ExportedSeries, event: EventText, rows: Rows) -> bool:
    """Say whether the occurrence was called off since the last export, or put back."""
    former = rows.get(_key(event))
    duration = series.span.duration
    original = event.original_start or event.span.start
    off = replace(event, status=EventStatus.CANCELLED, span=Span(original, original + duration))
    was_off = former is not None and _significant(former.digest) == _significant(_digest(off))
    return was_off != (event.status is EventStatus.CANCELLED)


def _digest(event: EventText) -> str:
    """Return two fingerprints, `what takes place:all that is written`, SEQUENCE and DTSTAMP left out."""
    bare = replace(event, organizer=_nameless(event.organizer), attendee=_nameless(event.attendee))
    return f"{_fingerprint(bare)}:{_fingerprint(event)}"


def _significant(digest: str) -> str:
    return digest.partition(":")[0]


def _nameless(guest: Guest) -> Guest:
    return Guest(guest.email, "", Answer.NEEDS_ACTION)


def _fingerprint(event: EventText) -> str:
    return sha256("\n".join(event_lines(event)).encode("utf-8", "replace")).hexdigest()[:32]
