"""Nested lists: a tab for each level goes in, and Docs takes it out again."""

from scheduler.documents.gdocs.from_markdown import paragraphs_of
from scheduler.documents.gdocs.paragraphs import Kind
from tests.unit.gdocs_builders import Paper, text, there_and_back

NESTED = """- [ ] Prepare the offsite:
  - [ ] book a room
    - [ ] with a window
  - [ ] ask for dates
- a bullet
  - below it
    1. first
    1. second
"""


def test_levels_are_those_of_the_markdown() -> None:
    """Counted from 0, as Docs does; deeper than Docs goes is its deepest."""
    found = [(one.kind, one.level, one.plain) for one in paragraphs_of(NESTED)]
    assert found[:4] == [
        (Kind.BOX, 0, "Prepare the offsite:"),
        (Kind.BOX, 1, "book a room"),
        (Kind.BOX, 2, "with a window"),
        (Kind.BOX, 1, "ask for dates"),
    ]
    deep = "".join(f"{'  ' * level}- {level}\n" for level in range(10))
    assert [one.level for one in paragraphs_of(deep)] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 8]


def test_a_nested_list_stands_in_the_document_without_its_tabs() -> None:
    """And reads back as it was written."""
    paper = Paper(NESTED)
    assert paper.seen[:8] == [
        "[ ] Prepare the offsite:",
        "  [ ] book a room",
        "    [ ] with a window",
        "  [ ] ask for dates",
        "- a bullet",
        "  - below it",
        "    - first",
        "    - second",
    ]
    assert paper.text == NESTED == there_and_back(NESTED)


def test_a_tab_that_a_person_typed_is_text() -> None:
    """It is not taken for a level, nor taken out."""
    paper = Paper()
    paper.put([text("column\tcolumn"), text("a\tb", kind=Kind.BOX)])
    assert paper.seen[:2] == ["column\tcolumn", "[ ] a\tb"]
    paper.write("## New\n\n- [ ] c\n\n" + paper.text)
    assert paper.seen[:4] == ["## New", "[ ] c", "column\tcolumn", "[ ] a\tb"]


def test_an_item_goes_below_another_list_without_joining_it() -> None:
    """A new list in front of an old one, of the same kind and of another, leaves the old one's levels alone."""
    paper = Paper("- [ ] old\n  - [ ] below\n")
    for kind in (Kind.BOX, Kind.BULLET, Kind.NUMBER):
        paper.put([text("new", kind=kind), text("newer", kind=kind, level=1)], paper.structure.blocks[0])
    kinds = [(one.paragraph.kind, one.paragraph.level) for one in paper.structure.blocks]
    assert kinds[:6] == [
        (Kind.NUMBER, 0),
        (Kind.NUMBER, 1),
        (Kind.BULLET, 0),
        (Kind.BULLET, 1),
        (Kind.BOX, 0),
        (Kind.BOX, 1),
    ]
    assert paper.seen[6:8] == ["[ ] old", "  [ ] below"]


def test_a_note_below_an_item_stays_with_it() -> None:
    """It is a line of the same paragraph; an item that holds nothing stays a place to write."""
    markdown = "- [ ] book a room\n  the one with a window\n- [ ]\n"
    paper = Paper(markdown)
    assert paper.seen[:2] == ["[ ] book a room\vthe one with a window", "[ ] "]
    assert paper.text == markdown
