"""The model that solvers are given says what `scheduler.slots.team` says: held to trying everything, on small problems."""

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benchmarks.slots_exact_model import model_of
from benchmarks.slots_exact_solvers import Outcome, with_highs
from scheduler.slots.team import Choice, Dates, TeamProblem, Value, Weights, value_of

_SECONDS = 60
_DAYS = 4  # of one weekday, so that dates are shared in every way there is


@st.composite
def problems(draw: st.DrawFn) -> TeamProblem:
    """Draw up to four people with up to four times each, on dates that are shared or not, at what price may be."""
    every = draw(st.lists(st.integers(1, (1 << _DAYS) - 1), min_size=1, max_size=4))
    dates = tuple(Dates(number % 2, (mask << _DAYS * (number % 2)), 0) for number, mask in enumerate(every))
    dates = tuple(Dates(each.weekday, each.every, each.every & draw(st.integers(0, 255))) for each in dates)
    choice = st.builds(
        lambda on, start, long, worth, longer: Choice(on, start, start + long, worth, longer),
        st.integers(0, len(dates) - 1),
        st.integers(0, 6),
        st.integers(1, 3),
        st.integers(-20, 60),
        st.integers(0, 2),
    )
    choices = draw(st.lists(st.lists(choice, max_size=4), min_size=1, max_size=4))
    small = st.integers(-9, 9)
    return TeamProblem(
        choices=tuple(map(tuple, choices)),
        urgencies=tuple(draw(st.integers(0, 3)) for _ in choices),
        dates=dates,
        weights=Weights(
            same_day=draw(small),
            no_air=draw(small),
            air=draw(st.integers(1, 3)),
            another_hour=draw(st.integers(0, 9)),
        ),
        hours=frozenset(draw(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 6)), max_size=2))),
    )


def best_of_all(problem: TeamProblem) -> Value:
    """Return the best value of every answer that there is."""
    values = []
    for answer in product(*([None, *range(len(choices))] for choices in problem.choices)):
        try:
            values.append(value_of(problem, answer))
        except ValueError:
            continue
    return max(values)


def solved(problem: TeamProblem) -> Outcome:
    """Return what HiGHS finds, which must be proven."""
    outcome = with_highs(model_of(problem), len(problem.choices), _SECONDS)
    assert outcome.proven
    return outcome


@given(problems())
def test_the_solver_finds_what_trying_everything_finds(problem: TeamProblem) -> None:
    """The best answer of the model is as good as the best of all answers, and worth what the model says."""
    assume(any(problem.choices))
    outcome = solved(problem)
    value = value_of(problem, outcome.answer)
    assert value == best_of_all(problem)
    assert abs(outcome.bound - value.worth) < 1


def test_an_hour_that_is_wished_for_is_refused() -> None:
    """A price below nothing for another hour has no model: hours that nobody has would be used."""
    problem = TeamProblem(
        choices=((Choice(0, 0, 2, 5),),),
        urgencies=(0,),
        dates=(Dates(0, 1, 1),),
        weights=Weights(another_hour=-1),
    )
    with pytest.raises(ValueError, match="must not be wished for"):
        model_of(problem)
