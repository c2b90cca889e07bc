"""On which line a key of a TOML file stands; the TOML library tells it for no valid file.

Reads text that `tomllib` has accepted already, so it may be lenient (TOML 1.0, https://toml.io).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_KEY = r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_BLANK = re.compile(r"(?:\s+|#[^\n]*)*")
_HEADER = re.compile(rf"(?P<open>\[\[?)[ \t]*(?P<key>{_DOTTED})[ \t]*\]\]?")
_ASSIGNMENT = re.compile(rf"(?P<key>{_DOTTED})[ \t]*=[ \t]*")
_PIECE = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|'
    r"'''.*?'''|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*'|#[^\n]*|[\[\]{}\n]|[^\"'#\[\]{}\n]+",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class KeyLines:
    """The line of each table and key, 1 for the first; a table of an array has its place in it: `("t", "0")`."""

    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "KeyLines":
        """Find every table header and key, dotted and quoted ones too; keys in inline tables are not."""
        lines: dict[tuple[str, ...], int] = {}
        newlines = [found.start() for found in re.finditer("\n", text)]
        passed = 0
        for path, offset in _keys(text):
            while passed < len(newlines) and newlines[passed] < offset:
                passed += 1
            for depth in range(1, len(path) + 1):
                lines.setdefault(path[:depth], passed + 1)
        return cls(lines)

    def line(self, path: tuple[str, ...]) -> int:
        """Return the key's line; where it has none of its own, that of the table that it is in."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def _keys(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    table: tuple[str, ...] = ()
    counts: dict[tuple[str, ...], int] = {}
    at = _end_of(_BLANK, text, 0)
    while at < len(text):
        if header := _HEADER.match(text, at):
            table = _table(_names(header["key"]), counts, repeated=header["open"] == "[[")
            yield table, at
            at = header.end()
        elif assignment := _ASSIGNMENT.match(text, at):
            yield table + _names(assignment["key"]), at
            at = _after_value(text, assignment.end())
        else:
            at += 1
        at = _end_of(_BLANK, text, at)


def _table(names: tuple[str, ...], counts: dict[tuple[str, ...], int], *, repeated: bool) -> tuple[str, ...]:
    """Return the path of a table: in an array of tables it is in the last one, or begins the next."""
    path: tuple[str, ...] = ()
    for depth, name in enumerate(names, start=1):
        path = (*path, name)
        if repeated and depth == len(names):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, str(counts[path]))
    return path


def _names(dotted: str) -> tuple[str, ...]:
    """Take a dotted key apart; the library itself undoes quotes and escapes."""
    names: list[str] = []
    found = tomllib.loads(f"{dotted} = 0")
    while isinstance(found, dict):
        ((name, found),) = found.items()
        names.append(name)
    return tuple(names)


def _after_value(text: str, at: int) -> int:
    """Return where a value ends: at the first line end that is in no string, array or inline table."""
    depth = 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        word = piece[0] if piece else text[at]
        if word == "\n" and depth == 0:
            return at
        depth += (word in "[{") - (word in "]}")
        at += len(word)
    return at


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
