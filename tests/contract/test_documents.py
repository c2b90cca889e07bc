"""What every provider of agenda documents owes the job. A provider joins in `documents_worlds.PROVIDERS`.

What is written is what the job writes: Markdown, of which only what is new differs from what was read. Whether a
text is kept to the byte is another matter: see `test_documents_kept_whole.py`.
"""

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.agenda.blocks import marked_meetings, sections
from scheduler.agenda.document import document_head, with_section
from scheduler.agenda.history import History, Standing, read_history
from scheduler.documents.gdocs.inline import runs_of
from scheduler.documents.gdocs.paragraphs import plain
from scheduler.documents.interface import StoredDocument
from scheduler.errors import DocumentBusy, WriteFailed
from scheduler.people import Pair
from tests.contract.documents_worlds import PROVIDERS, Provider, World
from tests.unit.agenda_builders import FIRST, WEEK, prepared, typed
from tests.unit.documents_builders import pair_of
from tests.unit.fake_google_fixtures import on_loopback

pytestmark = on_loopback
US, OTHERS, REVERSED = (
    pair_of(),
    pair_of("ana@example.com", "cy@example.com"),
    pair_of("bo@example.com", "ana@example.com"),
)
AWKWARD = Pair(
    replace(US.manager, name="d'Arc, Amélie *Ø.* 👩🏽\u200d💻"), replace(US.report, name="نور_السيد_ <b>")
)
HEAD = document_head(US)

every_provider = pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.__name__)


@pytest.fixture(params=PROVIDERS, ids=lambda provider: provider.__name__)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """Return an empty place for documents."""
    provider: Provider = request.param
    with provider() as place:
        yield place


def standing(world: World, two: Pair = US) -> StoredDocument:
    """Return a document that is there."""
    stored = world.documents.read(two)
    assert stored is not None
    return stored


def lines(world: World, two: Pair = US) -> list[str]:
    """Return the lines of a document that hold something."""
    return [line for line in standing(world, two).text.splitlines() if line.strip()]


def on_top(read: StoredDocument | None, title: str) -> str:
    """Return the document with a short section on top."""
    return with_section(read.text if read else HEAD, f"## {title}\n\n- [ ] something\n")


def add(world: World, title: str, two: Pair = US) -> None:
    """Put a short section on top of a document."""
    read = world.documents.read(two)
    world.documents.write(two, on_top(read, title), read.revision if read else None)


def begun(world: World, two: Pair = US) -> StoredDocument:
    """Return a document that the job began and a person wrote in."""
    add(world, "First", two)
    world.add_line(two, "our line")
    world.wait()
    return standing(world, two)


def history(text: str, two: Pair = US) -> History:
    """Return what stands open in a document some weeks after its newest meeting, its words as people see them.

    A text of Markdown can be spelled in several ways; what it shows is the same.
    """
    found = read_history(sections(text), two, (FIRST + 9 * WEEK).date())
    parts = {part.name: tuple(map(_as_seen, getattr(found, part.name))) for part in fields(found)}
    return History(**parts)


def _headings(text: str) -> list[tuple[str, object]]:
    """Return the sections as people see their headings, with what their marks say."""
    return [(plain(runs_of(s.title)), (s.level, s.meeting, s.carried, s.told)) for s in sections(text)]


def _as_seen(standing: Standing) -> Standing:
    text = plain(runs_of(standing.item.text))
    return replace(standing, item=replace(standing.item, text=text))


def test_what_nobody_wrote_is_not_there(world: World) -> None:
    """Reading makes no document and no place for it."""
    before = world.state()
    assert world.documents.read(US) is None
    assert world.state() == before


def test_a_document_keeps_its_address(world: World) -> None:
    """An invitation names it for as long as the pair meets."""
    world.documents.write(US, HEAD, None)
    link = world.documents.link(US)
    before = world.state()
    world.next_run()
    assert world.documents.link(US) == link
    assert world.state() == before
    add(world, "First")
    assert world.documents.link(US) == link


def test_every_pair_has_an_address_of_its_own(world: World) -> None:
    """Who manages whom makes two pairs of the same two people."""
    for two in (US, OTHERS, REVERSED):
        world.documents.write(two, HEAD, None)
    assert len({world.documents.link(two) for two in (US, OTHERS, REVERSED)}) == 3


def test_a_document_may_begin_empty(world: World) -> None:
    """It is there then, and can be written."""
    world.documents.write(US, "", None)
    assert standing(world).text == ""
    world.documents.write(US, HEAD, standing(world).revision)
    assert standing(world).text == HEAD


def test_what_the_job_writes_reads_back_as_it_is(world: World) -> None:
    """Head, headings, boxes, places to write in, and the mark that no viewer shows."""
    made = prepared(None, pair=US)
    assert made is not None
    world.documents.write(US, made.text, None)
    assert standing(world).text == made.text
    world.next_run()
    assert standing(world).text == made.text


def test_what_a_person_wrote_is_read(world: World) -> None:
    """In its place, among what the job wrote."""
    begun(world)
    assert lines(world)[-3:] == ["## First", "- [ ] something", "our line"]
    add(world, "Second")
    assert lines(world)[-5:] == ["## Second", "- [ ] something", "## First", "- [ ] something", "our line"]


def test_the_revision_changes_with_the_text_alone(world: World) -> None:
    """Reading twice gives the same one, also in the next run."""
    first = begun(world).revision
    assert standing(world).revision == first
    world.next_run()
    assert standing(world).revision == first
    add(world, "Second")
    second = standing(world).revision
    world.add_line(US, "another line")
    assert len({first, second, standing(world).revision}) == 3


def test_the_same_text_writes_nothing(world: World) -> None:
    """A run with nothing to do leaves everything as it was, and disturbs nobody at work."""
    begun(world)
    world.add_line(US, "I was just ")
    before = world.state()
    read = standing(world)
    world.documents.write(US, read.text, read.revision)
    assert world.state() == before
    assert standing(world) == read


def test_a_document_is_not_written_over_one_that_appeared_meanwhile(world: World) -> None:
    """Who expects none and finds one leaves it."""
    world.add_line(US, "theirs")
    world.wait()
    theirs = standing(world)
    for text in (HEAD, theirs.text):
        with pytest.raises(DocumentBusy):
            world.documents.write(US, text, None)
    assert standing(world) == theirs


def test_a_document_that_changed_meanwhile_is_left(world: World) -> None:
    """What was typed between reading and writing stays, however long ago it was; also the same text is refused."""
    read = begun(world)
    world.add_line(US, "and a note")
    world.wait()
    before = world.state()
    for text in (on_top(read, "Second"), read.text):
        with pytest.raises(DocumentBusy):
            world.documents.write(US, text, read.revision)
    world.next_run()
    with pytest.raises(DocumentBusy):
        world.documents.write(US, on_top(read, "Second"), read.revision)
    assert world.state() == before


def test_a_document_that_was_taken_away_meanwhile_is_not_put_back(world: World) -> None:
    """Taking it away was a person's decision."""
    read = begun(world)
    world.take_away(US)
    with pytest.raises(DocumentBusy):
        world.documents.write(US, on_top(read, "Second"), read.revision)
    assert world.documents.read(US) is None


def test_our_own_writing_is_nobodys_work(world: World) -> None:
    """A document that this run began is written again at once."""
    world.documents.write(US, HEAD, None)
    add(world, "First")
    add(world, "Second")
    assert [line for line in lines(world) if line.startswith("## ")] == ["## Second", "## First"]


def test_a_pairs_document_is_no_other_pairs(world: World) -> None:
    """Writing and being at work on one leaves the others alone."""
    begun(world, OTHERS)
    world.add_line(OTHERS, "between Ana and Cy")
    theirs = standing(world, OTHERS)
    add(world, "First")
    assert standing(world, OTHERS) == theirs
    assert "Cy" not in standing(world).text
    assert world.documents.read(REVERSED) is None


@pytest.mark.parametrize("was_there", [True, False])
def test_what_could_not_be_written_left_everything_whole(world: World, *, was_there: bool) -> None:
    """The next attempt finds what was there and succeeds."""
    read = begun(world) if was_there else None
    before = world.state()
    new = on_top(read, "Second")
    with world.full(), pytest.raises(WriteFailed):
        world.documents.write(US, new, read.revision if read else None)
    assert world.state() == before
    world.documents.write(US, new, read.revision if read else None)
    assert standing(world).text == new


def test_a_document_that_cannot_be_read_is_an_error_and_is_not_written(world: World) -> None:
    """Unreadable is not absent: nothing is put in its place."""
    read = begun(world)
    world.break_reading(US)
    before = world.state()
    with pytest.raises(WriteFailed):
        world.documents.read(US)
    for expected in (None, read.revision):
        with pytest.raises(WriteFailed):
            world.documents.write(US, on_top(read, "Second"), expected)
    assert world.state() == before


FOLLOW_UPS = """- [ ] Ask finance about the monitors (Bo) by Friday
- [ ] Prepare the *offsite*:
  - [ ] book a room, see https://example.com/rooms_of_2026
  - [x] ask for dates
- Call `Cleo` & <Dan> about 2*3*4 # not 5_6_7, \\[x] and 50 % [off](https://example.com/)
- ~~Call the vendor~~
- 👩🏽\u200d💻 pair with דנה on नमस्ते
- @finance to send the form by 2026-12-24
"""


@pytest.mark.parametrize("two", [US, AWKWARD], ids=["plain names", "awkward names"])
def test_agendas_are_read_back_with_all_that_stands_open(world: World, two: Pair) -> None:
    """Sections, marks and follow-ups are those of the text that was written, week after week."""
    text = None
    for week in range(4):
        read = world.documents.read(two)
        made = prepared(read.text if read else None, FIRST + week * WEEK, pair=two)
        assert made is not None
        text = typed(made.text, FOLLOW_UPS, heard="- Sounds tired") if week == 0 else made.text
        world.documents.write(two, text, read.revision if read else None)
        world.next_run()
        stored = standing(world, two).text
        assert history(stored, two) == history(text, two)
        assert marked_meetings(stored) == {FIRST + n * WEEK for n in range(week + 1)}
        assert _headings(stored) == _headings(text)
    assert len(history(text or "", two).open) == 6


def test_the_agenda_of_a_meeting_is_written_once(world: World) -> None:
    """What stands there is found again, whatever people wrote around it."""
    made = prepared(None, pair=US)
    assert made is not None
    world.documents.write(US, made.text, None)
    world.add_line(US, "- a note")
    world.next_run()
    assert prepared(standing(world).text, pair=US) is None


def test_what_a_person_ticked_is_done(world: World) -> None:
    """It is told once in the next agenda, and not carried."""
    made = prepared(None, pair=US)
    assert made is not None
    world.documents.write(US, typed(made.text, "- [ ] read the draft\n- [ ] book a room\n"), None)
    world.tick(US, "book a room")
    world.next_run()
    read = standing(world)
    found = history(read.text)
    assert [one.item.text for one in found.open] == ["read the draft"]
    assert [one.item.text for one in found.closed] == ["book a room"]
    made = prepared(read.text, FIRST + WEEK, pair=US)
    assert made is not None
    world.documents.write(US, made.text, read.revision)
    assert "- [x] book a room" in lines(world)
    found = history(standing(world).text)
    assert ([one.item.text for one in found.open], found.closed) == (["read the draft"], ())


WORDS = st.text("ab *_#-", max_size=8).map(str.strip)


@every_provider
@settings(max_examples=25)
@given(
    steps=st.lists(st.tuples(st.sampled_from(["type", "read", "write", "wait", "run"]), WORDS), max_size=20)
)
def test_nothing_that_a_person_typed_is_ever_lost(provider: Provider, steps: list[tuple[str, str]]) -> None:
    """However reading, typing and writing are mixed, each person's words are in the document afterwards."""
    with provider() as place:
        typed_so_far: list[str] = []
        read: StoredDocument | None = None
        for number, (step, words) in enumerate(steps):
            match step:
                case "type":
                    typed_so_far.append(f"line{number}")
                    place.add_line(US, f"line{number}: {words}")
                case "read":
                    read = place.documents.read(US)
                case "write":
                    _write_on_top(place, f"meeting {number} {words}".strip(), read)
                case "wait":
                    place.wait()
                case _:
                    place.next_run()
        place.next_run()
        stored = place.documents.read(US)
        assert [words for words in typed_so_far if words not in (stored.text if stored else "")] == []


def _write_on_top(place: World, title: str, read: StoredDocument | None) -> None:
    try:
        place.documents.write(US, on_top(read, title), read.revision if read else None)
    except DocumentBusy:
        return
