"""The fake's Docs: text goes in and out at UTF-16 indices, and named ranges go along."""

from tests.fake_google.docs_edit import Doubts
from tests.unit.fake_docs_builders import (
    Desk,
    Json,
    bullets,
    insert,
    name_range,
    named_style,
    remove,
    text_style,
)


def _ranges(desk: Desk, document: str) -> dict[str, tuple[int, int]]:
    named: Json = desk.get(document).get("namedRanges", {})
    return {
        name: (reach["startIndex"], reach["endIndex"])
        for name, found in named.items()
        for one in found["namedRanges"]
        for reach in one["ranges"]
    }


def test_an_empty_document_is_a_section_break_and_a_newline() -> None:
    """Its content is from 1 to 2, and the first index that can be written at is 1."""
    desk = Desk()
    content = desk.get(desk.document())["body"]["content"]
    assert [(block.get("startIndex"), block["endIndex"]) for block in content] == [(None, 1), (1, 2)]
    assert content[1]["paragraph"]["elements"][0]["textRun"] == {"content": "\n", "textStyle": {}}


def test_an_emoji_is_two_indices() -> None:
    """After it, the next paragraph begins one later than Python would count."""
    desk = Desk()
    content = desk.get(desk.document("a🎉b", "c"))["body"]["content"]
    assert [(block["startIndex"], block["endIndex"]) for block in content[1:]] == [(1, 6), (6, 8)]


def test_text_never_falls_inside_a_character() -> None:
    """Half an emoji, a letter and its accent, a family: the text comes after the whole."""
    desk = Desk()
    for character, inside in (("🎉", 1), ("e\u0301", 1), ("👨\u200d👩\u200d👧", 3), ("👍🏽", 2)):
        document = desk.document(character + "z")
        desk.batch(document, insert(1 + inside, "|"))
        assert desk.text(document) == [character + "|z"]


def test_half_an_emoji_cannot_be_deleted() -> None:
    """Docs refuses to split a surrogate pair."""
    desk = Desk()
    message = desk.not_applied(desk.document("a🎉b"), remove(2, 3))
    assert (
        message
        == "Invalid requests[0].deleteContentRange: Invalid deletion range. Cannot delete the requested range."
    )


def test_right_to_left_text_is_counted_as_any_other() -> None:
    """Indices follow the order of writing, not the eye."""
    desk = Desk()
    document = desk.document("שלום", "x")
    desk.batch(document, insert(5, "!"))
    assert desk.text(document) == ["שלום!", "x"]


def test_both_parts_of_a_split_paragraph_keep_its_style_and_bullet() -> None:
    """A newline copies the paragraph it is put into."""
    desk = Desk()
    document = desk.document("ab")
    desk.batch(document, named_style(1, 2, "HEADING_2"), bullets(1, 2), insert(2, "\n"))
    assert desk.text(document) == ["## [ ] a", "## [ ] b"]


def test_inserted_text_looks_like_the_text_before_it() -> None:
    """At the start of a paragraph like the text that follows, but for a link."""
    desk = Desk()
    document = desk.document("ab")
    desk.batch(document, text_style(1, 2, bold=True), insert(2, "x"), insert(1, "y"))
    assert desk.text(document) == ["**yax**b"]


def test_control_and_private_characters_are_stripped() -> None:
    """A tab and a line break within a paragraph stay."""
    desk = Desk()
    assert desk.text(desk.document("a\x00\r\x1f\ue000\tb\vc")) == ["a\tb\vc"]


def test_the_last_newline_stays() -> None:
    """It can be neither deleted nor written behind."""
    desk = Desk()
    document = desk.document("abc")
    assert desk.not_applied(document, remove(1, 5)).endswith(
        "The range cannot include the newline character at the end of the segment."
    )
    beyond = "Invalid requests[0].insertText: Index 5 must be less than the end index of the referenced segment, 5."
    assert desk.not_applied(document, insert(5, "x")) == beyond


def test_the_section_break_is_no_place_for_text() -> None:
    """Index 0 is in no paragraph."""
    desk = Desk()
    assert "must be inside the bounds of an existing paragraph" in desk.not_applied(
        desk.document("a"), insert(0, "x")
    )


def test_an_empty_range_is_refused() -> None:
    """For deletions and for styles alike."""
    desk = Desk()
    for request in (remove(2, 2), text_style(2, 2, bold=True)):
        assert desk.not_applied(desk.document("abc"), request).endswith("The range should not be empty.")


def test_merged_paragraphs_look_like_the_first() -> None:
    """Where text of both is left; a paragraph that goes as a whole leaves the next one as it was."""
    desk = Desk()
    document = desk.document("ab", "cd", "ef")
    desk.batch(document, named_style(1, 2, "HEADING_1"), named_style(4, 5, "HEADING_2"), remove(2, 5))
    assert desk.text(document) == ["# ad", "ef"]
    desk.batch(document, remove(1, 4))
    assert desk.text(document) == ["ef"]


def test_merged_paragraphs_may_look_like_the_second() -> None:
    """Google does not document which."""
    desk = Desk()
    desk.library.doubts = Doubts(first_style_survives=False)
    document = desk.document("ab", "cd", "ef")
    desk.batch(document, named_style(1, 2, "HEADING_1"), named_style(4, 5, "HEADING_2"), remove(2, 5))
    assert desk.text(document) == ["## ad", "ef"]


def test_a_named_range_goes_along_with_its_text() -> None:
    """Text before it moves it, text inside grows it, text at its end does not, deletions shrink it until it is gone."""
    desk = Desk()
    document = desk.document("abcdef")
    desk.batch(document, name_range(3, 5, "ours"), insert(1, "🎉"), insert(6, "--"), insert(9, "+"))
    assert _ranges(desk, document) == {"ours": (5, 9)}
    desk.batch(document, remove(4, 7))
    assert _ranges(desk, document) == {"ours": (4, 6)}
    desk.batch(document, remove(1, 7))
    assert _ranges(desk, document) == {}


def test_named_ranges_are_told_by_name_and_deleted_by_name_or_id() -> None:
    """A name may be used more than once."""
    desk = Desk()
    document = desk.document("abcdef")
    answer = desk.batch(document, name_range(1, 2, "a"), name_range(2, 3, "a"), name_range(3, 4, "b"))
    assert len(desk.get(document)["namedRanges"]["a"]["namedRanges"]) == 2
    its_id = answer["replies"][2]["createNamedRange"]["namedRangeId"]
    desk.batch(document, {"deleteNamedRange": {"name": "a"}}, {"deleteNamedRange": {"namedRangeId": its_id}})
    assert "namedRanges" not in desk.get(document)


def test_all_occurrences_are_replaced() -> None:
    """In every paragraph and tab, in the style of what stood there; the answer says how many."""
    desk = Desk()
    document = desk.document("ab AB", "xab")
    criteria = {"text": "ab", "matchCase": False}
    answer = desk.batch(document, {"replaceAllText": {"containsText": criteria, "replaceText": "🎉"}})
    assert desk.text(document) == ["🎉 🎉", "x🎉"]
    assert answer["replies"] == [{"replaceAllText": {"occurrencesChanged": 3}}]
