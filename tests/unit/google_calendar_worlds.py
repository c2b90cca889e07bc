"""Google's calendars as one run after another reads and writes them, against the fake."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.calendars.google.provider import GoogleCalendar
from scheduler.hours import WorkingHours
from scheduler.meetings import CalendarReading
from scheduler.people import CalendarSource, Person
from scheduler.settings import GoogleSettings
from scheduler.state.mirror import Mirror
from scheduler.state.mirror_file import FILE_NAME, MirrorFile
from scheduler.timespans import Span
from tests.fake_google.fake import NOW, FakeGoogle
from tests.unit.fake_google_worlds import ANN, BO, CY, Client
from tests.unit.google_calendar_builders import KNOWN

WEEKS = timedelta(weeks=1)
LIST = "calendar.events.list"


def member(
    email: str, zone: str = "Europe/London", manager: str | None = None, *, hours: str = "Mon-Fri 09:00-17:00"
) -> Person:
    """Return somebody whose calendar is Google's."""
    return Person(
        email=email,
        name=email.partition("@")[0].title(),
        tz=ZoneInfo(zone),
        hours=WorkingHours.parse(hours),
        calendar=CalendarSource("google"),
        manager=manager,
        aliases=frozenset({"ann.archer@example.com"}) if email == ANN else frozenset(),
    )


PEOPLE = {
    ANN: member(ANN),
    BO: member(BO, "Europe/Berlin", ANN),
    CY: member(CY, "America/New_York", ANN),
}


@dataclass
class Nights:
    """Runs on one folder: each opens the mirror, reads or writes, and stores it."""

    fake: FakeGoogle
    client: Client
    root: Path
    settings: GoogleSettings = field(default_factory=GoogleSettings)

    @contextmanager
    def run(self, now: datetime = NOW) -> Iterator[GoogleCalendar]:
        """Give the calendars as one run has them."""
        with Mirror(MirrorFile(self.root)) as mirror:
            yield GoogleCalendar(self.client.google, mirror, self.settings, now, KNOWN)

    def read(self, now: datetime = NOW, *, back: int = 12, owner: str = ANN) -> CalendarReading:
        """Return what one run reads of a calendar: so many weeks back, and twelve ahead."""
        with self.run(now) as calendars:
            return calendars.read(PEOPLE[owner], around(now, back))

    def whole(self, now: datetime = NOW, *, owner: str = ANN) -> CalendarReading:
        """Return what somebody reads who keeps no mirror, as none can be kept there."""
        with Mirror(MirrorFile(Path(os.devnull))) as mirror:
            calendars = GoogleCalendar(self.client.google, mirror, self.settings, now, KNOWN)
            return calendars.read(PEOPLE[owner], around(now))

    @property
    def mirror(self) -> Path:
        """Return where the mirror is kept."""
        return self.root / FILE_NAME

    def asked(self, method: str = LIST) -> int:
        """Return how many requests of a method there were since this was last asked."""
        found = self.fake.log.count(method)
        self.fake.log.clear()
        return found


def around(now: datetime, back: int = 12) -> Span:
    """Return so many weeks before a moment, and twelve after it."""
    return Span(now - back * WEEKS, now + 12 * WEEKS)
