"""The scopes that are asked for: the least that each part of the job can do with, and what each is for.

Which method of an API accepts which scope stands in Google's discovery documents (calendar v3, drive v3, docs v1,
admin directory_v1).
"""

from enum import StrEnum

from scheduler.settings import Settings


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

    @property
    def short(self) -> str:
        """Return its last part, by which people know it."""
        return self.value.rpartition("/")[2]


_WHAT_FOR = {
    Scope.EVENTS: "read your calendar and those shared with you, and create the 1-2-1s that are missing",
    Scope.EVENTS_OWNED: "read managers' own calendars and create the 1-2-1s that are missing",
    Scope.FREE_BUSY: "see when reports are busy, and nothing else of their calendars",
    Scope.FILES: "keep the agenda documents that onetoone itself created; it sees no other file",
    Scope.DIRECTORY: "read who works here and who reports to whom",
}


def scopes_needed(settings: Settings, *, delegated: bool) -> tuple[Scope, ...]:
    """Return the least scopes with which people's calendars and documents can be worked on.

    Events: `calendar.events.owned` lists, gets, inserts, updates, patches and deletes events on calendars that the
    user owns, which is enough where everybody's calendar is read as its owner (`delegated`: a service account speaks
    for each), and for one signed-in manager's own. `calendar.events` does the same on every calendar that the user
    can open; it is asked for only where one signed-in manager reads reports' calendars in full
    (`full_reports` of [google]), which those reports have shared. A calendar scope is always among them: a row of the
    roster may name Google whatever the default is.

    `calendar.freebusy` is asked for where reports are not read in full, `drive.file` where documents are Google's.
    The Directory's scope is among them only for one signed-in person, who has but one token; with delegation the
    Directory gets a token of its own (`DIRECTORY_SCOPES`), so that managers' delegation does not need it.
    """
    scopes = [Scope.EVENTS if _reads_shared(settings, delegated=delegated) else Scope.EVENTS_OWNED]
    if settings.google is None or not settings.google.full_reports:
        scopes.append(Scope.FREE_BUSY)
    if settings.documents_provider == "google":
        scopes.append(Scope.FILES)
    if settings.roster.source == "google" and not delegated:
        scopes.append(Scope.DIRECTORY)
    return tuple(scopes)


def _reads_shared(settings: Settings, *, delegated: bool) -> bool:
    """Say whether calendars are read that the user only has access to, and does not own."""
    return not delegated and settings.google is not None and settings.google.full_reports


DIRECTORY_SCOPES = (Scope.DIRECTORY,)
