"""What the job asks of a calendar, whoever keeps it.

`tests/contract/test_calendars.py` is the law: every provider passes it.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from scheduler.meetings import CalendarReading, Invitation
from scheduler.people import Person
from scheduler.timespans import Span


class Written(StrEnum):
    """What a write found; a failure is raised instead (`WriteFailed`)."""

    DONE = "done"
    ALREADY_SO = "already_so"
    DELETED = "deleted"


class ReadableCalendar(Protocol):
    """A calendar that can be read."""

    def read(self, person: Person, window: Span, about: Collection[str] | None = None) -> CalendarReading:
        """Return what is in the person's calendar; raise CalendarUnreadable if it can't be read.

        With `about` only what concerns these addresses, and absences, need be in it; there may be more.
        """
        ...


class WritableCalendar(ReadableCalendar, Protocol):
    """A calendar in which series can be created, and those that we created can be changed.

    Every write may be repeated: a second one meets the first and says `ALREADY_SO`. A series that
    a person deleted or cancelled is not brought back: `DELETED`. Writing raises WriteFailed and
    leaves what was there before whole. Series without our mark are never touched.
    """

    def create(self, invitation: Invitation, *, notify: bool = True) -> Written:
        """Put the series into the organizer's calendar, and invite the attendee; by mail, if mails are sent, where `notify`."""
        ...

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
        """End our series: nothing of it takes place at or after `at`; the attendee hears of it where `notify`."""
        ...

    def attach(self, organizer: Person, attendee: Person, uid: str, link: str, stamped: datetime) -> Written:
        """Attach the agenda to our series, beside whatever is attached already; nobody gets a mail."""
        ...
