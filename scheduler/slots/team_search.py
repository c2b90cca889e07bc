"""The search for the best week: first as many people as possible, then the best times for them.

Each step is a small change, kept where it helps. The same problem always has the same answer: chance comes from a
number that does not change, and the steps are counted, not timed.
"""

from collections.abc import Sequence
from itertools import cycle, islice
from random import Random

from scheduler.slots.pass_on import pass_on, settle
from scheduler.slots.rearrange import rearrange
from scheduler.slots.team import Answer, TeamProblem
from scheduler.slots.week import Week, bits

_SEED = 5
_STEPS_EACH = 100  # to let more people in
_TABU = 7  # steps for which a choice is not taken again, at least
_STALE = 60  # steps without anything better, after which chance has a say
_INFINITE = 1 << 100
_FEW, _MANY = 5, 10  # who share what they have better: so many, and so many where somebody loses much
_MUCH = 50  # a loss of more than this part of the best is much
_SHARES, _LOOKS_EACH = 6, 120  # rounds of sharing, and looks for each person in one
_NEAR = 6  # of somebody's best times: who has them shares with them
_PASSES = 8  # rounds of sharing and passing on
_TO_PASS, _STANDING = 4, 3  # of somebody's best times so many are asked for, where so many have them at most
_SMALL, _SHARING_LOOKS = 6, 200  # so many people are looked at all together in the end
_SQUEEZES, _SQUEEZED, _LOOKS, _NEAR_BEST = 5, 16, 1000, 8  # to let one in: groups, their size, looks in each
_FROM_FIRST, _FROM_EACH = 3, 2


def solve(problem: TeamProblem) -> Answer:
    """Return for each request which of its choices it gets, None where it gets none."""
    search = _Search(Week(problem))
    search.start()
    search.let_in()
    search.squeeze_in()
    search.improve()
    return search.week.answer()


class _Search:
    def __init__(self, week: Week) -> None:
        self.week = week
        self._random = Random(_SEED)  # noqa: S311 - chance, not a secret; always the same
        self._people = [who for who in range(week.size) if week.own[who]]
        self._weight = [worth + week.prize[who] for worth, who in zip(week.worth, week.who, strict=True)]

    def start(self) -> None:
        """Give each the best time that is left, those first who have the fewest."""
        week = self.week
        order = sorted(self._people, key=lambda who: (week.own[who].bit_count(), -week.urgency[who], who))
        for who in order:
            self._sit(who)

    def let_in(self) -> None:
        """Let in whoever has no time: others move over, or who is less urgent goes without.

        Each step is the best that there is, also where it is none for the better; a choice that was given back is not
        taken again for some steps, so that the search goes to where it has not been of late.
        """
        week, random = self.week, self._random
        if week.count == len(self._people):
            return
        best, held = week.value(), week.mark()
        until = [0] * len(week.who)
        everything = (1 << len(week.who)) - 1
        stale = 0
        for step in range(_STEPS_EACH * len(self._people)):
            free = everything & ~week.once
            move = self._best_step(free, until, step)
            if move is None or (stale and stale % _STALE == 0):
                missing = [who for who in self._people if week.at[who] is None]
                who = random.choice(missing)
                move = random.choice(list(bits(week.own[who])))
            for out in week.force(move):
                later = step + _TABU + random.randrange(_TABU)
                for each in bits(week.alike[out]):
                    until[each] = later
            stale += 1
            if week.at_most() > best and (value := week.value()) > best:
                best, held, stale = value, week.mark(), 0
                if value.placed == len(self._people):
                    break
        week.back_to(held)

    def squeeze_in(self) -> None:
        """Let in whoever still has no time, by giving them and some others times so that all of these have one."""
        week, again = self.week, True
        while again and week.count < len(self._people):
            out = [who for who in self._people if week.at[who] is None]
            again = any(self._squeezed(who) for who in sorted(out, key=lambda who: -week.urgency[who]))

    def _squeezed(self, who: int) -> bool:
        few = (self._related(who, _SQUEEZED, _NEAR_BEST) for _ in range(_SQUEEZES))
        return any(rearrange(self.week, each, _LOOKS) for each in few)

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
        """Move one at a time to a better time; then have a few at a time share what they have better, or pass it on."""
        week = self.week
        settle(week)
        seated = [who for who in self._people if week.at[who] is not None]
        for _ in range(_PASSES if len(seated) > 1 else 0):
            self._share(seated)
            if not self._pass_on(seated):
                break
        if 1 < len(seated) <= _SMALL:
            rearrange(week, seated, _SHARING_LOOKS, sharing=True)

    def _share(self, seated: Sequence[int]) -> None:
        """Let one after another begin, those who lose most first, with more others where that is much, until it helps no more.

        Where nobody loses much, whoever loses nothing need not begin.
        """
        week = self.week
        tried: set[frozenset[int]] = set()
        order = sorted(seated, key=week.loss, reverse=True)
        much = any(week.loss(who) > self._much(who) for who in seated)
        idle = 0
        for who in islice(cycle(order), _SHARES * len(order)):
            idle += 1
            if much or week.loss(who):
                few = self._related(who, _MANY if week.loss(who) > self._much(who) else _FEW, _NEAR)
                if frozenset(few) not in tried:
                    tried.add(frozenset(few))
                    if rearrange(week, few, _LOOKS_EACH):
                        tried.clear()
                        idle = 0
            if idle == len(order):
                return

    def _pass_on(self, seated: Sequence[int]) -> bool:
        """Have everybody take a better time which others have, those who lose most first, as long as it helps; say whether it did."""
        gained, idle = False, 0
        turns = cycle(sorted(seated, key=self.week.loss, reverse=True))
        while idle < len(seated):
            if self._takes_over(next(turns)):
                gained, idle = True, 0
            else:
                idle += 1
        return gained

    def _takes_over(self, who: int) -> bool:
        """Give somebody a better time that a few others have, if the week is better for it; say whether it is."""
        week, loss = self.week, self.week.loss(who)
        spare = min(self._much(who), loss // 2)
        for choice, _ in zip(bits(week.own[who]), range(_TO_PASS), strict=False):
            if week.top[who] - week.worth[choice] >= loss:
                break
            others = week.against[choice] & week.taken & ~week.own[who]
            if others.bit_count() <= _STANDING and pass_on(week, choice, spare):
                return True
        return False

    def _much(self, who: int) -> int:
        """Return how much somebody may lose before it is much."""
        return abs(self.week.top[who]) // _MUCH

    def _related(self, who: int, size: int, near_best: int) -> list[int]:
        """Return somebody, those who have what they would rather have, those who have what these would, and so on."""
        week, random = self.week, self._random
        few = [who]
        for place, each in enumerate(few):
            if len(few) >= size:
                break
            others = sorted(week.holders(each, near_best, better=place == 0) - {*few})
            random.shuffle(others)
            few += others[: _FROM_FIRST if place == 0 else _FROM_EACH]
        others = [each for each in self._people if week.at[each] is not None and each not in few]
        random.shuffle(others)
        return (few + others)[:size]

    def _sit(self, who: int) -> bool:
        """Give somebody the best time that is left as things stand."""
        choice, _ = self.week.best(who)
        if choice is None:
            return False
        self.week.take(choice)
        return True
