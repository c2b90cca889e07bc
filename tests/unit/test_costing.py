"""What a cadence costs, team by team: who is read, how much is held at once, what could not be read."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import cast

import pytest

from scheduler import costing
from scheduler.capacity.results import Fits
from scheduler.capacity.what_if import WhatIf
from scheduler.config import Config
from scheduler.costing import Costing
from scheduler.errors import Problem
from scheduler.every import Cadence
from scheduler.looking import Look
from scheduler.meetings import Detail, Evidence
from scheduler.memory import Memory
from tests.unit.capacity_worlds import NINE, Team, boss, report_of, weekly
from tests.unit.planning_builders import NOW, person

WEEKLY = WhatIf(Cadence.parse("1 week"))


@dataclass
class Asked:
    """Stands in for the look: reads what is there, and remembers who was read, and when.

    `lost` can be read at first, and not when it is asked when they are taken.
    """

    full: Evidence
    lost: frozenset[str] = frozenset()
    read: set[str] = field(default_factory=set)
    timed: list[frozenset[str]] = field(default_factory=list)
    held: list[int] = field(default_factory=list)

    def freshen(self) -> None:
        """Have nothing to make ready."""

    def everybody(self, _: Memory, only: frozenset[str] | None = None) -> Evidence:
        """Read these people's meetings."""
        people = self.full.readings.keys() | self.full.unreadable.keys() if only is None else only
        self.read |= people
        found = self.full.of(people)
        readings = {e: replace(one, detail=Detail.MEETINGS) for e, one in found.readings.items()}
        return Evidence(readings, found.unreadable)

    def times(self, evidence: Evidence, addresses: frozenset[str]) -> Evidence:
        """Return all that stands in these people's calendars."""
        self.timed.append(addresses)
        self.held.append(len(evidence.readings))
        readings = {e: self.full.readings[e] for e in addresses - self.lost}
        lost = {e: Problem(e, "is not there any more") for e in addresses & self.lost}
        return evidence.with_newer(Evidence(readings, lost))


def _costing(team: Team, lost: frozenset[str] = frozenset()) -> tuple[Costing, Asked]:
    known = team.known()
    asked = Asked(known.evidence, lost)
    config = Config(known.settings, known.roster)
    return Costing(config, cast("Look", asked), known.memory, NOW, lambda *_: None), asked


def _two_levels() -> Team:
    """Return Ann over Bo and Cy, Bo over Di and Eve; Max over Kim, apart from them."""
    others = (report_of("di", "bo@x.org"), report_of("eve", "bo@x.org"), person("max@x.org"))
    return Team((boss(), report_of("bo"), report_of("cy"), *others, report_of("kim", "max@x.org")))


def test_of_the_managers_asked_about_alone_the_teams_time_is_read() -> None:
    """Bo's reports are none of Ann's: what they have with Bo matters, when they are taken does not; Max and Kim are nobody's business."""
    costs, asked = _costing(_two_levels())
    report = costs.report({"ann@x.org"}, None)
    assert [team.manager.email for team in report.teams] == ["ann@x.org"]
    assert asked.read == {f"{who}@x.org" for who in ("ann", "bo", "cy", "di", "eve")}
    assert asked.timed == [frozenset({"ann@x.org", "bo@x.org", "cy@x.org"})]
    assert asked.held == [5], "theirs, and of those with whom Bo has 1-2-1s"


def test_one_team_is_told_alike_whoever_else_is_asked_about() -> None:
    """Few are read, or everybody: the numbers of a team are the same."""
    team = _two_levels().has(weekly("bos", NINE, "bo@x.org"), "ann", "bo")
    everybody = _costing(team)[0].report({"ann@x.org", "bo@x.org", "max@x.org"}, WEEKLY)
    for cost in everybody.teams:
        assert _costing(team)[0].report({cost.manager.email}, WEEKLY).teams == (cost,)


def test_no_more_teams_are_held_at_once_than_make_some_hundred_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same is found, whatever the number."""
    together = _costing(_two_levels())[0].report({"ann@x.org", "bo@x.org", "max@x.org"}, WEEKLY)
    monkeypatch.setattr(costing, "_AT_ONCE", 1)
    costs, asked = _costing(_two_levels())
    assert costs.report({"ann@x.org", "bo@x.org", "max@x.org"}, WEEKLY) == together
    assert len(asked.timed) == 3


def test_a_report_who_is_a_manager_keeps_their_own_reports_one_to_ones() -> None:
    """All of Ann's hour is taken for Bo, who meets Di then; only Ann's own 1-2-1s are taken away."""
    team = _two_levels().has(weekly("down", NINE, "di@x.org", minutes=60, organizer="bo@x.org"), "bo", "di")
    (ann,) = _costing(team)[0].report({"ann@x.org"}, WEEKLY).teams
    assert (ann.load.fit.fits, ann.load.fit.placed) == (Fits.NO, 1)
    (bo,) = _costing(team)[0].report({"bo@x.org"}, WEEKLY).teams
    assert bo.load.fit.fits is Fits.YES


def test_who_cannot_be_read_when_their_time_is_asked_for_is_unknown_and_a_problem() -> None:
    """The check could do without; here it is never fine."""
    costs, _ = _costing(_two_levels(), frozenset({"cy@x.org"}))
    report = costs.report({"ann@x.org", "max@x.org"}, None)
    assert [problem.where for problem in report.problems] == ["cy@x.org"]
    assert report.incomplete
    fits = {team.manager.email: team.policy.fit.fits for team in report.teams}
    assert fits == {"ann@x.org": Fits.UNKNOWN, "max@x.org": Fits.YES}


def test_calendars_of_others_are_no_problem_of_theirs() -> None:
    """Kim's could not be read, and Kim is not of Ann's team."""
    team = _two_levels()
    team.world.calendars.unreadable.add("kim@x.org")
    report = _costing(team)[0].report({"ann@x.org"}, None)
    assert not report.problems
    assert not report.incomplete


def test_nothing_that_was_found_is_changed() -> None:
    """Asked twice, the answer is the same; the order of managers is that of what binds."""
    team = _two_levels().has(weekly("bos", NINE + timedelta(minutes=30), "bo@x.org"), "ann", "bo")
    costs, _ = _costing(team)
    everybody = {"max@x.org", "ann@x.org", "bo@x.org"}
    first = costs.report(everybody, WEEKLY)
    assert costs.report(everybody, WEEKLY) == first
    assert [one.order for one in first.teams] == sorted(one.order for one in first.teams)
