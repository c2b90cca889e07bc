"""Escaping, quoting and folding."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar.parser import rfc_6868_unescape

from scheduler.ics.text import escape_text, fold, parameter_value, plain, uri_value

CONTENT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=400).map("X:{}".format)


def unescaped(text: str) -> str:
    """Read a TEXT value back."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def test_text_escapes_what_rfc_5545_names() -> None:
    """Backslash, comma, semicolon and line break are escaped; a colon and a quote are not."""
    assert escape_text('a\\b, c; d: "e"\nf') == 'a\\\\b\\, c\\; d: "e"\\nf'


def test_a_backslash_before_a_letter_stays_a_backslash() -> None:
    """A path with a folder called New in it does not become a line break."""
    assert unescaped(escape_text("C:\\New\\now")) == "C:\\New\\now"


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_break_is_one(line_break: str) -> None:
    """A reader that splits lines at any of Unicode's breaks still sees one line."""
    assert escape_text(f"a{line_break}b") == "a\\nb"


def test_what_may_not_stand_in_a_file_is_left_out() -> None:
    """Control characters go, a tab stays, half a surrogate pair becomes the replacement character."""
    assert plain("a\x00b\x1bc\td\x9f\ud800") == "abc\td\ufffd"


def test_a_plain_parameter_is_not_quoted() -> None:
    """A name without special characters stands as it is."""
    assert parameter_value("Zoë O'Neil") == "Zoë O'Neil"


def test_a_parameter_with_quotes_is_written_with_carets() -> None:
    """Quotes, carets and line breaks are written as RFC 6868 has them; commas, colons, semicolons need quotes."""
    assert parameter_value('J "Jo" ^ D\nE') == "J ^'Jo^' ^^ D^nE"
    assert [parameter_value(text) for text in ("a,b", "a;b", "a:b")] == ['"a,b"', '"a;b"', '"a:b"']


def test_a_uri_holds_nothing_that_ends_a_line_or_a_word() -> None:
    """Blanks are written as %20, tabs as %09, line breaks go; commas stay, since a URI is not TEXT."""
    assert uri_value("file:///a b/c,d;e\tf\r\n") == "file:///a%20b/c,d;e%09f"


@given(st.text())
def test_text_reads_back_as_it_was(text: str) -> None:
    """What is escaped reads back, whatever it was."""
    assert unescaped(escape_text(text)) == plain(text)


@given(st.text())
def test_a_parameter_reads_back_as_it_was(text: str) -> None:
    """A parameter's value never ends itself early and reads back through icalendar's own unescaping."""
    value = parameter_value(text)
    inner = value[1:-1] if value.startswith('"') else value
    assert '"' not in inner
    assert rfc_6868_unescape(inner) == plain(text)


@given(st.lists(CONTENT, max_size=5))
def test_folding_loses_nothing_and_splits_no_character(lines: list[str]) -> None:
    """Every line of the file has at most 75 octets, is valid UTF-8 on its own, and unfolds to what it was."""
    data = fold(lines)
    pieces = data.split(b"\r\n")
    assert pieces.pop() == b""
    assert all(len(piece) <= 75 for piece in pieces)
    assert all(piece.decode() is not None for piece in pieces)
    assert data.replace(b"\r\n ", b"").decode() == "".join(f"{line}\r\n" for line in lines)


@given(st.text("\\^n,é", min_size=70, max_size=300))
def test_folding_parts_no_escape(text: str) -> None:
    """A line is not broken between a backslash and what it escapes."""
    for piece in fold([escape_text(text)]).split(b"\r\n"):
        run = re.search(rb"\\*$", piece)
        assert run is not None
        assert len(run[0]) % 2 == 0


@pytest.mark.parametrize("octets", [74, 75, 76, 149, 150, 151])
def test_a_line_is_folded_only_when_it_must_be(octets: int) -> None:
    """75 octets fit on the first line, 74 and the blank on each that follows."""
    lines = fold(["x" * octets]).split(b"\r\n")[:-1]
    assert [len(line) for line in lines][:-1] == [75] * (len(lines) - 1)
    assert len(lines) == 1 + (max(0, octets - 75) + 73) // 74


@pytest.mark.parametrize("line", ["a\nb", "a\rb", "a\r\n"])
def test_a_line_break_within_a_line_is_refused(line: str) -> None:
    """It would become a second property, so it is an error of ours."""
    with pytest.raises(ValueError, match="may not hold a line break"):
        fold([line])


def test_no_lines_are_no_octets() -> None:
    """Nothing to write writes nothing."""
    assert fold([]) == b""
