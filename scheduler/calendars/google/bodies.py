"""What is sent to Google: a series as an event, and the parts of one that are patched.

https://developers.google.com/calendar/api/v3/reference/events
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.calendars.google.event import KEY
from scheduler.meetings import Invitation
from scheduler.settings import GoogleSettings

_RULE = "RRULE:"
_UNTIL = re.compile(r"[:;]UNTIL=(?P<until>[^;]*)", re.IGNORECASE)
_BOUND = re.compile(r"(?:UNTIL|COUNT)=", re.IGNORECASE)
_DOCUMENT = re.compile(r"/d/([\w-]+)|[?&]id=([\w-]+)")
_DOCS_TYPE = "application/vnd.google-apps.document"

Body = Mapping[str, Any]
Event = dict[str, Any]


def body_of(invitation: Invitation, settings: GoogleSettings) -> Body:
    """Return the event that is inserted; both people are guests, so that everybody's copy shows the two."""
    end = invitation.start + timedelta(minutes=invitation.minutes)
    body: Event = {
        "id": invitation.uid,
        "summary": invitation.summary,
        "description": invitation.description,
        "start": _time(invitation.start, invitation.zone),
        "end": _time(end, invitation.zone),
        "recurrence": [f"RRULE:{invitation.rrule}"],
        "attendees": [
            {"email": invitation.organizer.email, "responseStatus": "accepted"},
            {"email": invitation.attendee.email, "responseStatus": "needsAction"},
        ],
        "guestsCanModify": settings.guests_can_modify,
        "extendedProperties": {"private": {KEY: invitation.key}},
    }
    if invitation.link is not None and _for_browsers(invitation.link):
        body["attachments"] = [attachment(invitation.link)]
    if settings.meet:
        # The same requestId again is the same conference (events, conferenceData.createRequest).
        kind = {"type": "hangoutsMeet"}
        body["conferenceData"] = {
            "createRequest": {"requestId": invitation.uid, "conferenceSolutionKey": kind}
        }
    return body


def first_occurrence(invitation: Invitation) -> str:
    """Return the id of the series' first instance: its own, and the original start in UTC (events, recurringEventId)."""
    return f"{invitation.uid}_{invitation.start.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def first_end(invitation: Invitation) -> Body:
    """Return when the first occurrence ends, which takes longer than the rest, as it is patched."""
    minutes = invitation.first_minutes or invitation.minutes
    return {"end": _time(invitation.start + timedelta(minutes=minutes), invitation.zone)}


def ended(line: str, at: datetime, days_in: tzinfo | None = None) -> str:
    """Return a recurrence line that names no date at or after `at`.

    UNTIL is inclusive, and in UTC; a date for a series of days, which begin at midnight `days_in` that zone
    (RFC 5545, 3.3.10).
    """
    if not line.upper().startswith(_RULE):
        return line
    before = at.astimezone(UTC) - timedelta(seconds=1)
    last = f"{before.astimezone(days_in):%Y%m%d}" if days_in is not None else f"{before:%Y%m%dT%H%M%SZ}"
    until = _UNTIL.search(line)
    if until is not None and until["until"] <= last:
        return line
    parts = (part for part in line[len(_RULE) :].split(";") if not _BOUND.match(part))
    return f"{_RULE}{';'.join(parts)};UNTIL={last}"


def _time(moment: datetime, zone: ZoneInfo) -> Body:
    return {"dateTime": moment.astimezone(zone).isoformat(), "timeZone": zone.key}


def attachment(link: str) -> Body:
    """Return a link as it is attached; of what is not in Drive no kind is known."""
    return (
        {"fileUrl": link, "title": "Agenda", "mimeType": _DOCS_TYPE}
        if _drive_id(link)
        else {"fileUrl": link, "title": "Agenda"}
    )


def _for_browsers(link: str) -> bool:
    return link.startswith(("https://", "http://"))


def _drive_id(link: str) -> str | None:
    found = _DOCUMENT.search(link) if "google.com" in link else None
    return (found[1] or found[2]) if found else None


def same_file(one: str, other: str) -> bool:
    """Say whether two addresses lead to one file; Google adds to the address of what is attached."""
    return one == other or (_drive_id(one) is not None and _drive_id(one) == _drive_id(other))
