"""The fake's Docs: laws that hold whatever is written and deleted."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from tests.fake_google.docs_edit import Invalid, delete, insert_text
from tests.fake_google.docs_json import document_as_json
from tests.fake_google.docs_model import Document, NamedRange, Paragraph, Tab
from tests.fake_google.docs_text import after_character

_TEXT = st.text(st.sampled_from("ab \n\t🎉é\u0301\u200d👩א"), min_size=1, max_size=6)
_EDIT = st.tuples(st.booleans(), st.integers(0, 30), st.integers(0, 8), _TEXT)
_EDITS = st.lists(_EDIT, max_size=12)


def _edited(edits: Iterable[tuple[bool, int, int, str]]) -> tuple[Tab, bytes]:
    """Return a tab after edits, and what a plain UTF-16 text becomes by those that were not refused."""
    tab, plain = Tab(ranges=[NamedRange("id", "name", 1, 2)]), "\n".encode("utf-16-le")
    for inserts, start, size, text in edits:
        before = plain.decode("utf-16-le")
        try:
            if inserts:
                insert_text(tab, start, text)
                place = 2 * after_character(before, start - 1)
                plain = plain[:place] + text.encode("utf-16-le") + plain[place:]
            else:
                delete(tab, start, start + size)
                plain = plain[: 2 * (start - 1)] + plain[2 * (start + size - 1) :]
        except Invalid:
            continue
    return tab, plain


def _text(tab: Tab) -> str:
    return "".join(block.text + "\n" for block in tab.blocks if isinstance(block, Paragraph))


@given(_EDITS)
def test_edits_are_those_of_a_utf_16_text(edits: list[tuple[bool, int, int, str]]) -> None:
    """Whatever paragraphs are split and merged on the way; the text is never torn inside a character."""
    tab, plain = _edited(edits)
    assert _text(tab) == plain.decode("utf-16-le")


@given(_EDITS)
def test_a_body_has_no_gaps(edits: list[tuple[bool, int, int, str]]) -> None:
    """Every element begins where the one before ended, from 1 to the end; every paragraph ends in its one newline."""
    tab, plain = _edited(edits)
    index = 1
    for block in document_as_json(Document([tab]), tabs=False)["body"]["content"][1:]:
        assert block["startIndex"] == index
        for element in block["paragraph"]["elements"]:
            assert element["startIndex"] == index
            index += len(element["textRun"]["content"].encode("utf-16-le")) // 2
            assert element["endIndex"] == index
        assert block["endIndex"] == index
        assert "".join(one["textRun"]["content"] for one in block["paragraph"]["elements"]).index("\n") >= 0
    assert index == tab.end == 1 + len(plain) // 2


@given(_EDITS)
def test_named_ranges_stay_in_the_body(edits: list[tuple[bool, int, int, str]]) -> None:
    """They are never empty; one whose text is all gone goes too."""
    tab, _ = _edited(edits)
    assert all(1 <= named.start < named.end <= tab.end for named in tab.ranges)


@given(_EDITS, _EDITS)
def test_a_copy_is_changed_alone(
    first: list[tuple[bool, int, int, str]], second: list[tuple[bool, int, int, str]]
) -> None:
    """Which is what makes a batch all or nothing."""
    tab, _ = _edited(first)
    text, ranges = _text(tab), list(tab.ranges)
    copy = tab.copied()
    for inserts, start, size, letters in second:
        try:
            insert_text(copy, start, letters) if inserts else delete(copy, start, start + size)
        except Invalid:
            continue
    assert (_text(tab), tab.ranges) == (text, ranges)
