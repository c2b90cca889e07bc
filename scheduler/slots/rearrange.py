"""The best way for a few people to share what the others leave them: all ways looked at that could be better.

Branch and bound: each in turn is given each of their times, the best first, as long as the most that the rest could add
would still make more than the few have now.
"""

from collections.abc import Sequence

from scheduler.slots.week import Week, bits


def rearrange(week: Week, people: Sequence[int], looks: int) -> bool:
    """Give these people, who have times, better ones together, as all others have theirs; say whether there were any.

    At most so many partly filled weeks are looked at.
    """
    had = [choice for who in people if (choice := week.at[who]) is not None]
    for choice in had:
        week.leave(choice)
    worth = 0
    for choice in had:
        worth += week.gain(choice)
        week.take(choice)
    for choice in had:
        week.leave(choice)
    found = _Looking(week, people, worth, looks).best()
    for choice in found or had:
        week.take(choice)
    return found is not None


class _Looking:
    def __init__(self, week: Week, people: Sequence[int], worth: int, looks: int) -> None:
        self._week = week
        self._order = sorted(people, key=lambda who: (week.own[who] & ~week.once).bit_count())
        self._most = [week.best(who)[1] + week.lift for who in self._order]
        self._worth = worth
        self._looks = looks
        self._found: tuple[int, ...] | None = None

    def best(self) -> tuple[int, ...] | None:
        """Return the best choices that are worth more than before, None where none are."""
        self._look(0, ())
        return self._found

    def _look(self, total: int, chosen: tuple[int, ...]) -> None:
        if len(chosen) == len(self._order):
            self._worth, self._found = total, chosen
            return
        self._looks -= 1
        rest = self._rest(len(chosen) + 1)
        if rest is None:
            return
        week = self._week
        for gain, choice in self._options(self._order[len(chosen)], self._worth - total - rest):
            if self._looks < 0 or total + gain + rest <= self._worth:
                return
            before = week.standing()
            week.take(choice)
            self._look(total + gain, (*chosen, choice))
            week.take_back(choice, before)

    def _rest(self, first: int) -> int | None:
        """Return the most that those from this one on could add; None where one of them has no time left."""
        week, rest = self._week, 0
        for who, most in zip(self._order[first:], self._most[first:], strict=True):
            free = week.own[who] & ~week.once
            if not free:
                return None
            rest += min(most, week.worth[(free & -free).bit_length() - 1] + week.lift)
        return rest

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
