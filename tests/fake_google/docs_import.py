"""Markdown that Drive converts into a document, as far as the fake goes: headings, lists, boxes, inline styles."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.fake_google.docs_bullets import CHECKBOX, DISC, NUMBERED
from tests.fake_google.docs_model import Block, Bullet, Paragraph, Run, Tab, joined

_STYLES = {"strong": "bold", "em": "italic", "s": "strikethrough"}
_BOX = re.compile(r"\[([ xX])\]\s+")


def tab_from_markdown(text: str, new_id: Callable[[], str]) -> Tab:
    """Return a document's first tab with this Markdown in it."""
    reading = _Reading(new_id)
    for token in MarkdownIt("commonmark").enable("strikethrough").parse(text):
        reading.take(token)
    return Tab(blocks=reading.blocks or [Paragraph()], lists=reading.lists)


@dataclass(slots=True)
class _Reading:
    new_id: Callable[[], str]
    blocks: list[Block] = field(default_factory=list)
    lists: dict[str, str] = field(default_factory=dict)
    _style: str = "NORMAL_TEXT"
    _open: list[str] = field(default_factory=list)

    def take(self, token: Token) -> None:
        """Read the next token."""
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            preset = DISC if token.type.startswith("bullet") else NUMBERED
            self._open.append(self._open[0] if self._open else self._new_list(preset))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._open.pop()
        elif token.type == "heading_open":
            self._style = f"HEADING_{token.tag[1]}"
        elif token.type == "heading_close":
            self._style = "NORMAL_TEXT"
        elif token.type == "inline":
            self.blocks.append(self._paragraph(_runs(token.children or [])))

    def _new_list(self, preset: str) -> str:
        list_id = self.new_id()
        self.lists[list_id] = preset
        return list_id

    def _paragraph(self, runs: list[Run]) -> Paragraph:
        style = {"namedStyleType": self._style, "direction": "LEFT_TO_RIGHT"}
        if not self._open:
            return Paragraph(joined([*runs, Run("\n")]), style)
        list_id = self._open[-1]
        box = _BOX.match(runs[0].text) if runs else None
        if box:
            runs = [replace(runs[0], text=runs[0].text[box.end() :]), *runs[1:]]
            self.lists[list_id] = CHECKBOX
        ticked = box is not None and box[1] != " "
        return Paragraph(joined([*runs, Run("\n")]), style, Bullet(list_id, len(self._open) - 1), ticked)


def _runs(tokens: list[Token]) -> list[Run]:
    found: list[Run] = []
    style: dict[str, Any] = {}
    for token in tokens:
        name = token.type.rpartition("_")[0]
        if token.type == "link_open":
            style = {**style, "link": {"url": str(token.attrGet("href"))}}
        elif token.type == "link_close":
            style = {key: value for key, value in style.items() if key != "link"}
        elif token.type.endswith("_open"):
            style = {**style, _STYLES[name]: True}
        elif token.type.endswith("_close"):
            style = {key: value for key, value in style.items() if key != _STYLES[name]}
        else:
            text = {"softbreak": " ", "hardbreak": "\v"}.get(token.type, token.content)
            found.append(Run(text, style))
    return found
