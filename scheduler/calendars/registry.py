"""Everybody's calendar under one roof: each call goes to the provider that keeps that person's."""

from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.calendars.folder import FolderCalendar
from scheduler.calendars.interface import WritableCalendar, Written
from scheduler.errors import CalendarUnreadable, Problem, WriteFailed
from scheduler.meetings import CalendarReading, Evidence, Invitation
from scheduler.people import Person
from scheduler.settings import GoogleSettings, Settings
from scheduler.state.mirror import Mirror
from scheduler.state.mirror_file import MirrorFile
from scheduler.timespans import Span

if TYPE_CHECKING:  # these need libraries that a base install lacks
    from scheduler.calendars.google.provider import GoogleCalendar
    from scheduler.google.client import Google

_REMEDY = "use provider 'folder', with .ics files that a synchroniser such as vdirsyncer keeps up to date"


class Calendars:
    """The calendars of everybody on the roster, routed by each person's provider."""

    def __init__(
        self, settings: Settings, google: "Google | None" = None, now: datetime | None = None
    ) -> None:
        """Set up the providers that the config names; nothing is opened yet. Google's needs `google` and `now`."""
        root = settings.calendars.path if settings.calendars.path is not None else settings.directory
        self._providers: dict[str, WritableCalendar] = {"folder": FolderCalendar(Path(root))}
        self._google: GoogleCalendar | None = None
        self._read: set[str] = set()
        self.threads = settings.google.threads if settings.google is not None else 1
        if google is not None and now is not None:
            self._google = _google_calendar(google, settings, now)
            self._providers["google"] = self._google

    def waits(self, person: Person) -> bool:
        """Say whether reading the person's calendar is mostly waiting: several are then read at once."""
        return person.calendar.provider == "google"

    def read(self, person: Person, window: Span, about: Collection[str] | None = None) -> CalendarReading:
        """Return what is in the person's calendar; raise CalendarUnreadable if it can't be read.

        One that this run has read, and not written to since, is not asked for again where that costs a request.
        """
        provider = self._providers.get(person.calendar.provider)
        if provider is None:
            raise CalendarUnreadable(_not_yet(person))
        if provider is not self._google or self._google is None:
            return provider.read(person, window, about)
        found = self._google.read(person, window, about, again=person.email not in self._read)
        self._read.add(person.email)
        return found

    def read_times(self, people: Iterable[Person], window: Span, known: Evidence) -> Evidence:
        """Return when these people are taken: of calendars read in this run already without asking again."""
        known_people = [person for person in people if person.email in known.readings]
        if self._google is None:
            return Evidence({}, {person.email: _not_yet(person) for person in known_people})
        readings: dict[str, CalendarReading] = {}
        unreadable: dict[str, Problem] = {}
        unknown = [p for p in known_people if not known.readings[p.email].detail.tells_series]
        for person in known_people:
            window_read = known.readings[person.email].window
            if person not in unknown:
                try:
                    readings[person.email] = self._google.read(person, window_read, again=False)
                except CalendarUnreadable as error:
                    unreadable[person.email] = error.problems[0]
        busy = self._google.read_busy(unknown, window) if unknown else Evidence({}, {})
        return Evidence(readings, unreadable).with_newer(busy)

    def create(self, invitation: Invitation, *, notify: bool = True) -> Written:
        """Create the series with the organizer's provider, which invites the attendee."""
        return self._writable(invitation.organizer, invitation.attendee).create(invitation, notify=notify)

    def end(
        self,
        organizer: Person,
        attendee: Person,
        uid: str,
        at: datetime,
        stamped: datetime,
        *,
        notify: bool = True,
    ) -> Written:
        """End our series: nothing of it takes place at or after `at`."""
        return self._writable(organizer, attendee).end(organizer, attendee, uid, at, stamped, notify=notify)

    def attach(self, organizer: Person, attendee: Person, uid: str, link: str, stamped: datetime) -> Written:
        """Attach the agenda to our series, beside whatever is attached already."""
        return self._writable(organizer, attendee).attach(organizer, attendee, uid, link, stamped)

    def store(self) -> None:
        """Keep what was read of calendars elsewhere, so that the next run asks for what changed."""
        if self._google is not None:
            self._google.close()

    def _writable(self, organizer: Person, attendee: Person) -> WritableCalendar:
        self._read -= {organizer.email, attendee.email}
        provider = self._providers.get(organizer.calendar.provider)
        if provider is None:
            raise WriteFailed(_not_yet(organizer))
        return provider


def _google_calendar(google: "Google", settings: Settings, now: datetime) -> "GoogleCalendar":
    from scheduler.calendars.google.provider import GoogleCalendar  # noqa: PLC0415 - needs the libraries

    return GoogleCalendar(
        google, Mirror(MirrorFile(settings.job.state)), settings.google or GoogleSettings(), now
    )


def _not_yet(person: Person) -> Problem:
    if person.calendar.provider == "google":
        what, remedy = (
            "the config does not say how Google is reached",
            "add [google] with credentials (docs/google.md)",
        )
        return Problem(f"the calendar of {person.email}", what, remedy)
    what = f"calendars of provider {person.calendar.provider!r} can't be reached by this version"
    return Problem(f"the calendar of {person.email}", what, _REMEDY)
