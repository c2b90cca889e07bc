"""The fake's Drive: documents as Markdown, out and in."""

from dataclasses import replace

from tests.fake_google.library import DOCUMENT
from tests.unit.fake_docs_builders import ANA, BO, Desk, bullets, named_style, text_style


def test_headings_and_paragraphs_are_set_apart() -> None:
    """By an empty line; an empty paragraph leaves none."""
    desk = Desk()
    document = desk.document("Ana & Bo", "", "Next", "text")
    desk.batch(document, named_style(1, 2, "TITLE"), named_style(11, 12, "HEADING_2"))
    assert desk.markdown(document) == "# Ana & Bo\n\n## Next\n\ntext\n"


def test_items_stand_below_each_other() -> None:
    """With two blanks at the end of all but the last, deeper ones indented."""
    desk = Desk()
    document = desk.document("a", "\tb", "c")
    desk.batch(document, bullets(1, 7, "BULLET_DISC_CIRCLE_SQUARE"))
    assert desk.markdown(document) == "* a  \n  * b  \n* c\n"


def test_an_empty_item_is_still_an_item() -> None:
    """An empty paragraph is not."""
    desk = Desk()
    document = desk.document("a", "", "", "b")
    desk.batch(document, bullets(1, 4))
    assert desk.markdown(document) == "- [ ] a  \n- [ ] \n\nb\n"


def test_special_characters_are_escaped() -> None:
    """A hyphen within a word is none of them, nor is a full stop but after a number."""
    desk = Desk()
    document = desk.document("[a] b_c *d* #e ~f! g - follow-up", "1. x. y")
    assert desk.markdown(document) == "\\[a\\] b\\_c \\*d\\* \\#e \\~f\\! g \\- follow-up\n\n1\\. x. y\n"


def test_what_is_escaped_can_be_chosen() -> None:
    """Google documents no set."""
    desk = Desk()
    desk.library.exporter = replace(desk.library.exporter, escaped="", escaped_apart="")
    assert desk.markdown(desk.document("[a] - b!")) == "[a] - b!\n"


def test_styles_of_text_have_their_marks() -> None:
    """Blanks at the ends stay outside of them."""
    desk = Desk()
    document = desk.document("ab cd ef gh")
    link = {"url": "https://example.com/"}
    desk.batch(
        document,
        text_style(1, 4, bold=True),
        text_style(4, 6, italic=True),
        text_style(7, 9, strikethrough=True),
        text_style(10, 12, link=link),
    )
    assert desk.markdown(document) == "**ab** *cd* ~~ef~~ [gh](https://example.com/)\n"


def test_lines_of_one_paragraph_end_in_two_blanks() -> None:
    """They are a vertical tab in the document."""
    desk = Desk()
    assert desk.markdown(desk.document("a\vb")) == "a  \nb\n"


def test_tables_and_people_are_exported() -> None:
    """A table as GitHub has it, a person as a link."""
    desk = Desk()
    document = desk.document("a")
    desk.people.add_chip(document, "a", BO)
    desk.people.insert_table(document, "a", [["x", "y"], ["1", "2"]])
    assert desk.markdown(document) == f"a[{BO}](mailto:{BO})\n\n| x | y |\n| :---- | :---- |\n| 1 | 2 |\n"


def test_plain_text_has_no_marks() -> None:
    """But a star before an item, and a byte order mark at the start."""
    desk = Desk()
    document = desk.document("a", "b")
    desk.batch(document, bullets(3, 4))
    assert desk("drive.files.export", fileId=document, mimeType="text/plain") == "\ufeffa\r\n* b".encode()


def test_a_document_may_be_too_large_to_export() -> None:
    """10 MB, or what a test says."""
    desk = Desk()
    document = desk.document("abc")
    desk.library.export_limit = 3
    refusal = desk.refused("drive.files.export", fileId=document, mimeType="text/markdown")
    assert refusal[:2] == (403, "exportSizeLimitExceeded")


def test_other_formats_are_refused() -> None:
    """Those that the fake does not write."""
    desk = Desk()
    refusal = desk.refused("drive.files.export", fileId=desk.document(), mimeType="image/png")
    assert refusal == (400, "badRequest", "The requested conversion is not supported.")


def test_markdown_becomes_a_document() -> None:
    """Headings, lists, boxes and inline styles; what comes out again is what went in."""
    text = "# Ana & Bo\n\n- [ ] *one*  \n- [x] ~~two~~\n\n**b** [l](https://example.com/)\n\n* x  \n  * y\n"
    desk = Desk()
    body = {"name": "a", "mimeType": DOCUMENT}
    document = desk("drive.files.create", ANA, body, text.encode())["id"]
    expected = ["# Ana & Bo", "[ ] _one_", "[x] ~~two~~", "**b** <l|https://example.com/>", "- x", "  - y"]
    assert desk.text(document) == expected
    assert desk.markdown(document) == text
