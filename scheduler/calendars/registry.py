"""Everybody's calendar under one roof: each call goes to the provider that keeps that person's."""

from datetime import datetime
from pathlib import Path

from scheduler.calendars.folder import FolderCalendar
from scheduler.calendars.interface import WritableCalendar, Written
from scheduler.errors import CalendarUnreadable, Problem, WriteFailed
from scheduler.meetings import CalendarReading, Invitation
from scheduler.people import Person
from scheduler.settings import Settings
from scheduler.timespans import Span

_REMEDY = "use provider 'folder', with .ics files that a synchroniser such as vdirsyncer keeps up to date"


class Calendars:
    """The calendars of everybody on the roster, routed by each person's provider."""

    def __init__(self, settings: Settings) -> None:
        """Set up the providers that the config names; nothing is opened yet."""
        root = settings.calendars.path if settings.calendars.path is not None else settings.directory
        self._providers: dict[str, WritableCalendar] = {"folder": FolderCalendar(Path(root))}

    def read(self, person: Person, window: Span) -> CalendarReading:
        """Return what is in the person's calendar; raise CalendarUnreadable if it can't be read."""
        provider = self._providers.get(person.calendar.provider)
        if provider is None:
            raise CalendarUnreadable(_not_yet(person))
        return provider.read(person, window)

    def create(self, invitation: Invitation) -> Written:
        """Create the series with the organizer's provider, which invites the attendee."""
        return self._writable(invitation.organizer).create(invitation)

    def end(self, organizer: Person, attendee: Person, uid: str, at: datetime, stamped: datetime) -> Written:
        """End our series: nothing of it takes place at or after `at`."""
        return self._writable(organizer).end(organizer, attendee, uid, at, stamped)

    def attach(self, organizer: Person, attendee: Person, uid: str, link: str, stamped: datetime) -> Written:
        """Attach the agenda to our series, beside whatever is attached already."""
        return self._writable(organizer).attach(organizer, attendee, uid, link, stamped)

    def _writable(self, organizer: Person) -> WritableCalendar:
        provider = self._providers.get(organizer.calendar.provider)
        if provider is None:
            raise WriteFailed(_not_yet(organizer))
        return provider


def _not_yet(person: Person) -> Problem:
    what = f"calendars of provider {person.calendar.provider!r} can't be reached by this version"
    return Problem(f"the calendar of {person.email}", what, _REMEDY)
