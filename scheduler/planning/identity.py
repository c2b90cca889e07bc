"""Who is who, for ever: the names of series, documents and changes, from what they are and nothing else.

A second attempt arrives at the same names, and so meets the first one.
"""

import base64
import hashlib
import re
from datetime import UTC, datetime

from scheduler.planning.changes import ChangeKind

_PREFIX = "onetoone"
_KEY = re.compile(r"(?P<pair>[0-9a-v]{16})-(?P<generation>[1-9][0-9]{0,5})")


def series_uid(manager: str, report: str, generation: int) -> str:
    """Return the UID of the pair's n-th series, from the pair and the generation alone.

    40 characters of `0-9a-v`: what Google takes as an event id (Calendar API, events.insert: base32hex
    in lower case, 5 to 1,024 long) is a globally unique UID in iCalendar, too (RFC 7986, 5.3).
    """
    return _PREFIX + _digest(manager, report, str(generation))[:32]


def series_key(manager: str, report: str, generation: int) -> str:
    """Return the mark that the pair's n-th series carries; it names the pair, but does not tell who it is."""
    return f"{_pair_digest(manager, report)}-{generation}"


def generation_of(mark: str | None, uid: str, manager: str, report: str) -> int | None:
    """Return which series of the pair this is, or None where it is not one that this program made.

    Mark and UID must both be right: a person's copy of our event has our mark, but a UID of its own.
    """
    found = _KEY.fullmatch(mark or "")
    if found is None or found["pair"] != _pair_digest(manager, report):
        return None
    generation = int(found["generation"])
    return generation if uid == series_uid(manager, report, generation) else None


def document_key(manager: str, report: str) -> str:
    """Return the mark by which the pair's agenda document is found again; it does not tell who they are."""
    return _digest("document", manager, report)[:32]


def series_change_id(kind: ChangeKind, manager: str, report: str, generation: int) -> str:
    """Return the name of a change to the pair's n-th series."""
    return f"{kind}-{_digest(kind, manager, report, str(generation))[:16]}"


def agenda_change_id(manager: str, report: str, meeting: datetime) -> str:
    """Return the name of the change that writes the agenda of the meeting with this original start."""
    kind = ChangeKind.WRITE_AGENDA
    return f"{kind}-{_digest(kind, manager, report, meeting.astimezone(UTC).isoformat())[:16]}"


def _pair_digest(manager: str, report: str) -> str:
    return _digest(manager, report)[:16]


def _digest(*parts: str) -> str:
    """Return base32hex in lower case; no part holds a line break, so that parts can't run together."""
    raw = hashlib.sha256("\n".join(parts).encode()).digest()
    return base64.b32hexencode(raw).decode("ascii").lower()
