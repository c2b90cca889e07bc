"""Somebody moves to a better time, and whoever had it moves to another, and whoever had that, as long as all gain by it.

`rearrange` looks at all ways to share out what a few have; this follows single paths, which go through many people.
"""

from operator import attrgetter, sub
from typing import NamedTuple

from scheduler.slots.week import NOTHING, Week, bits, first

_STEPS = 6  # of a path, at most
_PATHS = 8  # that are followed beside each other
_TIMES = 2  # that are looked at of somebody where one and the same other has them


class _Path(NamedTuple):
    """What it gains so far, who is without a time at its end, who has moved (a bit each), what can't be had any more."""

    gain: int
    who: int
    moved: int
    barred: int
    chosen: tuple[int, ...]


def settle(week: Week) -> None:
    """Move one at a time to a better time, or to any, until nobody has a better one."""
    people = [who for who in range(week.size) if week.own[who]]
    waiting = list(people)
    while waiting:
        if _better(week, waiting.pop()):
            waiting += (each for each in people if each not in waiting)


def pass_on(week: Week, choice: int, spare: int) -> bool:
    """Take a choice, and find others for those who had what stands against it; say whether the week is better for it.

    Else it stays as it was. What costs the week up to `spare` is tried too: others may have something of what became free.
    """
    before, mark, least = week.value(), week.mark(), week.rough - spare
    who = week.who[choice]
    out = [each for each in (week.who[left] for left in week.force(choice)) if each != who]
    for place, each in enumerate(out, 1):
        others = sum(week.top[other] + week.lift for other in out[place:])
        path = _path(week, each, choice, least - week.rough - others)
        if path is None:
            break
        _follow(week, path)
    else:
        settle(week)
        if week.value() > before:
            return True
    week.back_to(mark)
    return False


def _path(week: Week, who: int, choice: int, least: int) -> tuple[int, ...] | None:
    """Return the steps that give somebody a time and gain most, more than `least`; None where none do.

    The choice that was forced stays.
    """
    loss = [week.loss(each) for each in range(week.size)]
    rows: dict[int, dict[int, list[tuple[int, int]]]] = {}
    found = None
    paths = [_Path(0, who, 1 << who | 1 << week.who[choice], week.against[choice], ())]
    for _ in range(_STEPS):
        longer: list[_Path] = []
        for path in paths:
            if path.who not in rows:
                rows[path.who] = _row(week, path.who)
            for holder, times in rows[path.who].items():
                ends = holder < 0 or path.moved >> holder & 1
                for gain, taken in times:
                    total = path.gain + gain
                    if total + (0 if ends else loss[holder]) <= least:
                        break
                    if path.barred >> taken & 1:
                        continue
                    chosen = (*path.chosen, taken)
                    if ends:
                        found, least = chosen, total
                        break
                    barred = path.barred | week.against[taken]
                    longer.append(_Path(total, holder, path.moved | 1 << holder, barred, chosen))
        longer.sort(key=attrgetter("gain"), reverse=True)
        paths = longer[:_PATHS]
        if not paths:
            break
    return found


def _row(week: Week, who: int) -> dict[int, list[tuple[int, int]]]:
    """Return what somebody would gain by their times: of those that are free (-1), and of those that one other stands in the way of."""
    now = week.at[who]
    had, mine, load = 0, 0, week.load
    if now is not None:
        had, mine, load = week.beside(now), 1 << now, list(map(sub, load, week.sharing[week.dates[now]]))
    others = week.taken & ~mine
    worth, dates, against = week.worth, week.dates, week.against
    row: dict[int, list[tuple[int, int]]] = {}
    for choice in bits(week.own[who] & ~mine):
        stand = against[choice] & others
        if stand & (stand - 1):
            continue
        times = row.setdefault(week.who[first(stand)] if stand else -1, [])
        if len(times) < _TIMES:
            times.append((worth[choice] - load[dates[choice]] - had, choice))
    return row


def _follow(week: Week, path: tuple[int, ...]) -> None:
    for choice in path:
        now = week.at[week.who[choice]]
        if now is not None:
            week.leave(now)
    for choice in path:
        week.take(choice)


def _better(week: Week, who: int) -> bool:
    """Move somebody to the time that is best as things stand; say whether it is another one."""
    now, least = week.at[who], NOTHING
    if now is not None:
        free = week.own[who] & ~(week.twice | 1 << now)
        if not free or week.worth[first(free)] + week.lift <= week.kept(now):
            return False
        week.leave(now)
        least = week.gain(now)
    found, _ = week.best(who, above=least)
    to = now if found is None else found
    if to is not None:
        week.take(to)
    return found is not None
