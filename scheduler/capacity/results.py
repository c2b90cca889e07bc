"""What is said of a manager's 1-2-1 hours, and of all of those who were asked about together.

Hours are hours a week of the manager; each meeting takes as much of the report's. Shares are of the manager's working week, 1 is all of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import fsum

from scheduler.capacity.what_if import WhatIf
from scheduler.errors import Problem
from scheduler.people import Person
from scheduler.timespans import Span

TOO_MANY = 15
"""The span at which Rands says 'you're not their manager'."""
LEAST_GROUP = 5
"""Of fewer people no totals are told: they would say of one what is said of all."""


class Fits(StrEnum):
    """Whether every pair of a manager finds a time, in the order in which it binds."""

    NO = "does_not_fit"
    UNKNOWN = "unknown"
    YES = "fits"
    NOTHING_ASKED = "nothing_asked"


@dataclass(frozen=True, slots=True)
class Left:
    """A report for whom no time was found, or could be sought, and why in one sentence; `remedy` may be empty."""

    report: Person
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """How many of the pairs that were asked for found a time, and who did not."""

    asked: int
    placed: int
    unplaced: tuple[Left, ...] = ()
    unknown: tuple[Left, ...] = ()

    @property
    def fits(self) -> Fits:
        """Say whether all of them do; where a calendar could not be read that is not known, whatever the others do."""
        if self.unknown:
            return Fits.UNKNOWN
        if self.unplaced:
            return Fits.NO
        return Fits.YES if self.asked else Fits.NOTHING_ASKED


@dataclass(frozen=True, slots=True)
class Now:
    """What 1-2-1s take at present: held in the look-back, planned in the look-ahead.

    `unknown` counts the pairs of whom it is not known for want of a calendar: the hours are at least so many.
    """

    held: float
    planned: float
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """What a cadence asks of a manager."""

    hours: float
    share: float
    fit: Fit


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCost:
    """One manager's 1-2-1s: now, under the policy, and if (None where nothing else was asked).

    `people` are the addresses of the manager and the reports, `span` counts all reports, those without 1-2-1s too.
    `practice` is one sentence on what such a span is like.
    """

    manager: Person
    people: frozenset[str]
    span: int
    week: float
    now: Now
    policy: Load
    if_asked: Load | None = None
    practice: str = ""

    @property
    def load(self) -> Load:
        """What was asked for last: the 'what if' where there is one, else the policy."""
        return self.if_asked or self.policy

    @property
    def binds(self) -> bool:
        """Say whether somebody has no time in the week, or the span is one that nobody can do justice to."""
        return self.load.fit.fits is Fits.NO or self.span >= TOO_MANY

    @property
    def order(self) -> tuple[object, ...]:
        """The place among others: first where it does not fit, then who gives the largest share of the week."""
        load = self.load
        return list(Fits).index(load.fit.fits), -len(load.fit.unplaced), -load.share, self.manager.email


@dataclass(frozen=True, slots=True)
class LoadTotals:
    """What a cadence asks of all managers together."""

    hours: float
    asked: int
    placed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The hours a week of all managers together; those of everybody are twice as many, as a meeting takes two.

    Where there are `unknown` pairs, for want of a calendar, what is held and planned is at least so much.
    """

    managers: int
    reports: int
    held: float
    planned: float
    unknown: int
    policy: LoadTotals
    if_asked: LoadTotals | None

    @property
    def load(self) -> LoadTotals:
        """What was asked for last."""
        return self.if_asked or self.policy

    @property
    def before(self) -> float:
        """The hours that it is compared with: those of the policy where something else was asked, else those planned."""
        return self.planned if self.if_asked is None else self.policy.hours

    @property
    def difference(self) -> float:
        """How many hours a week more it is than before; negative where it is less."""
        return self.load.hours - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityReport:
    """What a cadence costs, as data; `window` runs from look-back to look-ahead around now; what binds comes first."""

    generated_at: datetime
    window: Span
    what_if: WhatIf | None
    teams: tuple[TeamCost, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def totals(self) -> Totals | None:
        """All of them together; None where these are fewer than five people."""
        teams = self.teams
        if len(frozenset().union(*(team.people for team in teams))) < LEAST_GROUP:
            return None
        return Totals(
            managers=len(teams),
            reports=sum(team.span for team in teams),
            held=fsum(team.now.held for team in teams),
            planned=fsum(team.now.planned for team in teams),
            unknown=sum(team.now.unknown for team in teams),
            policy=_together(team.policy for team in teams),
            if_asked=None
            if self.what_if is None
            else _together(team.if_asked for team in teams if team.if_asked is not None),
        )

    @property
    def incomplete(self) -> bool:
        """Say whether something is not known for want of a calendar, or of an event in one."""
        return bool(self.problems) or any(team.now.unknown or team.load.fit.unknown for team in self.teams)

    def count(self, fits: Fits) -> int:
        """Return for how many managers it is so, of what was asked for last."""
        return sum(team.load.fit.fits is fits for team in self.teams)


def _together(loads: Iterable[Load]) -> LoadTotals:
    every = tuple(loads)
    return LoadTotals(
        fsum(load.hours for load in every),
        sum(load.fit.asked for load in every),
        sum(load.fit.placed for load in every),
    )
