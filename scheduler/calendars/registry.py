"""Everybody's calendar under one roof: each call goes to the provider that keeps that person's."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.calendars.folder import FolderCalendar
from scheduler.calendars.interface import WritableCalendar, Written
from scheduler.calendars.mirrored import MirroredFiles, Progress
from scheduler.errors import CalendarUnreadable, Problem, WriteFailed
from scheduler.meetings import CalendarReading, Evidence, Invitation
from scheduler.people import Person
from scheduler.settings import GoogleSettings, Settings
from scheduler.state.held_back import HeldBack
from scheduler.state.mirror import Mirror
from scheduler.state.mirror_file import MirrorFile, MirrorLost
from scheduler.timespans import Span

if TYPE_CHECKING:  # these need libraries that a base install lacks
    from scheduler.calendars.google.provider import GoogleCalendar
    from scheduler.google.client import Google

_REMEDY = "use provider 'folder', with .ics files that a synchroniser such as vdirsyncer keeps up to date"


class Calendars:
    """The calendars of everybody on the roster, routed by each person's provider."""

    def __init__(
        self,
        settings: Settings,
        google: "Google | None" = None,
        now: datetime | None = None,
        known: Iterable[str] = (),
    ) -> None:
        """Set up the providers that the config names; nothing is opened yet. Google's needs `google` and `now`.

        `known` are the addresses that are told again as they are, of people in others' calendars.
        """
        root = settings.calendars.path if settings.calendars.path is not None else settings.directory
        self._mirror = MirrorFile(settings.job.state, begins=google is not None)
        self._files = HeldBack(self._mirror)
        self._folder = FolderCalendar(Path(root), MirroredFiles(self._files, known))
        self._providers: dict[str, WritableCalendar] = {"folder": self._folder}
        self._google: GoogleCalendar | None = None
        self._now = now
        self._read: set[str] = set()
        self.threads = settings.google.threads if settings.google is not None else 1
        if google is not None and now is not None:
            self._google = _google_calendar(google, Mirror(self._mirror), settings, now, known)
            self._providers["google"] = self._google

    def waits(self, person: Person) -> bool:
        """Say whether reading the person's calendar is mostly waiting: several are then read at once."""
        return person.calendar.provider == "google"

    def freshen(
        self, people: Iterable[Person], window: Span, progress: Progress = lambda _done, _of: None
    ) -> None:
        """Have the mirror know those calendars that are files as they are now; `progress` hears of how many it does, and of how many."""
        files = [person for person in people if self._providers.get(person.calendar.provider) is self._folder]
        self._folder.freshen(files, window, progress)

    def keep(self, people: Collection[str]) -> None:
        """Let the next run have what is read of files; until then it is held aside. Of anybody else than `people` nothing is kept."""
        self._files.keep(people)
        with suppress(MirrorLost):
            Mirror(self._mirror).keep_only(people)

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

    def read_times(
        self, people: Iterable[Person], window: Span, known: Evidence, about: Mapping[str, Collection[str]]
    ) -> Evidence:
        """Return when these people are taken: of calendars read in this run already without asking again.

        Of meetings in files that none of `about` is in, by whose calendar it is, no more is told than the time they
        take from now on.
        """
        readings: dict[str, CalendarReading] = {}
        unreadable: dict[str, Problem] = {}
        unknown: list[Person] = []
        for person in people:
            before = known.readings.get(person.email)
            try:
                if before is None:
                    continue
                if self._providers.get(person.calendar.provider) is self._folder:
                    rest = Span(self._now or window.start, before.window.end)
                    wanted = about.get(person.email, ())
                    readings[person.email] = self._folder.read(person, before.window, wanted, rest)
                elif self._google is None:
                    unreadable[person.email] = _not_yet(person)
                elif before.detail.tells_series:
                    readings[person.email] = self._google.read(person, before.window, again=False)
                else:
                    unknown.append(person)
            except CalendarUnreadable as error:
                unreadable[person.email] = error.problems[0]
        busy = self._google.read_busy(unknown, window) if unknown and self._google else Evidence({}, {})
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
        """Keep what was read, so that the next run reads what changed."""
        self._mirror.close()

    def _writable(self, organizer: Person, attendee: Person) -> WritableCalendar:
        self._read -= {organizer.email, attendee.email}
        provider = self._providers.get(organizer.calendar.provider)
        if provider is None:
            raise WriteFailed(_not_yet(organizer))
        return provider


def _google_calendar(
    google: "Google", mirror: Mirror, settings: Settings, now: datetime, known: Iterable[str]
) -> "GoogleCalendar":
    from scheduler.calendars.google.provider import GoogleCalendar  # noqa: PLC0415 - needs the libraries

    return GoogleCalendar(google, mirror, settings.google or GoogleSettings(), now, known)


def _not_yet(person: Person) -> Problem:
    if person.calendar.provider == "google":
        what, remedy = (
            "the config does not say how Google is reached",
            "add [google] with credentials (docs/google.md)",
        )
        return Problem(f"the calendar of {person.email}", what, remedy)
    what = f"calendars of provider {person.calendar.provider!r} can't be reached by this version"
    return Problem(f"the calendar of {person.email}", what, _REMEDY)
