"""What a cadence costs, team by team: who is read, how much is held at once, what could not be read."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import cast

import pytest

from scheduler import costing
from scheduler.cadence.coverage import check_everyone
from scheduler.capacity.results import Fits
from scheduler.capacity.what_if import WhatIf
from scheduler.costing import Costing
from scheduler.errors import Problem
from scheduler.every import Cadence
from scheduler.findings import Findings
from scheduler.looking import Look
from scheduler.meetings import Detail, Evidence
from scheduler.people import Person
from tests.unit.capacity_worlds import NINE, Team, boss, report_of, weekly
from tests.unit.planning_builders import NOW, person

WEEKLY = WhatIf(Cadence.parse("1 week"))


@dataclass
class Asked:
    """Stands in for the look: remembers who was asked about, and how many were known of at that time."""

    full: Evidence
    unreadable: frozenset[str] = frozenset()
    people: list[frozenset[str]] = field(default_factory=list)
    held: list[int] = field(default_factory=list)

    def times(self, evidence: Evidence, addresses: frozenset[str]) -> Evidence:
        """Return all that stands in these people's calendars."""
        self.people.append(addresses)
        self.held.append(len(evidence.readings))
        readings = {e: self.full.readings[e] for e in addresses - self.unreadable}
        lost = {e: Problem(e, "is not there any more") for e in addresses & self.unreadable}
        return evidence.with_newer(Evidence(readings, lost))


def _office(*people: Person) -> Team:
    return Team(people)


def _costing(team: Team, unreadable: frozenset[str] = frozenset()) -> tuple[Costing, Asked]:
    """Return what a run has once it has found everybody: no more of calendars than series."""
    known = team.known()
    gaps = check_everyone(known.roster, known.evidence, known.settings, known.memory, NOW)
    asked = Asked(known.evidence, unreadable)
    series = {e: replace(r, occurrences=(), detail=Detail.SERIES) for e, r in known.evidence.readings.items()}
    found = Findings(known.with_evidence(Evidence(series, known.evidence.unreadable)), gaps)
    return Costing(found, cast("Look", asked), lambda *_: None), asked


def _two_levels() -> Team:
    """Return Ann over Bo and Cy, Bo over Di and Eve; Max over Kim, apart from them."""
    others = (report_of("di", "bo@x.org"), report_of("eve", "bo@x.org"), person("max@x.org"))
    return _office(boss(), report_of("bo"), report_of("cy"), *others, report_of("kim", "max@x.org"))


def test_of_the_managers_asked_about_alone_the_teams_time_is_read() -> None:
    """Bo's reports are none of Ann's; Max and Kim are of another team."""
    costs, asked = _costing(_two_levels())
    report = costs.report({"ann@x.org"}, None)
    assert [team.manager.email for team in report.teams] == ["ann@x.org"]
    assert asked.people == [frozenset({"ann@x.org", "bo@x.org", "cy@x.org"})]
    assert asked.held == [5], "theirs, and of those with whom Bo has 1-2-1s"


def test_no_more_teams_are_held_at_once_than_make_some_hundred_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same is found, whatever the number."""
    together = _costing(_two_levels())[0].report({"ann@x.org", "bo@x.org", "max@x.org"}, WEEKLY)
    monkeypatch.setattr(costing, "_AT_ONCE", 1)
    costs, asked = _costing(_two_levels())
    assert costs.report({"ann@x.org", "bo@x.org", "max@x.org"}, WEEKLY) == together
    assert len(asked.people) == 3


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
