"""What the file of a pair's agenda document is called."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import product
from urllib.parse import quote

from scheduler.people import Pair

_PLAIN = frozenset("@+!$&'()=,;._-~")
_LONGEST = 240  # octets with the end; file systems take 255, and editors put something before and behind it
_END = ".md"


def document_file(pair: Pair) -> str:
    """Return `<manager>--<report>.md`: addresses as they are, but for what a file name can't hold.

    Letters of every script stay; slashes, wildcards and what can't be seen are written `%XX`. What would
    be too long is cut and told apart by a digest.
    """
    return _file(pair.manager.email, pair.report.email)


def earlier_files(pair: Pair) -> Iterator[str]:
    """Yield what the document was called if one of the two had another of their addresses then."""
    for manager, report in product(sorted(pair.manager.addresses), sorted(pair.report.addresses)):
        if (manager, report) != pair.key:
            yield _file(manager, report)


def _file(manager: str, report: str) -> str:
    name = f"{_plain(manager)}--{_plain(report)}"
    if len(name.encode()) + len(_END) > _LONGEST:
        tail = f"~{sha256(name.encode()).hexdigest()[:16]}"
        room = _LONGEST - len(tail) - len(_END)
        name = name.encode()[:room].decode(errors="ignore") + tail
    return name + _END


def _plain(email: str) -> str:
    return "".join(
        character if _can_stand(character) else quote(character, safe="", errors="replace")
        for character in email
    )


def _can_stand(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in _PLAIN
    return character.isprintable()
