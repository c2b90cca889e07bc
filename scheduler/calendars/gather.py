"""Reading everybody: one calendar that can't be read costs its own row, never the run."""

import logging
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from types import MappingProxyType
from typing import Protocol

from scheduler.calendars.interface import ReadableCalendar
from scheduler.calendars.places import NoCalendarOfTheirs
from scheduler.errors import CalendarUnreadable, Problem
from scheduler.meetings import CalendarReading, Detail, Evidence, Wish
from scheduler.people import Person
from scheduler.several import several_at_once
from scheduler.timespans import Span

_log = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]
_READING = "reading calendars"
_IN_FULL: Mapping[str, Wish] = MappingProxyType({})


class GatheredCalendars(ReadableCalendar, Protocol):
    """Calendars of several people: which of them are waited for, and how many of these are read at once."""

    @property
    def threads(self) -> int:
        """How many are read at once."""
        ...

    def waits(self, person: Person) -> bool:
        """Say whether reading this person's calendar is mostly waiting."""
        ...


def read_everyone(
    calendars: GatheredCalendars,
    people: Iterable[Person],
    window: Span,
    wishes: Mapping[str, Wish] = _IN_FULL,
    *,
    progress: Progress = lambda _what, _done, _of: None,
) -> Evidence:
    """Return a reading or a problem for each person, in half-open `window`, in as much detail as is wished.

    Calendars that are waited for are read several at once. Where a folder holds no calendar of anybody, everybody
    gets the same one problem. `progress` is told what is being done, how many are done, and of how many.
    """
    everyone = list(people)
    round_ = _Round(calendars, window, wishes, len(everyone), progress)
    asked = [person for person in everyone if not round_.unasked(person)]
    here = [person for person in asked if not calendars.waits(person)]
    there = [person for person in asked if calendars.waits(person)]
    several_at_once(round_.read, here, 1)
    several_at_once(round_.read, there, calendars.threads)
    progress(_READING, len(everyone), len(everyone))
    order = [person.email for person in everyone]
    readings = {email: round_.readings[email] for email in order if email in round_.readings}
    errors = {email: round_.errors[email] for email in order if email in round_.errors}
    return Evidence(readings, _problems(errors, readings))


class _Round:
    """One reading of everybody; several threads may read at once."""

    def __init__(
        self,
        calendars: GatheredCalendars,
        window: Span,
        wishes: Mapping[str, Wish],
        of: int,
        progress: Progress,
    ) -> None:
        self.readings: dict[str, CalendarReading] = {}
        self.errors: dict[str, CalendarUnreadable] = {}
        self._calendars = calendars
        self._window = window
        self._wishes = wishes
        self._of = of
        self._progress = progress
        self._lock = Lock()

    def unasked(self, person: Person) -> bool:
        """Say whether nothing of it is wished for; it then counts as read, in no detail."""
        if self._wishes.get(person.email, Wish()).detail is not Detail.NOTHING:
            return False
        self.readings[person.email] = CalendarReading(
            owner=person.email, window=self._window, detail=Detail.NOTHING
        )
        return True

    def read(self, person: Person) -> None:
        with self._lock:
            self._progress(_READING, len(self.readings) + len(self.errors), self._of)
        wish = self._wishes.get(person.email, Wish())
        about = None if wish.detail is Detail.FULL else wish.about
        try:
            self.readings[person.email] = self._calendars.read(person, self._window, about)
        except CalendarUnreadable as error:
            self.errors[person.email] = error
        except Exception as error:  # noqa: BLE001 - whatever goes wrong with one calendar, the others are read
            _log.debug("the calendar of %s can't be read", person.email, exc_info=True)
            self.errors[person.email] = _unexpected(person, error)


def _unexpected(person: Person, error: Exception) -> CalendarUnreadable:
    where = f"the calendar of {person.email}"
    what = f"it can't be read, for a reason that this program did not foresee ({type(error).__name__})"
    return CalendarUnreadable(Problem(where, what, "--verbose shows where; please report it as a bug"))


def _problems(
    errors: dict[str, CalendarUnreadable], readings: dict[str, CalendarReading]
) -> dict[str, Problem]:
    missing = {email: error for email, error in errors.items() if isinstance(error, NoCalendarOfTheirs)}
    folders = {error.folder for error in missing.values()}
    together: Problem | None = None
    if len(missing) > 1 and len(folders) == 1 and not readings:
        what = f"no calendar in this folder is named after anybody on the roster ({len(missing)} people)"
        remedy = "name them <email>.ics or <email>/, or correct `path` under [calendars]"
        together = Problem(str(folders.pop()), what, remedy)
    return {
        email: together if together is not None and email in missing else error.problems[0]
        for email, error in errors.items()
    }
