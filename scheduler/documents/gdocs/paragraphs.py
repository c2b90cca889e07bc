"""What a Google Doc is made of, as far as an agenda needs it: paragraphs of one kind each, in runs of one style."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

TICK = "✓ "
SOFT_BREAK = "\v"  # what Shift+Enter leaves within a paragraph
_BEYOND_16_BITS = 0x10000


class Kind(Enum):
    """What a paragraph is; `BOX` is an item of a checklist."""

    TEXT = auto()
    HEADING = auto()
    BULLET = auto()
    NUMBER = auto()
    BOX = auto()


ITEMS = frozenset({Kind.BULLET, Kind.NUMBER, Kind.BOX})


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style; `link` is where it leads, empty for nowhere."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What our mark says: the meeting's original start, and the fingerprints of what its section listed."""

    meeting: datetime
    carried: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph without its newline.

    `level` is 1 to 6 for a heading, 0 to 8 for how deep an item lies. A paragraph with a `mark` is the heading of
    a meeting's section.
    """

    kind: Kind
    runs: tuple[Run, ...] = ()
    level: int = 0
    mark: Mark | None = None

    @property
    def plain(self) -> str:
        """Return its text without any style."""
        return plain(self.runs)


def plain(runs: Iterable[Run]) -> str:
    """Return the text of runs without any style."""
    return "".join(run.text for run in runs)


def utf16(text: str) -> int:
    """Return how long a text is as Google Docs counts: in UTF-16 code units, an emoji having two."""
    return len(text) + sum(ord(character) >= _BEYOND_16_BITS for character in text)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs with neighbours of the same style made one, and without empty ones."""
    found: list[Run] = []
    for run in runs:
        if run.text and found and replace(found[-1], text="") == replace(run, text=""):
            found[-1] = replace(found[-1], text=found[-1].text + run.text)
        elif run.text:
            found.append(run)
    return tuple(found)


def trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return runs without the blanks before the first word and behind the last."""
    text = plain(runs)
    first = len(text) - len(text.lstrip())
    return between(runs, first, len(text.rstrip()))


def between(runs: Iterable[Run], start: int, end: int) -> tuple[Run, ...]:
    """Return the runs of the characters from `start` up to `end`."""
    found: list[Run] = []
    place = 0
    for run in runs:
        text = run.text[max(start - place, 0) : max(end - place, 0)]
        found.append(replace(run, text=text))
        place += len(run.text)
    return joined(found)
