"""Our marks as names of ranges: everything that the comment in Markdown says, in pieces that Docs takes."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.documents.gdocs.marks import is_ours, marks_of_names, range_names, read_mark, write_mark
from scheduler.documents.gdocs.paragraphs import Mark
from tests.unit.agenda_builders import BERLIN, WEEK

MEETING = datetime(2027, 10, 26, 10, tzinfo=BERLIN)
_PRINTS = st.lists(st.text("0123456789abcdef", min_size=8, max_size=8), max_size=80, unique=True).map(tuple)


def test_a_short_mark_is_one_name() -> None:
    """It holds the meeting and fingerprints, and no word of anybody's."""
    mark = Mark(MEETING, ("c6d7ae94", "0d37dd44"), ("193743a9",))
    name = "onetoone/1 2027-10-26T10:00:00+02:00 carried=c6d7ae94,0d37dd44 told=193743a9"
    assert range_names(mark) == (name,)
    assert range_names(Mark(MEETING)) == ("onetoone/1 2027-10-26T10:00:00+02:00",)


@given(carried=_PRINTS, told=_PRINTS, data=st.data())
def test_a_mark_comes_back_whole(
    carried: tuple[str, ...], told: tuple[str, ...], data: st.DataObject
) -> None:
    """However long it is, and in whatever order Docs tells the names."""
    mark = Mark(MEETING, carried, told)
    names = range_names(mark)
    assert all(is_ours(name) and len(name) <= 256 for name in names)
    assert marks_of_names(data.draw(st.permutations(names))) == (mark,)
    assert read_mark(write_mark(mark)) == mark


def test_marks_of_several_meetings_on_one_heading_are_all_told() -> None:
    """To forget one would write its agenda twice."""
    marks = Mark(MEETING, ("c6d7ae94",)), Mark(MEETING + WEEK)
    assert marks_of_names([*range_names(marks[1]), *range_names(marks[0])]) == marks


@pytest.mark.parametrize(
    "name", ["", "kix.1", "onetoone", "onetoone/1", "onetoone/1 today", "onetoone/1 2027-10-26T10:00:00"]
)
def test_other_names_are_no_marks(name: str) -> None:
    """People and other programs name ranges as they like; a moment without an offset is none of ours."""
    assert marks_of_names([name]) == ()
    assert read_mark(f"<!-- {name} -->") is None
