"""Lists: bullets given to paragraphs and taken from them, and what `documents.get` tells of a list.

A checklist is told apart by having no glyph at all (GLYPH_TYPE_UNSPECIFIED without a symbol); which of its boxes
are ticked stands nowhere.
"""

from dataclasses import replace
from typing import Any

from tests.fake_google.docs_edit import change_paragraphs, delete, index_of, overlapped
from tests.fake_google.docs_model import Bullet, Paragraph, Tab

CHECKBOX = "BULLET_CHECKBOX"
DISC = "BULLET_DISC_CIRCLE_SQUARE"
NUMBERED = "NUMBERED_DECIMAL_ALPHA_ROMAN"
DEEPEST = 8
_INDENT = 36
_GLYPHS: dict[str, tuple[dict[str, str], ...]] = {
    CHECKBOX: ({"glyphType": "GLYPH_TYPE_UNSPECIFIED"},),
    DISC: ({"glyphSymbol": "●"}, {"glyphSymbol": "○"}, {"glyphSymbol": "■"}),
    NUMBERED: ({"glyphType": "DECIMAL"}, {"glyphType": "ALPHA"}, {"glyphType": "ROMAN"}),
}
PRESETS = frozenset(_GLYPHS)
_INDENTS = ("indentFirstLine", "indentStart")


def create_bullets(tab: Tab, start: int, end: int, preset: str, new_id: str) -> None:
    """Make the paragraphs that the range overlaps a list, or part of the one before with the same preset.

    Leading tabs say how deep a paragraph is; they are removed, which moves everything after them. Raises Invalid.
    """
    places = overlapped(tab, start, end)
    before = tab.blocks[places[0] - 1] if places[0] else None
    joins = isinstance(before, Paragraph) and before.bullet and tab.lists[before.bullet.list_id] == preset
    list_id = before.bullet.list_id if isinstance(before, Paragraph) and before.bullet and joins else new_id
    tab.lists.setdefault(list_id, preset)
    for place in places:
        paragraph = tab.blocks[place]
        if isinstance(paragraph, Paragraph):
            tab.blocks[place] = _bulleted(tab, paragraph, list_id)
            _remove_tabs(tab, place, paragraph.text)


def delete_bullets(tab: Tab, start: int, end: int) -> None:
    """Take the bullets from the paragraphs that the range overlaps; how deep they were stays as an indent."""

    def plainly(paragraph: Paragraph) -> Paragraph:
        if not paragraph.bullet:
            return paragraph
        style = {name: value for name, value in paragraph.style.items() if name not in _INDENTS}
        if paragraph.bullet.level:
            style |= {name: _points(_INDENT * paragraph.bullet.level) for name in _INDENTS}
        return replace(paragraph, bullet=None, checked=False, style=style)

    change_paragraphs(tab, start, end, plainly)


def is_checkbox(tab: Tab, paragraph: Paragraph) -> bool:
    """Say whether the paragraph has a box to tick."""
    return paragraph.bullet is not None and tab.lists[paragraph.bullet.list_id] == CHECKBOX


def lists_as_json(tab: Tab) -> dict[str, Any]:
    """Return the lists that paragraphs belong to by id, as `documents.get` tells them."""
    used = dict.fromkeys(
        block.bullet.list_id for block in tab.blocks if isinstance(block, Paragraph) and block.bullet
    )
    return {list_id: {"listProperties": {"nestingLevels": _levels(tab.lists[list_id])}} for list_id in used}


def _bulleted(tab: Tab, paragraph: Paragraph, list_id: str) -> Paragraph:
    tabs = len(paragraph.text) - len(paragraph.text.lstrip("\t"))
    level = min(tabs + (paragraph.bullet.level if paragraph.bullet else 0), DEEPEST)
    indents = {name: _points(size) for name, size in zip(_INDENTS, _sizes(level), strict=True)}
    still_a_box = is_checkbox(tab, paragraph) and tab.lists[list_id] == CHECKBOX
    return replace(
        paragraph,
        bullet=Bullet(list_id, level),
        style={**paragraph.style, **indents},
        checked=paragraph.checked and still_a_box,
    )


def _remove_tabs(tab: Tab, place: int, text: str) -> None:
    tabs = len(text) - len(text.lstrip("\t"))
    if tabs:
        start = index_of(tab, place)
        delete(tab, start, start + tabs)


def _levels(preset: str) -> list[dict[str, Any]]:
    glyphs = _GLYPHS[preset]
    found = []
    for level in range(DEEPEST + 1):
        first_line, start = _sizes(level)
        found.append(
            {
                "bulletAlignment": "START",
                "glyphFormat": f"%{level}." if preset == NUMBERED else f"%{level}",
                "indentFirstLine": _points(first_line),
                "indentStart": _points(start),
                "textStyle": {"underline": False},
                "startNumber": 1,
                **glyphs[level % len(glyphs)],
            }
        )
    return found


def _sizes(level: int) -> tuple[int, int]:
    """Return the indents of a list's first lines and of all its others, in points."""
    return _INDENT * level + _INDENT // 2, _INDENT * (level + 1)


def _points(size: int) -> dict[str, Any]:
    return {"magnitude": size, "unit": "PT"}
