"""Looking at calendars for the job: everybody's at first, those that were changed again, and when people are taken."""

from collections.abc import Callable, Mapping
from datetime import datetime

from scheduler.cadence.windows import reading_window, report_window
from scheduler.cadence.wishes import wishes
from scheduler.calendars.gather import read_everyone
from scheduler.calendars.registry import Calendars
from scheduler.config import Config
from scheduler.meetings import Detail, Evidence, Wish
from scheduler.memory import Memory

Progress = Callable[[str, int, int], None]
_FILES = "reading calendar files"


class Look:
    """What one run reads of calendars; each answer has a reading or a problem for everybody."""

    def __init__(self, config: Config, calendars: Calendars, now: datetime, progress: Progress) -> None:
        """Look through these calendars, in the windows around `now`."""
        self._config = config
        self._calendars = calendars
        self._now = now
        self._progress = progress
        self._done = 0
        self._wished: Mapping[str, Wish] = {}

    def freshen(self) -> None:
        """Have the mirror know every calendar in a file as it is now, so that reading it costs little."""
        window = reading_window(self._config.settings, self._config.roster, self._now)
        everyone = self._config.roster.people.values()

        def progress(done: int, of: int) -> None:
            self._progress(_FILES, done, of)

        self._calendars.freshen(everyone, window, progress)
        self._calendars.store()

    def everybody(self, memory: Memory, only: frozenset[str] | None = None) -> Evidence:
        """Read everybody's calendar, or only these people's; one that can't be read is a problem, and no more than that."""
        roster = self._config.roster
        people = [p for p in roster.people.values() if only is None or p.email in only]
        self._wished = wishes(roster, self._config.settings, memory)
        window = reading_window(self._config.settings, roster, self._now)
        before, everyone = self._done, len(roster.people)
        self._done += len(people)

        def progress(what: str, done: int, _of: int) -> None:
            self._progress(what, min(before + done, everyone), everyone)

        found = read_everyone(self._calendars, people, window, self._wished, progress=progress)
        self._calendars.store()  # at once: whoever runs beside us is not to wait for a lock until we are done
        return found

    def everything(self) -> Evidence:
        """Read everybody's calendar, and of reports whose calendar the check does not ask for when they are taken."""
        seen = self.everybody(Memory())
        reports = (pair.report.email for pair in self._config.roster.pairs(self._now.date()))
        readings = (seen.readings.get(email) for email in reports)
        unasked = frozenset(r.owner for r in readings if r is not None and r.detail is Detail.NOTHING)
        return self.times(seen, unasked) if unasked else seen

    def times(self, evidence: Evidence, addresses: frozenset[str]) -> Evidence:
        """Return the evidence with when these people are taken."""
        people = [self._config.roster.people[address] for address in sorted(addresses)]
        window = report_window(self._config.settings, self._now)
        about = {email: wish.about for email, wish in self._wished.items()}
        return evidence.with_newer(self._calendars.read_times(people, window, evidence, about))
