"""Google Docs without a network: what is read from the fake's Docs and Drive, and what is written there."""

from collections.abc import Sequence

from scheduler.documents.gdocs.addition import addition
from scheduler.documents.gdocs.from_markdown import paragraphs_of
from scheduler.documents.gdocs.paragraphs import Kind, Paragraph, Run, trimmed
from scheduler.documents.gdocs.requests import insertion, place_before
from scheduler.documents.gdocs.structure import Block, Structure, read_structure
from scheduler.documents.gdocs.ticks import Ticks, boxes_of, read_ticks
from scheduler.documents.gdocs.to_markdown import Page, page_of
from tests.unit.fake_docs_builders import Desk


class Paper:
    """One document, read and written as the provider does it."""

    def __init__(self, markdown: str = "") -> None:
        """Begin with a document in which this stands."""
        self.desk = Desk()
        self.document = self.desk.document()
        self.people = self.desk.people
        if markdown:
            self.write(markdown)

    @property
    def structure(self) -> Structure:
        """Return what stands in the document."""
        return read_structure(self.desk.get(self.document, tabs=True))

    @property
    def page(self) -> Page:
        """Return it as Markdown, ticks included."""
        blocks = self.structure.blocks
        ticks = read_ticks(blocks, self.desk.markdown(self.document)) if boxes_of(blocks) else Ticks()
        return page_of(blocks, ticks.places)

    @property
    def text(self) -> str:
        """Return its Markdown."""
        return self.page.text

    @property
    def seen(self) -> list[str]:
        """Return its lines as people see them."""
        return self.desk.text(self.document)

    def write(self, text: str) -> None:
        """Add what is new in the text."""
        new = addition(self.text, text)
        assert new is not None
        self.put(paragraphs_of(new.text), self.page.block_at(new.line))

    def put(self, paragraphs: Sequence[Paragraph], block: Block | None = None) -> None:
        """Put paragraphs before a block, or at the end."""
        place = place_before(block, self.structure)
        assert place is not None
        self.desk.batch(self.document, *insertion(paragraphs, place))


def blocks_of(markdown: str) -> list[Block]:
    """Return the blocks that a document would have in which this stands."""
    return [
        Block(0, 0, paragraph, paragraph.plain, (paragraph.mark,) if paragraph.mark else ())
        for paragraph in paragraphs_of(markdown)
    ]


def there_and_back(markdown: str) -> str:
    """Return what Markdown reads like once it stood in a document."""
    return page_of(blocks_of(markdown), ()).text


def text(*runs: Run | str, kind: Kind = Kind.TEXT, level: int = 0) -> Paragraph:
    """Return a paragraph of runs; a string is one without a style."""
    return Paragraph(kind, trimmed([Run(run) if isinstance(run, str) else run for run in runs]), level)
