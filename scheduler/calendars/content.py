"""Content lines of an iCalendar file (RFC 5545, section 3.1), and where in the file each one stands.

Whatever a file holds, `decode` followed by `SourceText.encode` gives back its very bytes: text that is
not what it claims to be is carried along as it is, and only told apart line by line.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

_LINE = re.compile(
    r'[ \t]*([A-Za-z0-9-]++)[ \t]*((?:;(?:[^":;]++|"[^"]*+")*+)*+):(.*)',
    re.DOTALL,
)
# The parameters of a line that is cut nowhere but by folds, as they stand in the text; what `_LINE` takes, too.
PARAMETERS = r'(?:;(?:[^":\n]++|\n[ \t]|"[^"\n]*+(?:\n[ \t][^"\n]*+)*+")*+)?+'
_PARAMETER = re.compile(r';[ \t]*([A-Za-z0-9-]+)[ \t]*=[ \t]*((?:[^";]++|"[^"]*+")*+)')
LONE_SURROGATE = re.compile("[\udc80-\udcff]")
_PART = 1 << 16
_MARKS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))
_BARE_UTF_16 = ((b"B\0E\0", "utf-16-le"), (b"\0B\0E", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file, with what is needed to write it back as the same bytes.

    `misencoded` is true where some bytes are not what they should be, and lone surrogates stand for them.
    """

    text: str
    codec: str = "utf-8"
    mark: bytes = b""
    misencoded: bool = False

    def encode(self, text: str) -> bytes:
        """Return the bytes of a text in the way that the file has it, byte order mark included."""
        errors = "surrogateescape" if self.codec == "utf-8" else "strict"
        return self.mark + text.encode(self.codec, errors)


class ContentLine(NamedTuple):
    """One unfolded line: its first line number (from 1), and its half-open range in the text.

    `misencoded` is true where the line is not UTF-8 and was read as Windows-1252.
    """

    number: int
    start: int
    end: int
    text: str
    misencoded: bool = False


class Property(NamedTuple):
    """A content line taken apart; the name is upper case, parameter names too, the value is raw."""

    name: str
    parameters: Mapping[str, str]
    value: str


def decode(data: bytes) -> SourceText:
    """Read bytes as UTF-8, or as UTF-16 where they say so; raise ValueError for broken UTF-16.

    Bytes that are not UTF-8 become lone surrogates, to be told apart line by line.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            if codec == "utf-8":
                return _from_utf_8(data[len(mark) :], mark)
            return SourceText(data[len(mark) :].decode(codec), codec, mark)
    for start, codec in _BARE_UTF_16:
        if data.startswith(start):
            return SourceText(data.decode(codec), codec)
    return _from_utf_8(data)


def _from_utf_8(data: bytes, mark: bytes = b"") -> SourceText:
    try:
        return SourceText(data.decode("utf-8"), mark=mark)
    except UnicodeDecodeError:
        return SourceText(data.decode("utf-8", "surrogateescape"), mark=mark, misencoded=True)


def line_end(text: str) -> str:
    """Return what the file ends its lines with; CRLF where it has no line yet."""
    first = text.find("\n")
    if first < 0:
        return "\r" if "\r" in text else "\r\n"
    return "\r\n" if text[first - 1 : first] == "\r" else "\n"


def content_lines(text: str, first_number: int = 1, offset: int = 0) -> Iterator[ContentLine]:
    """Yield the unfolded lines, blank ones left out; for a part of a file, where it begins there.

    A line that begins with a space or a tab goes on from the one before, also across blank lines.
    Characters that a fold had cut in two are whole again.
    """
    breaks = "\n" if "\n" in text else "\r"
    whole = offset + len(text)
    pieces: list[str] = []
    first, start, end = 0, 0, 0
    for number, physical in enumerate(_physical_lines(text, breaks), first_number):
        following = offset + len(physical) + 1
        piece = physical.rstrip("\r")
        if pieces and piece[:1] in {" ", "\t"}:
            pieces.append(piece[1:])
            end = following
        elif piece.strip(" \t"):
            if pieces:
                yield _whole(first, start, end, "".join(pieces))
            pieces = [piece]
            first, start, end = number, offset, following
        offset = following
    if pieces:
        yield _whole(first, start, min(end, whole), "".join(pieces))


def _physical_lines(text: str, breaks: str) -> Iterator[str]:
    """Yield what `text.split` gives, never all of a large file at once."""
    start = 0
    while (end := text.find(breaks, start + _PART)) >= 0:
        yield from text[start:end].split(breaks)
        start = end + 1
    yield from text[start:].split(breaks)


def _whole(number: int, start: int, end: int, text: str) -> ContentLine:
    if text.isascii() or LONE_SURROGATE.search(text) is None:
        return ContentLine(number, start, end, text)
    data = text.encode("utf-8", "surrogateescape")
    try:
        return ContentLine(number, start, end, data.decode("utf-8"))
    except UnicodeDecodeError:
        return ContentLine(number, start, end, data.decode("cp1252", "replace"), misencoded=True)


def name_of(text: str) -> str:
    """Return the upper-case name that a content line begins with, without looking at the rest."""
    cut = len(text)
    for mark in ":;":
        found = text.find(mark, 0, cut)
        if found >= 0:
            cut = found
    return text[:cut].strip(" \t").upper()


def property_of(text: str) -> Property | None:
    """Take a content line apart; None where it is none (no name, no colon, an open quote)."""
    found = _LINE.fullmatch(text)
    if found is None:
        return None
    name, parameters, value = found.groups()
    return Property(name.upper(), _parameters(parameters) if parameters else {}, value)


def unfolded(text: str) -> str:
    """Return a part of the text that begins within a content line, and ends with or within it, without its folds."""
    if "\n" not in text:
        return text
    first, *others = text.split("\n")
    return "".join([first.rstrip("\r"), *(piece[1:].rstrip("\r") for piece in others)])


def property_from(name: str, parameters: str, value: str) -> Property:
    """Return a property from its parts as they stand in the text, parameters from their semicolon on."""
    by_name = _parameters(unfolded(parameters)) if parameters else {}
    return Property(name, by_name, unfolded(value).rstrip("\r"))


def _parameters(text: str) -> dict[str, str]:
    return {name.upper(): value.strip(' \t"') for name, value in _PARAMETER.findall(text)}


def unescaped(value: str) -> str:
    r"""Return a TEXT value as people read it: `\n`, `\,`, `\;` and `\\` undone (section 3.3.11)."""
    if "\\" not in value:
        return value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
