"""Reading and checking team by team, so that no more of a calendar is held than planning needs of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice

from scheduler.cadence.coverage import check_pairs, gap_report, needed_for
from scheduler.cadence.results import GapReport, PairCoverage
from scheduler.cadence.windows import report_window
from scheduler.cadence.wishes import absences_wanted
from scheduler.config import Config
from scheduler.looking import Look
from scheduler.meetings import Detail, Evidence
from scheduler.memory import Memory
from scheduler.people import Pair
from scheduler.planning.noticing import noticed
from scheduler.planning.situation import PairKey, Situation

_AT_ONCE = 400  # pairs; fifty managers or so


class Checking:
    """How everybody stands, as far as they have been looked at: the evidence that planning needs, and the verdicts."""

    def __init__(self, config: Config, look: Look, memory: Memory, now: datetime) -> None:
        """Know nothing yet."""
        self._config = config
        self._look = look
        self._memory = memory
        self._now = now
        self._pairs = config.roster.pairs(now.date())
        self._found: dict[PairKey, PairCoverage] = {}
        self.evidence = Evidence({}, {})

    def everybody(self) -> GapReport:
        """Read and check everybody."""
        self._look.freshen()
        self._check(self._pairs, frozenset())
        rest = (
            frozenset(self._config.roster.people)
            - self.evidence.readings.keys()
            - self.evidence.unreadable.keys()
        )
        if rest:
            self.evidence = self.evidence.with_newer(self._held(self._look.everybody(self._memory, rest)))
        return self._with_absences()

    def only(self, pairs: tuple[Pair, ...]) -> tuple[PairCoverage, ...]:
        """Read and check these pairs alone; absences in calendars that the check does not ask for are left out."""
        self._check(pairs, frozenset())
        return tuple(self._found[pair.key] for pair in pairs)

    def closely(self, pairs: tuple[Pair, ...]) -> tuple[PairCoverage, ...]:
        """Read and check these pairs alone, and whose absence matters to them as for everybody."""
        window = report_window(self._config.settings, self._now)
        found = GapReport(generated_at=self._now, window=window, pairs=self.only(pairs))
        absent = absences_wanted(found, self.evidence)
        if absent:
            self.evidence = self._look.times(self.evidence, absent)
            self._check(tuple(pair for pair in pairs if not absent.isdisjoint(pair.key)), frozenset())
        return tuple(self._found[pair.key] for pair in pairs)

    def again(
        self, before: Evidence, pairs: Mapping[PairKey, PairCoverage], changed: frozenset[str]
    ) -> GapReport:
        """Take over what was found before; read what `changed` since, and check those pairs again."""
        self._look.freshen()
        self.evidence = before
        self._found = dict(pairs)
        in_pairs = {person.email for pair in self._pairs for person in (pair.manager, pair.report)}
        others = changed & self._config.roster.people.keys() - in_pairs
        if others:
            self.evidence = self.evidence.with_newer(self._held(self._look.everybody(self._memory, others)))
        self._check(self._with(changed), changed)
        return self._with_absences()

    def _with_absences(self) -> GapReport:
        """Look at when those are taken whose absence matters, check them again, and return how everybody stands."""
        report = self._report()
        absent = absences_wanted(report, self.evidence)
        if absent:
            self.evidence = self._look.times(self.evidence, absent)
            self._check(self._with(absent), frozenset())
            report = self._report()
        return report

    def _report(self) -> GapReport:
        config = self._config
        return gap_report(self._found, self.evidence, config.roster, config.settings, self._now)

    def _with(self, people: frozenset[str]) -> tuple[Pair, ...]:
        return tuple(pair for pair in self._pairs if not people.isdisjoint(pair.key))

    def _check(self, pairs: tuple[Pair, ...], changed: frozenset[str]) -> None:
        """Check these pairs, some at a time, on what is known of their people or is read now."""
        roster, settings = self._config.roster, self._config.settings
        for some in _teams(pairs, _AT_ONCE):
            people = needed_for(some, roster, self._memory)
            missing = frozenset(email for email in people if email in changed or self._is_missing(email))
            seen = self.evidence.of(people)
            if missing:
                seen = seen.with_newer(self._look.everybody(self._memory, missing))
            known = Situation(
                evidence=seen, roster=roster, memory=self._memory, settings=settings, now=self._now
            )
            memory = noticed(known).added_to(self._memory)
            self._found |= check_pairs(some, seen, roster, settings, memory, self._now)
            self.evidence = self.evidence.with_newer(self._held(seen))

    def _is_missing(self, email: str) -> bool:
        """Say whether it was not read yet, or no more of it is held than planning needs."""
        reading = self.evidence.readings.get(email)
        if reading is None:
            return email not in self.evidence.unreadable
        return reading.detail is Detail.SERIES

    def _held(self, seen: Evidence) -> Evidence:
        return seen.checked(frozenset(made.uid for made in self._memory.series))


def _teams(pairs: tuple[Pair, ...], size: int) -> Iterator[tuple[Pair, ...]]:
    """Yield the pairs some at a time, in their order; whose manager is the same are together."""
    rest = iter(pairs)
    some = list(islice(rest, size))
    for pair in rest:
        if pair.manager.email != some[-1].manager.email and len(some) >= size:
            yield tuple(some)
            some = []
        some.append(pair)
    if some:
        yield tuple(some)
