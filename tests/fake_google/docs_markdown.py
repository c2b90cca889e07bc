r"""A document as Drive exports it: Markdown in the hand of Google's exporter, and plain text.

The hand, as exports in public repositories show it: `* ` for bullets, `- [ ] ` for boxes, two trailing blanks
where the next item or a line of the same paragraph follows, special characters escaped, `# ` for headings. That
a ticked box becomes `- [x]` is not proven, so `Exporter` can be told otherwise.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.fake_google.docs_bullets import NUMBERED, is_checkbox
from tests.fake_google.docs_model import Block, Document, Paragraph, Run, Tab, Table

_HEADINGS = {
    "TITLE": "# ",
    "SUBTITLE": "## ",
    **{f"HEADING_{level}": "#" * level + " " for level in range(1, 7)},
}
_MARKS = (("strikethrough", "~~"), ("italic", "*"), ("bold", "**"))  # the innermost first


@dataclass(frozen=True, slots=True)
class Exporter:
    """How Drive writes Markdown, where that is uncertain."""

    exports_checked: bool = True
    """A ticked box is exported as ticked; otherwise it looks like any other."""
    escaped: str = r"\`*_[]<>#~|!"
    """Characters that get a backslash wherever they stand."""
    escaped_apart: str = "+-="
    """Those that get one unless they stand between letters or digits, as in `follow-up`."""
    indent: int = 2
    """How many blanks a level of nesting is."""

    def markdown(self, document: Document) -> bytes:
        """Return the text of the document's tabs, one after the other."""
        return ("\n\n".join(self._tab(tab) for tab in document.tabs).rstrip("\n") + "\n").encode()

    def _tab(self, tab: Tab) -> str:
        lines: list[str] = []
        blocks = [block for block in tab.blocks if isinstance(block, Table) or block.text or block.bullet]
        for block, following in zip(blocks, [*blocks[1:], None], strict=False):
            lines.append(self._table(block) if isinstance(block, Table) else self._paragraph(tab, block))
            lines.append("  \n" if _same_list(block, following) else "\n\n")
        return "".join(lines).rstrip()

    def _paragraph(self, tab: Tab, paragraph: Paragraph) -> str:
        text = self._text(paragraph)
        if not paragraph.bullet:
            return _HEADINGS.get(paragraph.named_style, "") + text
        return " " * self.indent * paragraph.bullet.level + self._mark(tab, paragraph) + text

    def _mark(self, tab: Tab, paragraph: Paragraph) -> str:
        if is_checkbox(tab, paragraph):
            return "- [x] " if paragraph.checked and self.exports_checked else "- [ ] "
        numbered = paragraph.bullet and tab.lists[paragraph.bullet.list_id] == NUMBERED
        return "1. " if numbered else "* "

    def _text(self, paragraph: Paragraph) -> str:
        text = "".join(self._run(run) for run in paragraph.runs).rstrip("\n").replace("\v", "  \n")
        return re.sub(r"^(\d+)\.(?=\s|$)", r"\1\\.", text)

    def _run(self, run: Run) -> str:
        if run.chip:
            return _chip(run)
        core = run.text.rstrip("\n").strip(" ")
        if not core:
            return run.text
        before, _, after = run.text.partition(core)
        marked = self._escaped(core)
        for name, mark in _MARKS:
            if run.style.get(name):
                marked = f"{mark}{marked}{mark}"
        url = (run.style.get("link") or {}).get("url")
        return before + (f"[{marked}]({url})" if url else marked) + after

    def _escaped(self, text: str) -> str:
        return "".join(
            "\\" + letter
            if letter in self.escaped or (letter in self.escaped_apart and _apart(text, place))
            else letter
            for place, letter in enumerate(text)
        )

    def _table(self, table: Table) -> str:
        rows = [[" ".join(map(self._text, cell)) for cell in row] for row in table.rows]
        head, *rest = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([head, "| " + " | ".join(":----" for _ in rows[0]) + " |", *rest])


def _apart(text: str, place: int) -> bool:
    return not (text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum())


def plain_text(document: Document) -> bytes:
    """Return the document as Drive exports text/plain: a byte order mark, CRLF, `* ` before every list item."""
    lines = [line for tab in document.tabs for line in _plain_lines(tab)]
    return ("\ufeff" + "\r\n".join(lines)).encode()


def _plain_lines(tab: Tab) -> Iterator[str]:
    for block in tab.blocks:
        if isinstance(block, Table):
            yield from (paragraph.text for row in block.rows for cell in row for paragraph in cell)
        elif block.bullet:
            yield "   " * block.bullet.level + "* " + block.text
        else:
            yield block.text


def _same_list(block: Block, following: Block | None) -> bool:
    if not isinstance(block, Paragraph) or not isinstance(following, Paragraph):
        return False
    return bool(block.bullet and following.bullet and block.bullet.list_id == following.bullet.list_id)


def _chip(run: Run) -> str:
    person = (run.chip or {}).get("person", {}).get("personProperties")
    link = (run.chip or {}).get("richLink", {}).get("richLinkProperties")
    if person:
        return f"[{person.get('name') or person['email']}](mailto:{person['email']})"
    return f"[{link.get('title', '')}]({link.get('uri', '')})" if link else ""
