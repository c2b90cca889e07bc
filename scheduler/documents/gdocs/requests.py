"""Paragraphs to the requests of one `documents.batchUpdate` that puts them in a document.

In this order, since each moves what comes after it: the text (with a tab for each level of an item), away with
the bullets and styles that it took over from where it landed, headings, styles of text, the ranges that carry
marks, and last the lists from the bottom up, which take the tabs out again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from scheduler.documents.gdocs.marks import range_names
from scheduler.documents.gdocs.paragraphs import ITEMS, Kind, Paragraph, Run, utf16
from scheduler.documents.gdocs.structure import TYPEWRITER, Block, Structure

_PRESETS = {
    Kind.BULLET: "BULLET_DISC_CIRCLE_SQUARE",
    Kind.NUMBER: "NUMBERED_DECIMAL_ALPHA_ROMAN",
    Kind.BOX: "BULLET_CHECKBOX",
}
# Every field that may be written (Docs API, ParagraphStyle and TextStyle): what is not given is reset.
_PARAGRAPH_FIELDS = (
    "namedStyleType,alignment,direction,lineSpacing,spacingMode,spaceAbove,spaceBelow,indentFirstLine,indentStart,"
    "indentEnd,keepLinesTogether,keepWithNext,avoidWidowAndOrphan,pageBreakBefore,shading,borderBetween,borderTop,"
    "borderBottom,borderLeft,borderRight"
)
_TEXT_FIELDS = (
    "bold,italic,underline,strikethrough,smallCaps,backgroundColor,foregroundColor,fontSize,weightedFontFamily,"
    "baselineOffset,link"
)
Request = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A paragraph with where it stands once the text is in: from `start` up to its newline at `end`."""

    paragraph: Paragraph
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where text is inserted: in front of the paragraph that begins there, or behind the last one's words."""

    index: int
    tab_id: str
    behind: bool = False
    bulleted: bool = False


def place_before(block: Block | None, structure: Structure) -> Place | None:
    """Return where to insert what goes before a block, or at the end where it is None; None where that can't be.

    Text has to go inside a paragraph (Docs API, InsertTextRequest): nothing goes right in front of a table. An
    empty last paragraph stays the last.
    """
    last = structure.blocks[-1]
    behind = block is None and last.end - last.start > 1
    block = block or last
    if block.cells:
        return None
    index = block.end - 1 if behind else block.start
    return Place(index, structure.tab_id, behind, block.bulleted)


def insertion(paragraphs: Sequence[Paragraph], place: Place) -> list[Request]:
    """Return the requests that put paragraphs in a place and change nothing else there."""
    text = "".join(f"{_tabs(paragraph)}{paragraph.plain}\n" for paragraph in paragraphs)
    start = place.index + place.behind
    placed = list(_placed(paragraphs, start))
    whole = _range(place, start, start + utf16(text))
    location = {"index": place.index, "tabId": place.tab_id}
    requests: list[Request] = [
        {"insertText": {"location": location, "text": "\n" + text if place.behind else text}}
    ]
    if place.bulleted:
        requests.append({"deleteParagraphBullets": {"range": whole}})
    requests += (
        _paragraph_style(whole, "NORMAL_TEXT", _PARAGRAPH_FIELDS),
        *_headings(placed, place),
        _text_style(whole, {}, _TEXT_FIELDS),
        *_styles(placed, place),
        *_marks(placed, place),
        *_lists(placed, place),
    )
    return requests


def _tabs(paragraph: Paragraph) -> str:
    return "\t" * paragraph.level if paragraph.kind in ITEMS else ""


def _placed(paragraphs: Sequence[Paragraph], start: int) -> Iterator[_Placed]:
    for paragraph in paragraphs:
        end = start + utf16(_tabs(paragraph) + paragraph.plain)
        yield _Placed(paragraph, start, end)
        start = end + 1


def _headings(placed: Sequence[_Placed], place: Place) -> Iterator[Request]:
    for one in placed:
        if one.paragraph.kind is Kind.HEADING:
            name = f"HEADING_{one.paragraph.level}"
            yield _paragraph_style(_range(place, one.start, one.end + 1), name, "namedStyleType")


def _styles(placed: Sequence[_Placed], place: Place) -> Iterator[Request]:
    for one in placed:
        start = one.start + len(_tabs(one.paragraph))
        for run in one.paragraph.runs:
            style = _style(run)
            if style and run.text:
                reach = _range(place, start, start + utf16(run.text))
                yield _text_style(reach, style, ",".join(style))
            start += utf16(run.text)


def _style(run: Run) -> dict[str, Any]:
    style: dict[str, Any] = {}
    for name, given in (("bold", run.bold), ("italic", run.italic), ("strikethrough", run.struck)):
        if given:
            style[name] = True
    if run.code:
        style["weightedFontFamily"] = {"fontFamily": TYPEWRITER}
    if run.link:
        style["link"] = {"url": run.link}
    return style


def _marks(placed: Sequence[_Placed], place: Place) -> Iterator[Request]:
    for one in placed:
        names = range_names(one.paragraph.mark) if one.paragraph.mark else ()
        for name in names:  # over the newline as well: who types another heading leaves that
            yield {"createNamedRange": {"name": name, "range": _range(place, one.start, one.end + 1)}}


def _lists(placed: Sequence[_Placed], place: Place) -> Iterator[Request]:
    runs = [(kind, list(group)) for kind, group in groupby(placed, key=lambda one: one.paragraph.kind)]
    for kind, items in reversed(runs):
        if kind in ITEMS:
            reach = _range(place, items[0].start, items[-1].end + 1)
            yield {"createParagraphBullets": {"range": reach, "bulletPreset": _PRESETS[kind]}}


def _paragraph_style(reach: Request, name: str, fields: str) -> Request:
    style = {"namedStyleType": name}
    return {"updateParagraphStyle": {"range": reach, "paragraphStyle": style, "fields": fields}}


def _text_style(reach: Request, style: Request, fields: str) -> Request:
    return {"updateTextStyle": {"range": reach, "textStyle": style, "fields": fields}}


def _range(place: Place, start: int, end: int) -> Request:
    return {"startIndex": start, "endIndex": end, "tabId": place.tab_id}
