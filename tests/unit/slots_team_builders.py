"""Small teams for the tests of the search: times on few dates, people who are alike, and draws of them."""

from dataclasses import replace

from hypothesis import strategies as st

from scheduler.slots.team import Choice, Dates, TeamProblem, Weights

EVERY, ODD, EVEN, FOURTH = (
    sum(1 << day for day in range(first, 56, step)) for first, step in ((0, 7), (0, 14), (7, 14), (7, 28))
)
AHEAD = (1 << 28) - 1
WEEKLY, ODD_WEEKS, EVEN_WEEKS, FOURTH_WEEKS = (
    Dates(0, bits, bits & AHEAD) for bits in (EVERY, ODD, EVEN, FOURTH)
)
TUESDAYS = Dates(1, EVERY << 1, (EVERY << 1) & AHEAD)
LATER = Dates(0, EVERY & ~1, EVERY & ~1 & AHEAD)
DATES = (WEEKLY, ODD_WEEKS, EVEN_WEEKS, FOURTH_WEEKS, TUESDAYS, LATER)


def problem(*choices: tuple[Choice, ...], urgencies: tuple[int, ...] = (), **weights: int) -> TeamProblem:
    """Return a problem over these dates; nobody is urgent unless said."""
    return TeamProblem(
        choices=choices,
        urgencies=urgencies or (0,) * len(choices),
        dates=DATES,
        weights=Weights(**weights),
    )


CHOICES = st.builds(
    lambda dates, start, length, worth, longer: Choice(dates, start, start + length, worth, longer),
    st.integers(0, len(DATES) - 1),
    st.integers(0, 12),
    st.sampled_from([3, 6]),
    st.integers(-5, 60),
    st.sampled_from([0, 0, 3, 8]),
)


@st.composite
def problems(draw: st.DrawFn, most: int = 4) -> TeamProblem:
    """Draw a small team, mostly with too few times for all."""
    choices = draw(
        st.lists(st.lists(CHOICES, max_size=4, unique_by=lambda each: each[:3]), min_size=1, max_size=most)
    )
    return TeamProblem(
        choices=tuple(map(tuple, choices)),
        urgencies=tuple(draw(st.integers(0, 3)) for _ in choices),
        dates=DATES,
        weights=Weights(
            same_day=draw(st.integers(-3, 3)),
            no_air=draw(st.integers(0, 3)),
            air=draw(st.integers(0, 3)),
            another_hour=draw(st.integers(0, 5)),
        ),
        hours=frozenset(draw(st.sets(st.tuples(st.integers(0, 1), st.integers(0, 12)), max_size=3))),
    )


@st.composite
def teams_of_alike_people(draw: st.DrawFn) -> TeamProblem:
    """Draw a small team of two sorts of people; those of a sort have the same times, and may be more or less urgent."""
    sorts = draw(problems(most=2))
    some = draw(st.lists(st.sampled_from(sorts.choices), min_size=2, max_size=5))
    return replace(sorts, choices=tuple(some), urgencies=tuple(draw(st.integers(0, 2)) for _ in some))
