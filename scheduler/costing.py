"""What a cadence costs, team by team: no calendars are read but of those asked about, no more than some teams' time is held at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from scheduler.cadence.results import PairCoverage
from scheduler.cadence.windows import report_window
from scheduler.capacity.costs import team_cost
from scheduler.capacity.results import CapacityReport, TeamCost
from scheduler.capacity.what_if import WhatIf
from scheduler.checking import Checking
from scheduler.config import Config
from scheduler.errors import Problem
from scheduler.looking import Look, Progress
from scheduler.memory import Memory
from scheduler.planning.situation import Situation

_AT_ONCE = 200  # pairs; free/busy is asked for fifty people a request
_TRYING = "trying whether it fits"
Team = tuple[PairCoverage, ...]


class Costing:
    """The way to read what an answer needs; nothing is written or kept."""

    def __init__(self, config: Config, look: Look, memory: Memory, now: datetime, progress: Progress) -> None:
        """Have read nothing yet."""
        self._config = config
        self._look = look
        self._memory = memory
        self._now = now
        self._progress = progress

    def report(self, managers: Collection[str], what_if: WhatIf | None) -> CapacityReport:
        """Return what the 1-2-1s of these managers, by address, cost; those whom it binds come first."""
        found = self._found(managers)
        teams = found.teams(managers)
        costs: list[TeamCost] = []
        unread: dict[str, Problem] = {}
        for some in _batches(teams):
            self._progress(_TRYING, len(costs), len(teams))
            known = self._timed(found, some)
            costs += (team_cost(team, found.around(team), known, what_if) for team in some)
            unread |= {email: p for email, p in known.evidence.unreadable.items() if email in _people(some)}
        self._progress(_TRYING, len(teams), len(teams))
        return CapacityReport(
            generated_at=self._now,
            window=report_window(self._config.settings, self._now),
            what_if=what_if,
            teams=tuple(sorted(costs, key=lambda cost: cost.order)),
            problems=tuple(dict.fromkeys(unread[email] for email in sorted(unread))),
        )

    def _found(self, managers: Collection[str]) -> "_Found":
        """Read and check the pairs of these managers, and all others in which any of their people are."""
        roster, settings = self._config.roster, self._config.settings
        pairs = roster.pairs(self._now.date())
        people = {email for pair in pairs if pair.manager.email in managers for email in pair.key}
        near = tuple(pair for pair in pairs if not people.isdisjoint(pair.key))
        checking = Checking(self._config, self._look, self._memory, self._now)
        coverages = checking.everybody().pairs if len(near) == len(pairs) else checking.closely(near)
        known = Situation(
            evidence=checking.evidence,
            roster=roster,
            memory=self._memory,
            settings=settings,
            now=self._now,
        )
        return _Found(known, coverages)

    def _timed(self, found: "_Found", teams: Sequence[Team]) -> Situation:
        """Return what is known of these people and of those they meet, with when these people are taken."""
        known = found.known_of(teams)
        people = (p for team in teams for c in team for p in (c.pair.manager, c.pair.report))
        untimed = known.untimed(*people)
        return known.with_evidence(self._look.times(known.evidence, untimed)) if untimed else known


class _Found:
    """How the pairs stand, and what is known of their people."""

    def __init__(self, known: Situation, coverages: Sequence[PairCoverage]) -> None:
        self._known = known
        self._coverages = coverages
        self._pairs_of: dict[str, list[PairCoverage]] = {}
        for coverage in coverages:
            for email in coverage.pair.key:
                self._pairs_of.setdefault(email, []).append(coverage)

    def teams(self, managers: Collection[str]) -> list[Team]:
        """Return the pairs of each of these managers."""
        by_manager = groupby(self._coverages, key=lambda coverage: coverage.pair.manager.email)
        return [tuple(pairs) for manager, pairs in by_manager if manager in managers]

    def around(self, *teams: Team) -> tuple[PairCoverage, ...]:
        """Return all pairs in which anybody of these teams is, theirs included."""
        of = self._pairs_of
        found: Mapping[tuple[str, str], PairCoverage] = {
            c.pair.key: c for email in sorted(_people(teams)) for c in of[email]
        }
        return tuple(found.values())

    def known_of(self, teams: Sequence[Team]) -> Situation:
        """Return what is known of these people, and of those they meet; what is remembered of nobody else."""
        around = self.around(*teams)
        people = frozenset(email for coverage in around for email in coverage.pair.key)
        made = (series for coverage in around for series in self._known.made.get(coverage.pair.key, ()))
        return replace(
            self._known,
            evidence=self._known.evidence.of(people),
            memory=replace(self._known.memory, series=tuple(made)),
        )


def _people(teams: Sequence[Team]) -> frozenset[str]:
    return frozenset(email for team in teams for coverage in team for email in coverage.pair.key)


def _batches(teams: Sequence[Team]) -> Iterator[tuple[Team, ...]]:
    """Yield the teams some at a time, in their order."""
    some: list[Team] = []
    for team in teams:
        some.append(team)
        if sum(map(len, some)) >= _AT_ONCE:
            yield tuple(some)
            some = []
    if some:
        yield tuple(some)
