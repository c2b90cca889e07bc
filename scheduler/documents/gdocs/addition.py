"""What is new in a document: one piece of text that was put between lines that all stayed."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.agenda.blocks import lines_of
from scheduler.documents.gdocs.agreement import common_end, common_start


@dataclass(frozen=True, slots=True)
class Addition:
    """Text that goes before a line, counted from 0; the number of lines stands for the end."""

    line: int
    text: str


def addition(before: str, after: str) -> Addition | None:
    """Return what was added to a text; empty where nothing was, None where more was done than adding one piece.

    Where the piece could stand in several places, because it begins as what follows it does, it begins with its
    heading.
    """
    old, new = lines_of(before), lines_of(after)
    added = len(new) - len(old)
    top = common_start(old, new)
    end = common_end(old, new)
    if added < 0 or top + end < len(old):
        return None
    first = max(0, len(old) - end)
    places = range(top, first - 1, -1)
    place = next((n for n in places if _begins_with_heading(new[n : n + added])), places[0])
    return Addition(place, "".join(new[place : place + added]))


def _begins_with_heading(lines: Sequence[str]) -> bool:
    return bool(lines) and lines[0].startswith("#")
