"""The properties of a VEVENT whose lines are surely well-formed, taken out of its text when they are asked for.

They are what `content_lines` and `property_of` make of the same lines; `Block.plain` says where that is sure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, overload

from scheduler.calendars.components import Block
from scheduler.calendars.content import PARAMETERS, Property, property_from

T = TypeVar("T")
_VALUE = r"([^\n]*+(?:\n[ \t][^\n]*+)*+)"
_EDGE = re.compile(r"\n(?:(BEGIN)|END):[^\n]*+")


def lines_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return the expression that finds the lines of these names for `PlainProperties`."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"\n({'|'.join(longest_first)})({PARAMETERS}):{_VALUE}")


_UID = lines_of(["UID"])


class PlainProperties(Mapping[str, tuple[Property, ...]]):
    """The properties that `lines` stands for of a plain component, by name; each is taken apart when it is looked at."""

    __slots__ = ("_parts", "_taken")

    def __init__(self, block: Block, lines: re.Pattern[str]) -> None:
        """Find the lines, and take none of them apart yet."""
        self._taken: dict[str, tuple[Property, ...]] = {}
        self._parts: dict[str, list[tuple[str, str, str]]] = {}
        for part in lines.findall(own_text(block)):
            same = self._parts.get(part[0])
            if same is None:
                self._parts[part[0]] = [part]
            else:
                same.append(part)

    def __getitem__(self, name: str) -> tuple[Property, ...]:
        """Return the properties of that name, in order."""
        taken = self._taken.get(name)
        if taken is None:
            taken = self._taken[name] = tuple(property_from(*part) for part in self._parts[name])
        return taken

    def __contains__(self, name: object) -> bool:
        """Say whether there is one, without taking it apart."""
        return name in self._parts

    @overload
    def get(self, name: str, /) -> tuple[Property, ...] | None: ...
    @overload
    def get(self, name: str, /, default: tuple[Property, ...] | T) -> tuple[Property, ...] | T: ...
    def get(self, name: str, /, default: object = None) -> object:
        """Return the properties of that name, or the default."""
        return self[name] if name in self._parts else default

    def __iter__(self) -> Iterator[str]:
        """Go through the names in the order in which they come first."""
        return iter(self._parts)

    def __len__(self) -> int:
        """Count the names."""
        return len(self._parts)

    def several(self) -> set[str]:
        """Return the names of which there is more than one."""
        return {name for name, parts in self._parts.items() if len(parts) > 1}


def own_text(block: Block) -> str:
    """Return the text of a plain component without that of the components in it."""
    text, start, end = block.text, block.start, block.end
    if text.find("\nBEGIN:", start, end) < 0:
        return text[start:end]
    pieces: list[str] = []
    depth = 0
    for edge in _EDGE.finditer(text, start, end):
        if edge[1] is not None:
            if depth == 0:
                pieces.append(text[start : edge.start()])
            depth += 1
            continue
        if depth == 0:
            pieces.append(text[start : edge.start()])
            break
        depth -= 1
        start = edge.end()
    return "".join(pieces)


def uid_lines(block: Block) -> tuple[Property, ...]:
    """Return the UID properties of a plain component, in order."""
    text, start, end = block.text, block.start, block.end
    at = text.find("\nUID", start, end)
    only = at >= 0 and text.find("\nUID", at + 1, end) < 0 and text.find("\nBEGIN:", start, at) < 0
    found = _UID.match(text, at, end) if only else None
    if found is not None:
        return (property_from(*found.groups()),)
    return PlainProperties(block, _UID).get("UID", ())
