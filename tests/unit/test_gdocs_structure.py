"""What `documents.get` answers, as paragraphs: whatever people put in beside ours."""

from datetime import date
from typing import Any

import pytest

from scheduler.agenda.blocks import marked_meetings, sections
from scheduler.agenda.document import find_section
from scheduler.agenda.history import read_history
from scheduler.agenda.wording import meeting_title
from scheduler.documents.gdocs.paragraphs import Kind, Paragraph, Run
from scheduler.documents.gdocs.structure import Block, Structure, read_structure
from tests.unit.agenda_builders import FIRST, PAIR, WEEK, typed, written
from tests.unit.gdocs_builders import Paper, text

Json = dict[str, Any]
HEADING, FOLLOW_UPS = meeting_title(PAIR, FIRST), "Follow-ups for next time"


def structure_of(*elements: Json, lists: Json | None = None) -> Structure:
    """Return what a document is read as whose one paragraph has these elements."""
    paragraph = {"elements": list(elements), **({"bullet": {"listId": "l"}} if lists else {})}
    tab = {
        "tabProperties": {"tabId": "t.0"},
        "documentTab": {
            "body": {"content": [{"endIndex": 1, "sectionBreak": {}}, {"startIndex": 1, "endIndex": 9, "paragraph": paragraph}]},
            **({"lists": {"l": {"listProperties": {"nestingLevels": [lists]}}}} if lists else {}),
        },
    }  # fmt: skip
    return read_structure({"revisionId": "r", "tabs": [tab]})


def said(*elements: Json) -> str:
    """Return the text of a paragraph with these elements, as people mean it."""
    return structure_of(*elements, words("\n")).blocks[0].paragraph.plain


def words(content: str, **style: object) -> Json:
    """Return a run of text."""
    return {"textRun": {"content": content, "textStyle": style}}


BO_CHIP: Json = {"person": {"personProperties": {"email": "bo@example.org", "name": "Bo Sample"}}}
FRIDAY: Json = {
    "dateElement": {
        "dateElementProperties": {"timestamp": "2026-12-04T12:00:00Z", "displayText": "Dec 4, 2026"}
    }
}


@pytest.mark.parametrize(
    ("elements", "meant"),
    [
        ([BO_CHIP, words(" read the draft")], "@bo@example.org read the draft"),
        ([words("read the draft "), BO_CHIP, words(" ")], "read the draft @bo@example.org "),
        ([words("read it"), BO_CHIP], "read it @bo@example.org"),
        ([BO_CHIP, words("read it")], "@bo@example.org read it"),
        ([words("ask "), BO_CHIP, words(" about it")], "ask Bo Sample about it"),
        ([words("read it "), FRIDAY], "read it (2026-12-04)"),
        ([words("read it by "), FRIDAY], "read it by 2026-12-04"),
        ([words("the "), FRIDAY, words(" review")], "the 2026-12-04 review"),
        ([words("see "), {"richLink": {"richLinkProperties": {"title": "Plan", "uri": "https://x.example/"}}}], "see Plan"),
        ([words("an "), {"inlineObjectElement": {"inlineObjectId": "kix.1"}}, words("image")], "an image"),
    ],
)  # fmt: skip
def test_a_chip_says_what_people_mean_by_it(elements: list[Json], meant: str) -> None:
    """A person at an edge is whose it is, a date at the end by when; what is no text is left out."""
    assert said(*elements) == meant


def test_a_chip_is_an_owner_and_a_date() -> None:
    """As if both had been typed."""
    paper = Paper(typed(written(None), "- [ ] read the draft\n"))
    paper.people.add_chip(paper.document, "read the draft", "bo@example.org")
    (found,) = read_history(sections(paper.text), PAIR, date(2026, 11, 10)).open
    assert (found.item.owner, found.item.text) == ("Bo", "read the draft")


@pytest.mark.parametrize(
    ("glyph", "kind"),
    [
        ({"glyphSymbol": "●"}, Kind.BULLET),
        ({"glyphType": "NONE", "glyphFormat": ""}, Kind.BULLET),
        ({"glyphType": "ROMAN", "glyphFormat": "%0."}, Kind.NUMBER),
        ({"glyphType": "GLYPH_TYPE_UNSPECIFIED", "glyphFormat": "%0"}, Kind.BOX),
        ({"glyphFormat": "%0"}, Kind.BOX),
    ],
)
def test_a_list_is_told_by_its_glyph(glyph: Json, kind: Kind) -> None:
    """A checklist has none."""
    assert structure_of(words("a\n"), lists=glyph).blocks[0].paragraph == text("a", kind=kind)


def test_styles_are_read() -> None:
    """Those that Markdown has."""
    styled = words(
        "a\n", bold=True, italic=True, strikethrough=True, link={"url": "https://x.example/"}, underline=True
    )
    typewriter = words("b", weightedFontFamily={"fontFamily": "Roboto Mono"})
    assert structure_of(typewriter, styled).blocks == (
        Block(1, 9, Paragraph(Kind.TEXT, (
            Run("b", code=True),
            Run("a", bold=True, italic=True, struck=True, link="https://x.example/"),
        )), "ba"),
    )  # fmt: skip


def test_a_table_is_read_row_by_row() -> None:
    """Each row under the follow-ups is one, the first as well."""
    paper = Paper(written(None))
    paper.people.insert_table(paper.document, FOLLOW_UPS, [["Bo: ask | finance", "now"], ["book a room", ""]])
    found = read_history(sections(paper.text), PAIR, date(2026, 11, 10)).open
    assert [one.item.said for one in found] == ["Bo: ask | finance, now", "book a room"]


def test_tabs_of_other_people_stay_theirs() -> None:
    """Ours is the one with our marks, wherever it stands; nothing of another one is read or written."""
    paper = Paper(written(None))
    before = paper.text
    theirs = paper.people.add_tab(paper.document, "Notes")
    tabs = paper.desk.library.files[paper.document].document
    assert tabs is not None
    tabs.tabs.reverse()
    assert paper.text == before
    assert not paper.structure.alone
    paper.write(written(paper.text, FIRST + WEEK))
    assert paper.people.text_of(paper.document, tab=0) == [""]
    assert paper.structure.tab_id != theirs
    assert marked_meetings(paper.text) == {FIRST, FIRST + WEEK}


def test_a_section_keeps_its_mark_when_people_move_rename_or_plainly_style_it() -> None:
    """The agenda of its meeting is not written a second time."""
    paper = Paper(written(written(None), FIRST + WEEK))
    paper.people.retype(paper.document, HEADING, "Our first one")
    assert [(s.title, s.meeting) for s in sections(paper.text)][-1] == ("Our first one", FIRST)
    paper.desk.batch(paper.document, plain_style(paper, "Our first one"))
    assert marked_meetings(paper.text) == {FIRST, FIRST + WEEK}


def plain_style(paper: Paper, shown: str) -> Json:
    """Return a request that makes a heading plain text."""
    (block,) = (block for block in paper.structure.blocks if block.shown == shown)
    reach = {"startIndex": block.start, "endIndex": block.end}
    style = {"namedStyleType": "NORMAL_TEXT"}
    return {"updateParagraphStyle": {"range": reach, "paragraphStyle": style, "fields": "namedStyleType"}}


def test_a_heading_without_its_range_is_found_by_its_title() -> None:
    """A range can get lost when a person cuts and pastes."""
    paper = Paper(written(None))
    paper.people.move_section(paper.document, HEADING)
    assert marked_meetings(paper.text) == frozenset()
    assert find_section(paper.text, FIRST, HEADING) is not None


def test_a_new_document_is_blank_until_somebody_writes_or_adds_a_tab() -> None:
    """Only then can it be nobody's."""
    assert Paper().structure.blank
    assert not Paper("a\n").structure.blank
    paper = Paper()
    paper.people.add_tab(paper.document, "Notes")
    assert not paper.structure.blank
