"""Markdown to the paragraphs of a Google Doc.

What Docs has no request for is left out (HTML, rules) or said in another form: a ticked item is a bullet with a
tick, since no request ticks a box, and without one where it is struck through, which says enough; a table's rows
are bullets; code is in the typewriter's letters.
"""

import re
from dataclasses import replace
from itertools import pairwise

from markdown_it.token import Token

from scheduler.agenda.blocks import MARKDOWN
from scheduler.agenda.entries import wrapped
from scheduler.documents.gdocs.inline import clean, runs_of
from scheduler.documents.gdocs.marks import read_mark
from scheduler.documents.gdocs.paragraphs import SOFT_BREAK, TICK, Kind, Paragraph, Run, joined, trimmed

_BOX = re.compile(r"\[(?P<in>[ xX])\](?:[ \t]+|$)")
_LISTS = {"bullet_list_open": Kind.BULLET, "ordered_list_open": Kind.NUMBER}
_DEEPEST = 8


def paragraphs_of(markdown: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs that show a piece of Markdown; our mark goes with the heading above it."""
    walk = _Walk()
    for token in MARKDOWN.parse(markdown):
        walk.step(token)
    return tuple(walk.made)


class _Walk:
    """Walks block tokens, and knows in which lists it is and whether their innermost item has its text yet."""

    def __init__(self) -> None:
        self.made: list[Paragraph] = []
        self._lists: list[Kind] = []
        self._waiting = False
        self._heading = 0
        self._row: list[str] | None = None
        self._in_head = False

    def step(self, token: Token) -> None:
        """Take one token."""
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._empty_item()
                self._lists.append(_LISTS[token.type])
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._waiting = True
            case "list_item_close":
                self._empty_item()
            case "heading_open":
                self._heading = int(token.tag[1:])
            case "inline":
                self._text(token.content)
            case "fence" | "code_block":
                self.made += (
                    Paragraph(Kind.TEXT, joined([Run(clean(line.strip()), code=True)]))
                    for line in token.content.splitlines()
                )
            case "html_block":
                self._mark(token.content)
            case _:
                self._table(token)

    def _table(self, token: Token) -> None:
        if token.type in {"thead_open", "thead_close"}:
            self._in_head = token.nesting > 0
        elif token.type == "tr_open":
            self._row = []
        elif token.type == "tr_close":
            cells, self._row = ", ".join(cell for cell in self._row or () if cell), None
            made = Paragraph(Kind.TEXT if self._in_head else Kind.BULLET, runs_of(cells))
            bold = tuple(replace(run, bold=True) for run in made.runs) if self._in_head else made.runs
            self.made.append(replace(made, runs=bold))

    def _text(self, content: str) -> None:
        if self._row is not None:
            self._row.append(content.strip())
        elif self._waiting:
            self._item(content)
        elif self._lists and not self._heading:
            self._note(content)
        else:
            kind = Kind.HEADING if self._heading else Kind.TEXT
            self.made.append(Paragraph(kind, _runs(content), self._heading))
        self._heading = 0

    def _item(self, content: str) -> None:
        """Add an item; one with a box is a checklist's, unless it is ticked."""
        self._waiting = False
        box = _BOX.match(content)
        kind = self._lists[-1]
        runs = _runs(content[box.end() :] if box else content)
        if box:
            ticked = box["in"] != " "
            kind = Kind.BULLET if ticked else Kind.BOX
            dropped = all(run.struck for run in runs if run.text.strip()) and any(run.struck for run in runs)
            runs = joined([Run(TICK), *runs]) if ticked and not dropped else runs
        self.made.append(Paragraph(kind, runs, min(len(self._lists) - 1, _DEEPEST)))

    def _note(self, content: str) -> None:
        """Add a further paragraph of an item below its text."""
        item = self.made[-1]
        self.made[-1] = replace(item, runs=joined([*item.runs, Run(SOFT_BREAK), *_runs(content)]))

    def _empty_item(self) -> None:
        if self._waiting:
            self._item("")

    def _mark(self, html: str) -> None:
        found = read_mark(html)
        if found and self.made and self.made[-1].kind is Kind.HEADING:
            self.made[-1] = replace(self.made[-1], mark=found)


def _runs(content: str) -> tuple[Run, ...]:
    """Return the runs of a paragraph's text; a line that only went on in the next one is not broken there."""
    lines = content.split("\n")
    text = lines[0]
    for before, line in pairwise(lines):
        text += (" " if wrapped(before, line) else "\n") + line.strip()
    return trimmed(runs_of(text))
