"""What `documents.get` answers, as the paragraphs and tables of the tab that is ours.

Indices are UTF-16 units from the start of the tab's body. People may have tabs of their own beside ours: ours is
the one with our marks, else the first. Suggestions that nobody accepted yet count as text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scheduler.documents.gdocs.marks import is_ours, marks_of_names
from scheduler.documents.gdocs.paragraphs import Kind, Mark, Paragraph, Run, joined

FIELDS = (
    "revisionId,tabs(tabProperties(tabId),childTabs,documentTab(lists,namedRanges,body(content("
    "startIndex,endIndex,paragraph(bullet(listId,nestingLevel),paragraphStyle(namedStyleType),elements(startIndex,"
    "textRun,person,dateElement,richLink)),table))))"
)
TYPEWRITER = "Roboto Mono"
_HEADING = re.compile(r"HEADING_([1-6])")
_KINDS = ("textRun", "person", "dateElement", "richLink")
_BY_WHEN = re.compile(r"\b(?:by|due|until|till|before)\s*:?\s*$", re.IGNORECASE)
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph from `start` up to `end`, its newline included, with the marks that lie on it.

    `shown` is its text as people see it, chips by their names. A heading can be `bulleted` as well as an item.
    `cells` are the rows of a table, whose `paragraph` is empty.
    """

    start: int
    end: int
    paragraph: Paragraph
    shown: str = ""
    marks: tuple[Mark, ...] = ()
    bulleted: bool = False
    cells: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """Our tab of a document as it was at a revision; `end` is the index behind its last newline.

    Who may only read it is told no revision: that is empty then (Docs API, Document.revisionId).
    """

    revision: str
    tab_id: str
    blocks: tuple[Block, ...]
    alone: bool = True

    @property
    def end(self) -> int:
        """Return the index behind the last newline."""
        return self.blocks[-1].end if self.blocks else 1

    @property
    def blank(self) -> bool:
        """Say whether the document is as empty as a new one."""
        return self.alone and self.end <= 2  # noqa: PLR2004 - a body begins at 1, its one newline ends at 2


def read_structure(answer: Json) -> Structure:
    """Return what stands in our tab of a document."""
    tabs = [tab for top in answer.get("tabs", ()) for tab in _with_children(top)]
    tab = next((tab for tab in tabs if any(_own_ranges(tab))), tabs[0])
    content = tab["documentTab"]
    boxes = _Lists(content.get("lists") or {})
    blocks = [block for element in content["body"]["content"] if (block := _block(element, boxes))]
    for names, places in _by_place(tab, blocks).items():
        blocks[names] = replace(blocks[names], marks=marks_of_names(places))
    return Structure(
        answer.get("revisionId", ""), tab["tabProperties"]["tabId"], tuple(blocks), len(tabs) == 1
    )


def _with_children(tab: Json) -> Iterator[Json]:
    yield tab
    for child in tab.get("childTabs", ()):
        yield from _with_children(child)


def _own_ranges(tab: Json) -> Iterator[tuple[str, int, int]]:
    """Yield the name, the start and the end of each range of ours."""
    for name, same in ((tab.get("documentTab") or {}).get("namedRanges") or {}).items():
        for named in same["namedRanges"] if is_ours(name) else ():
            for reach in named["ranges"]:
                yield name, reach.get("startIndex", 0), reach.get("endIndex", 0)


def _by_place(tab: Json, blocks: Sequence[Block]) -> dict[int, list[str]]:
    """Return the names of ranges by the paragraph that they mark: the last heading in their reach.

    What was typed in front of a heading may have become part of its range. Where a person made the heading plain
    text, the mark stands there all the same: an agenda is not to be written twice.
    """
    found: dict[int, list[str]] = {}
    for name, start, end in _own_ranges(tab):
        inside = [n for n, block in enumerate(blocks) if block.start < end and start < block.end]
        headings = [n for n in inside if blocks[n].paragraph.kind is Kind.HEADING]
        if inside:
            found.setdefault((headings or inside)[-1], []).append(name)
    return found


class _Lists:
    """What the glyphs of lists say; a checklist has none at all (google-api-nodejs-client issue 2870)."""

    def __init__(self, lists: Json) -> None:
        self._lists = lists

    def kind(self, bullet: Json) -> Kind:
        """Return what an item of a list is."""
        levels = (self._lists.get(bullet.get("listId", ""), {}).get("listProperties") or {}).get(
            "nestingLevels", []
        )
        level = bullet.get("nestingLevel", 0)
        glyph = levels[level] if level < len(levels) else {}
        if glyph.get("glyphSymbol"):
            return Kind.BULLET
        if glyph.get("glyphType", "GLYPH_TYPE_UNSPECIFIED") == "GLYPH_TYPE_UNSPECIFIED":
            return Kind.BOX if glyph else Kind.BULLET
        return Kind.BULLET if glyph["glyphType"] == "NONE" else Kind.NUMBER


def _block(element: Json, lists: _Lists) -> Block | None:
    reach = element.get("startIndex", 0), element["endIndex"]
    if "table" in element:
        rows = element["table"].get("tableRows", ())
        cells = tuple(tuple(_cell(cell, lists) for cell in row.get("tableCells", ())) for row in rows)
        return Block(*reach, Paragraph(Kind.TEXT), cells=cells)
    if "paragraph" in element:
        paragraph = element["paragraph"]
        elements = paragraph.get("elements", ())
        shown = "".join(_shown(one) for one in elements)
        return Block(*reach, _paragraph(paragraph, lists), shown, bulleted="bullet" in paragraph)
    return None  # a section break, a table of contents


def _cell(cell: Json, lists: _Lists) -> str:
    found = (_block(element, lists) for element in cell.get("content", ()))
    return " ".join(block.paragraph.plain.strip() for block in found if block).strip()


def _paragraph(paragraph: Json, lists: _Lists) -> Paragraph:
    runs = joined(_runs(paragraph.get("elements", ())))
    style = (paragraph.get("paragraphStyle") or {}).get("namedStyleType", "")
    heading = _HEADING.fullmatch("HEADING_1" if style == "TITLE" else style)
    if heading:
        return Paragraph(Kind.HEADING, runs, int(heading[1]))
    bullet = paragraph.get("bullet")
    if bullet is None:
        return Paragraph(Kind.TEXT, runs)
    return Paragraph(lists.kind(bullet), runs, bullet.get("nestingLevel", 0))


def _runs(elements: Sequence[Json]) -> Iterator[Run]:
    before = ""
    for place, element in enumerate(elements):
        after = "".join(_shown(other) for other in elements[place + 1 :])
        run = _run(element, before, after)
        before += run.text
        yield run


def _run(element: Json, before: str, after: str) -> Run:
    """Return one element in its style; what is no text and no chip that we know has none."""
    content: Json = next((element[kind] for kind in _KINDS if kind in element), {})
    style = content.get("textStyle") or {}
    link = (content.get("richLinkProperties") or {}).get("uri") or (style.get("link") or {}).get("url")
    return Run(
        _meant(content, before, after),
        bold=bool(style.get("bold")),
        italic=bool(style.get("italic")),
        struck=bool(style.get("strikethrough")),
        code=(style.get("weightedFontFamily") or {}).get("fontFamily") == TYPEWRITER,
        link=link or "",
    )


def _meant(content: Json, before: str, after: str) -> str:
    """Return an element's text as people mean it.

    A person at an edge of the line is whose it is: `@` and the address, with a blank if it has none. A date at its
    end is by when it is due.
    """
    person, day = content.get("personProperties"), content.get("dateElementProperties")
    if person and not (before.strip() and after.strip()):
        gap = " " if before[-1:].strip() else ""
        return f"{gap}@{person['email']}" + (" " if after[:1].isalnum() else "")
    if day and (moment := str(day.get("timestamp") or "")):
        iso = moment[: len("2026-12-01")]
        return iso if after.strip() or _BY_WHEN.search(before) else f"({iso})"
    return _shown_text(content)


def _shown(element: Json) -> str:
    return _shown_text(next((element[kind] for kind in _KINDS if kind in element), {}))


def _shown_text(content: Json) -> str:
    """Return what people see of an element, as text."""
    person, link = content.get("personProperties") or {}, content.get("richLinkProperties") or {}
    day = content.get("dateElementProperties") or {}
    texts = (
        content.get("content"),
        person.get("name"),
        person.get("email"),
        day.get("displayText"),
        link.get("title"),
        link.get("uri"),
    )
    return str(next(filter(None, texts), "")).rstrip("\n")
