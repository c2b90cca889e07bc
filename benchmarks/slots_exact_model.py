"""A manager's week as a linear model in whole numbers, for any solver; exact: it says what `scheduler.slots.team` says.

A variable for each choice. Two times may not overlap: dates that the same series fall on are one *lane*, and at each start on a
lane at most one series is under way. What times cost each other is counted a lane: how many are on it (the cost of pairs is
convex in that, or counted up by steps where company is wished for), which end shortly before which, and which times of the week
are used at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from scheduler.slots.team import Answer, Choice, TeamProblem

Terms = list[tuple[int, int]]
"""Variables and what each is multiplied by."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sum that must be at least `low` and at most `high`; None has no such end."""

    terms: Terms
    low: int | None
    high: int | None


@dataclass(slots=True)
class Model:
    """Variables from 0 to `upper`, rows that hold, and what is to be as large as possible, the first aim first.

    Only those in `whole` need be told to be whole numbers: the others are so by themselves in a best answer.
    """

    upper: list[int] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    aims: list[Terms] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    """For each of the first variables: which request, which of its choices."""

    def new(self, upper: int, *, whole: bool) -> int:
        """Return a new variable."""
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.upper) - 1

    def most(self, terms: Terms, high: int) -> None:
        """Let the sum be at most so much."""
        self.rows.append(Row(terms, None, high))

    def answer(self, values: Sequence[float], requests: int) -> Answer:
        """Return what a solution says, as the problem writes it."""
        chosen: list[int | None] = [None] * requests
        for (who, choice), value in zip(self.places, values, strict=False):
            if value > 0.5:  # noqa: PLR2004 - nearer to one than to nought
                chosen[who] = choice
        return tuple(chosen)


def model_of(problem: TeamProblem) -> Model:
    """Return the model of a problem; its aims are those of `team.Value`, in order."""
    model = Model()
    for who, choices in enumerate(problem.choices):
        mine = [(model.new(1, whole=True), 1) for _ in choices]
        model.places += [(who, number) for number in range(len(choices))]
        model.most(mine, 1)
    chosen = [problem.choices[who][number] for who, number in model.places]
    lanes = [_on(lane, chosen) for lane in _largest(_lanes(dates.every for dates in problem.dates))]
    for lane in lanes:
        for at in sorted({chosen[var].start for var in lane}):
            model.most([(var, 1) for var in lane if chosen[var].start <= at < chosen[var].end], 1)
    _first_dates(model, problem, chosen)
    worth = [(var, choice.worth) for var, choice in enumerate(chosen)]
    worth += _company(model, problem, chosen)
    worth += _hours(model, problem, chosen, lanes)
    placed = [(var, 1) for var in range(len(chosen))]
    urgency = [(var, problem.urgencies[who]) for var, (who, _) in enumerate(model.places)]
    model.aims = [placed, urgency, worth]
    return model


def _first_dates(model: Model, problem: TeamProblem, chosen: Sequence[Choice]) -> None:
    """Let nobody begin on a date while a series is under way that takes longer there, since it is its first."""
    for first in sorted({problem.dates[each.dates].first for each in chosen if each.longer}):
        there = [var for var, each in enumerate(chosen) if problem.dates[each.dates].every & first]
        ends = {
            var: chosen[var].end + chosen[var].longer * (problem.dates[chosen[var].dates].first == first)
            for var in there
        }
        for at in sorted({chosen[var].start for var in there}):
            model.most([(var, 1) for var in there if chosen[var].start <= at < ends[var]], 1)


def _lanes(masks: Iterable[int]) -> dict[int, int]:
    """Return for each set of patterns that some date belongs to (a bit each) how many dates do."""
    of_date: dict[int, int] = defaultdict(int)
    for pattern, mask in enumerate(masks):
        for date in bit_places(mask):
            of_date[date] |= 1 << pattern
    result: dict[int, int] = defaultdict(int)
    for patterns in of_date.values():
        result[patterns] += 1
    return result


def bit_places(mask: int) -> Iterator[int]:
    """Yield the places of the set bits, lowest first."""
    return (place for place, digit in enumerate(reversed(f"{mask:b}")) if digit == "1")


def _largest(lanes: Iterable[int]) -> list[int]:
    """Leave out the lanes whose patterns are all on another: what holds there holds here."""
    kept: list[int] = []
    for lane in sorted(lanes, key=lambda lane: (-lane.bit_count(), lane)):
        if not any(lane & other == lane for other in kept):
            kept.append(lane)
    return kept


def _on(lane: int, chosen: Sequence[Choice]) -> list[int]:
    return [var for var, choice in enumerate(chosen) if lane >> choice.dates & 1]


def _company(model: Model, problem: TeamProblem, chosen: Sequence[Choice]) -> Iterator[tuple[int, int]]:
    """Yield what pairs on one date cost, and those of them with little air between."""
    weights = problem.weights
    for lane, dates in sorted(_lanes(dates.ahead for dates in problem.dates).items()):
        on_it = _on(lane, chosen)
        most = min(len(on_it), len({model.places[var][0] for var in on_it}))
        if weights.same_day > 0:
            yield _pairs(model, on_it, most), -weights.same_day * dates
        elif weights.same_day < 0:
            yield from _pairs_wished_for(model, on_it, most, -weights.same_day * dates)
        if weights.no_air:
            for both in _near(model, on_it, chosen, problem):
                yield both, -weights.no_air * dates


def _pairs(model: Model, on_it: Sequence[int], most: int) -> int:
    """Return a variable that is at least n(n - 1)/2 where n are on the lane: the lines through each two neighbouring n."""
    pairs = model.new(most * (most - 1) // 2, whole=False)
    for step in range(1, most):
        model.most([*((var, step) for var in on_it), (pairs, -1)], step * (step + 1) // 2)
    return pairs


def _pairs_wished_for(model: Model, on_it: Sequence[int], most: int, worth: int) -> Iterator[tuple[int, int]]:
    """Yield a variable for the second, the third and so on: true where so many are on the lane; the n-th makes n - 1 pairs."""
    steps = [model.new(1, whole=True) for _ in range(most)]
    model.rows.append(Row([*((var, 1) for var in on_it), *((step, -1) for step in steps)], 0, 0))
    for earlier, later in pairwise(steps):
        model.most([(later, 1), (earlier, -1)], 0)
    yield from ((step, number * worth) for number, step in enumerate(steps) if number)


def _near(
    model: Model, on_it: Sequence[int], chosen: Sequence[Choice], problem: TeamProblem
) -> Iterator[int]:
    """Yield a variable for each end and each start so near after it on a lane: true where both are used.

    On one date at most one series ends at a time, and at most one starts.
    """
    ending, starting = defaultdict(list), defaultdict(list)
    for var in on_it:
        ending[chosen[var].end].append(var)
        starting[chosen[var].start].append(var)
    for end, start in product(sorted(ending), sorted(starting)):
        if 0 <= start - end < problem.weights.air:
            both = model.new(1, whole=False)
            ends = [(var, 1) for var in ending[end]]
            starts = [(var, 1) for var in starting[start]]
            if problem.weights.no_air > 0:
                model.most([*ends, *starts, (both, -1)], 1)
            else:
                model.most([(both, 1), *((var, -1) for var, _ in ends)], 0)
                model.most([(both, 1), *((var, -1) for var, _ in starts)], 0)
            yield both


def _hours(
    model: Model, problem: TeamProblem, chosen: Sequence[Choice], lanes: Sequence[Sequence[int]]
) -> Iterator[tuple[int, int]]:
    """Yield what each time of the week costs at which anybody starts; of those on one lane at most one does."""
    cost = problem.weights.another_hour
    if not cost:
        return
    if cost < 0:
        msg = "an hour more must not be wished for: the model would use hours that nobody has"
        raise ValueError(msg)
    used: dict[tuple[int, int], int] = {}
    for lane in lanes:
        at: dict[tuple[int, int], Terms] = defaultdict(list)
        for var in lane:
            at[problem.dates[chosen[var].dates].weekday, chosen[var].start].append((var, 1))
        for hour in sorted(at.keys() - problem.hours):
            if hour not in used:
                used[hour] = model.new(1, whole=False)
                yield used[hour], -cost
            model.most([*at[hour], (used[hour], -1)], 0)
