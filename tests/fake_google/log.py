"""Which requests came: a light list that tests count in."""

from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple


class Entry(NamedTuple):
    """One request: `status` is 0 where there was no answer; `again` says that it repeats this user's last one."""

    method: str
    user: str
    status: int
    again: bool


class Log:
    """All requests, in the order in which they were finished."""

    def __init__(self) -> None:
        """Begin with none."""
        self._entries: list[Entry] = []
        self._last: dict[str, int] = {}

    def add(self, method: str, user: str, status: int, content: object) -> None:
        """Write a request down; `content` is what makes two requests the same, and is not kept."""
        mark = hash((method, content))
        self._entries.append(Entry(method, user, status, self._last.get(user) == mark))
        self._last[user] = mark

    def clear(self) -> None:
        """Forget what came so far."""
        self._entries.clear()
        self._last.clear()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def count(self, method: str = "*", *, user: str | None = None, status: int | None = None) -> int:
        """Return how many requests there were of a method (`*` stands for any text), a user and a status."""
        return sum(
            fnmatchcase(entry.method, method)
            and user in {None, entry.user}
            and status in {None, entry.status}
            for entry in self._entries
        )

    def by_method(self) -> Counter[str]:
        """Return how many requests there were of each method."""
        return Counter(entry.method for entry in self._entries)
