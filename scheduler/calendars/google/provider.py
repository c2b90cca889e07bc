"""Google Calendar as a provider: managers' calendars read in full and kept in a mirror, everybody else's busy times.

A person's calendar is their primary one, reached as that person.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from threading import Lock

from scheduler.calendars.google.busy import read_busy
from scheduler.calendars.google.event import with_addresses
from scheduler.calendars.google.reach import reading_reach, writing_reach
from scheduler.calendars.google.reading import reading_of
from scheduler.calendars.google.sync import sync
from scheduler.calendars.google.writing import Writing
from scheduler.calendars.interface import Written
from scheduler.calendars.veil import Veil
from scheduler.errors import CalendarUnreadable, Problem, WriteFailed
from scheduler.google.client import Google
from scheduler.google.trouble import GoogleError
from scheduler.meetings import CalendarReading, Evidence, Invitation
from scheduler.people import Person
from scheduler.settings import GoogleSettings
from scheduler.state.mirror import Mirror, MirrorLost
from scheduler.timespans import Span

_NEAR = timedelta(weeks=2)
_NOT_SHARED = (
    "use a service account, which reads everybody's, or set full_reports = true under [google] and have it shared "
    "with them (docs/google.md)"
)


class GoogleCalendar:
    """The calendars that one sign-in reaches."""

    def __init__(
        self,
        google: Google,
        mirror: Mirror,
        settings: GoogleSettings,
        now: datetime,
        known: Iterable[str] = (),
    ) -> None:
        """Read through this mirror, at this moment; of people whose addresses are not `known` no more is kept than that they are somebody."""
        self._google = google
        self._mirror = mirror
        self._writing = Writing(google, settings)
        self._now = now
        self._known = frozenset(known)
        self._veils: dict[bytes, Veil] = {}
        self._fresh: set[str] = set()
        self._lock = Lock()

    def read(
        self, person: Person, window: Span, about: Collection[str] | None = None, *, again: bool = True
    ) -> CalendarReading:
        """Return what is in the person's calendar, or with `about` what concerns these addresses.

        One request where it was read before; none where it was read in this run and `again` is false. Raises
        CalendarUnreadable.
        """
        for last_try in (False, True):
            try:
                veil = self._veil()
                if again or person.email not in self._fresh:
                    reach = reading_reach(self._google, person)
                    sync(self._google, self._mirror, reach, window.start, self._now, hide=veil.hide)
                    with self._lock:
                        self._fresh.add(person.email)
                veil.know((*person.addresses, *(about or ())))
                wanted = None if about is None else frozenset(map(veil.hide, about))
                kept = self._mirror.bodies(person.email, window.start, wanted)
                bodies = (with_addresses(body, veil.tell) for body in kept)
                near = None if about is None else Span(self._now - _NEAR, self._now + _NEAR)
                return reading_of(bodies, person, window, near)
            except GoogleError as error:
                raise CalendarUnreadable(self._told(error, person)) from error
            except MirrorLost as lost:
                if last_try:
                    what, remedy = (
                        "what was read of it can't be kept, not even in memory",
                        "the next run tries again",
                    )
                    raise CalendarUnreadable(Problem(_where(person), what, remedy)) from lost
                with self._lock:
                    self._fresh.clear()
        raise AssertionError  # pragma: no cover - the second try returns or raises

    def _told(self, error: GoogleError, person: Person) -> Problem:
        """Say why it can't be read; of another's than the signed-in person's neither scopes nor address are to blame."""
        if error.status in {403, 404} and not (error.passing or error.spent or error.switched_off):
            account = self._google.account
            if account is not None and account not in person.addresses:
                return Problem(_where(person), f"{account} is signed in and may not read it", _NOT_SHARED)
        return error.problem(_where(person))

    def read_busy(self, people: Sequence[Person], window: Span) -> Evidence:
        """Return when each of these people is taken in half-open `window`, or why that is not known."""
        try:
            return read_busy(self._google, people, window)
        except GoogleError as error:
            return Evidence({}, {person.email: error.problem(_where(person)) for person in people})

    def create(self, invitation: Invitation, *, notify: bool = True) -> Written:
        """Put the series into the organizer's calendar; Google invites the attendee. Raises WriteFailed."""
        return self._writing.create(invitation, notify=notify)

    def end(
        self,
        organizer: Person,
        attendee: Person,  # noqa: ARG002 - every provider is asked alike; Google tells the guests
        uid: str,
        at: datetime,
        stamped: datetime,  # noqa: ARG002 - Google stamps it
        *,
        notify: bool = True,
    ) -> Written:
        """End our series: nothing of it takes place at or after `at`. Raises WriteFailed."""
        return self._writing.end(organizer, self._parts(organizer, uid), at, notify=notify)

    def attach(
        self,
        organizer: Person,
        attendee: Person,  # noqa: ARG002 - as above
        uid: str,
        link: str,
        stamped: datetime,  # noqa: ARG002 - as above
    ) -> Written:
        """Attach the agenda to our series, beside what is attached; nobody gets a mail. Raises WriteFailed."""
        return self._writing.attach(organizer, self._parts(organizer, uid), link)

    def _parts(self, organizer: Person, uid: str) -> list[str]:
        """Return the ids of the series: its own, and those of the parts that people split off, as last read."""
        own = uid.removesuffix("@google.com")
        for _ in range(2):
            try:
                return [own, *self._mirror.ids_beginning(organizer.email, f"{own}_R")]
            except MirrorLost:
                self._find_parts(organizer)
        what = "what was read of the calendar can't be kept, so it is not known whether the series was split"
        raise WriteFailed(Problem(_where(organizer), what, "the next run tries again"))

    def _find_parts(self, organizer: Person) -> None:
        """Read the series of a calendar of which nothing is known: what is over already is of no matter."""
        try:
            reach = writing_reach(self._google, organizer)
            sync(self._google, self._mirror, reach, self._now, self._now, hide=self._veil().hide)
        except GoogleError as error:
            raise WriteFailed(error.problem(_where(organizer))) from error

    def _veil(self) -> Veil:
        """Return what hides addresses in the mirror as it is now."""
        with self._lock:
            secret = self._mirror.secret()
            if secret not in self._veils:
                self._veils[secret] = Veil(secret, self._known)
            return self._veils[secret]

    def close(self) -> None:
        """Store what was read."""
        self._mirror.close()


def _where(person: Person) -> str:
    return f"the calendar of {person.email}"
