"""What people typed, one entry at a time: list items, lines of text, table rows, by part of the section."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from markdown_it.token import Token

_BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<text>[^*_\n]+?):?(?:\*\*|__):?")
_STRUCK_BULLET = re.compile(r"(?m)^(?=~~\s*(?:[-*+]|\d+[.)])\s)")
_BOX = re.compile(r"\\?\[.?\\?\]")
_WRAPPED = 60
_PART_LEVEL = 3


class Part(StrEnum):
    """The places of a section, by what their headings say; `OTHER` is a heading of a person's own."""

    SINCE = "since last time"
    DONE = "done since"
    ASKED = "do drop or park"
    OPENERS = "openers"
    THEIRS = "theirs"
    HEARD = "heard"
    IDEAS = "their ideas first"
    FOLLOW_UPS = "follow ups"
    OTHER = ""


_KNOWN_HEADINGS = (
    ("since last", Part.SINCE),
    ("since we last", Part.SINCE),
    ("done", Part.DONE),
    ("do drop or park", Part.ASKED),
    ("openers", Part.OPENERS),
    ("in reserve", Part.OPENERS),
    ("theirs", Part.THEIRS),
    ("heard", Part.HEARD),
    ("their ideas", Part.IDEAS),
    ("follow up", Part.FOLLOW_UPS),
    ("followup", Part.FOLLOW_UPS),
    ("action item", Part.FOLLOW_UPS),
    ("actions", Part.FOLLOW_UPS),
    ("next steps", Part.FOLLOW_UPS),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One list item, line or table row as typed.

    `group` is the heading or the 'Ann:' that it stands under; `depth` counts the items above it
    that are no such groups, 0 is outermost, and `above` is the text of the nearest of these.
    """

    part: Part
    text: str
    depth: int = 0
    in_list: bool = False
    group: str = ""
    above: str = ""


def known_part(title: str) -> Part | None:
    """Return the part that a heading's words name, in whatever case and punctuation, or None."""
    words = " ".join(re.sub(r"[^\w]+|_", " ", title.casefold()).split())
    return next((part for start, part in _KNOWN_HEADINGS if words.startswith(start)), None)


def read_entries(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Entry]:
    """Yield the entries of one section's blocks, in order; code and HTML blocks hold none.

    `lines` is the source that the tokens' line maps speak of.
    """
    reader = _Reader(tokens, lines)
    for n, token in enumerate(tokens):
        yield from reader.step(n, token)


class _Reader:
    """Walks block tokens and keeps where it is: the part, the list depth, the group above."""

    def __init__(self, tokens: Sequence[Token], lines: Sequence[str]) -> None:
        self._tokens, self._lines = tokens, lines
        self._part, self._level, self._heading_group = Part.OTHER, _PART_LEVEL, ""
        self._items: list[str | None] = []  # for each open list item its first line, '' for a group
        self._groups: list[str] = []
        self._row: list[str] | None = None

    def step(self, n: int, token: Token) -> Iterator[Entry]:
        """Take one token; yield the entries that it completes."""
        match token.type:
            case "list_item_open":
                self._items.append(None)
                self._groups.append(self._groups[-1] if self._groups else self._heading_group)
            case "list_item_close":
                self._items.pop()
                self._groups.pop()
            case "tr_open":
                self._row = []
            case "tr_close":
                yield from self._row_entry()
            case "inline":
                yield from self._inline(n, token)
            case _:
                pass

    def _inline(self, n: int, token: Token) -> Iterator[Entry]:
        opened = self._tokens[n - 1]
        if opened.type == "heading_open" and not opened.level:
            self._enter(token.content, int(opened.tag[1:]))
        elif self._row is not None:
            if opened.type == "td_open":
                self._row.append(token.content)
        elif self._items:
            yield from self._item(n, token)
        elif (bold := _BOLD_LINE.fullmatch(token.content)) and known_part(bold["text"]) is not None:
            self._enter(bold["text"], _PART_LEVEL)
        else:
            for line in _lines(token.content):
                yield Entry(self._part, line, group=self._heading_group)

    def _enter(self, title: str, level: int) -> None:
        """Go on under another heading; an unknown one below a part's groups what stands in it."""
        part = known_part(title)
        if part is None and self._part is not Part.OTHER and level > self._level:
            self._heading_group = title
            return
        self._heading_group = ""
        self._part = part or Part.OTHER
        if part not in {Part.DONE, Part.ASKED}:
            self._level = level

    def _item(self, n: int, token: Token) -> Iterator[Entry]:
        if self._items[-1] is not None:
            return  # a further paragraph of the same item is a note to it
        self._items[-1] = token.content
        has_list = self._tokens[n + 2].type in {"bullet_list_open", "ordered_list_open"}
        if has_list and token.content.rstrip().endswith(":") and not _BOX.match(token.content):
            self._groups[-1] = token.content.rstrip().rstrip(":")
            self._items[-1] = ""
            return
        outer = [text for text in self._items[:-1] if text]
        above = outer[-1] if outer else ""
        entry = Entry(self._part, "", len(outer), in_list=True, group=self._groups[-1], above=above)
        own, below = self._split_item(token)
        for text in _STRUCK_BULLET.split(own):
            if text.strip():
                yield replace(entry, text=" ".join(text.split("\n")))
        for line in _lines(below):
            yield Entry(self._part, line, group=self._heading_group)

    def _split_item(self, token: Token) -> tuple[str, str]:
        """Part an item from the lines typed below it at the margin, which CommonMark counts as its own.

        Who types a line below a list means another line, unless it goes on a long one.
        """
        lines = token.content.split("\n")
        first = (token.map or [0])[0]
        for n in range(1, len(lines)):
            at_margin = not self._lines[first + n][:1].isspace() and lines[n][:1] not in {">", "~"}
            if at_margin and not wrapped(lines[n - 1], lines[n]):
                return "\n".join(lines[:n]), "\n".join(lines[n:])
        return token.content, ""

    def _row_entry(self) -> Iterator[Entry]:
        cells = [cell.strip() for cell in self._row or () if cell.strip()]
        self._row = None
        if cells:
            yield Entry(self._part, ", ".join(cells), in_list=True, group=self._heading_group)


def _lines(paragraph: str) -> list[str]:
    """Return the lines of a paragraph as entries; a long line that goes on in lower case was wrapped."""
    lines: list[str] = []
    for line in paragraph.split("\n"):
        if lines and wrapped(lines[-1], line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return [line for line in lines if any(c.isalnum() for c in line)]


def wrapped(line: str, following: str) -> bool:
    """Say whether a line of text goes on in the following one: it is long, and that begins in lower case."""
    return len(line) >= _WRAPPED and following[:1].islower()
