"""The best way for a few people to share what the others leave them: all ways looked at that could be better.

Branch and bound: whoever has the fewest times left is given each of them, the best first, or none, as long as the most that the
rest could add would still make more than the few have now. What was tried is barred to those who are alike for the rest of the
looks beneath: it would make the same week with two people changed about.
"""

from collections.abc import Sequence

from scheduler.slots.week import Week, bits, first


def rearrange(week: Week, people: Sequence[int], looks: int, *, sharing: bool = False) -> bool:
    """Give these people the best times together as all others have theirs; say whether that is any better.

    It is where more of them have a time, or as many and more urgent ones, or where their times are worth more. At most so many
    partly filled weeks are looked at; the week stays as it was where nothing is found. That two of them share an hour which
    nobody has yet is reckoned with only where `sharing` is asked for: it takes many more looks.
    """
    had = [choice for who in people if (choice := week.at[who]) is not None]
    for choice in had:
        week.leave(choice)
    found = (_Sharing if sharing else _Looking)(week, people, had, looks).best()
    for choice in had if found is None else found:
        week.take(choice)
    return found is not None


class _Looking:
    """What each choice adds is what it is worth, and the `prize` for its person."""

    def __init__(self, week: Week, people: Sequence[int], had: Sequence[int], looks: int) -> None:
        self._week = week
        self._people = frozenset(people)
        self._prize = week.prize
        self._most = {who: self._best(who) + week.lift for who in people}
        self._worth = self._worth_of(had)
        self._all = len(had) == len(people)
        self._looks = looks
        self._found: tuple[int, ...] | None = None

    def best(self) -> tuple[int, ...] | None:
        """Return the best choices that are worth more than before, None where none are."""
        self._look(self._people, 0, (), 0)
        return self._found

    def _gain(self, choice: int) -> int:
        return self._week.gain(choice)

    def _unpaid(self, choices: Sequence[int]) -> int:  # noqa: ARG002 - everything is paid
        return 0

    def _look(self, left: frozenset[int], total: int, chosen: tuple[int, ...], barred: int) -> None:
        if not left:
            total -= self._unpaid(chosen)
            if total > self._worth:
                self._worth, self._found = total, chosen
            return
        self._looks -= 1
        who, rest = self._next(left, barred)
        if rest is None:
            return
        week = self._week
        for gain, choice in self._options(who, self._worth - total - rest, barred):
            if self._looks < 0 or total + gain + rest <= self._worth:
                return
            before = week.standing()
            week.take(choice)
            self._look(left - {who}, total + gain, (*chosen, choice), barred)
            week.take_back(choice, before)
            barred |= week.alike[choice]
        if not self._all and self._looks > 0 and total + rest > self._worth:
            self._look(left - {who}, total, chosen, barred)

    def _next(self, left: frozenset[int], barred: int) -> tuple[int, int | None]:
        """Return who has the fewest times left, and the most that the others could add; None where somebody would go without who must not."""
        week, once = self._week, self._week.once | barred
        fewest, found, bound, mine = 1 << 62, -1, 0, 0
        for who in left:
            free = week.own[who] & ~once
            count, most = free.bit_count(), 0
            if not count and self._all:
                return who, None
            if count:
                most = min(self._most[who], week.worth[first(free)] + week.lift + self._prize[who])
            bound += most
            if (count, who) < (fewest, found):
                fewest, found, mine = count, who, most
        return found, bound - mine

    def _options(self, who: int, above: int, barred: int) -> list[tuple[int, int]]:
        """Return the free times of somebody that add more than so much, with what each adds, the best first."""
        week, found, prize = self._week, [], self._prize[who]
        above -= prize
        for choice in bits(week.own[who] & ~(week.once | barred)):
            if week.worth[choice] + week.lift <= above:
                break
            gain = self._gain(choice)
            if gain > above:
                found.append((gain + prize, choice))
        return sorted(found, key=lambda option: (-option[0], option[1]))

    def _best(self, who: int) -> int:
        """Return the most that somebody could add alone."""
        choice, gain = self._week.best(who)
        return 0 if choice is None else gain + self._prize[who]

    def _worth_of(self, choices: Sequence[int]) -> int:
        """Return what free choices add together that can be had beside each other."""
        week, total = self._week, 0
        before = week.standing()
        for choice in choices:
            total += self._gain(choice) + self._prize[week.who[choice]]
            week.take(choice)
        for choice in reversed(choices):
            week.take_back(choice, before)
        return total - self._unpaid(choices)


class _Sharing(_Looking):
    """An hour that nobody had is paid for in parts by whoever could share it, and the rest at the end."""

    def __init__(self, week: Week, people: Sequence[int], had: Sequence[int], looks: int) -> None:
        self._hours = week.hours()
        super().__init__(week, people, had, looks)

    def _gain(self, choice: int) -> int:
        return self._week.hope(choice, self._hours)

    def _unpaid(self, choices: Sequence[int]) -> int:
        return self._week.unpaid(choices, self._hours)

    def _best(self, who: int) -> int:
        week = self._week
        return (
            max((self._gain(each) for each in bits(week.own[who] & ~week.once)), default=0) + self._prize[who]
        )
