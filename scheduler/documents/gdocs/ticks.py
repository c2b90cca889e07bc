r"""Which boxes are ticked: the Docs API does not say, Drive's export as Markdown does (`- [x] `).

Items of the export and boxes of the document are the same in the same order; they are matched by that and by
their words, and what can't be matched is not ticked: in doubt a follow-up stays open. The exporter puts a
backslash before punctuation, leaves blanks at the end of lines, leaves empty items out, and writes chips as links.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.documents.gdocs.agreement import common_end, common_start
from scheduler.documents.gdocs.paragraphs import SOFT_BREAK, Kind
from scheduler.documents.gdocs.structure import Block

_ITEM = re.compile(r"(?m)^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[(?P<in>[ xX])\][ \t]+(?P<text>.*?)[ \t\r]*$")
_LINK = re.compile(r"\[(?P<text>(?:[^\[\]\\]|\\.)*)\]\((?:[^()\\]|\\.)*\)")
_STRUCK = re.compile(r"~~.+~~")
_WORDS = re.compile(r"[\s!-/:-@\[-`{-~]+")  # ASCII punctuation is what Markdown escapes


@dataclass(frozen=True, slots=True)
class _Exported:
    words: str
    ticked: bool
    struck: bool


@dataclass(frozen=True, slots=True)
class Ticks:
    """The places of ticked boxes, and whether every box of the document was found in the export."""

    places: frozenset[int] = frozenset()
    certain: bool = True


def boxes_of(blocks: Sequence[Block]) -> list[int]:
    """Return the places of the boxes that have words: those alone have a state that matters."""
    return [
        place
        for place, block in enumerate(blocks)
        if block.paragraph.kind is Kind.BOX and _words(_first_line(block))
    ]


def read_ticks(blocks: Sequence[Block], export: str) -> Ticks:
    """Return which of the document's boxes the export shows as ticked."""
    places = boxes_of(blocks)
    ours = [_words(_first_line(blocks[place])) for place in places]
    theirs = [item for item in _items(export) if item.words]
    found = dict(_matched(ours, [item.words for item in theirs]))
    ticked = (
        place
        for number, place in enumerate(places)
        if number in found and _is_ticked(theirs[found[number]], blocks[place])
    )
    return Ticks(frozenset(ticked), len(found) == len(ours))


def _items(export: str) -> Iterator[_Exported]:
    for found in _ITEM.finditer(export):
        struck = _STRUCK.fullmatch(found["text"]) is not None
        yield _Exported(_words(_LINK.sub(r"\g<text>", found["text"])), found["in"] != " ", struck)


def _is_ticked(item: _Exported, block: Block) -> bool:
    """Say whether a box is ticked; a strike that nobody made in the text is how Docs shows a ticked one."""
    return item.ticked or (item.struck and not any(run.struck for run in block.paragraph.runs))


def _first_line(block: Block) -> str:
    return block.shown.strip().split(SOFT_BREAK, 1)[0]


def _words(text: str) -> str:
    return _WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _matched(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs of places that belong together.

    All of ours where they stand in one piece, with those of other tabs around; else from the top while all is
    alike, from the end, and of the rest what is there once.
    """
    size = len(ours)
    starts = [n for n in range(len(theirs) - size + 1) if theirs[n : n + size] == ours]
    if len(starts) == 1:
        yield from ((n, starts[0] + n) for n in range(size))
        return
    top = common_start(ours, theirs)
    yield from ((n, n) for n in range(top))
    rest, others = ours[top:], theirs[top:]
    end = common_end(rest, others)
    yield from ((len(ours) - n, len(theirs) - n) for n in range(1, end + 1))
    rest, others = rest[: len(rest) - end], others[: len(others) - end]
    once = {words for words, count in Counter(rest).items() if count == 1}
    once &= {words for words, count in Counter(others).items() if count == 1}
    for n, words in enumerate(rest):
        if words in once:
            yield top + n, top + others.index(words)
