"""How much of what is wrong with one calendar is told: the first of it, and one line that counts the rest.

Garbage has a fault on each line. Nobody reads twenty thousand of them, and no report should hold them; what they
name is kept all the same, as the meeting that is looked for may be any of them.
"""

from collections.abc import Iterable, Iterator

from scheduler.calendars.components import Block
from scheduler.errors import Problem
from scheduler.meetings import Unread

MOST_TOLD = 50
_REMEDY = "export the calendar again, or mend those that are listed and look at it once more"


def told_warnings(warnings: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the warnings by place, each once, no more than `MOST_TOLD`; the last of them counts those left out."""
    each_once = sorted(dict.fromkeys(warnings), key=_place)
    if len(each_once) <= MOST_TOLD:
        return tuple(each_once)
    head, rest = each_once[: MOST_TOLD - 1], each_once[MOST_TOLD - 1 :]
    what = f"{len(rest):,} more things are odd, the first of them here: {rest[0].what}"
    return (*head, Problem(rest[0].where, what, _REMEDY))


def told_unread(unread: Iterable[Unread]) -> tuple[Unread, ...]:
    """Return the broken events by place; those beyond `MOST_TOLD` share one problem that counts them, and keep their addresses."""
    ordered = sorted(unread, key=lambda each: (_place(each.problem), sorted(each.addresses)))
    head, rest = ordered[: MOST_TOLD - 1], ordered[MOST_TOLD - 1 :]
    if len(rest) <= 1:
        return tuple(ordered)
    what = f"{len(rest):,} more events can't be read, the first of them here: {rest[0].problem.what}"
    shared = Problem(rest[0].problem.where, what, _REMEDY)
    return (*head, *(Unread(shared, each) for each in dict.fromkeys(one.addresses for one in rest)))


def _place(problem: Problem) -> tuple[str, int, str]:
    """Return what orders problems by file and line: whatever order events were read in, they are told in the same."""
    path, _, line = problem.where.rpartition(":")
    return (path, int(line), problem.what) if line.isdecimal() else (problem.where, 0, problem.what)


def without_uid(blocks: Iterable[Block]) -> Iterator[Problem]:
    """Yield one warning a file for its events without a UID."""
    files: dict[str, list[Block]] = {}
    for block in blocks:
        files.setdefault(block.where, []).append(block)
    for first, *others in files.values():
        if not others:
            what = "the event has no UID; it was read as one of its own"
        else:
            what = f"this event and {len(others):,} more have no UID; each was read as one of its own"
        yield Problem(first.place, what)
