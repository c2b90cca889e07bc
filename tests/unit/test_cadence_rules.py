"""The config's rules for how often: whom each fits, which decides, and what that does to the check."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cadence.coverage import check
from scheduler.cadence.policy import Circumstances, cadence_for
from scheduler.cadence.results import PairCoverage
from scheduler.cadence.rules import Condition, conditions, fits
from scheduler.cadence.windows import reading_window
from scheduler.every import Cadence
from scheduler.memory import Memory
from scheduler.people import Pair
from scheduler.settings import Asked, CadenceRule, CadenceSettings
from scheduler.timespans import DAY
from tests.unit.cadence_builders import (
    ANN,
    AT_RISK,
    NOW,
    ON_TRACK,
    OVERDUE,
    PAIR,
    at,
    evidence,
    meeting,
    pair_of,
    person,
    roster_of,
    settings,
)

WEEK, FORTNIGHT, MONTH = map(Cadence.parse, ("1 week", "2 weeks", "1 month"))
TODAY = NOW.date()
JOINERS = CadenceRule(
    name="new joiners",
    every=WEEK,
    joined_within=timedelta(days=90),
    first_minutes=60,
    first_within=timedelta(weeks=1),
)
LARGE = CadenceRule(name="large teams", every=MONTH, minutes=45, span_over=10)
SMALL = CadenceRule(name="small teams", every=WEEK, span_up_to=4)
LEADERS = CadenceRule(name="leaders", every=MONTH, column="level", says=("director", "vp"))


def by(*rules: CadenceRule) -> CadenceSettings:
    """Return the settings of a config with these rules, where everybody else meets every two weeks."""
    return CadenceSettings(every=FORTNIGHT, minutes=30, rules=rules)


def joined(days_ago: int, **details: object) -> Pair:
    """Return Ann and Bo, who started so many days ago."""
    return pair_of(report={"start_date": TODAY - days_ago * DAY, **details})


def spans(count: int) -> Circumstances:
    """Return this moment, at which Ann meets so many."""
    return Circumstances(now=NOW, spans={"ann@x.org": count})


def told(rule: CadenceRule, pair: Pair, known: Circumstances | None = None) -> list[tuple[bool, str]]:
    """Return each condition of a rule as it holds for a pair, with its words."""
    found: list[Condition] = [*conditions(rule, pair, known or spans(5))]
    assert fits(rule, pair, known or spans(5)) == all(condition.holds for condition in found)
    return [(condition.holds, condition.why) for condition in found]


class TestConditions:
    """What each condition asks, to the day, the person and the letter."""

    @pytest.mark.parametrize(
        ("days_ago", "holds", "words"),
        [
            (0, True, "the first 90 days of Bo end on Sat 20 Feb"),
            (89, True, "the first 90 days of Bo end on Mon 23 Nov"),
            (90, False, "the first 90 days of Bo ended on Sun 22 Nov"),
            (800, False, "the first 90 days of Bo ended on Thu 12 Dec 2024"),
            (-5, True, "the first 90 days of Bo end on Thu 25 Feb"),
        ],
    )
    def test_new_is_who_is_within_their_first_days(self, days_ago: int, holds: bool, words: str) -> None:  # noqa: FBT001 - a column of the table
        """The ninetieth day is within 90 days, the ninety-first is not; who has yet to start is new as well."""
        assert told(JOINERS, joined(days_ago)) == [(holds, words)]

    def test_whose_start_nobody_knows_is_not_new(self) -> None:
        """An empty cell is no first day."""
        assert told(JOINERS, PAIR) == [(False, "the roster does not say when Bo started")]

    def test_days_are_those_of_the_report_s_own_calendar(self) -> None:
        """In Kiritimati it is tomorrow already, and the ninety-first day has begun."""
        far = pair_of(report={"start_date": TODAY - 89 * DAY, "tz": _zone("Pacific/Kiritimati")})
        late = Circumstances(now=NOW.replace(hour=20))
        assert fits(JOINERS, joined(89), late)
        assert not fits(JOINERS, far, late)

    @pytest.mark.parametrize(
        ("rule", "count", "holds", "words"),
        [
            (LARGE, 11, True, "Ann meets 11 people, more than 10"),
            (LARGE, 10, False, "Ann meets 10 people, not more than 10"),
            (SMALL, 4, True, "Ann meets 4 people, up to 4"),
            (SMALL, 5, False, "Ann meets 5 people, more than 4"),
            (SMALL, 1, True, "Ann meets 1 person, up to 4"),
        ],
    )
    def test_spans_are_counted_to_one(self, rule: CadenceRule, count: int, holds: bool, words: str) -> None:  # noqa: FBT001 - as above
        """More than ten begins at eleven, up to four ends at four."""
        assert told(rule, PAIR, spans(count)) == [(holds, words)]

    @pytest.mark.parametrize(
        ("columns", "holds", "words"),
        [
            ({"level": "Director"}, True, "the level of Bo is 'Director'"),
            ({"level": "v P"}, False, "the level of Bo is 'v P', not 'director' or 'vp'"),
            ({}, False, "the roster does not say the level of Bo"),
        ],
    )
    def test_a_cell_is_compared_without_capitals(
        self,
        columns: Mapping[str, str],
        holds: bool,  # noqa: FBT001 - as above
        words: str,
    ) -> None:
        """It is the whole cell, and an empty one says nothing."""
        assert told(LEADERS, pair_of(report={"columns": columns})) == [(holds, words)]

    def test_the_manager_s_cell_may_be_asked(self) -> None:
        """A rule says whose level it means."""
        rule = replace(LEADERS, of=Asked.MANAGER, column="job_level")
        pair = pair_of(manager={"columns": {"job_level": "VP"}}, report={"columns": {"job_level": "clerk"}})
        assert told(rule, pair) == [(True, "the job level of Ann is 'VP'")]

    def test_all_conditions_must_hold(self) -> None:
        """A rule with two is for those for whom both do; each says its own."""
        rule = replace(JOINERS, span_over=10)
        assert told(rule, joined(3), spans(11)) == [
            (True, "the first 90 days of Bo end on Wed 17 Feb"),
            (True, "Ann meets 11 people, more than 10"),
        ]
        assert [holds for holds, _ in told(rule, joined(3), spans(9))] == [True, False]


class TestSpans:
    """How many a manager meets."""

    def test_counted_is_who_works_here_and_is_met(self) -> None:
        """Who has left, has yet to start, or has no 1-2-1 is not; nor is a manager without reports."""
        team = [
            person("1@x.org", "One", "ann@x.org"),
            person("2@x.org", "Two", "ann@x.org", start_date=TODAY, end_date=TODAY),
            person("3@x.org", "Three", "ann@x.org", start_date=TODAY + DAY),
            person("4@x.org", "Four", "ann@x.org", end_date=TODAY - DAY),
            person("5@x.org", "Five", "ann@x.org", no_one_to_one=True),
        ]
        known = Circumstances.of(roster_of(PAIR, *team), NOW)
        assert known.spans == {"ann@x.org": 3}


class TestDeciding:
    """Which rule decides, and what it says."""

    def test_the_first_that_fits_decides(self) -> None:
        """The order in the file is the order of the rules."""
        assert cadence_for(joined(3), by(SMALL, JOINERS), spans(3)).rule == "small teams"
        assert cadence_for(joined(3), by(JOINERS, SMALL), spans(3)).rule == "new joiners"

    def test_a_decision_says_why(self) -> None:
        """The rule's name, and what made it fit."""
        decision = cadence_for(joined(3), by(LARGE, JOINERS), spans(5))
        assert (decision.cadence, decision.minutes) == (WEEK, 30)
        assert (decision.first_minutes, decision.first_within) == (60, timedelta(weeks=1))
        assert (
            decision.why == "Every week, by the rule 'new joiners': the first 90 days of Bo end on Wed 17 Feb"
        )
        assert cadence_for(PAIR, by(LARGE), spans(12)).minutes == 45

    def test_everybody_else_has_the_config_s_own(self) -> None:
        """Where no rule fits, `every` holds, and says so."""
        decision = cadence_for(PAIR, by(JOINERS, LARGE), spans(5))
        assert (decision.rule, decision.cadence) == ("everybody", FORTNIGHT)
        assert decision.why == "Every 2 weeks, as the config has it for everybody else"

    @pytest.mark.parametrize("own", [{"cadence": MONTH}, {"no_one_to_one": True}])
    def test_the_pair_s_own_wins_over_every_rule(self, own: Mapping[str, object]) -> None:
        """What the roster says of a pair is not weighed against anything, and knows no first hour."""
        decision = cadence_for(joined(3, **own), by(JOINERS), spans(5))
        assert (decision.rule, decision.cadence) == ("roster", own.get("cadence"))
        assert (decision.first_minutes, decision.until) == (None, None)

    def test_a_joiner_s_decision_has_an_end(self) -> None:
        """On the ninety-first day the next rule that fits speaks."""
        decision = cadence_for(joined(80), by(JOINERS, LARGE), spans(12))
        assert (decision.until, decision.then) == (TODAY + 10 * DAY, MONTH)
        again = Circumstances(now=NOW + 10 * DAY, spans={"ann@x.org": 12})
        assert cadence_for(joined(80), by(JOINERS, LARGE), again).cadence == decision.then

    @given(
        st.integers(-20, 200),
        st.integers(0, 14),
        st.lists(
            st.sampled_from([JOINERS, LARGE, SMALL, replace(JOINERS, name="newer", joined_within=30 * DAY)]),
            max_size=4,
        ),
    )
    def test_a_decision_holds_to_its_end_and_no_longer(
        self, days_ago: int, count: int, rules: list[CadenceRule]
    ) -> None:
        """As long as nothing but time passes, each day up to the end decides alike, and the end as it was foretold."""
        pair, config = joined(days_ago), by(*rules)
        decision = cadence_for(pair, config, spans(count))
        until = decision.until or TODAY + 300 * DAY
        for day in (TODAY, TODAY + (until - TODAY) // 2, until - DAY):
            then = replace(spans(count), now=NOW + (day - TODAY))
            assert cadence_for(pair, config, then).rule == decision.rule
        if decision.until is not None:
            after = cadence_for(pair, config, replace(spans(count), now=NOW + (until - TODAY)))
            assert (after.cadence, after.rule != decision.rule) == (decision.then, True)


class TestTheCheck:
    """How a pair stands whose cadence is decided by a rule."""

    def test_what_was_decided_is_what_is_checked(self) -> None:
        """A joiner who met ten days ago is on track; after eleven the weekly limit is passed."""
        for days, status in ((-10, ON_TRACK), (-11, OVERDUE)):
            found = joiner(40, days, 0, 7, 14, 21, 28, 35, 42, 49, 63, 77)
            assert (found.status, found.cadence, found.cadence_rule) == (status, WEEK, "new joiners")

    def test_what_is_planned_after_the_end_keeps_the_later_cadence(self) -> None:
        """Five days before the ninety-first, a series that comes every two weeks from there on is no risk."""
        found = joiner(85, -2, 5, 19, 33, 47, 61, 75)
        assert (found.status, found.cadence, found.cadence_then) == (ON_TRACK, WEEK, FORTNIGHT)

    def test_an_interval_over_the_end_is_measured_by_both(self) -> None:
        """The weekly limit must not pass before the end, nor the later one after it."""
        late = joiner(70, -2, 19, 33, 47, 61, 75)
        assert (late.status, late.reasons[0]) == (
            AT_RISK,
            "The one on Sat 12 Dec comes 21 days after the last one, on Sat 21 Nov; at most 10.5 days (every week and 50% over).",
        )
        later = joiner(85, -2, 20, 34, 48, 62, 76)
        assert later.reasons == (
            "The one on Sun 13 Dec comes 22 days after the last one, on Sat 21 Nov; at most 21 days (every 2 weeks and 50% over).",
        )

    def test_who_has_not_met_yet_has_a_first_meeting_to_come(self) -> None:
        """Within a week of the first day, by the manager's clock; whoever has met has had theirs."""
        new = joiner(2, 1)
        assert new.first_minutes == 60
        assert new.first_by == at(5, 0)
        met = joiner(2, -1, 1)
        assert (met.first_minutes, met.first_by) == (None, None)

    def test_what_is_read_holds_the_rarest_cadence_of_any_rule(self) -> None:
        """Somebody may come under it tomorrow; where the roster speaks for everybody, no rule is asked."""
        config = settings("1 week")
        rare = replace(config, cadence=by(replace(LARGE, every=Cadence.parse("1 quarter"))))
        assert reading_window(rare, roster_of(PAIR), NOW).covers(
            reading_window(settings("1 quarter"), roster_of(PAIR), NOW)
        )
        own = roster_of(pair_of(report={"cadence": WEEK}))
        assert reading_window(rare, own, NOW) == reading_window(config, own, NOW)


def joiner(days_ago: int, *days: int) -> PairCoverage:
    """Return how Ann and Bo stand, who started so many days ago and meet on these days from today."""
    pair = joined(days_ago)
    config = replace(settings(), cadence=by(JOINERS))
    met = evidence(meeting(at(day, 11)) for day in days)
    return check(pair, met, roster_of(pair), config, Memory(), NOW)


def _zone(name: str) -> object:
    return type(ANN.tz)(name)
