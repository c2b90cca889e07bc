"""Laws of agendas in Google Docs: what is put there is read back, and nothing else is touched."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from scheduler.agenda.blocks import sections
from scheduler.agenda.history import read_history
from scheduler.documents.gdocs.from_markdown import paragraphs_of
from scheduler.documents.gdocs.inline import markdown_of, runs_of
from scheduler.documents.gdocs.paragraphs import ITEMS, Kind, Paragraph, Run, plain, trimmed
from scheduler.documents.gdocs.structure import Block
from scheduler.documents.gdocs.to_markdown import page_of
from tests.unit.agenda_builders import FIRST, PAIR, WEEK, written
from tests.unit.gdocs_builders import Paper, there_and_back

# What people type, and above all what Markdown, Docs or UTF-16 could stumble over.
_CHARACTERS = st.sampled_from(
    [*"ab1 .,:!?()[]<>&#*_`\\~|-+=/@\"'", "é", "ß", "ש", "ع", "न", "日", "👩🏽", "\u200d💻", "✓"]
)
_TEXTS = st.lists(_CHARACTERS, max_size=12).map("".join)
_RUNS = st.builds(
    Run, _TEXTS, bold=st.booleans(), italic=st.booleans(), struck=st.booleans(), code=st.booleans(),
    link=st.sampled_from(["", "", "https://example.com/a_b"]),
)  # fmt: skip
_LEVELS = {Kind.HEADING: st.integers(1, 6), Kind.TEXT: st.just(0)}


@st.composite
def _paragraphs(draw: st.DrawFn) -> list[Paragraph]:
    kinds = draw(st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=6))
    return [
        Paragraph(
            kind, trimmed(draw(st.lists(_RUNS, max_size=3))), draw(_LEVELS.get(kind, st.integers(0, 3)))
        )
        for kind in kinds
    ]


def standing(paper: Paper) -> list[Paragraph]:
    """Return the paragraphs of a document but for an empty last one."""
    found = [block.paragraph for block in paper.structure.blocks]
    return found[:-1] if not found[-1].plain and found[-1].kind is Kind.TEXT else found


@given(first=_paragraphs(), second=_paragraphs(), data=st.data())
def test_what_is_put_in_a_document_stands_there_and_nothing_else_changed(
    first: Sequence[Paragraph], second: Sequence[Paragraph], data: st.DataObject
) -> None:
    """In any place: kinds, levels and styles of what is new and of what was there before."""
    paper = Paper()
    paper.put(first)
    assert standing(paper) == first
    blocks = paper.structure.blocks[: len(first)]
    place = data.draw(st.integers(0, len(first)))
    paper.put(second, blocks[place] if place < len(blocks) else None)
    assert standing(paper) == [*first[:place], *second, *first[place:]]


@given(runs=st.lists(_RUNS, max_size=4))
def test_words_are_never_lost_on_the_way_to_markdown(runs: Sequence[Run]) -> None:
    """Whatever the styles, the same words come back; `~~` alone is taken for the strike that it means."""
    wanted = trimmed([run for run in runs if "~" not in run.text])
    assert plain(runs_of(markdown_of(wanted))) == plain(wanted)


@given(paragraphs=_paragraphs())
def test_a_document_reads_back_from_its_markdown(paragraphs: Sequence[Paragraph]) -> None:
    """Kinds, levels and words, as soon as they have been Markdown once; no item gets lost the first time either."""
    once = page_of(_blocks(paragraphs), ()).text
    assert _seen(there_and_back(once)) == _seen(once)
    items = [one for one in paragraphs if one.kind in ITEMS]
    assert len([kind for kind, _, _ in _seen(once) if kind in ITEMS]) >= len(items)


def _seen(markdown: str) -> list[tuple[Kind, int, str]]:
    return [(one.kind, one.level, one.plain) for one in paragraphs_of(markdown)]


def _blocks(paragraphs: Sequence[Paragraph]) -> list[Block]:
    return [Block(0, 0, paragraph, paragraph.plain) for paragraph in paragraphs]


@given(follow_ups=st.lists(_TEXTS.map(str.strip), min_size=1, max_size=5), boxed=st.booleans())
def test_what_people_write_is_carried_as_it_was_written(follow_ups: Sequence[str], *, boxed: bool) -> None:
    """The next agenda lists exactly what stood open, and listing it changes none of it."""
    paper = Paper(written(None))
    kind = Kind.BOX if boxed else Kind.TEXT
    paper.put([Paragraph(kind, trimmed((Run(said),))) for said in follow_ups])
    before = read_history(sections(paper.text), PAIR, (FIRST + WEEK).date())
    paper.write(written(paper.text, FIRST + WEEK))
    after = read_history(sections(paper.text), PAIR, (FIRST + 2 * WEEK).date())
    assert [one.item.key for one in after.open] == [one.item.key for one in before.open]
    assert after.closed == ()
