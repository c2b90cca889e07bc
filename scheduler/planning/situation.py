"""All that a plan is made from, besides the gap report."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from scheduler.errors import Problem
from scheduler.meetings import Evidence
from scheduler.memory import MadeSeries, Memory
from scheduler.people import Person, Roster
from scheduler.planning.standing import Shelf, main_address
from scheduler.settings import Settings

PairKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class AgendasDue:
    """What the pairs' documents hold already, so that it shows what is due.

    `sections`: for each pair, the original starts of the meetings that have a section. `unreadable`: for
    each pair whose document can't be read, why. `missing`: the pairs of which it was looked for, and is not there.
    """

    sections: Mapping[PairKey, frozenset[datetime]] = field(default_factory=dict)
    unreadable: Mapping[PairKey, Problem] = field(default_factory=dict)
    missing: frozenset[PairKey] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is known at the moment of planning: `now`, aware, is that moment."""

    evidence: Evidence
    roster: Roster
    memory: Memory
    settings: Settings
    now: datetime
    agendas: AgendasDue = field(default_factory=AgendasDue)

    @cached_property
    def shelf(self) -> Shelf:
        """All recurring events that were read, indexed once."""
        return Shelf.of(self.evidence, self.roster)

    def with_memory(self, memory: Memory) -> "Situation":
        """Return the same with another memory; what was read is not indexed again."""
        other = replace(self, memory=memory)
        other.__dict__["shelf"] = self.shelf
        return other

    @cached_property
    def made(self) -> Mapping[PairKey, tuple[MadeSeries, ...]]:
        """What was made for each pair, by today's addresses of the two, the oldest generation first."""
        found: dict[PairKey, list[MadeSeries]] = {}
        for made in self.memory.series:
            found.setdefault(self.pair_of(made), []).append(made)
        return {
            key: tuple(sorted(series, key=lambda s: (s.generation, s.uid))) for key, series in found.items()
        }

    def pair_of(self, made: MadeSeries) -> PairKey:
        """Return for whom it was made, by today's addresses."""
        return self.key_of(made.manager, made.report)

    def key_of(self, manager: str, report: str) -> PairKey:
        """Return the main addresses of the two whom these addresses mean."""
        return main_address(manager, self.roster), main_address(report, self.roster)

    def with_evidence(self, evidence: Evidence) -> "Situation":
        """Return the same with other evidence: more is known of some calendars."""
        return replace(self, evidence=evidence)

    def untimed(self, *people: Person) -> frozenset[str]:
        """Return whose calendar was read, but not for when they are taken."""
        readings = (self.evidence.readings.get(person.email) for person in people)
        return frozenset(r.owner for r in readings if r is not None and not r.detail.tells_time)

    def unread(self, *people: Person) -> str | None:
        """Return the name of the first of them whose calendar could not be read; None where all were."""
        return next((person.name for person in people if person.email not in self.evidence.readings), None)
