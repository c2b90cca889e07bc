"""The components of a calendar file, each with the range of the text that it stands on.

Nothing of them is understood yet. What a component says is taken out of the text when somebody asks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from scheduler.calendars.content import ContentLine, SourceText, content_lines, name_of, property_of
from scheduler.errors import CalendarUnreadable, Problem

_ADDRESS = re.compile(r"[^\s@:=]*@[^\s@]+")
_LONGEST_UID = 40
_BETWEEN_ADDRESSES = re.compile(r"[\s<>\"';:,=\\]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A component as it stands in the file: `start` to `end` is its half-open range in `text`, the whole file's.

    `fault` says what is broken about its shape; empty where nothing is. `plain` is true where every line in it,
    also of what it holds, is surely well-formed: see `plain_scan`. `kept` are its own lines where they can't be
    told from its range alone.
    """

    name: str
    where: str
    line: int
    start: int
    end: int
    text: str = field(repr=False)
    kept: tuple[ContentLine, ...] | None = field(default=None, repr=False)
    fault: str = ""
    plain: bool = False

    @property
    def place(self) -> str:
        """Name the file and the line that it begins on."""
        return f"{self.where}:{self.line}"

    @property
    def lines(self) -> tuple[ContentLine, ...]:
        """Return its own content lines, without BEGIN and END, and without those of components in it."""
        return self.kept if self.kept is not None else tuple(self._own_lines())

    def _own_lines(self) -> Iterator[ContentLine]:
        depth = 0
        for line in content_lines(self.text[self.start : self.end], self.line, self.start):
            head = line.text[:6].upper()
            if head == "BEGIN:":
                depth += 1
            elif head[:4] == "END:":
                depth -= 1
            elif depth == 1:
                yield line

    @property
    def addresses(self) -> frozenset[str]:
        """Return everything in it that looks like an email address, in lower case."""
        texts = (line.text for line in self.lines if "@" in line.text)
        words = (word for text in texts for word in _BETWEEN_ADDRESSES.split(text))
        return frozenset(word.strip(".").lower() for word in words if "@" in word[1:-1])


@dataclass(slots=True)
class CalendarObject:
    """One VCALENDAR of a file; `end_line` is where its END stands."""

    where: str
    line: int
    lines: list[ContentLine] = field(default_factory=list)
    events: list[Block] = field(default_factory=list)
    zones: list[Block] = field(default_factory=list)
    broken: list[Block] = field(default_factory=list)
    end_line: ContentLine | None = None

    def value(self, name: str) -> str:
        """Return the first value of one of its own properties, or an empty string."""
        for line in self.lines:
            if name_of(line.text) == name:
                found = property_of(line.text)
                return found.value.strip() if found is not None else ""
        return ""


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A calendar file whose shape was read."""

    where: str
    source: SourceText
    calendars: tuple[CalendarObject, ...]
    warnings: tuple[Problem, ...] = ()


def unreadable(where: str, what: str, remedy: str) -> CalendarUnreadable:
    """Return the error for a calendar of which one part can't be read."""
    return CalendarUnreadable(Problem(where, what, remedy))


def printable(name: str, most: int = 40) -> str:
    """Return a name, or words, from a file as a sentence can hold them: short, without control characters or addresses.

    A broken file may have anything anywhere, and what is told of it is kept.
    """
    return _shown(_ADDRESS.sub("…@…", name[:most])) + ("…" if len(name) > most else "")


def printable_uid(uid: str) -> str:
    """Return a UID as a sentence can hold it; many have the form of an address, and stay whole to name their event."""
    return _shown(uid[:_LONGEST_UID]) + ("…" if len(uid) > _LONGEST_UID else "")


def _shown(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text)
