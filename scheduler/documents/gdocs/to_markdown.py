"""A Google Doc as the program's Markdown, and which line of it came from where in the document."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from scheduler.documents.gdocs.inline import markdown_of
from scheduler.documents.gdocs.marks import write_mark
from scheduler.documents.gdocs.paragraphs import (
    ITEMS,
    SOFT_BREAK,
    TICK,
    Kind,
    Paragraph,
    Run,
    between,
    plain,
    trimmed,
)
from scheduler.documents.gdocs.structure import Block

_BULLETS = {Kind.BULLET: "- ", Kind.BOX: "- ", Kind.NUMBER: "1. "}
_BARE = frozenset(bullet.strip() for bullet in _BULLETS.values())
# What would begin another block; list items do not, for who types `- ` means one.
_BLOCK_START = re.compile(r"(?=#{1,6}(?:\s|$)|[>|]|[-=_]{2,}[-=_\s]*$|(?:[-_]\s*){3,}$|~{3}|\[[^\]]*\]:)")
_CLOSING = re.compile(r"(#+)$")


@dataclass(frozen=True, slots=True)
class Page:
    """A document as Markdown; `places` are the line on which each block begins, counted from 0, and the block."""

    text: str
    places: tuple[tuple[int, Block], ...]

    def block_at(self, line: int) -> Block | None:
        """Return the block that begins on this line or is the first after it; None at the end."""
        return next((block for first, block in self.places if first >= line), None)


@dataclass(slots=True)
class _Lines:
    """What is written so far, and how deep the items lie that the next one may be part of."""

    lines: list[str] = field(default_factory=list)
    open_items: list[tuple[int, int]] = field(default_factory=list)

    def begin(self, paragraph: Paragraph) -> int:
        """Leave a blank line where a block needs one; return the indent of the next line.

        An empty bullet right below its item's text would make that a heading (CommonMark 0.31, 4.3).
        """
        was_open = len(self.open_items)
        while self.open_items and (paragraph.kind not in ITEMS or self.open_items[-1][0] >= paragraph.level):
            self.open_items.pop()
        goes_on = was_open and paragraph.kind in ITEMS
        bare = paragraph.kind is not Kind.BOX and not paragraph.plain.strip()
        below_text = (
            len(self.open_items) == was_open and self.lines[-1:] and self.lines[-1].strip() not in _BARE
        )
        if self.lines and (not goes_on or (bare and below_text)):
            self.lines.append("")
        return self.open_items[-1][1] if self.open_items else 0


def page_of(blocks: Sequence[Block], ticked: Collection[int]) -> Page:
    """Return blocks as Markdown; `ticked` are the places, in the sequence, of boxes that are ticked.

    Headings, items, boxes, styles and marks read back as what `paragraphs_of` would make of them. An empty
    paragraph is left out, an empty item is not.
    """
    out = _Lines()
    places: list[tuple[int, Block]] = []
    for number, block in enumerate(blocks):
        written = list(_lines(block, ticked=number in ticked))
        if not written and not block.marks:
            out.open_items.clear()
            continue
        indent = out.begin(block.paragraph)
        places.append((len(out.lines), block))
        out.lines += [(" " * indent + line).rstrip() for line in written]
        if block.paragraph.kind in ITEMS:
            bullet = _BULLETS[block.paragraph.kind]
            out.open_items.append((block.paragraph.level, indent + len(bullet)))
        out.lines += [write_mark(found) for found in block.marks]
    return Page("\n".join(out.lines) + "\n" if out.lines else "", tuple(places))


def _lines(block: Block, *, ticked: bool) -> Iterator[str]:
    """Yield the lines of a block without its indent."""
    paragraph = block.paragraph
    runs = trimmed(paragraph.runs)
    if block.cells:
        yield from _table(block.cells)
    elif paragraph.kind is Kind.HEADING:
        text = " ".join(_written_lines(runs, starts=False))
        if text:
            yield f"{'#' * paragraph.level} " + _CLOSING.sub(r"\\\1", text)
    elif paragraph.kind in ITEMS:
        yield from _item(paragraph.kind, runs, ticked=ticked)
    else:
        yield from _written_lines(runs)


def _item(kind: Kind, runs: Sequence[Run], *, ticked: bool) -> Iterator[str]:
    box = ("[x] " if ticked else "[ ] ") if kind is Kind.BOX else ""
    text = plain(runs)
    if kind is Kind.BULLET and text.startswith(TICK):
        box, runs = "[x] ", trimmed(between(runs, len(TICK), len(text)))
    bullet = _BULLETS[kind]
    first, *rest = list(_written_lines(runs, starts=not box)) or [""]
    yield bullet + box + first
    yield from (" " * len(bullet) + line for line in rest)


def _written_lines(runs: Sequence[Run], *, starts: bool = True) -> Iterator[str]:
    """Yield the lines that soft breaks part, those left out that hold nothing; `starts`: the first begins a block."""
    text = plain(runs)
    place = 0
    for line in text.split(SOFT_BREAK):
        written = markdown_of(trimmed(between(runs, place, place + len(line))))
        place += len(line) + 1
        if written:
            yield (
                _BLOCK_START.sub(r"\\", written, count=1)
                if starts and _BLOCK_START.match(written)
                else written
            )
            starts = True


def _table(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table without a heading row: its first row may be somebody's follow-up as well."""
    columns = max(len(row) for row in cells)
    yield "|" + " |" * columns
    yield "|" + " --- |" * columns
    for row in cells:
        texts = (markdown_of((Run(" ".join(text.split())),)).replace("|", "\\|") for text in row)
        yield "| " + " | ".join(texts) + " |"
