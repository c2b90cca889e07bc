"""A manager's week during the search: all choices of everybody in one row, and which of them are taken.

A choice is known by its place in the row, and a set of choices is an int with a bit for each. `against` holds for
each choice those that can't be had beside it: the same person's others, and all that would stand on it.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate
from operator import add, or_, sub

from scheduler.slots.team import Answer, Choice, TeamProblem, Value

NOTHING = -(1 << 62)


class Week:
    """Who has which choice; changed by `take` and `leave` alone."""

    def __init__(self, problem: TeamProblem) -> None:
        """Start with nothing taken; each person's choices stand in a row from the best down."""
        self.problem = problem
        self.size = len(problem.choices)
        self.urgency = problem.urgencies
        ranked = [sorted(enumerate(choices), key=lambda each: -each[1].worth) for choices in problem.choices]
        row = [(who, place, choice) for who, choices in enumerate(ranked) for place, choice in choices]
        self.who = [who for who, _, _ in row]
        self._place = [place for _, place, _ in row]
        self._choice = [choice for _, _, choice in row]
        self.worth = [choice.worth for choice in self._choice]
        self.dates = [choice.dates for choice in self._choice]
        weekdays = [dates.weekday for dates in problem.dates]
        self._hour = [weekdays[choice.dates] * _DAY + choice.start for choice in self._choice]
        self.own = _own(ranked)
        self.top = [max((choice.worth for _, choice in choices), default=0) for choices in ranked]
        self.against, self._near = _beside(problem, self._choice, self.who, self.own)
        self.alike = _alike(ranked, problem.urgencies)
        self.at: list[int | None] = [None] * self.size
        self.once = self.twice = 0
        self.taken = 0
        self.count = self.urgent = self.rough = 0
        self._together = _together(problem)
        same_day = problem.weights.same_day
        self.sharing = [[same_day * count for count in row] for row in self._together]
        self.load = [0] * len(problem.dates)
        self._hours_before = {weekday * _DAY + cell for weekday, cell in problem.hours}
        self._hours = dict.fromkeys(self._hours_before, 1)
        self._no_air, self._another_hour = problem.weights.no_air, problem.weights.another_hour
        self._part = _parts(problem)
        day = 2 * self.most + 1
        person = day * (sum(problem.urgencies) + 1)
        self.prize = [person + day * urgency for urgency in problem.urgencies]
        self.lift = max(0, -same_day) * max(map(max, self._together), default=0) * self.size

    @property
    def most(self) -> int:
        """Return more than all times together can be worth, or cost."""
        weights, size = self.problem.weights, self.size
        together = max(map(max, self._together), default=0) * (abs(weights.same_day) + weights.no_air)
        return size * (max(map(abs, self.worth), default=0) + weights.another_hour + size * together)

    def value(self) -> Value:
        """Return how good the week is as it stands."""
        taken = [choice for choice in self.at if choice is not None]
        hours = {self._hour[each] for each in taken} - self._hours_before
        worth = self.rough - self._another_hour * len(hours)
        if self._no_air:
            worth -= sum(map(self._crowding, taken)) // 2
        return Value(self.count, self.urgent, worth)

    def at_most(self) -> Value:
        """Return what its value may be at most: for want of air and for other hours nothing is taken off it."""
        return Value(self.count, self.urgent, self.rough)

    def answer(self) -> Answer:
        """Return who has which of their choices, as the problem counts them."""
        return tuple(None if choice is None else self._place[choice] for choice in self.at)

    def take(self, choice: int) -> None:
        """Take a choice that is free, for whoever's it is and who has none."""
        self.at[self.who[choice]] = choice
        self.taken |= 1 << choice
        self.count += 1
        self.urgent += self.urgency[self.who[choice]]
        self.rough += self.worth[choice] - self.load[self.dates[choice]]
        against = self.against[choice]
        self.twice |= self.once & against
        self.once |= against
        self.load = list(map(add, self.load, self.sharing[self.dates[choice]]))
        self._hours[self._hour[choice]] = self._hours.get(self._hour[choice], 0) + 1

    def leave(self, choice: int) -> None:
        """Give a choice back."""
        self.at[self.who[choice]] = None
        self.taken ^= 1 << choice
        self.count -= 1
        self.urgent -= self.urgency[self.who[choice]]
        self._stand()
        self.load = list(map(sub, self.load, self.sharing[self.dates[choice]]))
        self._hours[self._hour[choice]] -= 1
        self.rough -= self.worth[choice] - self.load[self.dates[choice]]

    def standing(self) -> "Standing":
        """Return what `take_back` needs to be quicker than `leave`."""
        return self.once, self.twice, self.load, self.rough

    def take_back(self, choice: int, before: "Standing") -> None:
        """Give back the choice that was taken last; `before` is how things were standing before that."""
        who, hour = self.who[choice], self._hour[choice]
        self.at[who] = None
        self.taken ^= 1 << choice
        self.count -= 1
        self.urgent -= self.urgency[who]
        self._hours[hour] -= 1
        self.once, self.twice, self.load, self.rough = before

    def force(self, choice: int) -> list[int]:
        """Take a choice whatever stands against it; return what was given back for it."""
        out = [each for each in self.at if each is not None and self.against[choice] >> each & 1]
        for each in out:
            self.leave(each)
        self.take(choice)
        return out

    def mark(self) -> "Mark":
        """Return all that `back_to` needs to make the week again what it is now."""
        return (
            list(self.at), self.taken, self.count, self.urgent, self.rough,
            self.once, self.twice, self.load, dict(self._hours),
        )  # fmt: skip

    def back_to(self, mark: "Mark") -> None:
        """Make the week again what it was; not twice from one mark."""
        (
            self.at, self.taken, self.count, self.urgent, self.rough,
            self.once, self.twice, self.load, self._hours,
        ) = mark  # fmt: skip

    def gain(self, choice: int) -> int:
        """Return what a free choice would add to the week."""
        gain = self.worth[choice] - self.load[self.dates[choice]]
        if self._another_hour and not self._hours.get(self._hour[choice]):
            gain -= self._another_hour
        near = self._near[choice] & self.taken
        return gain - self._crowding(choice) if near else gain

    def beside(self, choice: int) -> int:
        """Return what a choice that is taken is worth beside the others on its days."""
        dates = self.dates[choice]
        return self.worth[choice] - self.load[dates] + self.sharing[dates][dates]

    def kept(self, choice: int) -> int:
        """Return what would be lost without a choice that is taken."""
        kept = self.beside(choice)
        if self._another_hour and self._hours[self._hour[choice]] == 1:
            kept -= self._another_hour
        return kept - self._crowding(choice) if self._no_air else kept

    def loss(self, who: int) -> int:
        """Return what somebody's time is worth less than the best of theirs; nothing where they have none."""
        now = self.at[who]
        return 0 if now is None else self.top[who] - self.worth[now]

    def hours(self) -> set[int]:
        """Return the times of the week at which any 1-2-1 starts."""
        return {hour for hour, count in self._hours.items() if count}

    def hope(self, choice: int, hours: AbstractSet[int]) -> int:
        """Return what a free choice would add, were an hour that is not among these shared by as many as can share it."""
        gain = self.worth[choice] - self.load[self.dates[choice]]
        if self._another_hour and self._hour[choice] not in hours:
            gain -= self._part[self.dates[choice]]
        return gain - self._crowding(choice) if self._no_air else gain

    def unpaid(self, choices: Iterable[int], hours: AbstractSet[int]) -> int:
        """Return what `hope` left out of the cost of the hours at which these start, since nobody shares them."""
        left: dict[int, int] = {}
        for choice in choices:
            hour = self._hour[choice]
            if hour not in hours:
                left[hour] = left.get(hour, self._another_hour) - self._part[self.dates[choice]]
        return sum(left.values())

    def best(self, who: int, above: int = NOTHING) -> tuple[int | None, int]:
        """Return the free choice of somebody that adds most, more than `above`, and how much; of equal ones the first."""
        found, most = None, above
        load, dates, worth = self.load, self.dates, self.worth
        for choice in bits(self.own[who] & ~self.once):
            own = worth[choice]
            if own + self.lift <= most:
                break
            if own - load[dates[choice]] > most and (gain := self.gain(choice)) > most:
                found, most = choice, gain
        return found, most

    def holders(self, who: int, count: int, *, better: bool) -> set[int]:
        """Return who has what stands against so many of somebody's best times, or only against those better than the present."""
        now, found = self.at[who], 0
        for choice, _ in zip(bits(self.own[who]), range(count), strict=False):
            if choice == now and better:
                break
            found |= self.against[choice] & self.taken
        return {self.who[choice] for choice in bits(found)} - {who}

    def _stand(self) -> None:
        once = twice = 0
        for choice in self.at:
            if choice is not None:
                against = self.against[choice]
                twice |= once & against
                once |= against
        self.once, self.twice = once, twice

    def _crowding(self, choice: int) -> int:
        """Return what lack of air between a choice and those taken costs."""
        near = self._near[choice] & self.taken
        together = self._together[self.dates[choice]]
        return self._no_air * sum(together[self.dates[other]] for other in bits(near))


Standing = tuple[int, int, list[int], int]
Mark = tuple[list[int | None], int, int, int, int, int, int, list[int], dict[int, int]]
_DAY = 1 << 10  # more than the cells of a day


def bits(number: int) -> Iterator[int]:
    """Yield the members of a set of choices, the first one first."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def first(choices: int) -> int:
    """Return the first of a set of choices that is not empty: of somebody's own, the best."""
    return (choices & -choices).bit_length() - 1


def _own(ranked: Sequence[Sequence[tuple[int, Choice]]]) -> list[int]:
    own, start = [], 0
    for choices in ranked:
        own.append(((1 << len(choices)) - 1) << start)
        start += len(choices)
    return own


def _alike(ranked: Sequence[Sequence[tuple[int, Choice]]], urgencies: Sequence[int]) -> list[int]:
    """Return for each choice the same one of everybody who has the same choices and is no more urgent, itself among them."""
    alike: list[int] = []
    starts = list(accumulate(map(len, ranked), initial=0))
    kinds = [tuple(choice for _, choice in choices) for choices in ranked]
    others = list(zip(kinds, urgencies, starts[:-1], strict=True))
    for kind, urgency in zip(kinds, urgencies, strict=True):
        first = sum(1 << start for other, less, start in others if other == kind and less <= urgency)
        alike += (first << place for place in range(len(kind)))
    return alike


def _beside(
    problem: TeamProblem, row: Sequence[Choice], who: Sequence[int], own: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Return for each choice those that can't be had beside it, itself among them; and those with no air between."""
    air = problem.weights.air
    cells = range(max((each.end + each.longer for each in row), default=0) + air + 1)
    starting, ending = [0] * len(cells), [0] * len(cells)
    on = [0] * len(problem.dates)
    for place, each in enumerate(row):
        starting[each.start] |= 1 << place
        ending[each.end] |= 1 << place
        on[each.dates] |= 1 << place
    started = list(accumulate(starting, or_, initial=0))  # before each cell
    ended = list(accumulate(ending, or_, initial=0))
    daily: dict[int, list[tuple[int, int]]] = {}
    for dates, there in zip(problem.dates, on, strict=True):
        daily.setdefault(dates.weekday, []).append((dates.every, there))
    sharing = [
        sum(there for every, there in daily[one.weekday] if one.every & every) for one in problem.dates
    ]
    against, near = [], []
    for each, whose in zip(row, who, strict=True):
        same = sharing[each.dates]
        against.append(same & started[each.end] & ~ended[each.start + 1] | own[whose])
        after = started[each.end + air] & ~started[each.end]
        before = ended[each.start + 1] & ~ended[max(0, each.start + 1 - air)]
        near.append(same & (after | before) & ~own[whose])
    for place, each in enumerate(row):
        if each.longer:
            first = problem.dates[each.dates].first
            there = sum(there for every, there in daily[problem.dates[each.dates].weekday] if first & every)
            longer = there & started[each.end + each.longer] & ~started[each.end]
            against[place] |= longer
            for other in bits(longer):
                against[other] |= 1 << place
    return against, near


def _parts(problem: TeamProblem) -> list[int]:
    """Return what each set of dates pays at least of another hour, whoever else shares it: by how many of the dates it takes."""
    every: dict[int, int] = {}
    for dates in problem.dates:
        every[dates.weekday] = every.get(dates.weekday, 0) | dates.every
    cost = problem.weights.another_hour
    return [cost * each.every.bit_count() // every[each.weekday].bit_count() for each in problem.dates]


def _together(problem: TeamProblem) -> list[list[int]]:
    """Return how many dates of the look-ahead each two sets of dates share."""
    return [[(one.ahead & other.ahead).bit_count() for other in problem.dates] for one in problem.dates]
