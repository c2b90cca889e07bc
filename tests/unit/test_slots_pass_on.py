"""Times are passed on: somebody takes a better one, whoever had it gets another, and all gain by it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.slots.pass_on import pass_on, settle
from scheduler.slots.team import Choice, TeamProblem, Value, value_of
from scheduler.slots.week import Week, bits
from tests.unit.slots_team_builders import problem, problems, teams_of_alike_people

MORNING, NOON, EVENING, NIGHT = (Choice(0, start, start + 6, 0) for start in (10, 20, 30, 40))


def worth(choice: Choice, worth: int) -> Choice:
    """Return a choice of so much worth."""
    return choice._replace(worth=worth)


def filled(asked: TeamProblem, *wanted: Choice) -> Week:
    """Return the week of a team in which each has the wanted time."""
    week = Week(asked)
    for who, choice in enumerate(wanted):
        ranked = sorted(asked.choices[who], key=lambda each: -each.worth)
        week.take(mine(week, who)[ranked.index(choice)])
    return week


def mine(week: Week, who: int) -> list[int]:
    """Return the choices of somebody, the best first."""
    return list(bits(week.own[who]))


def test_times_are_passed_on_along_a_path_of_several_people() -> None:
    """The first has the second's time, the second the third's, the third one that was free, though the third loses by it."""
    asked = problem(
        (worth(MORNING, 10), worth(NOON, 50)),
        (worth(NOON, 40), worth(EVENING, 39)),
        (worth(EVENING, 30), worth(NIGHT, 28)),
    )
    week = filled(asked, worth(MORNING, 10), worth(NOON, 40), worth(EVENING, 30))
    assert pass_on(week, mine(week, 0)[0], 0)
    assert week.value() == Value(3, 0, 50 + 39 + 28)


def test_nothing_is_passed_on_where_the_others_would_lose_more() -> None:
    """The week is again exactly what it was, also inside."""
    asked = problem((worth(MORNING, 10), worth(NOON, 50)), (worth(NOON, 90), worth(EVENING, 40)))
    week = filled(asked, worth(MORNING, 10), worth(NOON, 90))
    before = week.mark()
    assert not pass_on(week, mine(week, 0)[0], 20)
    assert week.mark() == before


def test_nobody_goes_without_so_that_another_has_a_better_time() -> None:
    """Whoever has no other time keeps the one they have."""
    asked = problem((worth(MORNING, 10), worth(NOON, 90)), (worth(NOON, 20),))
    week = filled(asked, worth(MORNING, 10), worth(NOON, 20))
    assert not pass_on(week, mine(week, 0)[0], 20)
    assert week.value() == Value(2, 0, 30)


def test_one_time_is_given_up_for_two_who_had_parts_of_it() -> None:
    """Whoever meets weekly may take the hour of two in alternate weeks; both get another."""
    weekly, odd, even = Choice(0, 10, 16, 90), Choice(1, 10, 16, 40), Choice(2, 10, 16, 40)
    other_odd, other_even = Choice(1, 20, 26, 35), Choice(2, 20, 26, 35)
    asked = problem((worth(EVENING, 10), weekly), (odd, other_odd), (even, other_even))
    week = filled(asked, worth(EVENING, 10), odd, even)
    assert pass_on(week, mine(week, 0)[0], 0)
    assert week.value() == Value(3, 0, 90 + 35 + 35)


@given(asked=st.one_of(problems(most=7), teams_of_alike_people()), data=st.data())
@settings(max_examples=150, deadline=None)
def test_settling_and_passing_on_never_make_a_week_worse(asked: TeamProblem, data: st.DataObject) -> None:
    """What is said to be better is; else the week is what it was; and after settling nobody has a better time free."""
    week = Week(asked)
    for choice in data.draw(st.lists(st.sampled_from(range(len(week.who))), max_size=6)) if week.who else ():
        week.force(choice)
    before = week.value()
    settle(week)
    settled = week.value()
    assert settled >= before
    for who in range(week.size):
        now = week.at[who]
        if now is not None:
            week.leave(now)
        found, gain = week.best(who)
        assert found is None or (now is not None and gain <= week.gain(now))
        if now is not None:
            week.take(now)
    for choice in range(len(week.who)):
        if week.at[week.who[choice]] != choice:
            value, answer = week.value(), week.answer()
            better = pass_on(week, choice, data.draw(st.integers(0, 20)))
            assert week.value() == value_of(asked, week.answer())
            assert week.value() > value if better else week.answer() == answer
