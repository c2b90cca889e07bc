"""What counts as done in a Google Doc; in doubt a follow-up stays open."""

import pytest

from scheduler.agenda.blocks import sections
from scheduler.agenda.history import read_history
from scheduler.documents.gdocs.ticks import boxes_of, read_ticks
from tests.fake_google.docs_markdown import Exporter
from tests.unit.agenda_builders import FIRST, PAIR, WEEK, typed, written
from tests.unit.gdocs_builders import Paper, blocks_of

TWO = "- [ ] read the draft\n- [ ] book a room\n"

FIRST_AND_LAST = frozenset({0, 2})


def agreed(items: str = TWO) -> Paper:
    """Return a document in whose first agenda people wrote items."""
    return Paper(typed(written(None), items))


def standing(paper: Paper) -> tuple[list[str], list[str]]:
    """Return what is open for the next meeting, and what was closed."""
    found = read_history(sections(paper.text), PAIR, (FIRST + WEEK).date())
    return [one.item.said for one in found.open], [one.item.said for one in found.closed]


def without_ticks(paper: Paper) -> None:
    """Let Drive export a ticked box like any other, which Google does not document."""
    paper.desk.library.exporter = Exporter(exports_checked=False)


def test_a_ticked_box_is_done() -> None:
    """And open again once the tick is taken back."""
    paper = agreed()
    paper.people.tick(paper.document, "book a room")
    assert standing(paper) == (["read the draft"], ["book a room"])
    paper.people.untick(paper.document, "book a room")
    assert standing(paper) == (["read the draft", "book a room"], [])


def test_a_tick_that_is_not_exported_leaves_the_item_open() -> None:
    """Then what people write themselves still counts."""
    paper = agreed()
    without_ticks(paper)
    paper.people.tick(paper.document, "book a room")
    assert standing(paper) == (["read the draft", "book a room"], [])


@pytest.mark.parametrize(
    "said",
    ["[x] book a room", "[X] book a room", "done: book a room", "DONE book a room", "✓ book a room",
     "book a room (done)", "book a room - done", "book a room ✓"],
)  # fmt: skip
@pytest.mark.parametrize("exported", [True, False])
def test_what_people_write_on_an_item_counts(said: str, *, exported: bool) -> None:
    """Whether or not Drive tells of ticks."""
    paper = agreed()
    if not exported:
        without_ticks(paper)
    paper.people.retype(paper.document, "book a room", said)
    assert standing(paper) == (["read the draft"], ["book a room"])


@pytest.mark.parametrize("exported", [True, False])
def test_an_item_that_is_struck_through_is_not_carried(*, exported: bool) -> None:
    """Nor one that is half struck: that stays open."""
    paper = agreed()
    if not exported:
        without_ticks(paper)
    paper.people.strike(paper.document, "book a room")
    assert standing(paper) == (["read the draft"], ["book a room"])
    assert "- [ ] ~~book a room~~" in paper.text


def test_what_was_closed_is_told_as_it_was_closed() -> None:
    """With a tick where it is done, struck through alone where it was dropped; it is told once."""
    paper = agreed()
    paper.people.tick(paper.document, "read the draft")
    paper.people.strike(paper.document, "book a room")
    paper.write(written(paper.text, FIRST + WEEK))
    at = paper.seen.index("#### Done since then")
    assert paper.seen[at + 1 : at + 3] == ["- ✓ read the draft", "- ~~book a room~~"]
    assert "Done since" not in written(paper.text, FIRST + 2 * WEEK).partition("## Tuesday 10")[0]


def test_of_two_items_with_the_same_words_the_ticked_one_is_done() -> None:
    """They are told apart by their order; one that is done closes the other, for they are one item."""
    blocks = blocks_of("- [ ] call Cleo\n- [ ] call Cleo\n- [ ] read\n")
    export = "- [ ] call Cleo  \n- [x] call Cleo  \n- [ ] read\n"
    assert read_ticks(blocks, export).places == {1}


@pytest.mark.parametrize(
    "words",
    [
        "tell *Cleo* of **it**", "rename a_b to a-b", "[x] in the form", "see <div> & `code`", "1. first \\ of all",
        "# no heading", "50 % off, 2*3*4 = 24", "call Cleo!", "- - -", "דנה reads 👩🏽\u200d💻 नमस्ते", "a | b", "~~ twice",
    ],
)  # fmt: skip
def test_an_item_with_markdown_in_it_is_found_in_the_export(words: str) -> None:
    """The exporter puts backslashes where it likes."""
    paper = agreed("- [ ] read the draft\n- [ ] item\n- [ ] the last one\n")
    paper.people.retype(paper.document, "item", words)
    paper.people.tick(paper.document, words)
    blocks = paper.structure.blocks
    ticks = read_ticks(blocks, paper.desk.markdown(paper.document))
    if any(c.isalnum() for c in words):
        assert [blocks[place].shown.strip() for place in ticks.places] == [words]
    assert ticks.certain


def test_a_person_in_an_item_does_not_hide_its_tick() -> None:
    """A chip is a link in the export."""
    paper = agreed()
    paper.people.add_chip(paper.document, "book a room", "cleo@example.org")
    paper.people.tick(paper.document, "book a room")
    assert standing(paper) == (["read the draft"], ["@cleo: book a room"])


def test_an_item_that_was_added_or_taken_out_in_between_costs_only_itself() -> None:
    """The export is another request: what does not fit is not ticked, and the reading knows."""
    blocks = blocks_of("- [ ] a\n- [ ] b\n- [ ] c\n")
    more = read_ticks(blocks, "- [x] a  \n- [x] new  \n- [ ] b  \n- [x] c\n")
    assert (more.places, more.certain) == (FIRST_AND_LAST, True)
    fewer = read_ticks(blocks, "- [x] a  \n- [x] c\n")
    assert (fewer.places, fewer.certain) == (FIRST_AND_LAST, False)
    other = read_ticks(blocks, "- [x] a  \n- [x] B changed  \n- [x] c\n")
    assert (other.places, other.certain) == (FIRST_AND_LAST, False)
    assert read_ticks(blocks, "").places == frozenset()


def test_an_empty_box_has_no_state() -> None:
    """Nobody asks Drive for its tick."""
    assert boxes_of(blocks_of("- [ ]\n- [ ] a\n- b\n- [x] c\n")) == [1]


def test_a_ticked_box_of_another_tab_is_none_of_ours() -> None:
    """Its items are in the export too, behind ours."""
    paper = agreed()
    paper.people.add_tab(paper.document, "Private")
    paper.people.tick(paper.document, "book a room")
    assert standing(paper) == (["read the draft"], ["book a room"])
    blocks = blocks_of("- [ ] a\n- [ ] b\n")
    assert read_ticks(blocks, "- [ ] a  \n- [ ] b\n\n- [x] other  \n- [x] a\n").places == frozenset()
