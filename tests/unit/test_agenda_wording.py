"""How an agenda says things, and lines that cannot break a document."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scheduler.agenda.wording import age, fingerprint, safe_line, safe_name, short_date, times

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (date(2026, 12, 2), ""), (DAY, ""), (date(2026, 11, 30), "1 day"), (date(2026, 11, 25), "6 days"),
        (date(2026, 11, 24), "1 week"), (date(2026, 11, 3), "4 weeks"), (date(2026, 9, 1), "2 months"),
        (date(2025, 12, 1), "11 months"), (date(2024, 12, 1), "23 months"),
    ],
)  # fmt: skip
def test_ages_are_said_in_the_largest_unit_that_fits(since: date, said: str) -> None:
    """Days under a week, weeks under a quarter, then months."""
    assert age(since, DAY) == said


def test_dates_carry_a_year_only_where_it_is_another() -> None:
    """Beside a date of the same year the year is noise."""
    assert (short_date(date(2026, 11, 3), DAY), short_date(date(2025, 11, 3), DAY)) == ("3 Nov", "3 Nov 2025")
    assert [times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]


@given(st.text(max_size=40))
def test_a_safe_line_is_one_paragraph_and_stays_as_it_is(text: str) -> None:
    """In a list item any text is one paragraph: no heading, list, quote, code, table or raw HTML block; and safe twice is safe once."""
    line = safe_line(text)
    assert safe_line(line) == line
    inside = [
        token.type
        for token in MarkdownIt("commonmark").enable("table").parse(f"- {line}\n- x")
        if token.nesting >= 0
    ]
    assert inside in (
        ["bullet_list_open", *(["list_item_open", "paragraph_open", "inline"] * 2)],
        ["bullet_list_open", "list_item_open", "list_item_open", "paragraph_open", "inline"],
    )


@pytest.mark.parametrize(
    "text",
    [
        "# a",
        "> a",
        "- a",
        "* a",
        "+ a",
        "1. a",
        "12) a",
        "```",
        "~~~ a",
        "---",
        "***",
        "===",
        "<div>",
        "<!-- a",
        "| a |",
        "-",
        "1.",
        "    a",
        "\u2066a",
    ],
)
def test_what_begins_a_block_is_escaped(text: str) -> None:
    """Every beginning that Markdown knows for a block."""
    html = MarkdownIt("commonmark").enable("table").render(f"- {safe_line(text)}\n")
    assert html.startswith("<ul>\n<li>")
    assert not any(
        tag in html for tag in ("<h", "<blockquote", "<ol", "<pre", "<div", "<!--", "<table", "<ul>\n<li>\n")
    )


def test_identity_ignores_what_the_eye_ignores() -> None:
    """Case, width, spacing, punctuation and markup make no other text; other scripts keep their letters."""
    assert fingerprint("Ask  **Finance**!") == fingerprint("ask finance")
    assert fingerprint("\uff46\uff49\uff4e") == fingerprint("fin")
    assert fingerprint("会议") != fingerprint("会")
    assert fingerprint("🎉") != fingerprint("🚀")
    assert safe_name("A_b\tc\u202e") == r"A\_b c"
