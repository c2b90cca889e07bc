"""Which rule decided, why the others did not, and what it will become, from the roster alone."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.cadence.explained import Explanation, Outcome
from scheduler.reports import render_policy
from scheduler.timespans import DAY
from tests.unit.cadence_builders import ANN, BO
from tests.unit.policy_builders import (
    FORTNIGHT,
    JOINERS,
    MONTH,
    NEW,
    PLAIN,
    POLICY,
    SMALL,
    TODAY,
    WEEK,
    everybody_alike,
    joiner,
    of_pair,
    own,
    teammate,
)

DECIDES, FITS_TOO, NOT = Outcome.DECIDES, Outcome.FITS_TOO, Outcome.DOES_NOT_FIT


def outcomes(found: Explanation) -> list[Outcome]:
    """Return what came of each rule, in their order."""
    return [rule.outcome for rule in found.rules]


def coming(found: Explanation) -> list[tuple[date, str]]:
    """Return from which day on which rule decides."""
    return [(each.start, each.decision.rule) for each in found.coming]


def test_every_rule_is_told_in_its_order() -> None:
    """The roster's own first, everybody last; one decides, and those that would have fitted after it are told apart."""
    found = joiner()
    assert [rule.name for rule in found.rules] == [
        "roster", "new joiners", "directors and vice presidents, who lead on their own", "small teams", "everybody"
    ]  # fmt: skip
    assert outcomes(found) == [NOT, DECIDES, FITS_TOO, NOT, FITS_TOO]
    assert outcomes(own()) == [DECIDES, NOT, NOT, FITS_TOO, FITS_TOO]
    assert outcomes(everybody_alike()) == [NOT, DECIDES]


def test_of_a_rule_that_does_not_fit_only_what_fails_is_told() -> None:
    """Whoever asks why wants to know what stands in the way."""
    both = replace(SMALL, name="small and new", joined_within=JOINERS.joined_within)
    found = of_pair(NEW, *map(teammate, range(3)), settings=replace(POLICY, rules=(both,)))
    assert found.rules[1].reasons == ("Ann meets 3 people, more than 2",)


def test_no_one_to_one_is_decided_by_the_roster() -> None:
    """The cadence `none` is a row's own, with neither cadence nor minutes."""
    found = of_pair(replace(BO, no_one_to_one=True))
    assert (outcomes(found)[0], found.rules[0].cadence, found.rules[0].minutes) == (DECIDES, None, None)
    assert found.rules[0].reasons == ("the row of Bo has the cadence 'none'",)
    assert found.coming == ()


def test_no_one_to_one_is_the_answer_too() -> None:
    """In one sentence, and why."""
    text = render_policy(of_pair(replace(BO, no_one_to_one=True)), "table")
    assert text.startswith(
        "Ann Ode and Bo Lee have no 1-2-1.\n  └ The roster says that they have no 1-2-1.\n"
    )
    assert "✓ roster                          —\n" in text


def test_a_first_meeting_may_have_a_length_and_no_week() -> None:
    """Only what the rule says is told."""
    only = replace(JOINERS, first_within=None)
    text = render_policy(of_pair(NEW, settings=replace(POLICY, rules=(only,))), "table")
    assert "The first one of all takes 60 minutes.\n" in text


def test_a_joiner_s_ninety_first_day_is_foretold() -> None:
    """From the day on which the rule is over, the next that fits decides."""
    found = joiner()
    assert (found.starts, found.first_by) == (TODAY + 7 * DAY, TODAY + 13 * DAY)
    assert coming(found) == [(TODAY + 97 * DAY, "directors and vice presidents, who lead on their own")]
    assert found.ends == TODAY + 180 * DAY


def test_who_joins_and_leaves_the_team_is_foretold() -> None:
    """A team of two is small until a third joins, and again when somebody has left."""
    found = of_pair(
        BO, teammate(1, end=TODAY + 29 * DAY), teammate(2, start=TODAY + 10 * DAY), teammate(3, end=TODAY - DAY)
    )  # fmt: skip
    assert found.decision.rule == "small teams"
    assert coming(found) == [(TODAY + 10 * DAY, "everybody"), (TODAY + 30 * DAY, "small teams")]


def test_nothing_is_foretold_beyond_the_last_day_of_the_two() -> None:
    """After it there is no pair; the manager's counts as well."""
    leaving = of_pair(replace(NEW, end_date=TODAY + 96 * DAY))
    assert (coming(leaving), leaving.ends) == ([], TODAY + 96 * DAY)
    alone = of_pair(NEW, manager=replace(ANN, end_date=TODAY + 30 * DAY))
    assert (coming(alone), alone.ends) == ([], TODAY + 30 * DAY)


def test_no_more_than_five_changes_are_told() -> None:
    """A team that comes and goes for years is no help to anybody."""
    others = [teammate(n, start=TODAY + n * 10 * DAY, end=TODAY + (n * 10 + 4) * DAY) for n in range(1, 9)]
    found = of_pair(BO, teammate(0), *others)
    assert len(found.coming) == 5


def test_a_config_without_rules_says_so_plainly() -> None:
    """There is nobody else than everybody."""
    text = render_policy(everybody_alike(), "table")
    assert "As the config has it for everybody.\n" in text
    assert "everybody  every 2 weeks, 30 minutes" in text
    assert "No date on the roster changes that." in text


def test_a_first_meeting_that_is_late_is_told_as_late() -> None:
    """In the second week nobody says that it is to be held in the first."""
    text = render_policy(of_pair(replace(BO, start_date=TODAY - 8 * DAY)), "table")
    assert "The first one of all takes 60 minutes, and was to be held by Sat 21 Nov." in text


@pytest.mark.parametrize(("form", "marks"), [("table", "\n"), ("markdown", "|"), ("json", "{")])
def test_names_can_t_break_a_rendering(form: str, marks: str) -> None:
    """A name with line ends, bars or escapes is shown, and shapes nothing."""
    wild = "A | b\n\x1b[31m*c*"
    config = replace(POLICY, rules=(replace(JOINERS, name="a|b*c*"),))
    plain = render_policy(of_pair(NEW, settings=config), form)
    odd = render_policy(of_pair(replace(NEW, name=wild), settings=config), form)
    assert "\x1b" not in odd
    assert plain.count(marks) <= odd.count(marks) + 2
    assert len(odd.splitlines()) - len(plain.splitlines()) <= 1


def test_what_is_decided_is_what_the_check_asks() -> None:
    """The explanation and the gap report draw on the same decision."""
    assert of_pair(BO, settings=PLAIN).decision.cadence == FORTNIGHT
    assert own().decision.cadence == MONTH
    assert joiner().decision.cadence == WEEK
