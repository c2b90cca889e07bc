"""What people do with documents in their browsers, for tests to play.

A paragraph is named by its whole text, or by a part of it that stands in no other paragraph; a document by its
file's id. Each action is a change that gives the document a new revision.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from tests.fake_google.docs_bullets import is_checkbox
from tests.fake_google.docs_edit import change_text, delete, index_of, insert_text, replace_blocks
from tests.fake_google.docs_lines import lines_of
from tests.fake_google.docs_model import Document, Paragraph, Run, Style, Tab, Table, cut, joined
from tests.fake_google.docs_text import OBJECT, width
from tests.fake_google.library import DOCUMENT, File, Grant, Library, Role


class People:
    """Those who share the documents of a library, and write in them as they like."""

    def __init__(self, library: Library) -> None:
        """Act on the files of this library."""
        self._library = library

    def documents(self, name: str | None = None) -> list[str]:
        """Return the ids of all documents, or of those with this name, the oldest first."""
        files = self._library.files.values()
        return [file.file_id for file in files if file.document and name in (None, file.name)]

    def text_of(self, document: str, tab: int = 0) -> list[str]:
        """Return a tab as lines with marks: `# heading`, `[ ] box`, `[x] ticked`, `~~struck~~` (docs_lines)."""
        return lines_of(_content(self._library.files[document]).tabs[tab])

    def tick(self, document: str, text: str) -> None:
        """Click the box of an item: it is ticked."""
        self._check(document, text, ticked=True)

    def untick(self, document: str, text: str) -> None:
        """Click the box of a ticked item."""
        self._check(document, text, ticked=False)

    def strike(self, document: str, text: str, *, struck: bool = True) -> None:
        """Strike an item's text through, or let it stand again."""

        def change(style: Style) -> Style:
            kept = {name: value for name, value in style.items() if name != "strikethrough"}
            return kept | ({"strikethrough": True} if struck else {})

        with self._editing(document) as content:
            tab, place, paragraph = _find(content, text)
            start = index_of(tab, place)
            change_text(tab, start, start + width(paragraph.text), change)

    def type_below(self, document: str, after: str, text: str) -> None:
        """Press return at the end of a paragraph and type: a new one like it, its box not ticked."""
        with self._editing(document) as content:
            tab, place, paragraph = _find(content, after)
            end = index_of(tab, place) + width(paragraph.text)
            insert_text(tab, end, "\n" + text)
            tab.blocks[place] = paragraph
            below = tab.blocks[place + 1]
            assert isinstance(below, Paragraph)
            tab.blocks[place + 1] = replace(below, checked=False)

    def retype(self, document: str, old: str, new: str) -> None:
        """Write other text into a paragraph, whose style, bullet and tick stay."""
        with self._editing(document) as content:
            tab, place, paragraph = _find(content, old)
            start = index_of(tab, place)
            insert_text(tab, start + width(paragraph.text), new)
            if paragraph.text:
                delete(tab, start, start + width(paragraph.text))

    def fill_box(self, document: str, text: str) -> None:
        """Type into the first item with a box that is empty yet."""
        with self._editing(document) as content:
            tab, place = next(
                (tab, place)
                for tab in content.tabs
                for place, block in enumerate(tab.blocks)
                if isinstance(block, Paragraph) and not block.text.strip() and is_checkbox(tab, block)
            )
            insert_text(tab, index_of(tab, place), text)

    def append(self, document: str, text: str) -> None:
        """Type a new paragraph of normal text below everything else."""
        with self._editing(document) as content:
            tab = content.first
            tab.blocks.append(Paragraph((Run(text + "\n"),)))

    def delete_paragraph(self, document: str, text: str) -> None:
        """Take a paragraph away; the last one of all is emptied."""
        with self._editing(document) as content:
            tab, place, paragraph = _find(content, text)
            rest = [] if len(tab.blocks) > 1 else [replace(paragraph, runs=(Run("\n"),))]
            replace_blocks(tab, place, place + 1, rest)

    def move_section(self, document: str, heading: str, before: str | None = None) -> None:
        """Cut a heading with all that is below it, and paste it before another paragraph, or at the very end."""
        with self._editing(document) as content:
            tab, first, _ = _find(content, heading)
            last = _section_end(tab, first)
            moved = tab.blocks[first:last]
            replace_blocks(tab, first, last, [])
            place = _find(content, before)[1] if before is not None else len(tab.blocks)
            replace_blocks(tab, place, place, moved)

    def add_chip(self, document: str, text: str, address: str) -> None:
        """Type @ at the end of a paragraph and choose a person."""
        with self._editing(document) as content:
            tab, place, paragraph = _find(content, text)
            before, newline = cut(paragraph.runs, width(paragraph.text))
            chip = {"person": {"personId": "kix.person", "personProperties": {"email": address}}}
            tab.blocks[place] = replace(paragraph, runs=joined([*before, Run(OBJECT, chip=chip), *newline]))

    def insert_table(self, document: str, after: str, rows: Iterable[Iterable[str]]) -> None:
        """Insert a table below a paragraph."""
        cells = tuple(tuple((Paragraph((Run(text + "\n"),)),) for text in row) for row in rows)
        with self._editing(document) as content:
            tab, place, _ = _find(content, after)
            below = [] if place + 1 < len(tab.blocks) else [Paragraph()]
            replace_blocks(tab, place + 1, place + 1, [Table(cells), *below])

    def add_tab(self, document: str, title: str) -> str:
        """Add an empty tab behind the others; return its id."""
        with self._editing(document) as content:
            tab_id = self._library.new_id("t")
            content.tabs.append(Tab(tab_id, title))
            return tab_id

    def rename(self, document: str, name: str) -> None:
        """Give the document another name."""
        file = self._library.files[document]
        file.name = name
        self._library.touched(file)

    def trash(self, document: str) -> None:
        """Move the document to its owner's trash."""
        self._library.files[document].trashed = True

    def restore(self, document: str) -> None:
        """Take the document out of the trash."""
        self._library.files[document].trashed = False

    def delete(self, document: str) -> None:
        """Delete the document for good."""
        del self._library.files[document]

    def unshare(self, document: str, address: str) -> None:
        """Take somebody's access away."""
        file = self._library.files[document]
        file.grants = {key: grant for key, grant in file.grants.items() if grant.grantee != address}

    def share(self, document: str, address: str, role: Role = Role.WRITER) -> None:
        """Give somebody access."""
        self._library.files[document].grant(Grant("user", address, role))

    def own_document(self, name: str, owner: str) -> str:
        """Make a document of somebody's own, which this program can't know of; return its id."""
        file = self._library.add(name, DOCUMENT, owner)
        file.foreign = True
        return file.file_id

    def _check(self, document: str, text: str, *, ticked: bool) -> None:
        with self._editing(document) as content:
            tab, place, paragraph = _find(content, text)
            assert is_checkbox(tab, paragraph), f"{text!r} has no box"
            tab.blocks[place] = replace(paragraph, checked=ticked)

    @contextmanager
    def _editing(self, document: str) -> Iterator[Document]:
        file = self._library.files[document]
        yield _content(file)
        self._library.touched(file)


def _content(file: File) -> Document:
    assert file.document is not None, f"{file.name} is no document"
    return file.document


def _find(document: Document, text: str) -> tuple[Tab, int, Paragraph]:
    """Return the one paragraph that has this text, or else the one that contains it."""

    def those(fits: Callable[[str], bool]) -> list[tuple[Tab, int, Paragraph]]:
        return [
            (tab, place, block)
            for tab in document.tabs
            for place, block in enumerate(tab.blocks)
            if isinstance(block, Paragraph) and fits(block.text)
        ]

    found = those(lambda whole: whole == text) or those(lambda whole: text in whole)
    assert len(found) == 1, f"{len(found)} paragraphs with {text!r}"
    return found[0]


def _section_end(tab: Tab, first: int) -> int:
    """Return the place after the section that begins here: at the next heading that is no deeper."""
    level = _level(tab.blocks[first])
    for place in range(first + 1, len(tab.blocks)):
        if 0 < _level(tab.blocks[place]) <= level:
            return place
    return len(tab.blocks)


def _level(block: Paragraph | Table) -> int:
    """Return how deep a heading is, 0 where it is none."""
    name = block.named_style if isinstance(block, Paragraph) else ""
    return int(name[-1]) if name.startswith("HEADING") else 0
