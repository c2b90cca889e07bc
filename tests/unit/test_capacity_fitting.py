"""Whether it fits: tried on the time that a team has when its own 1-2-1s are taken away."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.capacity.results import Fits
from scheduler.capacity.what_if import WhatIf
from scheduler.every import Cadence
from tests.unit.capacity_worlds import HOUR, NINE, Team, boss, report_of, weekly
from tests.unit.planning_builders import day, person

WEEKLY, FORTNIGHTLY = Cadence.parse("1 week"), Cadence.parse("2 weeks")
BO, CY, DI = (report_of(name) for name in ("bo", "cy", "di"))


def test_two_half_hours_fit_into_the_hour_that_there_is() -> None:
    """Ann has one hour a week, and two reports."""
    cost = Team((boss(), BO, CY)).cost(WhatIf(WEEKLY))
    assert cost.if_asked is not None
    assert (cost.if_asked.hours, cost.week) == (1.0, 1.0)
    assert cost.if_asked.share == 1.0
    assert (cost.if_asked.fit.fits, cost.if_asked.fit.placed) == (Fits.YES, 2)


def test_a_third_does_not_and_who_it_is_is_said_with_why() -> None:
    """The share of the week is above one; the policy, every two weeks, would fit."""
    cost = Team((boss(), BO, CY, DI)).cost(WhatIf(WEEKLY))
    assert cost.policy.fit.fits is Fits.YES
    fit = cost.load.fit
    assert (fit.fits, fit.placed, fit.asked) == (Fits.NO, 2, 3)
    (left,) = fit.unplaced
    assert left.report.email == "di@x.org"
    assert left.reason.startswith("No time fits")
    assert left.remedy


def test_their_present_one_to_ones_do_not_stand_in_the_way() -> None:
    """All of the hour is Bo's every week; at the new cadence it is to serve Cy, too."""
    team = Team((boss(), BO, CY)).has(weekly("bos", NINE, "bo@x.org", minutes=60), "ann", "bo")
    cost = team.cost(WhatIf(WEEKLY))
    assert cost.load.fit.fits is Fits.YES
    assert cost.now.planned == 1.0
    assert cost.now.held == pytest.approx(10 / 12)


def test_nor_where_only_free_busy_of_the_report_is_known() -> None:
    """The stretch in Bo's free/busy is the 1-2-1 that stands in Ann's calendar."""
    team = Team((boss(), BO, CY), blind=frozenset({"bo@x.org"}))
    team.has(weekly("bos", NINE, "bo@x.org", minutes=60), "ann", "bo")
    assert team.cost(WhatIf(WEEKLY)).load.fit.fits is Fits.YES


def test_other_meetings_do() -> None:
    """Half of the hour is a team meeting, which nobody gives up for this."""
    meeting = weekly("team", NINE, "bo@x.org", "cy@x.org", "di@x.org")
    cost = Team((boss(), BO, CY)).has(meeting, "ann", "bo", "cy").cost(WhatIf(WEEKLY))
    assert (cost.load.fit.fits, cost.load.fit.placed) == (Fits.NO, 1)


def test_a_one_to_one_with_her_own_manager_does() -> None:
    """It is not of the pairs that are asked about, and counts in none of their hours."""
    ann, top = boss(manager="top@x.org"), person("top@x.org")
    up = weekly("up", NINE, "top@x.org")
    cost = Team((ann, BO, CY, top)).has(up, "ann", "top").cost(WhatIf(WEEKLY))
    assert (cost.load.fit.fits, cost.load.fit.placed) == (Fits.NO, 1)
    assert cost.now.planned == 0.0


def test_who_is_to_have_none_keeps_what_stands_and_is_not_asked_for() -> None:
    """Cadence none: no hours, no place, and the half hour that the two have all the same is theirs."""
    none = replace(BO, no_one_to_one=True)
    team = Team((boss(), none, CY, DI)).has(weekly("bos", NINE, "bo@x.org"), "ann", "bo")
    cost = team.cost(WhatIf(WEEKLY))
    assert (cost.span, cost.load.hours) == (3, 1.0)
    assert (cost.load.fit.asked, cost.load.fit.placed) == (2, 1)


def test_nobody_to_be_met_is_nothing_asked() -> None:
    """It fits nobody, and nobody is missing."""
    cost = Team((boss(), replace(BO, no_one_to_one=True))).cost()
    assert (cost.policy.fit.fits, cost.policy.hours) == (Fits.NOTHING_ASKED, 0.0)


def test_whose_calendar_cannot_be_read_is_unknown_and_never_fine() -> None:
    """All others have a time; that everybody has one can't be said."""
    team = Team((boss(), BO, CY))
    team.world.calendars.unreadable.add("cy@x.org")
    cost = team.cost(WhatIf(WEEKLY))
    assert (cost.load.fit.fits, cost.load.fit.placed, cost.load.fit.asked) == (Fits.UNKNOWN, 1, 2)
    assert [left.report.email for left in cost.load.fit.unknown] == ["cy@x.org"]
    assert cost.now.unknown == 1


def test_without_the_managers_calendar_nothing_is_known() -> None:
    """Nobody of the team is placed."""
    team = Team((boss(), BO, CY))
    team.world.calendars.unreadable.add("ann@x.org")
    cost = team.cost()
    assert (cost.policy.fit.fits, cost.policy.fit.placed, cost.now.unknown) == (Fits.UNKNOWN, 0, 2)
    assert cost.policy.hours == 0.5


def test_who_is_gone_before_a_first_meeting_could_be_is_not_asked_for() -> None:
    """Tomorrow is the last day; the hours of the policy are those of the roster as it is now."""
    cost = Team((boss(), replace(BO, end_date=day(1)), CY)).cost()
    assert (cost.policy.fit.asked, cost.policy.fit.placed, cost.policy.hours) == (1, 1, 0.5)


def test_single_meetings_of_the_two_are_taken_away_as_well() -> None:
    """A one-off is a 1-2-1 of theirs like any other."""
    team = Team((replace(boss(), hours=HOUR), BO))
    once = weekly("once", NINE, "bo@x.org", minutes=60)
    for week in range(12):
        single = replace(
            once, uid=f"once-{week}", start=NINE + timedelta(weeks=week), rrule="FREQ=WEEKLY;COUNT=1"
        )
        team.has(single, "ann", "bo")
    assert team.cost(WhatIf(WEEKLY, 60)).load.fit.fits is Fits.YES


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_what_if_with_the_policys_own_cadence_is_the_policy(minutes: int) -> None:
    """Hours, share and fit, those without a place included."""
    team = Team((boss(), BO, CY, DI)).has(weekly("bos", NINE, "bo@x.org"), "ann", "bo")
    settings = team.world.settings
    team.world.settings = replace(settings, cadence=replace(settings.cadence, minutes=minutes))
    cost = team.cost(WhatIf(FORTNIGHTLY, minutes))
    assert cost.if_asked == cost.policy == team.cost().policy


def test_dates_of_a_team_meeting_that_were_left_to_the_two_free_no_others() -> None:
    """Every other one counts as a 1-2-1 of theirs; the series is the team's, and stays."""
    team = Team((boss(), BO, CY), alone={"team": "bo@x.org"})
    team.has(weekly("team", NINE, "bo@x.org", "cy@x.org"), "ann", "bo", "cy")
    cost = team.cost(WhatIf(WEEKLY))
    assert cost.now.planned == 0.25
    assert (cost.load.fit.fits, cost.load.fit.placed) == (Fits.NO, 1)
