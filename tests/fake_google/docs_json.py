"""A document as `documents.get` answers it: indices in UTF-16 units, and no word of a ticked box."""

from typing import Any

from tests.fake_google.docs_bullets import lists_as_json
from tests.fake_google.docs_model import BODY, Document, NamedRange, Paragraph, Tab, Table
from tests.fake_google.docs_text import width

_STYLES = ("NORMAL_TEXT", "TITLE", "SUBTITLE", *(f"HEADING_{level}" for level in range(1, 7)))
_SECTION = {"columnSeparatorStyle": "NONE", "contentDirection": "LEFT_TO_RIGHT", "sectionType": "CONTINUOUS"}
_PAGE = {"pageSize": {"width": {"magnitude": 612, "unit": "PT"}, "height": {"magnitude": 792, "unit": "PT"}}}


def document_as_json(document: Document, *, tabs: bool) -> dict[str, Any]:
    """Return a document's content: in `tabs`, or that of the first tab in the fields of old."""
    if not tabs:
        return _content(document.first, with_tab=False)
    return {"tabs": [_tab(tab, place) for place, tab in enumerate(document.tabs)]}


def _tab(tab: Tab, place: int) -> dict[str, Any]:
    properties = {"tabId": tab.tab_id, "title": tab.title, "index": place}
    return {"tabProperties": properties, "documentTab": _content(tab, with_tab=True)}


def _content(tab: Tab, *, with_tab: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "body": {"content": _body(tab)},
        "documentStyle": _PAGE,
        "namedStyles": {"styles": [{"namedStyleType": name, "textStyle": {}} for name in _STYLES]},
    }
    lists = lists_as_json(tab)
    if lists:
        found["lists"] = lists
    if tab.ranges:
        found["namedRanges"] = _named_ranges(tab, with_tab=with_tab)
    return found


def _body(tab: Tab) -> list[dict[str, Any]]:
    section = {"endIndex": BODY, "sectionBreak": {"sectionStyle": _SECTION}}
    blocks = [
        _paragraph(block, start) if isinstance(block, Paragraph) else _table(block, start)
        for start, block in tab.placed()
    ]
    return [section, *blocks]


def _paragraph(paragraph: Paragraph, start: int) -> dict[str, Any]:
    elements = []
    index = start
    for run in paragraph.runs:
        size = width(run.text)
        text = {"textRun": {"content": run.text, "textStyle": dict(run.style)}}
        elements.append({"startIndex": index, "endIndex": index + size, **(run.chip or text)})
        index += size
    found: dict[str, Any] = {"elements": elements, "paragraphStyle": dict(paragraph.style)}
    if paragraph.bullet:
        deep = {"nestingLevel": paragraph.bullet.level} if paragraph.bullet.level else {}
        found["bullet"] = {
            "listId": paragraph.bullet.list_id,
            **deep,
            "textStyle": dict(paragraph.bullet.style),
        }
    return {"startIndex": start, "endIndex": index, "paragraph": found}


def _table(table: Table, start: int) -> dict[str, Any]:
    rows = []
    index = start + 1
    for row in table.rows:
        row_start = index
        index += 1
        cells = []
        for cell in row:
            cell_start = index
            index += 1
            content = []
            for paragraph in cell:
                content.append(_paragraph(paragraph, index))
                index += paragraph.width
            cells.append({"startIndex": cell_start, "endIndex": index, "content": content})
        rows.append({"startIndex": row_start, "endIndex": index, "tableCells": cells})
    size = {"rows": len(table.rows), "columns": len(table.rows[0])}
    return {"startIndex": start, "endIndex": index + 1, "table": {**size, "tableRows": rows}}


def _named_ranges(tab: Tab, *, with_tab: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for named in tab.ranges:
        found.setdefault(named.name, {"name": named.name, "namedRanges": []})
        found[named.name]["namedRanges"].append(_named_range(named, tab.tab_id if with_tab else None))
    return found


def _named_range(named: NamedRange, tab_id: str | None) -> dict[str, Any]:
    reach = {"startIndex": named.start, "endIndex": named.end} | ({"tabId": tab_id} if tab_id else {})
    return {"namedRangeId": named.range_id, "name": named.name, "ranges": [reach]}
