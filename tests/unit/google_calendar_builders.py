"""Ann's calendar at a fake Google, her people, and the provider that reads and writes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import stamina
from google.auth.credentials import Credentials

from scheduler.calendars.google.provider import GoogleCalendar
from scheduler.google.client import Google
from scheduler.google.trouble import SignInFailed
from scheduler.hours import WorkingHours
from scheduler.meetings import Invitation
from scheduler.people import CalendarSource, Person
from scheduler.settings import GoogleSettings
from scheduler.state.mirror import Mirror
from scheduler.state.mirror_file import MirrorFile
from tests.fake_google.fake import NOW, FakeGoogle
from tests.unit import calendars_builders
from tests.unit.fake_google_worlds import ALL, Client, Consented


def person(name: str, zone: str, manager: str | None = None, *, hours: str = "Mon-Fri 09:00-17:30") -> Person:
    """Return somebody whose calendar is at Google; an alias is their name twice."""
    return Person(
        email=f"{name}@example.com",
        name=name.title(),
        tz=ZoneInfo(zone),
        hours=WorkingHours.parse(hours),
        calendar=CalendarSource("google"),
        manager=manager,
        aliases=frozenset({f"{name}.archer@example.com"}) if name == "ann" else frozenset(),
    )


ANN = person("ann", "Europe/London")
BO = person("bo", "Europe/Berlin", ANN.email)
CY = person("cy", "America/New_York", ANN.email)
UID = "onetoone1f0e"
# Whoever is in meetings here is on the roster: of others no more is told than that they are somebody.
KNOWN = frozenset(
    (
        *(f"{name}@example.com" for name in ("ann", "bo", "cy", "di", "ed", "eve", "fay", "ana")),
        *(f"p{number}@example.com" for number in range(60)),
        *("di@elsewhere.example", "ann.archer@example.com", "bo.berg@example.com"),
    )
)


def invitation(organizer: Person = ANN, attendee: Person = BO, **changes: object) -> Invitation:
    """Return a weekly 1-2-1 from Tuesday, 1 December 2026, 10:00 in the organizer's zone, of half an hour."""
    return calendars_builders.invitation(organizer, attendee, **({"uid": UID} | changes))


class SignedInAs(Consented):
    """One person signed in, and nobody else."""

    def __init__(self, fake: FakeGoogle, account: str) -> None:
        """Speak for this address alone."""
        super().__init__(fake, ALL)
        self._account = account

    @property
    def account(self) -> str:
        """Return who signed in."""
        return self._account

    def credentials_for(self, user: str) -> Credentials:
        """Return credentials of whoever signed in; refuse everybody else."""
        if user != self._account:
            msg = f"{self._account} is signed in, not {user}"
            raise SignInFailed(msg, "use a service account")
        return super().credentials_for(user)


@contextmanager
def provider(
    fake: FakeGoogle,
    folder: Path,
    *,
    account: str | None = None,
    now: datetime = NOW,
    settings: GoogleSettings | None = None,
) -> Iterator[GoogleCalendar]:
    """Give one run's way to the calendars, for the whole domain or for one account; nothing is waited for."""
    way = (
        Client(fake).google
        if account is None
        else Google(SignedInAs(fake, account), fake.root, sleep=lambda _: None)
    )
    with Mirror(MirrorFile(folder)) as mirror, stamina.set_testing(testing=True, attempts=7):
        yield GoogleCalendar(way, mirror, settings or GoogleSettings(), now, KNOWN)
    way.close()
