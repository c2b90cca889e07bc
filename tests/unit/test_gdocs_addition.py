"""What is new in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.agenda.document import with_section
from scheduler.documents.gdocs.addition import Addition, addition
from tests.unit.agenda_builders import FIRST, WEEK, written

_LINES = st.lists(st.sampled_from(["", "# a", "## b", "- c"]), max_size=8)


def _text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(
    ("before", "after", "line", "text"),
    [
        ("", "a\n", 0, "a\n"),
        ("a\n", "a\n", 1, ""),
        ("a\n", "a\nb\n", 1, "b\n"),
        ("b\n", "a\nb\n", 0, "a\n"),
        ("a\nc\n", "a\nb\nc\n", 1, "b\n"),
    ],
)
def test_one_piece_that_was_put_in_is_found(before: str, after: str, line: int, text: str) -> None:
    """At the beginning, at the end, in between, or none."""
    assert addition(before, after) == Addition(line, text)


@pytest.mark.parametrize(
    ("before", "after"), [("a\n", ""), ("a\n", "b\n"), ("a\nb\n", "x\na\ny\nb\n"), ("a\nb\n", "b\nc\n")]
)
def test_more_than_one_piece_is_none(before: str, after: str) -> None:
    """Nothing that stands in a document is taken away or changed."""
    assert addition(before, after) is None


def test_a_section_begins_with_its_heading_also_above_one_that_is_called_the_same() -> None:
    """A meeting that was moved to where another one had been: the two differ from the second line on."""
    before = "# Title\n\n## Tuesday\n<!-- 1 -->\n\n- a\n"
    new = "## Tuesday\n<!-- 2 -->\n\n- b\n"
    assert addition(before, with_section(before, new)) == Addition(2, f"{new}\n")


def test_an_agenda_is_one_piece() -> None:
    """With all its parts; what stood there is below it."""
    before = written(None)
    found = addition(before, written(before, FIRST + WEEK))
    assert found is not None
    assert found.text.startswith("## Tuesday 10 November 2026, 10:00\n<!-- onetoone: ")
    assert before.splitlines()[found.line].startswith("## Tuesday 3 November")


@given(before=_LINES, new=_LINES, data=st.data())
def test_putting_the_piece_in_gives_the_text(before: list[str], new: list[str], data: st.DataObject) -> None:
    """Wherever it was put, and however much it looks like what is around it."""
    place = data.draw(st.integers(0, len(before)))
    after = [*before[:place], *new, *before[place:]]
    found = addition(_text(before), _text(after))
    assert found is not None
    assert _text(before[: found.line]) + found.text + _text(before[found.line :]) == _text(after)
