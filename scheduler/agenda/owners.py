"""Whose a follow-up is: `@ann`, `Ann: …`, `Ann to …`, `(Ann)`, `— Ann`, or under a line 'Ann:'."""

import re
from collections.abc import Mapping
from functools import lru_cache

from scheduler.people import Pair, Person


def take_owner(text: str, pair: Pair) -> tuple[str, str | None]:
    """Take the owner off the front or the end; only the two, or anybody after an `@`."""
    names = _names(pair)
    fronts, tails = _owner_patterns(tuple(names))
    for pattern in fronts:
        if (found := pattern.match(text)) and found.end() < len(text):
            return text[found.end() :], _named(found["who"], names)
    for pattern in tails:
        if (found := pattern.search(text)) and found.start() > 0:
            return text[: found.start()].rstrip(" ,;"), _named(found["who"], names)
    return text, None


@lru_cache(maxsize=64)
def _owner_patterns(names: tuple[str, ...]) -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    either = "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))
    strong = r"[*_]{0,2}"
    fronts = (
        rf"{strong}@?(?P<who>{either}){strong}\s*:{strong}\s*",
        r"@(?P<who>[\w][\w.'-]*)(?:@[\w.-]+)?\s*[:,\u2013\u2014-]?\s+(?:(?:to|will)\s+)?",
        rf"[(\[]@?(?P<who>{either})[)\]]\s*:?\s*",
        rf"(?P<who>{either})\s+(?:to|will)\s+",
    )
    tails = (
        rf"\s*[(\[]@?(?P<who>{either})[)\]]\s*[.]?$",
        rf"\s+[\u2013\u2014-]{{1,2}}\s*@?(?P<who>{either})\s*$",
        r"\s+(?:[\u2013\u2014-]\s*)?@(?P<who>[\w][\w.'-]*\w|\w)(?:@[\w.-]+)?$",
    )
    return [re.compile(p, re.IGNORECASE) for p in fronts], [re.compile(p, re.IGNORECASE) for p in tails]


def _names(pair: Pair) -> dict[str, str]:
    """Return what the two are called, with how an agenda names them.

    Two people of one given name are told apart by their full names.
    """
    called: dict[str, str] = {}
    for person, other in ((pair.manager, pair.report), (pair.report, pair.manager)):
        shown = called_name(person, other)
        for name in (person.name, person.email, shown, person.email.partition("@")[0]):
            called.setdefault(name, shown)
    same = pair.manager.given_name.casefold()
    if same == pair.report.given_name.casefold():
        return {name: shown for name, shown in called.items() if name and name.casefold() != same}
    return {name: shown for name, shown in called.items() if name}


def called_name(person: Person, other: Person) -> str:
    """Return what an agenda calls a person: the given name, or all of it where both have the same."""
    same = person.given_name.casefold() == other.given_name.casefold()
    return person.name if same and person.name else person.given_name


def _named(who: str, names: Mapping[str, str]) -> str:
    folded = {name.casefold(): shown for name, shown in names.items()}
    return folded.get(who.casefold(), f"@{who}")


def grouped(group: str, owner: str | None, text: str, pair: Pair) -> tuple[str | None, str]:
    """Apply the heading or the 'Ann:' line above: an owner, or else a word of context."""
    names = _names(pair)
    bare = re.sub(r"^[@*_\s]+|[*_:\s]+$", "", group)
    if not (named := _named(bare, names)).startswith("@"):
        return owner or named, text
    return owner, text if not bare or text.casefold().startswith(bare.casefold()) else f"{bare}: {text}"
