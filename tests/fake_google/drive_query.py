"""The `q` of `files.list`: terms joined by `and`, in the part of Drive's grammar that the fake has.

https://developers.google.com/workspace/drive/api/guides/ref-search-terms
"""

import re
from collections.abc import Callable

from tests.fake_google.library import File, Role

Test = Callable[[File], bool]
_STRING = r"'(?:\\.|[^'\\])*'"
_TERMS: tuple[tuple[str, Callable[[list[str]], Test]], ...] = (
    (
        rf"appProperties\s+has\s+\{{\s*key\s*=\s*({_STRING})\s+and\s+value\s*=\s*({_STRING})\s*\}}",
        lambda words: lambda file: file.app_properties.get(words[0]) == words[1],
    ),
    (r"trashed\s*=\s*(true|false)", lambda words: lambda file: file.trashed == (words[0] == "true")),
    (rf"mimeType\s*=\s*({_STRING})", lambda words: lambda file: file.mime_type == words[0]),
    (rf"mimeType\s*!=\s*({_STRING})", lambda words: lambda file: file.mime_type != words[0]),
    (rf"name\s*=\s*({_STRING})", lambda words: lambda file: file.name == words[0]),
    (rf"({_STRING})\s+in\s+parents", lambda words: lambda file: words[0] in file.parents),
    (rf"({_STRING})\s+in\s+owners", lambda words: lambda file: file.owner == words[0]),
    (
        rf"({_STRING})\s+in\s+writers",
        lambda words: lambda file: (file.role_of(words[0]) or Role.READER) >= Role.WRITER,
    ),
)
_AND = re.compile(r"\s+and\s+")


class WrongQuery(ValueError):
    """A query that Drive refuses, or that the fake can't read."""


def parse_query(text: str, user: str) -> Test:
    """Return what says whether a file is found; `'me'` is this user. Raises WrongQuery."""
    tests: list[Test] = []
    place = 0
    text = text.strip()
    while place < len(text):
        test, place = _term(text, place, user)
        tests.append(test)
        if place == len(text):
            break
        joint = _AND.match(text, place)
        if not joint:
            raise WrongQuery(text[place:])
        place = joint.end()
        if place == len(text):
            raise WrongQuery(text)
    return lambda file: all(test(file) for test in tests)


def _term(text: str, place: int, user: str) -> tuple[Test, int]:
    for pattern, make in _TERMS:
        match = re.compile(pattern).match(text, place)
        if match:
            words = [user if group == "'me'" else _unquoted(group) for group in match.groups()]
            return make(words), match.end()
    raise WrongQuery(text[place:])


def _unquoted(text: str) -> str:
    r"""Return a string without its quotes: `\'` is a quote, `\\` a backslash."""
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith("'") else text
