"""The fake's Docs: lists, and boxes whose ticks only the Markdown export may tell."""

import json
from dataclasses import replace

from tests.fake_google.docs_edit import Doubts
from tests.unit.fake_docs_builders import Desk, bullets, insert, no_bullets

DISC = "BULLET_DISC_CIRCLE_SQUARE"


def test_leading_tabs_say_how_deep_and_are_removed() -> None:
    """Everything behind them moves."""
    desk = Desk()
    document = desk.document("a", "\tb", "\t\tc", "d")
    desk.batch(document, bullets(1, 8, DISC), insert(5, "!"))
    assert desk.text(document) == ["- a", "  - b", "    - !c", "d"]


def test_a_list_goes_on_where_the_one_before_has_the_same_preset() -> None:
    """With another preset a new list begins."""
    desk = Desk()
    document = desk.document("a", "b", "c")
    desk.batch(document, bullets(1, 2), bullets(3, 4), bullets(5, 6, DISC))
    found = [block["paragraph"]["bullet"]["listId"] for block in desk.get(document)["body"]["content"][1:]]
    assert found[0] == found[1] != found[2]
    assert sorted(desk.get(document)["lists"]) == sorted(set(found))


def test_a_checklist_is_told_by_its_lack_of_a_glyph() -> None:
    """A list of discs has symbols."""
    desk = Desk()
    document = desk.document("a", "b")
    desk.batch(document, bullets(1, 2), bullets(3, 4, DISC))
    first, second = (
        found["listProperties"]["nestingLevels"][0] for found in desk.get(document)["lists"].values()
    )
    assert (first.get("glyphType"), first.get("glyphSymbol")) == ("GLYPH_TYPE_UNSPECIFIED", None)
    assert (second.get("glyphType"), second.get("glyphSymbol")) == (None, "●")


def test_a_tick_shows_nowhere_in_the_document() -> None:
    """What `documents.get` answers is the same before and after, but for the revision."""
    desk = Desk()
    document = desk.document("a", "b")
    desk.batch(document, bullets(1, 4))
    before = desk.get(document)
    desk.people.tick(document, "a")
    after = desk.get(document)
    assert before.pop("revisionId") != after.pop("revisionId")
    assert json.dumps(before) == json.dumps(after)


def test_a_tick_shows_in_the_export() -> None:
    """Unless the exporter is told that Google does not tell."""
    desk = Desk()
    document = desk.document("a", "b")
    desk.batch(document, bullets(1, 4))
    desk.people.tick(document, "a")
    assert desk.markdown(document) == "- [x] a  \n- [ ] b\n"
    desk.library.exporter = replace(desk.library.exporter, exports_checked=False)
    assert desk.markdown(document) == "- [ ] a  \n- [ ] b\n"


def test_an_item_that_loses_its_box_loses_its_tick() -> None:
    """A box given again is not ticked."""
    desk = Desk()
    document = desk.document("a", "b")
    desk.batch(document, bullets(1, 4))
    desk.people.tick(document, "a")
    desk.batch(document, no_bullets(1, 2), bullets(1, 2))
    assert desk.text(document) == ["[ ] a", "[ ] b"]


def test_how_deep_an_item_was_stays_as_an_indent() -> None:
    """When its bullet is taken away."""
    desk = Desk()
    document = desk.document("\ta")
    desk.batch(document, bullets(1, 2), no_bullets(1, 2))
    style = desk.get(document)["body"]["content"][1]["paragraph"]["paragraphStyle"]
    assert style["indentStart"] == {"magnitude": 36, "unit": "PT"}


def test_a_split_item_may_copy_its_tick_or_not() -> None:
    """Google documents neither: a newline before a ticked item makes a ticked one, or one that is not."""
    for copies, first in ((True, "[x] new"), (False, "[ ] new")):
        desk = Desk()
        document = desk.document("a")
        desk.batch(document, bullets(1, 2))
        desk.people.tick(document, "a")
        desk.library.doubts = Doubts(splits_copy_ticks=copies)
        desk.batch(document, insert(1, "new\n"))
        assert desk.text(document) == [first, "[x] a"]
