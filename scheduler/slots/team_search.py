"""The search for the best week: first as many people as possible, then the best times for them.

Each step is a small change, kept where it helps. The same problem always has the same answer: chance comes from a
number that does not change, and the steps are counted, not timed.
"""

from collections.abc import Iterable
from random import Random

from scheduler.slots.team import Answer, TeamProblem
from scheduler.slots.week import Week, bits

_SEED = 5
_STEPS = 1500  # to let more people in
_STEPS_BACK = 15
_TABU = 7
_INFINITE = 1 << 100
_SHAKES_EACH = 3
_NEAR_BEST = 10  # of somebody's times, how many are tried out of turn


def solve(problem: TeamProblem) -> Answer:
    """Return for each request which of its choices it gets, None where it gets none."""
    search = _Search(Week(problem))
    search.start()
    search.let_in()
    search.improve()
    return search.week.answer()


class _Search:
    def __init__(self, week: Week) -> None:
        self.week = week
        self._random = Random(_SEED)  # noqa: S311 - chance, not a secret; always the same
        self._people = [who for who in range(week.size) if week.own[who]]
        self._enough = (len(self._people), 0)
        # A person counts for more than all times, and a day of urgency too.
        day = 2 * week.size * max(map(abs, week.worth), default=0) + 1
        person = day * (sum(week.urgency) + 1)
        who, urgency = week.who, week.urgency
        self._weight = [
            worth + day * urgency[whose] + person for worth, whose in zip(week.worth, who, strict=True)
        ]

    def start(self) -> None:
        """Give each the best time that is left, those first who have the fewest."""
        week = self.week
        order = sorted(self._people, key=lambda who: (week.own[who].bit_count(), -week.urgency[who], who))
        for who in order:
            self._sit(who)

    def let_in(self, steps: int = _STEPS) -> None:
        """Let in whoever has no time: others move over, or who is less urgent goes without.

        Each step is the best that there is, also where it is none for the better; a choice that was given back is not
        taken again for some steps, so that the search goes to where it has not been of late.
        """
        week, random = self.week, self._random
        if week.count == len(self._people):
            return
        best, held = week.value(), list(week.at)
        until = [0] * len(week.who)
        everything = (1 << len(week.who)) - 1
        stale = 0
        for step in range(steps):
            free = everything & ~week.once
            move = self._best_step(free, until, step)
            if move is None or (stale and stale % 60 == 0):
                missing = [who for who in self._people if week.at[who] is None]
                who = random.choice(missing)
                move = random.choice(list(bits(week.own[who])))
            for out in week.force(move):
                until[out] = step + _TABU + random.randrange(_TABU)
            stale += 1
            if week.at_most() > best and (value := week.value()) > best:
                best, held, stale = value, list(week.at), 0
                if value[:2] >= self._enough:
                    break
        week.restore(held)

    def _best_step(self, free: int, until: list[int], step: int) -> int | None:
        """Return the choice that adds most: one that is free, else one that stands against a single other."""
        week = self.week
        if free:
            return max(bits(free), key=lambda each: self._weight[each] + week.gain(each))
        weight, load, dates = self._weight, week.load, week.dates
        found, most = None, -_INFINITE
        single = week.once & ~week.twice
        for one in week.at:
            if one is None:
                continue
            instead = single & week.against[one] & ~(1 << one)
            less = most + weight[one] - load[dates[one]]
            while instead:
                low = instead & -instead
                instead ^= low
                each = low.bit_length() - 1
                more = weight[each] - load[dates[each]]
                if more > less and until[each] <= step:
                    found, less = each, more
            most = less - weight[one] + load[dates[one]]
        return found

    def improve(self) -> None:
        """Move people to better times; then give somebody another time, see who moves, and keep what is better."""
        week = self.week
        self._settle(self._people)
        self._settle_two(self._people)
        if len(self._people) <= 1:
            return
        best, at = week.value(), list(week.at)
        self._enough = best[:2]
        for _ in range(_SHAKES_EACH * len(self._people)):
            self._shake()
            value = week.value()
            if value > best:
                best, at = value, list(week.at)
                self._enough = best[:2]
            else:
                week.restore(at)

    def _shake(self) -> None:
        week, random = self.week, self._random
        who = random.choice(self._people)
        some = [choice for choice, _ in zip(bits(week.own[who]), range(_NEAR_BEST), strict=False)]
        had = week.at[who]
        out = {week.who[each] for each in week.force(random.choice(some))} - {who}
        del had
        again = sorted(out)
        random.shuffle(again)
        for each in again:
            self._sit(each)
        for each in self._people:
            if week.at[each] is None:
                self._sit(each)
        if (week.count, week.urgent) < self._enough:
            self.let_in(_STEPS_BACK)
        self._settle([*again, who])

    def _sit(self, who: int) -> bool:
        """Give somebody the best time that is left as things stand."""
        choice, _ = self.week.best(who)
        if choice is None:
            return False
        self.week.take(choice)
        return True

    def _settle(self, people: Iterable[int]) -> None:
        """Move one at a time to a better time until nobody has one."""
        waiting = list(people)
        while waiting:
            if self._better(waiting.pop()):
                waiting += (each for each in self._people if each not in waiting)

    def _better(self, who: int) -> bool:
        week = self.week
        now = week.at[who]
        if now is None:
            return self._sit(who)
        week.leave(now)
        found, _ = week.best(who, above=week.gain(now))
        week.take(now if found is None else found)
        return found is not None

    def _settle_two(self, people: Iterable[int]) -> None:
        """Move two at a time to the best two times for both, once round."""
        for one in people:
            for other in self._people:
                if one != other and self._better_two(one, other):
                    self._settle((one, other))

    def _better_two(self, one: int, other: int) -> bool:
        week = self.week
        first, second = week.at[one], week.at[other]
        if first is None or second is None:
            return False
        week.leave(first)
        week.leave(second)
        above = week.gain_of_two(first, second)
        found = week.best_two(one, other, above)
        for choice in found or (first, second):
            week.take(choice)
        return found is not None
