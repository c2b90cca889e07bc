"""The best way for a few people to share what the others leave them, all ways looked at.

Branch and bound: each in turn is given each of their times, the best first, as long as what the rest could have at most would
still be more than the few have now. With six people or so that is some hundred looks.
"""

from collections.abc import Sequence
from typing import NamedTuple

from scheduler.slots.week import Week, bits


class _Free(NamedTuple):
    """A time that the others leave somebody: at most what it counts for, and which choice it is, as a bit and by number."""

    most: int
    bit: int
    choice: int


class Rearranging:
    """Rearranges people in a week; `looks` are left in all, and each way looked at takes one."""

    def __init__(self, week: Week, weight: Sequence[int], looks: int) -> None:
        """Count choices by `weight`: persons before days of urgency before worth."""
        self.week = week
        self._weight = weight
        self.looks = looks
        self._best = 0
        self._found: tuple[int, ...] | None = None
        self._open: list[tuple[int, list[_Free]]] = []

    def among(self, people: Sequence[int], most_looks: int) -> bool:
        """Give these people the best times together, as all others have theirs; say whether it is any better."""
        week = self.week
        had = [choice for who in people if (choice := week.at[who]) is not None]
        for choice in had:
            week.leave(choice)
        self._best = self._counts(had)
        self._found = None
        self._open = sorted(((who, self._free(who)) for who in people), key=lambda each: len(each[1]))
        kept, self.looks = self.looks - most_looks, min(self.looks, most_looks)
        self._look(0, 0, ())
        self.looks += max(0, kept)
        better = self._found
        for choice in had if better is None else better:
            week.take(choice)
        return better is not None

    def _counts(self, choices: Sequence[int]) -> int:
        """Return what choices count for when they are taken one after the other."""
        week, total = self.week, 0
        for choice in choices:
            total += self._weight[choice] - week.worth[choice] + week.gain(choice)
            week.take(choice)
        for choice in choices:
            week.leave(choice)
        return total

    def _free(self, who: int) -> list[_Free]:
        week, weight = self.week, self._weight
        found = [
            _Free(weight[each] - week.load[week.dates[each]], 1 << each, each)
            for each in bits(week.own[who] & ~week.once)
        ]
        found.sort(key=lambda free: -free.most)
        return found

    def _look(self, depth: int, total: int, taken: tuple[int, ...]) -> None:
        if depth == len(self._open):
            if total > self._best:
                self._best, self._found = total, taken
            return
        week, once = self.week, self.week.once
        rest = sum(
            next((free.most for free in times if not free.bit & once), 0)
            for _, times in self._open[depth + 1 :]
        )
        for free in self._open[depth][1]:
            if total + free.most + rest <= self._best:
                break
            if free.bit & once:
                continue
            self.looks -= 1
            if self.looks <= 0:
                return
            gain = self._weight[free.choice] - week.worth[free.choice] + week.gain(free.choice)
            if total + gain + rest <= self._best:
                continue
            week.take(free.choice)
            self._look(depth + 1, total + gain, (*taken, free.choice))
            week.leave(free.choice)
        if total + rest > self._best:
            self._look(depth + 1, total, taken)
