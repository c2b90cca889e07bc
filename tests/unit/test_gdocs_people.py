"""What people do with follow-ups in a Google Doc, and what the next agenda makes of it."""

from collections.abc import Callable

import pytest

from scheduler.agenda.blocks import sections
from scheduler.agenda.follow_ups import State
from scheduler.agenda.history import History, read_history
from tests.unit.agenda_builders import FIRST, PAIR, WEEK, typed, written
from tests.unit.gdocs_builders import Paper

DRAFT, ROOM = "read the draft", "book a room"
Deed = Callable[[Paper], None]


@pytest.fixture
def paper() -> Paper:
    """Give a document with two follow-ups."""
    return Paper(typed(written(None), f"- [ ] {DRAFT}\n- [ ] {ROOM}\n"))


def history(paper: Paper, weeks: int = 1) -> History:
    """Return what stands open some weeks after the first meeting."""
    return read_history(sections(paper.text), PAIR, (FIRST + weeks * WEEK).date())


def still_open(paper: Paper, weeks: int = 1) -> list[str]:
    """Return what stands open, as text."""
    return [one.item.text for one in history(paper, weeks).open]


def retyped(new: str) -> Deed:
    """Return what writes other words in the place of one of the two."""
    return lambda paper: paper.people.retype(paper.document, DRAFT, new)


def test_what_nobody_touched_is_open(paper: Paper) -> None:
    """And was agreed at the meeting."""
    assert still_open(paper) == [DRAFT, ROOM]


@pytest.mark.parametrize(
    ("deed", "state"),
    [
        (lambda paper: paper.people.tick(paper.document, DRAFT), State.DONE),
        (lambda paper: paper.people.strike(paper.document, DRAFT), State.STRUCK),
        (retyped(f"[x] {DRAFT}"), State.DONE),
        (retyped(f"done: {DRAFT}"), State.DONE),
        (retyped(f"{DRAFT} ✓"), State.DONE),
        (retyped(f"~~{DRAFT}~~"), State.STRUCK),
        (retyped(f"[park] {DRAFT}"), State.PARKED),
        (retyped(f"[drop] {DRAFT}"), State.STRUCK),
    ],
)
def test_what_people_close_is_closed(paper: Paper, deed: Deed, state: State) -> None:
    """By the box, by the toolbar, or by words."""
    deed(paper)
    assert still_open(paper) == [ROOM]
    assert [(one.item.text, one.item.state) for one in history(paper).closed] == [(DRAFT, state)]


def test_a_struck_item_is_struck_with_its_note_or_without(paper: Paper) -> None:
    """What the program wrote behind it is no word of the item."""
    paper.write(written(paper.text, FIRST + WEEK))
    paper.people.strike(paper.document, f"{DRAFT} (since")
    assert still_open(paper, 2) == [ROOM]


def test_a_tick_that_is_taken_back_opens_the_item(paper: Paper) -> None:
    """In the place where it was made."""
    paper.people.tick(paper.document, DRAFT)
    paper.people.untick(paper.document, DRAFT)
    assert still_open(paper) == [DRAFT, ROOM]


def test_what_was_done_is_opened_by_a_box_in_the_place_of_its_tick(paper: Paper) -> None:
    """Under *Done since then*, where no box can stand ticked."""
    paper.people.tick(paper.document, DRAFT)
    paper.write(written(paper.text, FIRST + WEEK))
    assert f"- ✓ {DRAFT}" in paper.seen
    assert still_open(paper, 2) == [ROOM]
    paper.people.retype(paper.document, f"✓ {DRAFT}", f"[ ] {DRAFT}")
    assert still_open(paper, 2) == [ROOM, DRAFT]


def test_what_was_dropped_is_opened_by_a_box_and_no_strike(paper: Paper) -> None:
    """It is told struck through, without a tick."""
    paper.people.strike(paper.document, DRAFT)
    paper.write(written(paper.text, FIRST + WEEK))
    assert paper.seen[paper.seen.index("#### Done since then") + 1] == f"- ~~{DRAFT}~~"
    told = next(block for block in paper.structure.blocks if block.shown == DRAFT)
    reach = {"startIndex": told.start, "endIndex": told.end - 1}
    paper.desk.batch(
        paper.document,
        {"updateTextStyle": {"range": reach, "textStyle": {}, "fields": "strikethrough"}},
        {"insertText": {"location": {"index": told.start}, "text": "[ ] "}},
    )
    assert still_open(paper, 2) == [ROOM, DRAFT]


def test_an_item_that_is_taken_out_of_the_newest_agenda_does_not_come_back(paper: Paper) -> None:
    """The mark says that it was listed."""
    paper.write(written(paper.text, FIRST + WEEK))
    paper.people.delete_paragraph(paper.document, f"{DRAFT} (since")
    assert still_open(paper, 2) == [ROOM]


def test_what_is_typed_anywhere_in_its_part_is_a_follow_up(paper: Paper) -> None:
    """Below a box it is one more box; normal text at the end is a line of its own."""
    paper.people.type_below(paper.document, ROOM, "Bo: ask finance by Friday")
    paper.people.append(paper.document, "- call Cleo")
    paper.people.append(paper.document, "@finance to send the form by 2026-12-24")
    found = [(one.item.owner, one.item.text) for one in history(paper).open]
    assert found == [
        (None, DRAFT), (None, ROOM), ("Bo", "ask finance"), (None, "call Cleo"), ("@finance", "send the form"),
    ]  # fmt: skip


def test_what_is_written_for_the_next_time_is_carried_with_its_age(paper: Paper) -> None:
    """As the agenda says it, and not twice."""
    paper.write(written(paper.text, FIRST + WEEK))
    assert f"[ ] {ROOM} _(since 3 Nov, 1 week)_" in paper.seen
    paper.people.tick(paper.document, f"{DRAFT} (since")
    paper.write(written(paper.text, FIRST + 2 * WEEK))
    assert f"- ✓ {DRAFT}" in paper.seen
    assert f"[ ] {ROOM} _(since 3 Nov, 2 weeks, carried twice)_" in paper.seen
    assert still_open(paper, 3) == [ROOM]
