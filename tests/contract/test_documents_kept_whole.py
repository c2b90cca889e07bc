"""What a place owes on top that keeps documents as texts, byte for byte, such as a folder.

A provider joins in `documents_worlds.KEEPERS`; what all of them owe is in `test_documents.py`.
"""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.documents.interface import StoredDocument
from scheduler.errors import DocumentBusy, WriteFailed
from scheduler.people import Pair
from tests.contract.documents_worlds import KEEPERS, Keeper, KeepingWorld
from tests.unit.documents_builders import pair_of

US, OTHERS = pair_of(), pair_of("ana@example.com", "cy@example.com")
TEXTS = (
    "",
    "\n",
    "# 1-2-1: Ana and Bo\n",
    "\ufeff# With a byte order mark\n",
    "Windows\r\nline ends\r\n",
    "old\rMac\rends, a\u2028line separator and a form\ffeed",
    "no end of line, trailing blanks   ",
    "Łukasz “quoted”, commas; emoji 👩🏽\u200d💻, עברית, العربية, नमस्ते, 日本語\n",
    "nul \x00 and escape \x1b\n",
    "a long talk\n" * 100_000,
)


every_keeper = pytest.mark.parametrize("provider", KEEPERS, ids=lambda provider: provider.__name__)


@pytest.fixture(params=KEEPERS, ids=lambda provider: provider.__name__)
def world(request: pytest.FixtureRequest) -> Iterator[KeepingWorld]:
    """Return an empty place for documents."""
    provider: Keeper = request.param
    with provider() as place:
        yield place


def standing(world: KeepingWorld, two: Pair = US) -> StoredDocument:
    """Return a document that is there."""
    stored = world.documents.read(two)
    assert stored is not None
    return stored


def typed(world: KeepingWorld, text: str, two: Pair = US) -> StoredDocument:
    """Let a person write a document and go home; return it."""
    world.type_in(two, text)
    world.wait()
    return standing(world, two)


def test_what_nobody_wrote_is_not_there(world: KeepingWorld) -> None:
    """Reading makes no document and no place for it."""
    before = world.state()
    assert world.documents.read(US) is None
    assert world.state() == before


def test_a_document_has_its_address_before_it_is_there_and_keeps_it(world: KeepingWorld) -> None:
    """An invitation can name it whenever it is sent."""
    before = world.state()
    link = world.documents.link(US)
    assert world.state() == before
    world.documents.write(US, "a", None)
    world.next_run()
    assert world.documents.link(US) == link


def test_every_pair_has_an_address_of_its_own() -> None:
    """Who manages whom makes two pairs of the same two people."""
    pairs = (US, OTHERS, pair_of("bo@example.com", "ana@example.com"))
    for provider in KEEPERS:
        with provider() as place:
            assert len({place.documents.link(two) for two in pairs}) == len(pairs)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_what_is_written_reads_back_as_it_is(world: KeepingWorld, text: str) -> None:
    """Line ends, byte order marks, every script, blanks: nothing is tidied up."""
    world.documents.write(US, text, None)
    assert standing(world).text == text
    world.next_run()
    assert standing(world).text == text


@every_keeper
@given(text=st.text(st.characters(codec="utf-8")))
def test_any_text_reads_back_as_it_is(provider: Keeper, text: str) -> None:
    """Whatever a person may type."""
    with provider() as place:
        place.documents.write(US, text, None)
        assert standing(place).text == text


def test_what_a_person_wrote_reads_back_as_it_is(world: KeepingWorld) -> None:
    """Their line ends and marks are theirs."""
    assert typed(world, TEXTS[3] + TEXTS[4]).text == TEXTS[3] + TEXTS[4]


def test_the_revision_changes_with_the_text_alone(world: KeepingWorld) -> None:
    """Reading twice gives the same one, also in the next run."""
    world.documents.write(US, "a", None)
    first = standing(world).revision
    world.next_run()
    assert standing(world).revision == first
    world.wait()
    world.documents.write(US, "a ", first)
    assert standing(world).revision != first


def test_the_same_text_writes_nothing(world: KeepingWorld) -> None:
    """A run with nothing to do leaves everything as it was, and disturbs nobody at work."""
    world.documents.write(US, "a", None)
    world.documents.write(US, "a", standing(world).revision)
    world.type_in(US, "b")
    before = world.state()
    world.documents.write(US, "b", standing(world).revision)
    assert world.state() == before


def test_a_document_is_not_written_over_one_that_appeared_meanwhile(world: KeepingWorld) -> None:
    """Who expects none and finds one leaves it."""
    theirs = typed(world, "theirs")
    with pytest.raises(DocumentBusy):
        world.documents.write(US, "ours", None)
    assert standing(world) == theirs


def test_a_document_that_changed_meanwhile_is_left(world: KeepingWorld) -> None:
    """What was typed between reading and writing stays, however long ago it was."""
    read = typed(world, "agenda")
    typed(world, "agenda, and a note")
    with pytest.raises(DocumentBusy):
        world.documents.write(US, "agenda of the next meeting", read.revision)
    assert standing(world).text == "agenda, and a note"


def test_a_document_that_was_taken_away_meanwhile_is_not_put_back(world: KeepingWorld) -> None:
    """Taking it away was a person's decision."""
    read = typed(world, "agenda")
    world.take_away(US)
    with pytest.raises(DocumentBusy):
        world.documents.write(US, "agenda of the next meeting", read.revision)
    assert world.documents.read(US) is None


def test_a_document_that_a_person_is_at_work_on_is_left_for_the_next_run(world: KeepingWorld) -> None:
    """Though it was read with their last words in it; once they have gone home it is written."""
    world.type_in(US, "I was just ")
    before = world.state()
    with pytest.raises(DocumentBusy):
        world.documents.write(US, "agenda", standing(world).revision)
    assert world.state() == before
    world.next_run()
    world.wait()
    world.documents.write(US, "agenda\nI was just ", standing(world).revision)
    assert standing(world).text == "agenda\nI was just "


def test_our_own_writing_is_nobodys_work(world: KeepingWorld) -> None:
    """A document that this run began is written again at once."""
    world.documents.write(US, "head", None)
    world.documents.write(US, "head and agenda", standing(world).revision)
    assert standing(world).text == "head and agenda"


def test_a_pairs_document_is_no_other_pairs(world: KeepingWorld) -> None:
    """Writing and being at work on one leaves the others alone."""
    world.type_in(OTHERS, "between Ana and Cy")
    theirs = standing(world, OTHERS)
    world.documents.write(US, "between Ana and Bo", None)
    assert standing(world, OTHERS) == theirs
    assert standing(world).text == "between Ana and Bo"


@pytest.mark.parametrize("was_there", [True, False])
def test_what_could_not_be_written_left_everything_whole(world: KeepingWorld, *, was_there: bool) -> None:
    """The next attempt finds the old text and succeeds."""
    revision = typed(world, "old").revision if was_there else None
    before = world.state()
    with world.full(), pytest.raises(WriteFailed):
        world.documents.write(US, "new", revision)
    assert world.state() == before
    world.documents.write(US, "new", revision)
    assert standing(world).text == "new"


def test_a_document_that_cannot_be_read_is_an_error_and_is_not_written(world: KeepingWorld) -> None:
    """Unreadable is not absent: nothing is put in its place."""
    revision = typed(world, "old").revision
    world.break_reading(US)
    before = world.state()
    with pytest.raises(WriteFailed):
        world.documents.read(US)
    for expected in (None, revision):
        with pytest.raises(WriteFailed):
            world.documents.write(US, "new", expected)
    assert world.state() == before


LINES = st.text("ab \n\r", max_size=8)


@every_keeper
@given(
    steps=st.lists(st.tuples(st.sampled_from(["type", "read", "write", "wait", "run"]), LINES), max_size=30)
)
def test_nothing_that_a_person_typed_is_ever_lost(provider: Keeper, steps: list[tuple[str, str]]) -> None:
    """However reading, typing and writing are mixed, each person's words are in the document afterwards."""
    with provider() as place:
        typed_so_far: list[str] = []
        read: StoredDocument | None = None
        for number, (step, text) in enumerate(steps):
            match step:
                case "type":
                    typed_so_far.append(f"<{number}{text}>")
                    now = place.documents.read(US)
                    place.type_in(US, (now.text if now else "") + typed_so_far[-1])
                case "read":
                    read = place.documents.read(US)
                case "write":
                    _write_on_top(place, text, read)
                case "wait":
                    place.wait()
                case _:
                    place.next_run()
        stored = place.documents.read(US)
        assert [words for words in typed_so_far if words not in (stored.text if stored else "")] == []


def _write_on_top(place: KeepingWorld, text: str, read: StoredDocument | None) -> None:
    try:
        place.documents.write(US, text + (read.text if read else ""), read.revision if read else None)
    except DocumentBusy:
        return
