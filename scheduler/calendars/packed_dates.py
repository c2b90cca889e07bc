"""The dates of an event as the mirror keeps them: those that come in a row, by how far each is from the one before.

A date is five values: start, end, where the series had put it, and two numbers that say what is true of it. Times are in
seconds, days are text.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from itertools import pairwise

from scheduler.timespans import midnight

Kept = int | str
Date = tuple[Kept, Kept, Kept, int, int]
Rows = list[list[int]]


def in_rows(dates: Iterable[Date]) -> tuple[Rows, list[Date]]:
    """Return the times that stand where the series had put them as rows, and the other dates as they are.

    A row is what is true of its dates, how long each takes, the first start, and the steps from each to the next.
    """
    found: dict[tuple[int, int, int], list[int]] = {}
    others: list[Date] = []
    for each in dates:
        start, end, original, fact, flags = each
        if isinstance(start, int) and isinstance(end, int) and original == start:
            found.setdefault((fact, flags, end - start), []).append(start)
        else:
            others.append(each)
    rows: Rows = []
    for key, starts in found.items():
        starts.sort()
        steps = (after - before for before, after in pairwise(starts))
        rows.append([*key, starts[0], *steps])
    return rows, others


def out_of_rows(rows: Rows, others: Iterable[Date]) -> Iterator[Date]:
    """Yield the dates that `in_rows` was given, in whatever order."""
    for fact, flags, length, start, *steps in rows:
        at = start
        yield at, at + length, at, fact, flags
        for step in steps:
            at += step
            yield at, at + length, at, fact, flags
    yield from others


def kept(moment: datetime) -> Kept:
    """Return a moment as seconds; a midnight of the owner's as its date, since a day is one in whatever zone."""
    return int(moment.timestamp()) if moment.tzinfo is UTC else f"{moment.date()}"


def moment_of(told: Kept, owner: tzinfo) -> datetime:
    """Return the moment that was kept, in UTC, or as the midnight of a day in the owner's zone."""
    if isinstance(told, int):
        return datetime.fromtimestamp(told, UTC)
    return _midnight(told, owner)


@lru_cache(maxsize=4096)  # absences of many people are on the same days
def _midnight(day: str, owner: tzinfo) -> datetime:
    return midnight(date.fromisoformat(day), owner)
