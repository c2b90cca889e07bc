"""The calendar folder as a provider: .ics files and vdirs, read and written."""

from pathlib import Path

from scheduler.calendars.places import Place, place_of, scanned
from scheduler.calendars.reading import reading_of
from scheduler.errors import Problem
from scheduler.meetings import CalendarReading
from scheduler.people import Person
from scheduler.timespans import Span


class FolderCalendar:
    """The calendars in one folder: `<email>.ics`, or `<email>/*.ics`, or the path in a person's own `calendar`."""

    def __init__(self, root: Path) -> None:
        """Look for calendars below `root`, an absolute path."""
        self._root = root

    def read(self, person: Person, window: Span) -> CalendarReading:
        """Return what is in the person's calendar; raise CalendarUnreadable if any file of it can't be read."""
        place = place_of(self._root, person)
        return reading_of(scanned(place), person, window, self._warnings(place, person))

    def _warnings(self, place: Place, person: Person) -> tuple[Problem, ...]:
        if not place.shared_by_two:
            return ()
        names = ", ".join(path.name for path in (*place.files, *place.vdirs))
        what = f"{names} are all calendars of {person.email}; they were read together, as one"
        return (Problem(str(self._root), what, "keep one of them"),)
