"""The best way for a few people to share what the others leave them: all ways looked at that could be better.

Branch and bound: whoever has the fewest times left is given each of them, the best first, as long as the most that the rest
could add would still make more than the few have now.
"""

from collections.abc import Iterable, Sequence

from scheduler.slots.week import NOTHING, Week, bits


def rearrange(week: Week, people: Sequence[int], looks: int) -> bool:
    """Give each of these people a time, the best together as all others have theirs; say whether that is any better.

    It is where one of them had none, or where their times are worth more. At most so many partly filled weeks are
    looked at; the week stays as it was where nothing is found.
    """
    had = [choice for who in people if (choice := week.at[who]) is not None]
    for choice in had:
        week.leave(choice)
    worth = _worth(week, had) if len(had) == len(people) else NOTHING
    found = _Looking(week, people, worth, looks).best()
    for choice in found or had:
        week.take(choice)
    return found is not None


def _worth(week: Week, choices: Iterable[int]) -> int:
    """Return what free choices add together that can be had beside each other."""
    before, total = week.standing(), 0
    taken: list[int] = []
    for choice in choices:
        total += week.gain(choice)
        week.take(choice)
        taken.append(choice)
    for choice in reversed(taken):
        week.take_back(choice, before)
    return total


class _Looking:
    def __init__(self, week: Week, people: Sequence[int], worth: int, looks: int) -> None:
        self._week = week
        self._people = frozenset(people)
        self._most = {who: week.best(who)[1] + week.lift for who in people}
        self._worth = worth
        self._looks = looks
        self._found: tuple[int, ...] | None = None

    def best(self) -> tuple[int, ...] | None:
        """Return the best choices that are worth more than before, None where none are."""
        self._look(self._people, 0, ())
        return self._found

    def _look(self, left: frozenset[int], total: int, chosen: tuple[int, ...]) -> None:
        if not left:
            self._worth, self._found = total, chosen
            return
        self._looks -= 1
        who, rest = self._next(left)
        if rest is None:
            return
        week = self._week
        for gain, choice in self._options(who, self._worth - total - rest):
            if self._looks < 0 or total + gain + rest <= self._worth:
                return
            before = week.standing()
            week.take(choice)
            self._look(left - {who}, total + gain, (*chosen, choice))
            week.take_back(choice, before)

    def _next(self, left: frozenset[int]) -> tuple[int, int | None]:
        """Return who has the fewest times left, and the most that the others could add; None where somebody has no time."""
        week, once = self._week, self._week.once
        fewest, found, bound = 1 << 62, -1, 0
        for who in left:
            free = week.own[who] & ~once
            count = free.bit_count()
            if not count:
                return who, None
            most = min(self._most[who], week.worth[(free & -free).bit_length() - 1] + week.lift)
            bound += most
            if (count, who) < (fewest, found):
                fewest, found, mine = count, who, most
        return found, bound - mine

    def _options(self, who: int, above: int) -> list[tuple[int, int]]:
        """Return the free times of somebody that add more than so much, with what each adds, the best first."""
        week, found = self._week, []
        for choice in bits(week.own[who] & ~week.once):
            if week.worth[choice] + week.lift <= above:
                break
            gain = week.gain(choice)
            if gain > above:
                found.append((gain, choice))
        return sorted(found, key=lambda option: (-option[0], option[1]))
