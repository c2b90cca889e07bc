"""What a run found and did, as plain data."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.cadence.results import GapReport
from scheduler.errors import Problem
from scheduler.planning.changes import Applied, Plan
from scheduler.planning.situation import Situation


@dataclass(frozen=True, slots=True)
class Findings:
    """All that is known of how things stand, and the gap report that follows from it."""

    known: Situation
    gaps: GapReport


@dataclass(frozen=True, slots=True)
class Result:
    """A whole run: how things stood, what was planned, what became of it, how things stand now.

    `troubles` are what could not be left behind: exports or report pages.
    """

    before: Findings
    plan: Plan
    applied: tuple[Applied, ...]
    after: Findings
    troubles: tuple[Problem, ...] = ()

    @property
    def failures(self) -> tuple[Problem, ...]:
        """What was not done: changes that failed, agendas that could not be read, and what could not be left behind."""
        return (*not_done(self.before, self.applied), *self.troubles)

    @property
    def complete(self) -> bool:
        """Say whether every calendar was read, no change failed, and everything was left behind."""
        return not (self.failures or self.before.known.evidence.unreadable)


def not_done(found: Findings, applied: Iterable[Applied]) -> tuple[Problem, ...]:
    """Return why changes failed, and why agendas that were due could not be thought of."""
    failed = (one.problem for one in applied)
    return (*(problem for problem in failed if problem is not None), *found.known.agendas.unreadable.values())
