"""The text of one paragraph: Markdown to runs of one style, and runs to Markdown.

What people type into a Google Doc is meant letter by letter, so what Markdown would take for markup gets a
backslash; but for what the program reads as a person's word about an item: `[x]`, `~~…~~` and `- ` stay.
A style that Markdown can't show where it stands (half a word in bold) is left out; the words never are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar
from markdown_it.token import Token

from scheduler.documents.gdocs.paragraphs import SOFT_BREAK, Run, joined, plain

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_STRIPPED = re.compile(
    "[\x00-\x08\x0c-\x1f\x7f-\x9f\ue000-\uf8ff\ufeff]"
)  # InsertTextRequest.text takes most out
_BREAKS = re.compile("[\n\r\u2028\u2029\x85]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\"'.,;:!?)\]}*_~]")
# An underscore that begins no emphasis stays: names and addresses have them.
_MARKUP = re.compile(r"[\\`*]|(?<!\w)_+(?=[^\s_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\](?=\()")
_IN_LINK = frozenset("\\`*[]_<~")
_LINKS = ("http://", "https://", "mailto:")
_MARKERS = frozenset("*~`_")
_QUOTED = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C"})


def runs_of(markdown: str) -> tuple[Run, ...]:
    """Return inline Markdown as runs; a line end in it is a soft break."""
    (inline,) = PARSER.parseInline(markdown)
    style = Run("")
    found: list[Run] = []
    for token in inline.children or ():
        style = _styled(style, token)
        found += _linked(replace(style, text=_text_of(token), code=token.type == "code_inline"))
    return joined(found)


def _styled(style: Run, token: Token) -> Run:
    match token.type:
        case "em_open" | "em_close":
            return replace(style, italic=token.nesting > 0)
        case "strong_open" | "strong_close":
            return replace(style, bold=token.nesting > 0)
        case "s_open" | "s_close":
            return replace(style, struck=token.nesting > 0)
        case "link_open" | "link_close":
            return replace(style, link=_address(token) if token.nesting > 0 else "")
        case _:
            return style


def _address(token: Token) -> str:
    """Return where a link leads, or nowhere where Docs would not follow it."""
    address = str(token.attrGet("href") or "")
    return address if address.startswith(_LINKS) else ""


def _text_of(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return SOFT_BREAK
    if token.type == "html_inline" and token.content.startswith("<!--"):
        return ""
    if token.type in {"text", "code_inline", "html_inline", "image"}:
        return clean(token.content)
    return ""


def clean(text: str) -> str:
    """Return text as Docs keeps it: on one line, without control and private-use characters."""
    return _STRIPPED.sub("", _BREAKS.sub(" ", text))


def _linked(run: Run) -> Iterator[Run]:
    """Yield the run in pieces, addresses of web pages as links: only what people type becomes one by itself."""
    place = 0
    for found in () if run.link or run.code else _ADDRESS.finditer(run.text):
        yield replace(run, text=run.text[place : found.start()])
        yield replace(run, text=found[0], link=found[0])
        place = found.end()
    yield replace(run, text=run.text[place:])


def markdown_of(runs: Sequence[Run]) -> str:
    """Return runs as inline Markdown on one line; there is no soft break in them.

    Styles that run into each other in a way that Markdown can't follow are left out, a strike last of all.
    """
    styled = joined(_evenly_struck(tuple(_plainly_coded(runs))))
    struck = joined(Run(run.text, struck=run.struck) for run in styled)
    bare = joined(Run(run.text) for run in styled)
    for kept in (styled, struck) if styled != bare else ():
        written = _Writer(kept).written()
        if plain(runs_of(written)) == clean(plain(styled)):
            return written
    return _Writer(bare).written()


def _plainly_coded(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs with those as code that Markdown can show as such where they stand."""
    coded = False
    for run in runs:
        coded = run.code and not coded and "`" not in run.text and run.text.strip() == run.text
        yield replace(run, code=coded)


def _evenly_struck(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs with what holds no word struck like the words beside it: nobody strikes each comma."""
    struck = [run.struck if any(c.isalnum() for c in run.text) else None for run in runs]
    for place, (run, known) in enumerate(zip(runs, struck, strict=True)):
        before = next((one for one in reversed(struck[:place]) if one is not None), None)
        after = next((one for one in struck[place + 1 :] if one is not None), None)
        beside = {before, after} - {None}
        yield run if known is not None or len(beside) != 1 else replace(run, struck=beside == {True})


class _Writer:
    """Writes runs from the left; a marker goes only where Markdown will read it as one (CommonMark 0.31, 6.2)."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs
        self._text = plain(runs)
        around = "".join("`" * len(run.text) if run.code else run.text for run in runs)
        self._markup = {n for found in _MARKUP.finditer(around) for n in range(*found.span())}
        if any(run.struck for run in runs):  # a tilde of one's own would be taken for part of ours
            self._markup |= {n for n, character in enumerate(self._text) if character == "~"}
        self._place = 0
        self._out = ""
        self._in_link = False

    def written(self) -> str:
        """Return the Markdown of all runs."""
        self._layer(self._runs, ("link", "struck", "bold", "italic"))
        return self._out

    def _layer(self, runs: Sequence[Run], styles: Sequence[str]) -> None:
        if not styles:
            for run in runs:
                self._leaf(run)
            return
        for value, group in groupby(runs, key=lambda run: getattr(run, styles[0])):
            self._styled(tuple(group), styles, value)

    def _styled(self, runs: Sequence[Run], styles: Sequence[str], value: str | bool) -> None:  # noqa: FBT001 - a run's value of that style
        text = plain(runs)
        opening, closing = _markers(styles[0], value, text) if value else ("", "")
        if not opening or not self._can_stand(text):
            self._layer(runs, styles[1:])
            return
        outside, self._out = self._out, ""
        self._in_link |= opening == "["
        self._layer(runs, styles[1:])
        self._in_link &= opening != "["
        inside = self._out
        core = inside.strip()
        lead = inside[: len(inside) - len(inside.lstrip())]
        if opening == "[" and not lead and outside.endswith("!"):
            outside = outside[:-1] + "\\!"  # or it would be an image
        self._out = f"{outside}{lead}{opening}{core}{closing}{inside[len(lead) + len(core) :]}"

    def _can_stand(self, text: str) -> bool:
        """Say whether markers around this text, which comes next, would be read as such."""
        core = text.strip()
        if not core:
            return False
        start = self._place + len(text) - len(text.lstrip())
        before = self._text[start - 1 : start] if start > self._place else self._out[-1:]
        after = self._text[start + len(core) : start + len(core) + 1]
        return _parts(before) and _parts(after)

    def _leaf(self, run: Run) -> None:
        start, self._place = self._place, self._place + len(run.text)
        if run.code:
            self._out += f"`{run.text}`"
            return
        for place, character in enumerate(run.text, start):
            markup = character in _IN_LINK if self._in_link else place in self._markup
            self._out += f"\\{character}" if markup else character


def _parts(character: str) -> bool:
    """Say whether Markdown takes a marker beside this character for one, whatever is on its other side."""
    if not character or character.isspace():
        return True
    return character not in _MARKERS and (isMdAsciiPunct(ord(character)) or isPunctChar(character))


def _markers(style: str, value: str | bool, text: str) -> tuple[str, str]:  # noqa: FBT001 - a run's value of that style
    if style != "link":
        marker = {"struck": "~~", "bold": "**", "italic": "*"}[style]
        return marker, marker
    link = str(value)
    if not link.startswith(_LINKS) or link.removeprefix("mailto:") == text.strip():
        return "", ""
    return "[", f"]({link.translate(_QUOTED)})"
