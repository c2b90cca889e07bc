"""Changes of a tab's text, and how its named ranges follow them.

What is merged and split, and where text may be inserted:
https://developers.google.com/workspace/docs/api/concepts/rules-behavior
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tests.fake_google.docs_model import (
    BODY,
    Block,
    NamedRange,
    Paragraph,
    Run,
    Runs,
    Style,
    Tab,
    Table,
    cut,
    joined,
)
from tests.fake_google.docs_text import SplitPair, after_character, stripped, width

_UNDELETABLE = "Invalid deletion range. Cannot delete the requested range."


class Invalid(Exception):
    """A request that Docs refuses; the sentence is Docs' own where it is known."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """What Google does not document about edits; a program has to come out right either way."""

    first_style_survives: bool = True
    """Of two paragraphs made one the first gives the style, where text of it is left; otherwise the second does."""
    splits_copy_ticks: bool = True
    """A new paragraph made in front of a ticked one is ticked as well."""
    ranges_reach_end: bool = True
    """A range whose style is changed may take in the last newline of all; otherwise it is refused."""


KNOWN = Doubts()


def insert_text(tab: Tab, index: int, text: str, doubts: Doubts = KNOWN) -> None:
    """Insert text in a paragraph, in the style of the character before it; each newline splits the paragraph.

    Every part has the style and the bullet of the paragraph. Raises Invalid where there is no paragraph.
    """
    place, paragraph, offset = _paragraph_at(tab, index)
    kept = stripped(text)
    offset = after_character(paragraph.text, offset)
    before, after = cut(paragraph.runs, offset)
    style = _style_for(before, after)
    pieces = [Run(piece, style) for piece in kept.split("\n")]
    newline = Run("\n", style)
    ends: list[Runs] = [(piece, newline) for piece in pieces[:-1]] + [(pieces[-1], *after)]
    ends[0] = (*before, *ends[0])
    ticked = paragraph.checked and doubts.splits_copy_ticks
    made = [replace(paragraph, runs=joined(runs), checked=ticked) for runs in ends]
    made[-1] = replace(made[-1], checked=paragraph.checked)
    start = index_of(tab, place) + offset
    tab.blocks[place : place + 1] = made
    _shift(tab, start, width(kept))


def delete(tab: Tab, start: int, end: int, doubts: Doubts = KNOWN) -> None:
    """Delete what stands from `start` up to `end`; paragraphs whose newline goes are merged. Raises Invalid."""
    if start >= end:
        msg = "The range should not be empty."
        raise Invalid(msg)
    _check_index(tab, start)
    if start < BODY:
        msg = "Cannot operate on the first section break in the document."
        raise Invalid(msg)
    if end > tab.end:
        raise Invalid(beyond(tab, end))
    if end == tab.end:
        msg = "The range cannot include the newline character at the end of the segment."
        raise Invalid(msg)
    _delete_checked(tab, start, end, doubts)
    tab.ranges = [found for named in tab.ranges if (found := _without(named, start, end))]


def _delete_checked(tab: Tab, start: int, end: int, doubts: Doubts) -> None:
    placed = list(tab.placed())
    first = next(place for place, (begin, block) in enumerate(placed) if start < begin + block.width)
    last = next(place for place, (begin, block) in enumerate(placed) if end < begin + block.width)
    (first_start, head), (last_start, tail) = placed[first], placed[last]
    newline_before_table = isinstance(tail, Table) and isinstance(tab.blocks[last - 1], Paragraph)
    if start == first_start and end == last_start and not newline_before_table:
        del tab.blocks[first:last]
        return
    if isinstance(tail, Table) or (isinstance(head, Table) and start > first_start):
        raise Invalid(_UNDELETABLE)
    before: Runs = ()
    keeper = tail
    try:
        after = cut(tail.runs, end - last_start)[1]
        if isinstance(head, Paragraph) and start > first_start:
            before = cut(head.runs, start - first_start)[0]
            keeper = head if doubts.first_style_survives else tail
    except SplitPair:
        raise Invalid(_UNDELETABLE) from None
    tab.blocks[first : last + 1] = [replace(keeper, runs=joined([*before, *after]))]


def change_paragraphs(tab: Tab, start: int, end: int, change: Callable[[Paragraph], Paragraph]) -> None:
    """Replace every paragraph that the range overlaps; those in tables stay as they are."""
    for place in overlapped(tab, start, end):
        block = tab.blocks[place]
        if isinstance(block, Paragraph):
            tab.blocks[place] = change(block)


def change_text(tab: Tab, start: int, end: int, change: Callable[[Style], Style]) -> None:
    """Change the style of the text from `start` up to `end`; raise Invalid where a surrogate pair is split."""
    for place in overlapped(tab, start, end):
        begin, block = index_of(tab, place), tab.blocks[place]
        if not isinstance(block, Paragraph):
            continue
        try:
            rest, after = cut(block.runs, min(end - begin, block.width))
            before, inside = cut(rest, max(start - begin, 0))
        except SplitPair:
            msg = "The range cannot split a surrogate pair."
            raise Invalid(msg) from None
        styled = [replace(run, style=change(run.style)) for run in inside]
        tab.blocks[place] = replace(block, runs=joined([*before, *styled, *after]))


def replace_blocks(tab: Tab, first: int, last: int, blocks: Iterable[Block]) -> None:
    """Put blocks in the place of those from `first` up to `last`, as somebody does who cuts and pastes."""
    made = list(blocks)
    start = index_of(tab, first)
    removed = sum(block.width for block in tab.blocks[first:last])
    if removed:
        tab.ranges = [found for named in tab.ranges if (found := _without(named, start, start + removed))]
    _shift(tab, start, sum(block.width for block in made))
    tab.blocks[first:last] = made


def overlapped(tab: Tab, start: int, end: int) -> list[int]:
    """Return the places of the blocks that the range overlaps; raise Invalid where it leaves the body."""
    if start >= end:
        msg = "The range should not be empty."
        raise Invalid(msg)
    if start < BODY:
        msg = "Cannot operate on the first section break in the document."
        raise Invalid(msg)
    _check_index(tab, start)
    if end > tab.end:
        raise Invalid(beyond(tab, end))
    placed = enumerate(tab.placed())
    return [place for place, (begin, block) in placed if begin < end and start < begin + block.width]


def _check_index(tab: Tab, index: int) -> None:
    if index >= tab.end:
        raise Invalid(beyond(tab, index))


def index_of(tab: Tab, place: int) -> int:
    """Return the index at which the block at this place starts."""
    return BODY + sum(block.width for block in tab.blocks[:place])


def _paragraph_at(tab: Tab, index: int) -> tuple[int, Paragraph, int]:
    _check_index(tab, index)
    for place, (start, block) in enumerate(tab.placed()):
        if start <= index < start + block.width and isinstance(block, Paragraph):
            return place, block, index - start
    msg = (
        "The insertion index must be inside the bounds of an existing paragraph. "
        "You can still create new paragraphs by inserting newlines."
    )
    raise Invalid(msg)


def _style_for(before: Runs, after: Runs) -> Style:
    """Return the style of inserted text: of the text before it, else of what follows, without its link."""
    if before:
        return before[-1].style
    return {name: value for name, value in after[0].style.items() if name != "link"}


def beyond(tab: Tab, index: int) -> str:
    """Return Docs' sentence for an index that is not in the body."""
    return f"Index {index} must be less than the end index of the referenced segment, {tab.end}."


def _shift(tab: Tab, index: int, size: int) -> None:
    """Move named ranges as text of this size comes in: text inside of one becomes part of it."""
    tab.ranges = [
        replace(
            named,
            start=named.start + (size if named.start >= index else 0),
            end=named.end + (size if named.end > index else 0),
        )
        for named in tab.ranges
    ]


def _without(named: NamedRange, start: int, end: int) -> NamedRange | None:
    """Return the range after a deletion, or None where nothing is left of it."""
    moved = [
        place if place <= start else max(start, place - (end - start)) for place in (named.start, named.end)
    ]
    return replace(named, start=moved[0], end=moved[1]) if moved[0] < moved[1] else None
