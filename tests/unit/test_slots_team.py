"""A manager's week: the definition by hand, and the search against every answer there is."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.slots.team import Answer, Choice, TeamProblem, Value, value_of
from scheduler.slots.team_search import solve
from scheduler.slots.week import Week
from tests.unit.slots_team_builders import problem, problems, teams_of_alike_people


def best(asked: TeamProblem) -> Value:
    """Return the value of the best of all answers."""
    found = Value(0, 0, 0)
    for answer in product(*([None, *range(len(choices))] for choices in asked.choices)):
        try:
            found = max(found, value_of(asked, answer))
        except ValueError:
            continue
    return found


def test_alternate_weeks_share_an_hour_and_nothing_else_does() -> None:
    """Two on odd and even weeks fit on one hour; a third on every fourth of the even ones does not."""
    hour = (Choice(1, 10, 16, 50),), (Choice(2, 10, 16, 50),), (Choice(3, 12, 18, 50),)
    assert value_of(problem(*hour), (0, 0, None)) == Value(2, 0, 100)
    with pytest.raises(ValueError, match="one date"):
        value_of(problem(*hour), (None, 0, 0))
    assert solve(problem(*hour)) == (0, 0, None)


def test_a_longer_first_meeting_stands_in_the_way_on_its_day_alone() -> None:
    """What begins a week later may begin in the longer part of the first; what begins with it may not."""
    hour, beside, later = Choice(0, 10, 16, 50, 6), Choice(0, 16, 22, 50), Choice(5, 16, 22, 40)
    both = problem((hour,), (beside, later))
    with pytest.raises(ValueError, match="one date"):
        value_of(both, (0, 0))
    assert value_of(both, (0, 1)) == Value(2, 0, 90)
    assert solve(both) == (0, 1)
    longer_later = problem((Choice(5, 10, 16, 50, 6),), (beside, later))
    with pytest.raises(ValueError, match="one date"):
        value_of(longer_later, (0, 0))
    assert solve(longer_later) == (0, None)


def test_what_times_cost_each_other() -> None:
    """Two dates a fortnight shared of four, no air between, and one hour more than there was."""
    both = problem(
        (Choice(0, 10, 16, 100),), (Choice(1, 16, 22, 100),), same_day=3, no_air=5, air=1, another_hour=7
    )
    assert value_of(both, (0, 0)).worth == 200 - 2 * (3 + 5) - 2 * 7
    assert value_of(both, (0, None)).worth == 93


def test_the_more_urgent_is_served_where_one_must_go_without() -> None:
    """A time worth less does not count against three days past the limit."""
    one = problem((Choice(0, 10, 16, 900),), (Choice(0, 12, 18, 100),), urgencies=(2, 3))
    assert solve(one) == (None, 0)


def test_more_people_come_before_more_urgent_ones() -> None:
    """One urgent weekly one in the way of two in alternate weeks goes without."""
    three = problem(
        (Choice(0, 10, 16, 900),), (Choice(1, 10, 16, 9),), (Choice(2, 10, 16, 9),), urgencies=(99, 0, 0)
    )
    assert solve(three) == (None, 0, 0)


@given(asked=st.one_of(problems(), teams_of_alike_people()))
@settings(max_examples=300, deadline=None)
def test_the_search_finds_the_best_of_all_answers_of_a_small_team(asked: TeamProblem) -> None:
    """As many people, as urgent ones, and as good times as any answer has."""
    assert value_of(asked, solve(asked)) == best(asked)


@given(asked=problems(most=7), data=st.data())
@settings(max_examples=100, deadline=None)
def test_the_search_knows_what_its_week_is_worth(asked: TeamProblem, data: st.DataObject) -> None:
    """Whatever is taken, given back and forced, the value kept step by step is that of the definition."""
    week = Week(asked)
    for _ in range(data.draw(st.integers(0, 20))):
        if not week.who:
            return
        choice = data.draw(st.integers(0, len(week.who) - 1))
        if week.at[week.who[choice]] == choice:
            week.leave(choice)
        else:
            week.force(choice)
        answer: Answer = week.answer()
        assert week.value() == value_of(asked, answer)


@given(asked=problems(most=7))
@settings(max_examples=50, deadline=None)
def test_the_same_team_gets_the_same_answer(asked: TeamProblem) -> None:
    """There is chance in the search, and always the same."""
    assert solve(asked) == solve(asked)
