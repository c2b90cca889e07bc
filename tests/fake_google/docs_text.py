"""Text as Google Docs counts it: in UTF-16 code units, an emoji being two.

Docs never lets an edit fall inside what a reader sees as one character; which characters are taken out of
inserted text: https://developers.google.com/workspace/docs/api/concepts/rules-behavior
"""

import re
import unicodedata

OBJECT = "\ue907"  # stands where a person, a date or a link to a file stands
_STRIPPED = re.compile("[\x00-\x08\x0c-\x1f\ue000-\uf8ff]")
_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)


class SplitPair(ValueError):
    """An index falls between the two halves of a surrogate pair."""


def width(text: str) -> int:
    """Return how many UTF-16 code units the text has."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def at(text: str, units: int) -> int:
    """Return where in the Python string that many UTF-16 code units end; raise SplitPair."""
    counted = 0
    for place, character in enumerate(text):
        if counted == units:
            return place
        counted += width(character)
        if counted > units:
            raise SplitPair
    return len(text)


def stripped(text: str) -> str:
    """Return inserted text as Docs keeps it: without control and private-use characters."""
    return _STRIPPED.sub("", text)


def after_character(text: str, units: int) -> int:
    """Return the index itself, or the end of the character that a reader sees around it, in UTF-16 units."""
    try:
        place = at(text, units)
    except SplitPair:
        place = at(text, units + 1)
    while 0 < place < len(text) and _belongs(text[place - 1], text[place]):
        place += 1
    return width(text[:place])


def _belongs(before: str, character: str) -> bool:
    """Say whether a character makes one with the character before it (Unicode's rules, simplified)."""
    if "\n" in (before, character):
        return False
    return (
        _JOINER in (before, character)
        or unicodedata.category(character) in {"Mn", "Me", "Mc"}
        or ord(character) in _SKIN_TONES
    )
