"""Reading everybody: one calendar that can't be read costs its own row, never the run."""

import logging
from collections.abc import Callable, Iterable

from scheduler.calendars.interface import ReadableCalendar
from scheduler.calendars.places import NoCalendarOfTheirs
from scheduler.errors import CalendarUnreadable, Problem
from scheduler.meetings import CalendarReading, Evidence
from scheduler.people import Person
from scheduler.timespans import Span

_log = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]


def read_everyone(
    calendars: ReadableCalendar,
    people: Iterable[Person],
    window: Span,
    *,
    progress: Progress = lambda _what, _done, _of: None,
) -> Evidence:
    """Return a reading or a problem for each person, in half-open `window`.

    Where a folder holds no calendar of anybody, everybody gets the same one problem. `progress` is told what is
    being done, how many are done, and of how many.
    """
    everyone = list(people)
    readings: dict[str, CalendarReading] = {}
    errors: dict[str, CalendarUnreadable] = {}
    for done, person in enumerate(everyone):
        progress("reading calendars", done, len(everyone))
        try:
            readings[person.email] = calendars.read(person, window)
        except CalendarUnreadable as error:
            errors[person.email] = error
        except Exception as error:  # noqa: BLE001 - whatever goes wrong with one calendar, the others are read
            _log.debug("the calendar of %s can't be read", person.email, exc_info=True)
            errors[person.email] = _unexpected(person, error)
    progress("reading calendars", len(everyone), len(everyone))
    return Evidence(readings, _problems(errors, readings))


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
