"""Markdown as paragraphs of a Google Doc, and back."""

from pathlib import Path

import pytest

from scheduler.documents.gdocs.from_markdown import paragraphs_of
from scheduler.documents.gdocs.inline import markdown_of, runs_of
from scheduler.documents.gdocs.paragraphs import Kind, Paragraph, Run
from scheduler.documents.gdocs.to_markdown import page_of
from tests.unit.gdocs_builders import Paper, blocks_of, text, there_and_back

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize(
    ("typed", "markdown"),
    [
        ("2*3*4 and _so_ on", r"2\*3\*4 and \_so_ on"),
        ("snake_case and ann_b@example.com", "snake_case and ann_b@example.com"),
        (r"C:\new", r"C:\\new"),
        ("`code` <b> &amp; [a](b)", r"\`code\` \<b> \&amp; [a\](b)"),
        ("[x] done, [park] later, ~~dropped~~", "[x] done, [park] later, ~~dropped~~"),
        ("3 < 4 & 5 > 2", "3 < 4 & 5 > 2"),
    ],
)
def test_what_people_type_is_meant_letter_by_letter(typed: str, markdown: str) -> None:
    """But for the words and signs by which they say how an item stands."""
    assert markdown_of([Run(typed)]) == markdown
    assert "".join(run.text for run in runs_of(markdown)) == typed.replace("~~", "")


@pytest.mark.parametrize(
    ("runs", "markdown"),
    [
        ([Run("Ann:", bold=True), Run(" read")], "**Ann:** read"),
        ([Run("call ", struck=True), Run("Cleo", struck=True, bold=True)], "~~call **Cleo**~~"),
        ([Run("call Cleo", struck=True), Run(".")], "~~call Cleo.~~"),
        ([Run("call", struck=True), Run(" "), Run("Cleo", struck=True)], "~~call Cleo~~"),
        ([Run("call", struck=True), Run(" "), Run("Cleo")], "~~call~~ Cleo"),
        ([Run("call ", struck=True), Run("(since 3 Nov)", italic=True)], "~~call~~ *(since 3 Nov)*"),
        ([Run("half", bold=True), Run("way")], "halfway"),
        ([Run(" padded ", italic=True), Run("x")], " *padded* x"),
        ([Run("both", bold=True, italic=True)], "***both***"),
        ([Run("a", bold=True), Run("b", italic=True)], "ab"),
        ([Run("see [1]", link="https://x.example/(a b)")], r"[see \[1\]](https://x.example/%28a%20b%29)"),
        ([Run("https://x.example/a_b", link="https://x.example/a_b")], "https://x.example/a_b"),
        ([Run("bo@x.example", link="mailto:bo@x.example")], "bo@x.example"),
        ([Run("wow!"), Run("a", link="https://x.example/")], r"wow\![a](https://x.example/)"),
        ([Run("elsewhere", link="#heading=h.1")], "elsewhere"),
        ([Run("a b", code=True), Run(" ~ "), Run("c`d", code=True)], r"`a b` ~ c\`d"),
    ],
)
def test_styles_become_markup_where_markdown_can_show_them(runs: list[Run], markdown: str) -> None:
    """Elsewhere they are left out, and the words stay."""
    assert markdown_of(runs) == markdown


def test_an_address_becomes_a_link_as_it_does_under_peoples_hands() -> None:
    """The full stop behind it is no part of it."""
    address = "https://x.example/a_b"
    assert runs_of(f"see {address}.") == (Run("see "), Run(address, link=address), Run("."))
    assert runs_of("[a](https://x.example/) [b](elsewhere)") == (
        Run("a", link="https://x.example/"),
        Run(" b"),
    )


def test_what_docs_takes_out_of_text_is_not_counted() -> None:
    """Control and private-use characters would move everything behind them."""
    assert runs_of("a\x07\x1b\ue907\ufeffb\u2028c") == (Run("ab c"),)


MARKDOWN = """\
# Title

Two lines that are two sentences.
So this is a line of its own.

A long line that somebody broke in their editor because it ran over the
edge goes on.

- [ ] open
  - [x] done

  and a note to it
  - plain
1. first
1. second

| what | who |
|---|---|
| draft | Ann |

```
code
```

<!-- a comment -->

***

> quoted
"""


def test_every_block_has_its_paragraph() -> None:
    """Boxes stay boxes, ticked ones are bullets with a tick; a rule, a comment and the frame of a table are not shown."""
    wrapped = "A long line that somebody broke in their editor because it ran over the edge goes on."
    assert list(paragraphs_of(MARKDOWN)) == [
        text("Title", kind=Kind.HEADING, level=1),
        text("Two lines that are two sentences.\vSo this is a line of its own."),
        text(wrapped),
        text("open", kind=Kind.BOX),
        text("✓ done\vand a note to it", kind=Kind.BULLET, level=1),
        text("plain", kind=Kind.BULLET, level=1),
        text("first", kind=Kind.NUMBER),
        text("second", kind=Kind.NUMBER),
        text(Run("what, who", bold=True)),
        text("draft, Ann", kind=Kind.BULLET),
        text(Run("code", code=True)),
        text("quoted"),
    ]


def test_empty_items_are_kept() -> None:
    """They are the places to write in, also below an item: there a bare hyphen would make it a heading."""
    markdown = "- [ ]\n-\n- a\n\n  -\n  1.\n     -\n"
    assert there_and_back(markdown) == markdown
    assert [(one.kind, one.level) for one in paragraphs_of(markdown)] == [
        (Kind.BOX, 0),
        (Kind.BULLET, 0),
        (Kind.BULLET, 0),
        (Kind.BULLET, 1),
        (Kind.NUMBER, 1),
        (Kind.BULLET, 2),
    ]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("# no heading", r"\# no heading"),
        ("---", r"\---"),
        ("> no quote", r"\> no quote"),
        ("[Ann]: call Cleo", r"\[Ann]: call Cleo"),
        ("    no code", "no code"),
        ("| no table |", r"\| no table |"),
        ("~~~", r"\~~~"),
        ("- an item", "- an item"),
        ("1. an item", "1. an item"),
    ],
)
def test_a_typed_line_begins_no_other_block(typed: str, line: str) -> None:
    """Who types a hyphen means an item, but nobody a line in a document as the source of a heading."""
    paper = Paper()
    paper.put([Paragraph(Kind.TEXT, (Run(typed),))])
    assert paper.text == f"{line}\n"


def test_a_heading_may_end_in_hashes() -> None:
    """Markdown would take them off."""
    heading = text("C#", kind=Kind.HEADING, level=2)
    assert paragraphs_of("## C\\#") == (heading,)
    assert page_of(blocks_of("## C\\#\n"), ()).text == "## C\\#\n"


@pytest.mark.parametrize("name", ["agenda-first.md", "agenda-after-a-year.md"])
def test_an_agenda_is_the_same_markdown_again(name: str) -> None:
    """Byte for byte: what the job writes is how it reads documents."""
    markdown = (GOLDEN / name).read_text(encoding="utf-8").rstrip("\n") + "\n"
    assert there_and_back(markdown) == markdown
