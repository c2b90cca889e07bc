"""What people do in their document: all of it stays to the letter, and the next agenda finds its place."""

from itertools import product

import pytest

from scheduler.agenda.blocks import marked_meetings, sections
from scheduler.documents.gdocs.paragraphs import Kind
from scheduler.documents.gdocs.requests import place_before
from scheduler.documents.gdocs.structure import read_structure
from tests.fake_google.docs_edit import Doubts
from tests.unit.agenda_builders import FIRST, PAIR, WEEK, prepared, typed, written
from tests.unit.gdocs_builders import Paper, text

HEADING = "Tuesday 3 November 2026, 10:00"
NEXT = "## Tuesday 10 November 2026, 10:00"
DOUBTS = [Doubts(*each) for each in product([True, False], repeat=3)]


def begun() -> Paper:
    """Return a document with a first agenda, in which people agreed on something."""
    return Paper(typed(written(None), "- [ ] read the draft\n- [ ] book a room\n"))


def write_next(paper: Paper) -> list[str]:
    """Put the next agenda in; return what people see that was there before, which must be all."""
    before = paper.seen
    paper.write(written(paper.text, FIRST + WEEK))
    seen = paper.seen
    first = seen.index(NEXT)
    added = len(seen) - len(before)
    assert seen[:first] + seen[first + added :] == before
    return seen[first + added :]


@pytest.mark.parametrize("doubts", DOUBTS, ids=str)
def test_nothing_that_stands_there_changes_whatever_docs_does_in_doubt(doubts: Doubts) -> None:
    """Ticks, strikes, styles, levels, empty lines; and what is new takes none of it over."""
    paper = begun()
    paper.desk.library.doubts = doubts
    paper.people.tick(paper.document, "book a room")
    paper.people.strike(paper.document, HEADING)
    paper.people.type_below(paper.document, "read the draft", "all of it, *please*")
    paper.people.append(paper.document, "")
    paper.people.append(paper.document, "last words 🎉")
    write_next(paper)
    assert NEXT in paper.seen
    assert not [line for line in paper.seen[: paper.seen.index(NEXT) + 3] if "~~" in line]
    assert marked_meetings(paper.text) == {FIRST, FIRST + WEEK}


@pytest.mark.parametrize("doubts", DOUBTS, ids=str)
def test_an_agenda_goes_before_an_item_without_its_tick(doubts: Doubts) -> None:
    """Somebody took the heading away, so that a ticked item is what comes first."""
    paper = Paper("- [ ] read the draft\n- [ ] book a room\n")
    paper.desk.library.doubts = doubts
    paper.people.tick(paper.document, "read the draft")
    paper.put([text("new", kind=Kind.BOX), text("newer")], paper.structure.blocks[0])
    assert paper.seen[:4] == ["[ ] new", "newer", "[x] read the draft", "[ ] book a room"]


def test_a_heading_with_another_title_is_the_same_meeting() -> None:
    """Its mark lies on it; it gets no second agenda."""
    paper = begun()
    paper.people.retype(paper.document, HEADING, "Our first one")
    assert prepared(paper.text, FIRST) is None
    assert [one.title for one in sections(paper.text) if one.meeting == FIRST] == ["Our first one"]
    write_next(paper)


def test_a_heading_that_became_plain_text_keeps_its_mark() -> None:
    """It is no section then, and still gets no second agenda."""
    paper = begun()
    start = next(block.start for block in paper.structure.blocks if block.paragraph.plain == HEADING)
    reach = {"startIndex": start, "endIndex": start + 1}
    style = {"range": reach, "paragraphStyle": {"namedStyleType": "NORMAL_TEXT"}, "fields": "namedStyleType"}
    paper.desk.batch(paper.document, {"updateParagraphStyle": style})
    assert HEADING in paper.seen
    assert prepared(paper.text, FIRST) is None


def test_a_mark_that_was_lost_is_made_up_for_by_the_title() -> None:
    """Cut and pasted, a section has no range any more; its heading still says which meeting it is."""
    paper = begun()
    paper.people.move_section(paper.document, HEADING)
    assert marked_meetings(paper.text) == set()
    assert prepared(paper.text, FIRST) is None
    open_items = written(paper.text, FIRST + WEEK)
    assert "- [ ] read the draft *(" in open_items


def test_what_is_typed_in_front_of_a_heading_takes_no_mark_away() -> None:
    """The last heading in a range's reach is the one that it marks."""
    paper = begun()
    place = place_before(
        next(block for block in paper.structure.blocks if block.paragraph.plain == HEADING), paper.structure
    )
    assert place is not None
    insert = {"insertText": {"location": {"index": place.index + 1}, "text": "before\n"}}
    paper.desk.batch(paper.document, insert)
    assert marked_meetings(paper.text) == {FIRST}
    assert next(one.title for one in sections(paper.text) if one.meeting).endswith("November 2026, 10:00")


def test_a_table_in_the_document_is_read_and_left() -> None:
    """A row below *Follow-ups* is a follow-up; the agenda goes above the heading."""
    paper = begun()
    paper.people.insert_table(paper.document, "book a room", [["call Cleo", "by 9 Nov"], ["a | b", ""]])
    assert "| call Cleo | by 9 Nov |" in paper.text
    assert "| a \\| b |  |" in paper.text
    write_next(paper)


def test_an_agenda_goes_below_a_table_on_top() -> None:
    """It stands above the newest meeting, as what people put in the head does."""
    paper = begun()
    paper.people.insert_table(paper.document, "Between the two of you.", [["goals", "of the year"]])
    assert write_next(paper)[0] == f"## {HEADING}"
    assert paper.seen.index(NEXT) == paper.seen.index("| goals | of the year |") + 1


def test_nothing_goes_right_in_front_of_a_table() -> None:
    """Docs allows no text there; a document that begins with one can't take an agenda above it."""
    paper = Paper("one\n")
    paper.people.insert_table(paper.document, "one", [["a"]])
    paper.people.delete_paragraph(paper.document, "one")
    structure = paper.structure
    assert structure.blocks[0].cells == (("a",),)
    assert place_before(structure.blocks[0], structure) is None
    assert place_before(structure.blocks[1], structure) is not None


def test_our_tab_is_the_one_with_our_marks() -> None:
    """Whatever tabs people put beside it, or before it."""
    paper = begun()
    ours = paper.text
    paper.people.add_tab(paper.document, "Private")
    assert paper.text == ours
    content = paper.desk.library.files[paper.document].document
    assert content is not None
    content.tabs.reverse()
    assert paper.text == ours
    assert paper.structure.tab_id == content.tabs[1].tab_id
    assert not paper.structure.alone
    paper.write(written(ours, FIRST + WEEK))
    assert paper.people.text_of(paper.document, 0) == [""]
    assert NEXT in paper.people.text_of(paper.document, 1)


def test_a_tab_within_a_tab_is_found() -> None:
    """People may put ours below one of theirs."""
    paper = begun()
    answer = paper.desk.get(paper.document, tabs=True)
    (ours,) = answer["tabs"]
    empty = {"body": {"content": [{"endIndex": 1, "sectionBreak": {}}]}}
    above = {"tabProperties": {"tabId": "t.above"}, "documentTab": empty, "childTabs": [ours]}
    assert read_structure({**answer, "tabs": [above]}).blocks == paper.structure.blocks


def test_a_person_in_an_item_is_whose_it_is() -> None:
    """The chip is read as `@` and the address."""
    paper = begun()
    paper.people.add_chip(paper.document, "book a room", PAIR.report.email)
    assert f"- [ ] book a room @{PAIR.report.email}" in paper.text
