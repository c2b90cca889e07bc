"""The scheduled job, from top to bottom.

    config + roster ─┐
                     ├─► find ─► decide ─► carry out ─► find again ─► leave behind
    calendars ───────┘

Open this file first. Each phase is one method that calls one room; what happens between the calendars
that are read and the changes that are made is pure. A run that is killed anywhere can be run again.
"""

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from functools import partial

from scheduler.advising import Advising
from scheduler.agendas import Agendas
from scheduler.calendars.registry import Calendars
from scheduler.capacity.results import CapacityReport
from scheduler.capacity.what_if import WhatIf
from scheduler.checking import Checking
from scheduler.config import Config
from scheduler.costing import Costing
from scheduler.errors import OnetooneError, Problem
from scheduler.exports import write_changed, write_exports
from scheduler.findings import Findings, Result
from scheduler.google.opening import open_google
from scheduler.lock import single_run
from scheduler.looking import Look, Progress
from scheduler.meetings import Evidence
from scheduler.memory import PairSeen
from scheduler.people import Pair
from scheduler.planning.apply import Ports, apply_plan
from scheduler.planning.asking import Question
from scheduler.planning.changes import Applied, Plan, touched
from scheduler.planning.limits import ensure_safe
from scheduler.planning.planner import make_plan
from scheduler.planning.situation import Situation
from scheduler.planning.swept import swept_calendars
from scheduler.reports import render_report
from scheduler.slots.advice import Advice
from scheduler.state.store import Store, open_memory


class Job:
    """The phases of a run over one config, at one moment."""

    def __init__(self, config: Config, now: datetime, progress: Progress) -> None:
        self.config = config
        self.now = now
        self._progress = progress
        google = open_google(config.settings) if config.on_google else None
        self._calendars = Calendars(config.settings, google, now, config.roster.addresses)
        self._look = Look(config, self._calendars, now, progress)
        self._agendas = Agendas(config.settings, now, google)

    def find(self, before: Findings | None = None, changed: frozenset[str] = frozenset()) -> Findings:
        """Read what is remembered and everybody's calendar, and check every pair's cadence.

        With what was found `before`, only the calendars that were `changed` since are read again.
        """
        settings = self.config.settings
        memory = open_memory(settings.job.state)
        checking = Checking(self.config, self._look, memory, self.now)
        if before is None:
            gaps = checking.everybody()
        else:
            verdicts = {coverage.pair.key: coverage for coverage in before.gaps.pairs}
            gaps = checking.again(before.known.evidence, verdicts, changed)
        self._calendars.store()
        known = Situation(
            evidence=checking.evidence,
            roster=self.config.roster,
            memory=memory,
            settings=settings,
            now=self.now,
            agendas=self._agendas.standing(gaps, memory),
        )
        return Findings(known, replace(gaps, problems=(*gaps.problems, *swept_calendars(known))))

    def try_everything(self) -> Evidence:
        """Read everybody's calendar, and of reports whose calendar the check does not ask for when they are taken."""
        return self._look.everything()

    def decide(self, found: Findings) -> Plan:
        """Turn gaps into a plan: what to create, end, attach and write, and why.

        Where a time is sought for people of whom it is not known when they are taken, that is read first.
        """
        known = found.known
        plan = make_plan(found.gaps, known)
        while plan.untimed:
            known = known.with_evidence(self._look.times(known.evidence, plan.untimed))
            plan = make_plan(found.gaps, known)
        return plan

    def carry_out(self, plan: Plan, found: Findings, *, large_allowed: bool) -> tuple[Applied, ...]:
        """Make the changes, one outcome each; raise PastLimit before the first where they are too many."""
        ensure_safe(plan, found.known.memory, found.known.settings, allowed=large_allowed)
        self._calendars.keep(self.config.roster.people)
        with Store(self.config.settings.job.state, self.now) as store:
            memory = found.known.memory
            # Where the first run was killed before it noted them, the pairs are as old as the memory.
            first = self.now if memory.pairs_seen else memory.began or self.now
            store.remember_pairs(PairSeen(*coverage.pair.key, first) for coverage in found.gaps.pairs)
            agendas = self._agendas.writing_to(store, memory, found.gaps)
            ports = Ports(self._calendars, agendas, store, self._agendas.threads)
            applied = apply_plan(plan, ports, found.known, self._progress)
        self._look.freshen()  # what was written here need not be read by the next run
        return applied

    def run(self, *, large_allowed: bool = False) -> Result:
        """Do the whole job; raise AnotherRun where one is under way already."""
        with self.alone():
            before = self.find()
            plan = self.decide(before)
            applied = self.carry_out(plan, before, large_allowed=large_allowed)
            after = self.find(before, touched(applied)) if applied else before
            return Result(before, plan, applied, after, self.leave_behind(after))

    def leave_behind(self, found: Findings) -> tuple[Problem, ...]:
        """Write the ICS files and the gap report; return what could not be written."""
        places = self.config.settings.job
        pages = {f"gap-report.{form}": render_report(found.gaps, form).encode() for form in _PAGES}
        troubles: list[Problem] = []
        for write in (
            partial(write_exports, found.known, places.exports),
            partial(write_changed, places.reports, pages),
        ):
            try:
                write()
            except OnetooneError as error:
                troubles += error.problems
        return tuple(troubles)

    def agenda_of(self, pair: Pair) -> str:
        """Return the agenda of the pair's next meeting; raise WrongUsage where none is planned."""
        found = self.find()
        coverage = next(one for one in found.gaps.pairs if one.pair.key == pair.key)
        return self._agendas.shown(coverage, found.known.memory)

    def cost(self, managers: Collection[str], what_if: WhatIf | None) -> CapacityReport:
        """Return what the 1-2-1s of these managers cost, and whether they fit; nothing is written."""
        memory = open_memory(self.config.settings.job.state)
        return Costing(self.config, self._look, memory, self.now, self._progress).report(managers, what_if)

    def times_for(self, question: Question) -> Advice:
        """Return the best times for a pair's whole series, as if it were given one now; nothing is written."""
        return Advising(
            self.config, self._look, open_memory(self.config.settings.job.state), self.now
        ).answer(question)

    def alone(self) -> AbstractContextManager[None]:
        """Hold the lock, so that one run goes at a time; raise AnotherRun where it is taken."""
        return single_run(self.config.settings.job.state, self.now)


_PAGES = ("html", "json")
