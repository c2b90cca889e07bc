"""A Google Doc as the fake keeps it: tabs of paragraphs and tables, and what belongs to them.

Paragraphs are values and are replaced, never changed, so that a copy of a tab is cheap and a batch of requests
can be tried on one. A paragraph's text ends with its newline, which has a style as any other character.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.fake_google.docs_text import at, width

Style = Mapping[str, Any]
FIRST_TAB = "t.0"
BODY = 1  # the index at which a body's content starts: the section break before it has the first


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style, or one thing that is no text (`chip`: `{"person": {…}}`), whose text is U+E907."""

    text: str
    style: Style = field(default_factory=dict)
    chip: Style | None = None


Runs = tuple[Run, ...]


def joined(runs: Iterable[Run]) -> Runs:
    """Return runs with neighbours of the same style made one, and without empty ones."""
    found: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        last = found[-1] if found else None
        if last and last.style == run.style and last.chip is None and run.chip is None:
            found[-1] = replace(last, text=last.text + run.text)
        else:
            found.append(run)
    return tuple(found)


def plain(runs: Iterable[Run]) -> str:
    """Return the text of runs."""
    return "".join(run.text for run in runs)


def cut(runs: Runs, units: int) -> tuple[Runs, Runs]:
    """Return what stands before that many UTF-16 units, and the rest; raise SplitPair."""
    before: list[Run] = []
    for place, run in enumerate(runs):
        size = width(run.text)
        if units < size:
            split = at(run.text, units)
            left, right = replace(run, text=run.text[:split]), replace(run, text=run.text[split:])
            return joined([*before, left]), joined([right, *runs[place + 1 :]])
        before.append(run)
        units -= size
    return joined(before), ()


@dataclass(frozen=True, slots=True)
class Bullet:
    """Which list a paragraph belongs to, and how deep; `style` is that of the glyph."""

    list_id: str
    level: int = 0
    style: Style = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text up to a newline; `checked` is a tick that a person set, which the Docs API does not tell.

    `width` is how many indices it takes, its newline included; each request asks for it of every paragraph.
    """

    runs: Runs = (Run("\n"),)
    style: Style = field(
        default_factory=lambda: {"namedStyleType": "NORMAL_TEXT", "direction": "LEFT_TO_RIGHT"}
    )
    bullet: Bullet | None = None
    checked: bool = False
    width: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", width(self.text) + 1)

    @property
    def text(self) -> str:
        """Return the text without the newline."""
        return plain(self.runs)[:-1]

    @property
    def named_style(self) -> str:
        """Return the name of its style, such as `HEADING_1`."""
        return str(self.style.get("namedStyleType", "NORMAL_TEXT"))


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells of paragraphs. People may insert one; requests can't reach into it."""

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]

    @property
    def width(self) -> int:
        """Return how many indices it takes: one for its start, its end, each row and each cell."""
        cells = sum(1 + sum(paragraph.width for paragraph in cell) for row in self.rows for cell in row)
        return 2 + len(self.rows) + cells


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class NamedRange:
    """A name for content from `start` up to `end`; it follows the content as that moves."""

    range_id: str
    name: str
    start: int
    end: int


@dataclass(slots=True)
class Tab:
    """A tab of a document: what stands in it, its lists by id (which preset each has), its named ranges."""

    tab_id: str = FIRST_TAB
    title: str = "Tab 1"
    blocks: list[Block] = field(default_factory=lambda: [Paragraph()])
    lists: dict[str, str] = field(default_factory=dict)
    ranges: list[NamedRange] = field(default_factory=list)

    def copied(self) -> "Tab":
        """Return a tab that can be changed without changing this one."""
        return replace(self, blocks=[*self.blocks], lists={**self.lists}, ranges=[*self.ranges])

    def placed(self) -> Iterator[tuple[int, Block]]:
        """Yield every block with the index at which it starts."""
        start = BODY
        for block in self.blocks:
            yield start, block
            start += block.width

    @property
    def end(self) -> int:
        """Return the index after the last newline."""
        return BODY + sum(block.width for block in self.blocks)


@dataclass(slots=True)
class Document:
    """A document's content; its name, its owner and who may read it are the file's."""

    tabs: list[Tab] = field(default_factory=lambda: [Tab()])
    edits: int = 0

    def copied(self) -> "Document":
        """Return a document that can be changed without changing this one."""
        return replace(self, tabs=[tab.copied() for tab in self.tabs])

    @property
    def first(self) -> Tab:
        """Return the tab that requests without a tab's id are about."""
        return self.tabs[0]
