"""The running document: sections, marks, and every byte that people typed."""

from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.agenda.blocks import lines_of, mark, marked_meetings, sections
from scheduler.agenda.document import document_head, find_section, section_text, with_section
from scheduler.people import Pair
from tests.unit.agenda_builders import (
    FIRST,
    PAIR,
    SETTINGS,
    WEEK,
    newest,
    person,
    prepared,
    typed,
    weekly,
    written,
)

SECOND = FIRST + WEEK
SECTION = f"## Tuesday\n{mark(SECOND)}\n\n### Follow-ups\n\n- [ ]\n"
OURS = f"## Monday\n{mark(FIRST)}\n\nwords\n"

TYPED = st.lists(
    st.sampled_from(
        [
            "# Title", "## Notes", "### Follow-ups", "- [ ] ask", "- [x] done", "  - nested", "words", "", "```", "~~~", "<!--", "-->",
            "    code", "> quote", "Setext", "===", "---", "| a | b |", "|---|---|", "1. one", "\t- tab", "<div>", "## Monday",
            mark(FIRST), "[a]: b", "\u2028", "\x0b", "~~- [ ] x~~", "#", "# ", "-", "+ ", "\ufeff",
        ],
    ),
    max_size=25,
)  # fmt: skip
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(TYPED, LINE_ENDS, st.booleans(), st.booleans())
def test_every_byte_that_people_typed_stays(lines: list[str], end: str, bom: bool, last: bool) -> None:  # noqa: FBT001 - hypothesis draws them
    """Whatever a document holds, a new section is put into it in one piece, and nothing else changes."""
    text = "\ufeff" * bom + end.join(lines) + end * last
    after = with_section(text, SECTION)
    inserted = len(after) - len(text)
    assert any(after[:at] + after[at + inserted :] == text for at in range(len(text) + 1))
    assert "".join(lines_of(text)) == text


@given(TYPED, LINE_ENDS)
def test_an_agenda_is_written_once_whatever_the_document_holds(lines: list[str], end: str) -> None:
    """A second write meets the first, and no document makes one fail."""
    start = FIRST + 5 * WEEK
    made = prepared(end.join(lines), start)
    assert made is not None
    assert start in marked_meetings(made.text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{SECTION}"),
        ("# Title\n\nWords.\n", f"# Title\n\nWords.\n\n{SECTION}"),
        ("# Title\n\nWords.", f"# Title\n\nWords.\n\n{SECTION}"),
        (f"# Title\n\n{OURS}", f"# Title\n\n{SECTION}\n{OURS}"),
        (f"# Title\n{OURS}", f"# Title\n\n{SECTION}\n{OURS}"),
        (f"# Title\n\n## Goals\n\n{OURS}", f"# Title\n\n## Goals\n\n{SECTION}\n{OURS}"),
        ("# Title\n\n## Old notes\n", f"# Title\n\n{SECTION}\n## Old notes\n"),
        ("# 3 Nov\n\n# 27 Oct\n", f"{SECTION}\n# 3 Nov\n\n# 27 Oct\n"),
        ("## Old notes\n", f"{SECTION}\n## Old notes\n"),
        ("Title\n=====\n\nNotes\n-----\n", f"Title\n=====\n\n{SECTION}\nNotes\n-----\n"),
        ("---\nkey: 1\n---\n# Title\n", f"---\nkey: 1\n---\n# Title\n\n{SECTION}"),
        ("---\nkey: 1\n---\n\n## Old\n", f"---\nkey: 1\n---\n\n{SECTION}\n## Old\n"),
        (f"# Title\n\n```\n{OURS}```\n", f"# Title\n\n```\n{OURS}```\n\n{SECTION}"),
    ],
)
def test_a_section_goes_on_top_below_the_head(before: str, after: str) -> None:
    """Before the newest of ours; where there is none, below the title and what stands under it."""
    assert with_section(before, SECTION) == after


def test_line_ends_and_byte_order_mark_are_the_documents() -> None:
    """A document from Windows stays one."""
    text = with_section("\ufeff# Title\r\n\r\nWords.\r\n", SECTION)
    assert text.startswith("\ufeff# Title\r\n\r\nWords.\r\n\r\n## Tuesday\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert find_section(text, SECOND, "no title") is not None


def test_a_moved_meeting_keeps_its_section() -> None:
    """The mark names the original start: moving the meeting afterwards makes no second agenda."""
    text = written(None, SECOND, original=FIRST)
    assert "## Tuesday 10 November" in text
    assert prepared(text, SECOND + WEEK, original=FIRST) is None
    assert marked_meetings(text) == {FIRST}
    assert prepared(text, FIRST.astimezone(UTC)) is None


def test_a_section_that_lost_its_mark_is_known_by_its_title() -> None:
    """Deleting the mark makes no second agenda; another meeting moved to that hour still gets its own."""
    text = written(None)
    unmarked = text.replace(mark(FIRST) + "\n", "")
    assert prepared(unmarked) is None
    assert prepared(text, original=SECOND) is not None
    assert find_section("text ## Tuesday 3 November 2026, 10:00", FIRST, "x") is None


def test_a_mark_in_code_is_a_quote() -> None:
    """A section that somebody quotes in a code block is no section; and a mark that is no time is none."""
    assert find_section(f"# T\n\n```\n{OURS}```\n", FIRST, "Monday") is None
    assert marked_meetings("<!-- onetoone: soon -->\n<!-- onetoone: 2026-12-01T10:00:00 -->") == frozenset()


def test_the_section_is_shown_without_its_mark() -> None:
    """What a person sees holds no machine's line, and plain line ends."""
    text = with_section("# T\r\n", OURS)
    section = find_section(text, FIRST, "")
    assert section is not None
    assert section_text(text, section) == "## Monday\n\nwords\n"


def test_a_mark_below_any_heading_begins_a_section() -> None:
    """People may make our heading a smaller one; parts keep being parts."""
    text = f"# T\n\n#### Monday\n{mark(FIRST)}\n\n### Follow-ups\n\n- one\n\n## Theirs\n\n- two\n"
    found = [section for section in sections(text) if section.meeting]
    assert [(entry.part.value, entry.text) for entry in found[0].entries] == [
        ("follow ups", "one"),
        ("theirs", "two"),
    ]


def test_names_are_shown_letter_by_letter() -> None:
    """Markup, line breaks and direction overrides in a name cannot change the document."""
    pair = Pair(person("Ann *Q* <b> [x](y)\n# Z \u202eevil", "ann@example.org"), person("", "bo@example.org"))
    head = document_head(pair)
    assert head.splitlines()[0] == r"# 1-2-1: Ann \*Q\* \<b\> \[x\](y) \# Z evil and "
    assert prepared(None, pair=pair) is not None


def test_the_first_agenda_says_that_it_is_the_first() -> None:
    """In a document that holds nothing but its head, too: there is none before it that anything could be left open in."""
    welcome = "This is your first agenda."
    assert all(welcome in written(text) for text in (None, document_head(PAIR)))
    assert welcome not in written(document_head(PAIR) + "\nWe met before.\n")


def test_old_sections_cost_no_more_than_they_are_many() -> None:
    """The next agenda after five years of weekly ones is right, and costs about four times what it does after a quarter of that."""

    def after(weeks: int) -> tuple[str, float]:
        block = newest(typed(written(None), "- [x] Ask finance", heard="- ~~rota~~"))
        text = document_head(PAIR)
        for week in range(weeks):
            start = FIRST + week * WEEK
            item = block.replace(mark(FIRST), mark(start)).replace("Ask finance", f"Item {week}")
            text = with_section(text, item)
        took: list[float] = []
        for _ in range(5):
            began = process_time()
            made = prepared(text, FIRST + weeks * WEEK)
            took.append(process_time() - began)
        assert made is not None
        return made.section, min(took)

    section, long = after(260)
    assert "- [x] Item 259" in section
    assert long < 10 * after(65)[1]  # sixteen times, were each section compared with each


@pytest.mark.parametrize("run", [" ", "a ", "(", "~~a", "[ ] ", "*", "- ", "@a ", "<!-- ", "✓ "])
def test_a_line_without_end_costs_no_more_than_a_moment(run: str) -> None:
    """What somebody pasted by accident does not hold up the run."""
    text = typed(written(None), f"- x{run * 5000}y\n")
    began = process_time()
    written(text, SECOND)
    assert process_time() - began < 1


def test_the_same_arguments_give_the_same_text() -> None:
    """Killed after remembering the openers and before writing, the next run writes the very same agenda."""
    text = weekly(3)
    first = prepared(text, FIRST + 3 * WEEK)
    assert first is not None
    assert prepared(text, FIRST + 3 * WEEK, used=first.used) == first


def test_times_are_shown_by_both_clocks_where_they_differ() -> None:
    """The heading has the manager's clock, and the report's with its day if that is another."""
    far = Pair(person("Ann Example"), person("Bo Sample", zone="Pacific/Auckland"))
    text = written(None, datetime(2026, 11, 3, 13, tzinfo=UTC), pair=far)
    assert "## Tuesday 3 November 2026, 14:00 Berlin, Wednesday 02:00 Auckland" in text
    near = Pair(person("Ann Example"), person("Bo Sample", zone="Europe/London"))
    assert "## Tuesday 3 November 2026, 10:00 Berlin, 09:00 London" in written(None, pair=near)


def test_settings_decide_how_much_is_asked() -> None:
    """The number of openers, and after how many carries an item is asked about."""
    assert SETTINGS.openers == SETTINGS.reserve == 3
    assert timedelta(weeks=26) == SETTINGS.repeat_after
