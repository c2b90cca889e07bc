"""The mark of a section in a Google Doc, where no comment can stand: names of ranges over its heading.

`onetoone/1 2027-10-26T10:00:00+02:00 carried=c6d7ae94,0d37dd44 told=193743a9`, and `onetoone/2 …` with the same
start for what one name has no room for. Everybody who can see the document can see them, so there is no text in
them. A name has 1 to 256 UTF-16 units (Docs API, CreateNamedRangeRequest).
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from scheduler.agenda.blocks import MARK, mark
from scheduler.documents.gdocs.paragraphs import Mark

_LONGEST = 256
_NAME = re.compile(
    r"onetoone/(?P<number>\d{1,4}) (?P<meeting>\S+)(?: carried=(?P<carried>\S+))?(?: told=(?P<told>\S+))?"
)


def read_mark(comment: str) -> Mark | None:
    """Return what a mark in Markdown says, or None where there is none."""
    found = MARK.search(comment)
    return _mark_of(found) if found else None


def write_mark(found: Mark) -> str:
    """Return a mark as it stands in Markdown."""
    return mark(found.meeting, found.carried, found.told)


def range_names(found: Mark) -> tuple[str, ...]:
    """Return the names that carry a mark, each short enough."""
    names = [f"onetoone/1 {found.meeting.isoformat()}"]
    for word, prints in (("carried", found.carried), ("told", found.told)):
        begun = False
        for one in prints:
            longer = f"{names[-1]},{one}" if begun else f"{names[-1]} {word}={one}"
            if len(longer) > _LONGEST:
                longer = f"onetoone/{len(names) + 1} {found.meeting.isoformat()} {word}={one}"
                names.append("")
            names[-1] = longer
            begun = True
    return tuple(names)


def is_ours(name: str) -> bool:
    """Say whether a range's name is part of a mark."""
    return _NAME.fullmatch(name) is not None


def marks_of_names(names: Iterable[str]) -> tuple[Mark, ...]:
    """Return the marks that some names carry between them, in whatever order; the earliest meeting first."""
    found = [match for name in names if (match := _NAME.fullmatch(name))]
    parts = [part for match in sorted(found, key=lambda m: int(m["number"])) if (part := _mark_of(match))]
    meetings = sorted({part.meeting for part in parts})
    return tuple(_put_together([part for part in parts if part.meeting == one]) for one in meetings)


def _put_together(parts: Sequence[Mark]) -> Mark:
    carried = dict.fromkeys(one for part in parts for one in part.carried)
    told = dict.fromkeys(one for part in parts for one in part.told)
    return Mark(parts[0].meeting, tuple(carried), tuple(told))


def _mark_of(found: re.Match[str]) -> Mark | None:
    try:
        meeting = datetime.fromisoformat(found["meeting"])
    except ValueError:
        return None
    if meeting.tzinfo is None:
        return None
    return Mark(meeting, _prints(found["carried"]), _prints(found["told"]))


def _prints(listed: str | None) -> tuple[str, ...]:
    return tuple(one for one in (listed or "").split(",") if one)
