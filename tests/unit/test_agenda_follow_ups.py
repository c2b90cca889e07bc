"""Follow-ups as people write them: open or not, whose, by when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.agenda.entries import Entry, Part
from scheduler.agenda.follow_ups import FollowUp, State, note, read_follow_up
from scheduler.agenda.wording import safe_line
from scheduler.people import Pair
from tests.unit.agenda_builders import PAIR, person

MONDAY = date(2026, 11, 23)


def read(text: str, pair: Pair = PAIR, group: str = "") -> FollowUp:
    """Return what an entry says, written on a Monday."""
    item = read_follow_up(Entry(Part.FOLLOW_UPS, text, group=group), pair, MONDAY)
    assert item is not None
    return item


@pytest.mark.parametrize(
    "text",
    [
        "[x] Ask finance",
        "[X] Ask finance",
        r"\[x\] Ask finance",
        "[✓] Ask finance",
        "[done] Ask finance",
        "done: Ask finance",
        "Done: Ask finance",
        "DONE Ask finance",
        "✓ Ask finance",
        "✔ Ask finance",
        "✅ Ask finance",
        "Ask finance ✅",
        "[ ] Ask finance (done)",
        "[ ] Ask finance \u2013 done!",
    ],
)
def test_done_is_read_in_every_usual_hand(text: str) -> None:
    """A tick in a box, a tick as a sign, or the word in front or behind closes an item as done."""
    item = read(text)
    assert (item.text, item.state) == ("Ask finance", State.DONE)


@pytest.mark.parametrize(
    "text",
    [
        "~~Ask finance~~",
        "[ ] ~~Ask finance~~",
        "~~[ ] Ask finance *(since 3 Nov, 1 week)*~~",
        "~~- [ ] Ask finance~~",
        "~~Ask finance~~ by Friday",
        "<del>Ask finance</del>",
        "[dropped] Ask finance",
        "dropped: Ask finance",
        "[ ] Ask finance [drop]",
        "[-] Ask finance",
        "❌ Ask finance",
    ],
)
def test_struck_through_is_closed(text: str) -> None:
    """A line struck through, with or without its box and note, is closed."""
    item = read(text)
    assert (item.text, item.state) == ("Ask finance", State.STRUCK)


@pytest.mark.parametrize(
    "text",
    [
        "[park] Ask finance",
        "[ ] [parked] Ask finance",
        "[ ] Ask finance [park]",
        "[ ] Ask finance — park",
        "parked: Ask finance",
    ],
)
def test_parked_is_its_own_answer(text: str) -> None:
    """`[park]` in front or behind takes an item off the list without calling it done."""
    assert (read(text).text, read(text).state) == ("Ask finance", State.PARKED)


@pytest.mark.parametrize(
    "text",
    [
        "[ ] Ask finance",
        "[] Ask finance",
        "[/] Ask finance",
        "[?] Ask finance",
        "☐ Ask finance",
        "Get the migration done",
        "Mend what is half-done",
        "Review - not done",
        "Done with the migration? Ask Bo",
        "~~Monday~~ Tuesday: send it",
        "Drop: the index",
        "DROP TABLE users",
        "[done](https://example.org/a) read it",
        "[TICKET-12] mend it",
    ],
)
def test_in_doubt_a_follow_up_stays_open(text: str) -> None:
    """Words that only look like a state leave the item open."""
    assert read(text).state is State.OPEN


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Ann: ask finance", "Ann"),
        ("**Ann:** ask finance", "Ann"),
        ("**Ann**: ask finance", "Ann"),
        ("ann example: ask finance", "Ann"),
        ("@bo ask finance", "Bo"),
        ("@Cleo: ask finance", "@Cleo"),
        ("(Ann) ask finance", "Ann"),
        ("Ann to ask finance", "Ann"),
        ("Bo will ask finance", "Bo"),
        ("ask finance (Ann)", "Ann"),
        ("ask finance — Bo", "Bo"),
        ("ask finance -- Bo", "Bo"),
        ("ask finance @cleo", "@cleo"),
        ("ask finance @ann, by Friday", "Ann"),
        ("ask finance (Bo) by Friday", "Bo"),
        ("~~ask finance (Ann)~~", "Ann"),
    ],
)
def test_owner_is_read_where_people_put_it(text: str, owner: str) -> None:
    """One of the two by name, or anybody after an @, in front or behind."""
    item = read(text)
    assert (item.owner, item.text) == (owner, "ask finance")
    assert item.said == f"{owner}: ask finance"


@pytest.mark.parametrize(
    "text",
    [
        "me: ask finance",
        "Ask Ann about it",
        "Mail ann@example.org",
        "Ann and Bo to meet",
        "Mail: mend the rules",
        "Ann:",
    ],
)
def test_no_owner_is_guessed(text: str) -> None:
    """A name in the sentence, a third word with a colon, or 'me' is no owner; the words stay."""
    assert (read(text).owner, read(text).text) == (None, text)


def test_two_of_one_given_name_are_told_apart_by_their_full_names() -> None:
    """Where both are called Ann, 'Ann:' owns nothing, and the full name does."""
    pair = Pair(person("Ann Example"), person("Ann Other", "other@example.org"))
    assert read("Ann: ask", pair).owner is None
    assert read("Ann Other: ask", pair).owner == "Ann Other"


def test_a_heading_or_line_above_names_owner_or_context() -> None:
    """What stands under 'Ann' is Ann's; what stands under other words carries these along."""
    assert read("ask finance", group="**Ann**").said == "Ann: ask finance"
    assert read("Bo: ask finance", group="Ann").said == "Bo: ask finance"
    assert read("book a room", group="Offsite").said == "Offsite: book a room"
    assert read("Offsite: book a room", group="Offsite").said == "Offsite: book a room"


def test_the_same_words_of_another_owner_are_another_item() -> None:
    """Identity is owner and words; case, punctuation, dates and our note make no difference."""
    assert read("Ann: read the book").key != read("Bo: read the book").key
    same = {
        read(t).key
        for t in (
            "[ ] Ann: read the book!",
            "read  the Book (Ann)",
            "@ann *read* the book by Friday *(since 3 Nov)*",
        )
    }
    assert same == {read("Ann: read the book").key}


def test_our_own_note_is_read_back_and_is_no_part_of_the_text() -> None:
    """The note gives age, carries and due date again, also when an editor escaped it."""
    made = note(date(2025, 11, 3), 4, date(2026, 11, 6), MONDAY)
    assert made == "*(due Fri 6 Nov, 2 weeks over; since 3 Nov 2025, 12 months, carried 4 times)*"
    for text in (
        f"[ ] Ask {made}",
        "[ ] Ask " + made.replace("*", r"\*"),
        "[ ] Ask " + made.replace("*", "_"),
    ):
        item = read(text)
        assert (item.text, item.since, item.carries) == ("Ask", date(2025, 11, 3), 4)
        assert item.due is not None
        assert item.due.day == date(2026, 11, 6)


def test_a_date_that_a_person_adds_goes_before_the_noted_one() -> None:
    """A new date behind our note is the due date; a weekday in the sentence is not counted again."""
    noted = "*(due Fri 6 Nov, 2 weeks over; since 3 Nov, 3 weeks, carried twice)*"
    moved, kept = read(f"[ ] Ask {noted} by 4 Dec").due, read(f"[ ] Ask by Friday whether {noted}").due
    assert moved is not None
    assert kept is not None
    assert (moved.day, kept.day) == (date(2026, 12, 4), date(2026, 11, 6))


@pytest.mark.parametrize("text", ["", "[ ]", "[ ] ", "…", "—", "~~ ~~"])
def test_what_holds_no_words_is_no_follow_up(text: str) -> None:
    """An empty box to write in is nobody's follow-up."""
    assert read_follow_up(Entry(Part.FOLLOW_UPS, text), PAIR, MONDAY) is None


PIECES = """
    ask finance Ann Bo: Ann: @ann @cleo (Ann) (Friday) [park] done done: ✓ ~~x~~ ~~ * _ ` [ ] [x] - 1. # > | by Friday 3 Dec due
    (by 2026-12-01) *(since 3 Nov)* — \u2013 -- <!-- --> <b> \\ אן 会议 🎉 to will , ; . !
"""
WORDS = st.sampled_from(PIECES.split())


@given(st.lists(WORDS, min_size=1, max_size=8).map(" ".join))
def test_what_an_agenda_lists_is_read_back_as_the_same_item(text: str) -> None:
    """Identity survives being listed: an item that changed it would come up twice, or never go away."""
    item = read_follow_up(Entry(Part.FOLLOW_UPS, text), PAIR, MONDAY)
    if item is None:
        return
    listed = f"[ ] {safe_line(item.said)} {note(MONDAY, 1, item.due.day if item.due else None, MONDAY)}"
    again = read(listed)
    assert (again.key, again.due and again.due.day) == (item.key, item.due and item.due.day)
    if item.state is not State.OPEN:
        closed = read_follow_up(Entry(Part.DONE, f"[x] {safe_line(item.said)}"), PAIR, MONDAY)
        assert closed is not None
        assert closed.key == item.key
