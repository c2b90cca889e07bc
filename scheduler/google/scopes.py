"""The scopes that are asked for: the least that each part of the job can do with, and what each is for.

Which method of an API accepts which scope stands in Google's discovery documents.
"""

from enum import StrEnum


class Scope(StrEnum):
    """An OAuth 2.0 scope."""

    EVENTS = "https://www.googleapis.com/auth/calendar.events"
    EVENTS_OWNED = "https://www.googleapis.com/auth/calendar.events.owned"
    FREE_BUSY = "https://www.googleapis.com/auth/calendar.freebusy"
    FILES = "https://www.googleapis.com/auth/drive.file"
    DIRECTORY = "https://www.googleapis.com/auth/admin.directory.user.readonly"

    @property
    def what_for(self) -> str:
        """Say in a few words what the job does with it."""
        return _WHAT_FOR[self]


_WHAT_FOR = {
    Scope.EVENTS: "read managers' calendars and create the 1-2-1s that are missing",
    Scope.EVENTS_OWNED: "read managers' own calendars and create the 1-2-1s that are missing",
    Scope.FREE_BUSY: "see when reports are busy, and nothing else of their calendars",
    Scope.FILES: "keep the agenda documents that onetoone itself created; it sees no other file",
    Scope.DIRECTORY: "read who works here and who reports to whom",
}
