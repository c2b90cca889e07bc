"""Content lines as RFC 5545 writes them: escaped, quoted, folded; octets and line breaks included.

A content line is a `str` without its line break. Writing by hand, and not by the icalendar package, keeps a
backslash before an `N` (it makes a line break of it), and keeps this room free of imports that take a tenth of a second.
"""

import re
from collections.abc import Iterable

LINE_OCTETS = 75
# An octet 10xxxxxx continues a character (RFC 3629).
_TOP_BITS, _CONTINUES = 0xC0, 0x80
_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_QUOTED = re.compile("[,;:]")
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_CARETS = {"^": "^^", '"': "^'", "\n": "^n"}


def plain(text: str) -> str:
    """Return the text with every kind of line break as a newline, and without what UTF-8 or RFC 5545 forbids.

    Control characters go (3.1, CONTROL), tabs stay; half a surrogate pair becomes U+FFFD.
    """
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _BREAKS.sub("\n", text)))


def escape_text(text: str) -> str:
    """Write a TEXT value: backslash, comma, semicolon and line break escaped (RFC 5545, 3.3.11)."""
    return "".join(_ESCAPES.get(character, character) for character in plain(text))


def parameter_value(text: str) -> str:
    """Write a parameter's value: carets for quotes and line breaks (RFC 6868), quoted where it must be."""
    value = "".join(_CARETS.get(character, character) for character in plain(text))
    return f'"{value}"' if _QUOTED.search(value) else value


def uri_value(text: str) -> str:
    """Write a URI value, which knows no escapes: nothing that ends a line, blanks as `%20`."""
    return plain(text).replace("\n", "").replace("\t", "%09").replace(" ", "%20")


def fold(lines: Iterable[str]) -> bytes:
    """Join content lines, each ended by CRLF and folded at 75 octets, the break not counted (RFC 5545, 3.1).

    No UTF-8 sequence is split, nor, for readers that unfold late, an escape from what it escapes.
    Raises ValueError for a line that holds a line break: it would become two.
    """
    return b"".join(_folded(line) for line in lines)


def _folded(line: str) -> bytes:
    if "\n" in line or "\r" in line:
        msg = f"a content line may not hold a line break: {line!r}"
        raise ValueError(msg)
    octets = line.encode()
    if len(octets) <= LINE_OCTETS:
        return octets + b"\r\n"
    pieces: list[bytes] = []
    start, room = 0, LINE_OCTETS
    while len(octets) - start > room:
        end = _break_before(octets, start, start + room)
        pieces.append(octets[start:end])
        start, room = end, LINE_OCTETS - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


def _break_before(octets: bytes, start: int, end: int) -> int:
    """Return the last place at or before `end` that parts neither a character nor an escape."""
    while octets[end] & _TOP_BITS == _CONTINUES:
        end -= 1
    octet = octets[end - 1]
    run = 0
    while octet in b"\\^" and end - run > start and octets[end - run - 1] == octet:
        run += 1
    # an odd run of escape characters means that the last of them belongs to what follows
    return end - run % 2
