"""The search for the best week: first as many people as possible, then the best times for them.

Each step is a small change, kept where it helps. The same problem always has the same answer: chance comes from a
number that does not change, and the steps are counted, not timed.
"""

from collections.abc import Iterable
from random import Random

from scheduler.slots.rearrange import Rearranging
from scheduler.slots.team import Answer, TeamProblem
from scheduler.slots.week import Week, bits

_SEED = 5
_STEPS = 1500  # to let more people in
_TABU = 7
_INFINITE = 1 << 100
_FEW = 6
_LOOKS, _LOOKS_EACH = 200, 400
_STALE_EACH = 2
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
        day = 2 * week.most + 1
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
        """Move one at a time to a better time; then have a few at a time share what they have better."""
        self._settle(self._people)
        people = self._people
        rearranging = Rearranging(self.week, self._weight, _LOOKS_EACH * len(people))
        stale = 0
        while len(people) > 1 and stale < _STALE_EACH * len(people) and rearranging.looks > 0:
            for who in sorted(people, key=self._loss, reverse=True):
                better = rearranging.among(self._few(who), _LOOKS)
                stale = 0 if better else stale + 1
                if rearranging.looks <= 0:
                    break

    def _loss(self, who: int) -> int:
        """Return what somebody loses against the best of their times."""
        week, now = self.week, self.week.at[who]
        best = week.own[who] & -week.own[who]
        return week.worth[best.bit_length() - 1] - (0 if now is None else week.gain_now(now))

    def _few(self, who: int) -> list[int]:
        """Return somebody with those who have what they would rather have, and those who have what these would."""
        week, random = self.week, self._random
        few = [who]
        for each in few:
            better = [choice for choice, _ in zip(bits(week.own[each]), range(_NEAR_BEST), strict=False)]
            choice = random.choice(better)
            for taken in week.at:
                if taken is not None and week.against[choice] >> taken & 1 and week.who[taken] not in few:
                    few.append(week.who[taken])
            if len(few) >= _FEW:
                break
        others = [each for each in self._people if each not in few]
        while len(few) < _FEW and others:
            few.append(others.pop(random.randrange(len(others))))
        return few[:_FEW]

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
