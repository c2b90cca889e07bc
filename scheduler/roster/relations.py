"""Whom the Directory means by somebody's manager: found by address, else by a name that one person has.

Google documents the value of a relation only as 'the name of the relation', so it is read as either; who
is not found, or stands for two, is said, never guessed.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from scheduler.errors import Problem
from scheduler.roster.directory import Directory, DirectoryUser, owners
from scheduler.roster.rows import Entry
from scheduler.wording import quoted
from scheduler.words import listed

_NAME_ANOTHER = "name another in the Directory, or in the column 'manager' of people.csv"
_BY_EMAIL = "name them by email in the Directory, or in the column 'manager' of people.csv"
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Known:
    """Main addresses by every address and by every name, and those of them who work here no more."""

    addresses: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    gone: Mapping[str, DirectoryUser]

    @classmethod
    def of(cls, entries: Sequence[Entry], directory: Directory) -> "Known":
        """Know everybody on the roster, and those who are gone; an address of both is the former's."""
        here: list[DirectoryUser | Entry] = [*directory.here.values(), *entries]
        names: defaultdict[str, set[str]] = defaultdict(set)
        for one in (*directory.gone.values(), *here):
            names[_folded(one.name)].add(one.email)
        addresses = owners(directory.gone.values()) | owners(here)
        found = {name: frozenset(emails) for name, emails in names.items()}
        return cls(addresses, found, directory.gone)

    def meant(self, said: str) -> frozenset[str]:
        """Return the main addresses of all whom an address or a full name may mean."""
        email = self.addresses.get(said.lower())
        return frozenset({email}) if email else self.names.get(_folded(said), frozenset())

    def has_left(self, address: str) -> DirectoryUser | None:
        """Return who is meant where they work here no more."""
        return self.gone.get(self.addresses.get(address, ""))


def directory_manager(user: DirectoryUser, known: Known) -> tuple[str | None, list[Problem]]:
    """Return the main address of the one person who manages this user, and why others are not."""
    managers: dict[str, None] = {}
    odd: list[Problem] = []
    for said in user.managers:
        found = known.meant(said)
        if len(found) != 1:
            odd.append(_not_one(user, said, found))
            continue
        (email,) = found
        if email in known.gone:
            odd.append(gone_manager(user.place.where, known.gone[email]))
        else:
            managers[email] = None
    if len(managers) > 1:
        what = f"there are {len(managers)} managers, {_named(managers)}, so that none is taken"
        odd.append(Problem(user.place.where, what, "leave one in the Directory, or name them in people.csv"))
        return None, odd
    return next(iter(managers), None), odd


def gone_manager(where: str, manager: DirectoryUser) -> Problem:
    """Say that somebody's manager works here no more."""
    what = f"the manager {manager.email} is {manager.gone}, so that there is nobody to meet"
    return Problem(where, what, _NAME_ANOTHER)


def _not_one(user: DirectoryUser, said: str, found: frozenset[str]) -> Problem:
    if not found:
        return Problem(
            user.place.where,
            f"the manager {quoted(said)} is neither an address nor a name known here",
            _BY_EMAIL,
        )
    what = (
        f"the manager {quoted(said)} may be any of {len(found)} people of this name, {_named(sorted(found))}"
    )
    return Problem(user.place.where, what, _BY_EMAIL)


def _named(emails: Collection[str]) -> str:
    first, more = list(emails)[:_MOST_NAMED], len(emails) - _MOST_NAMED
    return listed([*first, f"{more} more"] if more > 0 else first)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
