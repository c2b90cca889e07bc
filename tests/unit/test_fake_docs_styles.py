"""The fake's Docs: what styles do, and what they do to each other."""

from tests.fake_google.docs_edit import Doubts
from tests.unit.fake_docs_builders import Desk, named_style, text_style

LINK = {"url": "https://example.com/"}


def test_a_field_of_the_mask_that_the_style_lacks_is_reset() -> None:
    """What the mask does not name stays."""
    desk = Desk()
    document = desk.document("ab")
    desk.batch(document, text_style(1, 3, bold=True, italic=True), text_style(1, 2, fields="bold"))
    assert desk.text(document) == ["_a__**b**_"]


def test_a_mask_is_wanted() -> None:
    """An update that names no field is refused."""
    desk = Desk()
    request = {"updateTextStyle": {"range": {"startIndex": 1, "endIndex": 2}, "textStyle": {"bold": True}}}
    assert "At least one field must be listed" in desk.not_applied(desk.document("ab"), request)


def test_a_paragraph_is_styled_as_a_whole() -> None:
    """However small a part of it the range overlaps."""
    desk = Desk()
    document = desk.document("ab", "cd", "ef")
    desk.batch(document, named_style(2, 5, "HEADING_3"), named_style(7, 8, "TITLE"))
    assert desk.text(document) == ["### ab", "### cd", "= ef"]


def test_a_new_named_style_takes_the_styles_of_the_text_away() -> None:
    """Links stay."""
    desk = Desk()
    document = desk.document("ab")
    desk.batch(
        document, text_style(1, 2, bold=True), text_style(2, 3, link=LINK), named_style(1, 2, "HEADING_1")
    )
    assert desk.text(document) == ["# a<b|https://example.com/>"]


def test_a_link_brings_its_colour_and_its_line() -> None:
    """And takes them along when it goes."""
    desk = Desk()
    document = desk.document("ab")
    desk.batch(document, text_style(1, 3, link=LINK))
    assert desk.runs(document)[0] == ("ab", ["foregroundColor", "link", "underline"])
    desk.batch(document, text_style(1, 3, fields="link"))
    assert desk.runs(document) == [("ab\n", [])]


def test_neighbours_of_one_style_are_one_run() -> None:
    """As Docs tells them."""
    desk = Desk()
    document = desk.document("abcd")
    desk.batch(document, text_style(1, 2, strikethrough=True), text_style(2, 4, strikethrough=True))
    assert desk.runs(document) == [("abc", ["strikethrough"]), ("d\n", [])]


def test_a_range_may_reach_the_end_or_not() -> None:
    """Google does not document whether the last newline of all may be styled."""
    desk = Desk()
    document = desk.document("ab")
    desk.batch(document, named_style(1, 4, "HEADING_1"))
    desk.library.doubts = Doubts(ranges_reach_end=False)
    assert desk.not_applied(document, named_style(1, 4, "TITLE")).endswith(
        "end index of the referenced segment, 4."
    )
    desk.batch(document, named_style(1, 3, "TITLE"))
    assert desk.text(document) == ["= ab"]
