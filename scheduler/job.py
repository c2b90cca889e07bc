"""The scheduled job, from top to bottom.

    config + roster ─┐
                     ├─► find ─► decide ─► carry out ─► find again ─► report, ICS
    calendars ───────┘

Open this file first. Each phase is one method that calls one room; what happens between the calendars
that are read and the changes that are made is pure. A run that is killed anywhere can be run again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scheduler.agendas import Agendas
from scheduler.cadence.coverage import check_everyone
from scheduler.cadence.results import GapReport
from scheduler.cadence.window import reading_window
from scheduler.calendars.gather import read_everyone
from scheduler.calendars.registry import Calendars
from scheduler.config import Config
from scheduler.exports import write_exports
from scheduler.leftovers import write_gap_report
from scheduler.lock import single_run
from scheduler.meetings import Evidence
from scheduler.memory import Memory
from scheduler.planning.apply import Ports, apply_plan
from scheduler.planning.changes import Applied, Outcome, Plan
from scheduler.planning.limits import ensure_safe
from scheduler.planning.planner import make_plan
from scheduler.state.store import Store, open_memory

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Findings:
    """What is remembered, what the calendars hold, and what the check says of it."""

    memory: Memory
    evidence: Evidence
    gaps: GapReport


@dataclass(frozen=True, slots=True)
class Result:
    """A whole run: how things stood, what was planned, what became of it, how things stand now."""

    before: Findings
    plan: Plan
    applied: tuple[Applied, ...]
    after: Findings
    written: tuple[Path, ...]

    @property
    def complete(self) -> bool:
        """Say whether every calendar was read and no change failed."""
        failed = any(applied.outcome is Outcome.FAILED for applied in self.applied)
        return not failed and not self.before.evidence.unreadable


class Job:
    """The phases of a run over one config, at one moment."""

    def __init__(self, config: Config, now: datetime, progress: Progress) -> None:
        self.config = config
        self.now = now
        self._progress = progress
        self._calendars = Calendars(config.settings)
        self._agendas = Agendas(config, now)

    def find(self) -> Findings:
        """Read what is remembered and everybody's calendar, and check every pair's cadence."""
        settings, roster = self.config.settings, self.config.roster
        memory = open_memory(settings.job.state)
        window = reading_window(settings, roster, self.now)
        evidence = read_everyone(self._calendars, roster.people.values(), window, progress=self._progress)
        gaps = check_everyone(roster, evidence, settings, memory, self.now)
        return Findings(memory, evidence, gaps)

    def decide(self, found: Findings) -> Plan:
        """Turn gaps into a plan: what to create, end, attach and write, and why."""
        settings, roster = self.config.settings, self.config.roster
        written = self._agendas.already_written(found.gaps)
        return make_plan(found.gaps, found.evidence, roster, settings, found.memory, written, self.now)

    def carry_out(self, plan: Plan, found: Findings, *, large_allowed: bool) -> tuple[Applied, ...]:
        """Make the changes, one outcome each; raise PastLimit before the first where they are too many."""
        settings, roster = self.config.settings, self.config.roster
        ensure_safe(plan, found.memory, settings, allowed=large_allowed)
        store = Store(settings.job.state)
        ports = Ports(self._calendars, self._agendas.with_store(store), store)
        return apply_plan(plan, ports, roster, settings, found, self.now)

    def run(self, *, large_allowed: bool = False) -> Result:
        """Do the whole job; raise AnotherRun where one is under way already."""
        with single_run(self.config.settings.job.state):
            before = self.find()
            plan = self.decide(before)
            applied = self.carry_out(plan, before, large_allowed=large_allowed)
            after = self.find() if applied else before
            written = (*write_exports(self.config, after, self.now), *write_gap_report(self.config, after.gaps))
        return Result(before, plan, applied, after, written)
