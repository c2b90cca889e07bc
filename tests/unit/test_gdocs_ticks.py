"""Which boxes are ticked, by what Drive exports: in doubt none is."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.documents.gdocs.paragraphs import Kind, Run
from scheduler.documents.gdocs.structure import Block
from scheduler.documents.gdocs.ticks import Ticks, boxes_of, read_ticks
from tests.unit.gdocs_builders import Paper, text

_ITEMS = st.lists(st.tuples(st.text("ab *_[]", max_size=4), st.booleans()), max_size=8)


def boxes(*items: str, struck: bool = False) -> list[Block]:
    """Return the blocks of a checklist."""
    return [Block(0, 0, text(Run(item, struck=struck), kind=Kind.BOX), item) for item in items]


def ticked(items: Sequence[str], export: str) -> list[str]:
    """Return which of the items the export shows as ticked, which in any case are a part of them."""
    found = read_ticks(boxes(*items), export)
    return [items[place] for place in sorted(found.places)]


def test_the_hand_of_googles_exporter_is_read() -> None:
    """Backslashes, blanks at the end of lines, deeper items, links, items that hold nothing left out."""
    items = ["Ask (Bo) [soon]!", "a_b*c", "", "see https://example.com/a_b", "with Cleo Sample", "2 > 1 & 3"]
    export = (
        "# 1-2-1\n\n* [x] no box\n- [x] Ask (Bo) \\[soon\\]\\!  \n    - [X] a\\_b\\*c  \n"
        "- [x] see [https://example.com/a\\_b](https://example.com/a_b)  \r\n"
        "- [ ] with [Cleo Sample](mailto:cleo@example.com)\n- [x] 2 \\> 1 & 3\n"
    )
    export = export.replace("* [x] no box", "* \\[x\\] no box")
    assert ticked(items, export) == [items[0], items[1], items[3], items[5]]
    assert read_ticks(boxes(*items), export).certain


def test_the_second_line_of_an_item_does_not_matter() -> None:
    """Docs breaks a line within a paragraph, Markdown begins another one."""
    assert ticked(["one\vtwo"], "- [x] one  \ntwo\n") == ["one\vtwo"]


@pytest.mark.parametrize("struck", [False, True])
def test_a_strike_that_nobody_made_is_a_tick(*, struck: bool) -> None:
    """Docs shows a ticked item struck through; where the text itself is struck, that says nothing of the box."""
    found = read_ticks(boxes("done", struck=struck), "- [ ] ~~done~~\n")
    assert found == Ticks(frozenset() if struck else frozenset({0}))


@pytest.mark.parametrize(
    ("export", "done"),
    [
        ("- [x] a\n- [ ] b\n- [x] a\n- [ ] c\n", ["a", "a"]),
        ("- [x] a\n- [ ] new\n- [ ] b\n- [ ] a\n- [x] c\n", ["a", "c"]),
        ("- [x] a\n- [x] other\n- [x] a\n- [ ] c\n", ["a", "a"]),
        ("- [x] c\n", ["c"]),
        ("- [x] a\n", ["a"]),
        ("- [x] x\n- [x] y\n", []),
        ("", []),
    ],
)
def test_what_does_not_fit_is_matched_as_far_as_it_is_certain(export: str, done: list[str]) -> None:
    """From the top, from the end, and between the two what stands there once."""
    assert ticked(["a", "b", "a", "c"], export) == done


def test_other_tabs_are_nobodys_ticks() -> None:
    """An export holds all tabs: what is ticked in another one is not ticked in ours."""
    ours = boxes("a", "b")
    assert read_ticks(ours, "- [x] theirs\n\n- [ ] a\n- [x] b\n") == Ticks(frozenset({1}))
    assert read_ticks(ours, "- [ ] a\n- [x] b\n\n- [x] theirs\n- [x] a\n") == Ticks(frozenset({1}))
    assert read_ticks(ours, "- [x] a\n\n- [ ] a\n- [x] b\n") == Ticks(frozenset({1}))


@given(items=_ITEMS)
def test_ticks_of_a_document_are_those_that_people_made(items: list[tuple[str, bool]]) -> None:
    """Whatever the words, and however often the same ones stand there."""
    paper = Paper()
    if not items:
        return
    paper.put([text(f"n{n} {words}", kind=Kind.BOX) for n, (words, _) in enumerate(items)])
    for n, (_, done) in enumerate(items):
        if done:
            paper.people.tick(paper.document, f"n{n} {items[n][0]}".strip())
    blocks = paper.structure.blocks
    found = read_ticks(blocks, paper.desk.markdown(paper.document))
    assert found == Ticks(frozenset(n for n, (_, done) in enumerate(items) if done))
    assert boxes_of(blocks) == list(range(len(items)))
