"""What a cadence costs, team by team: no more than some teams' time is held at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from scheduler.cadence.results import PairCoverage
from scheduler.capacity.costs import team_cost
from scheduler.capacity.results import CapacityReport, TeamCost
from scheduler.capacity.what_if import WhatIf
from scheduler.errors import Problem
from scheduler.findings import Findings
from scheduler.looking import Look, Progress
from scheduler.planning.situation import Situation

_AT_ONCE = 200  # pairs; free/busy is asked for fifty people a request
_TRYING = "trying whether it fits"
Team = tuple[PairCoverage, ...]


class Costing:
    """What was found, and the way to read when people are taken; nothing is written or kept."""

    def __init__(self, found: Findings, look: Look, progress: Progress) -> None:
        """Know who stands in which pairs."""
        self._found = found
        self._look = look
        self._progress = progress
        self._pairs_of: dict[str, list[PairCoverage]] = {}
        for coverage in found.gaps.pairs:
            for email in coverage.pair.key:
                self._pairs_of.setdefault(email, []).append(coverage)

    def report(self, managers: Collection[str], what_if: WhatIf | None) -> CapacityReport:
        """Return what the 1-2-1s of these managers, by address, cost; those whom it binds come first."""
        teams = [
            tuple(pairs)
            for manager, pairs in groupby(self._found.gaps.pairs, key=lambda c: c.pair.manager.email)
            if manager in managers
        ]
        costs: list[TeamCost] = []
        unread: dict[str, Problem] = {}
        for some in _batches(teams):
            self._progress(_TRYING, len(costs), len(teams))
            known = self._known(some)
            costs += (team_cost(team, self._around(team), known, what_if) for team in some)
            unread |= {email: p for email, p in known.evidence.unreadable.items() if email in _people(some)}
        self._progress(_TRYING, len(teams), len(teams))
        return CapacityReport(
            generated_at=self._found.known.now,
            window=self._found.gaps.window,
            what_if=what_if,
            teams=tuple(sorted(costs, key=lambda cost: cost.order)),
            problems=tuple(dict.fromkeys(unread[email] for email in sorted(unread))),
        )

    def _known(self, teams: Sequence[Team]) -> Situation:
        """Return what is known of these people and of those they meet, with when these people are taken."""
        known = self._found.known
        people = _people(teams)
        near = people | {email for one in people for c in self._pairs_of[one] for email in c.pair.key}
        evidence = known.evidence.of(near)
        evidence = self._look.times(evidence, people & evidence.readings.keys())
        made = (series for pair in self._keys(people) for series in known.made.get(pair, ()))
        return replace(known, evidence=evidence, memory=replace(known.memory, series=tuple(made)))

    def _around(self, team: Team) -> tuple[PairCoverage, ...]:
        found = {c.pair.key: c for email in sorted(_people([team])) for c in self._pairs_of[email]}
        return tuple(found.values())

    def _keys(self, people: Collection[str]) -> Mapping[tuple[str, str], None]:
        return {c.pair.key: None for email in sorted(people) for c in self._pairs_of[email]}


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
