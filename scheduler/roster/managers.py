"""Who manages whom: managers looked up by address or alias, and rings found."""

from collections.abc import Iterator, Mapping, Sequence

from scheduler.errors import Problem
from scheduler.roster.rows import Entry
from scheduler.wording import nearest, quoted

_MOST_GUESSES = 20
_LONGEST_RING = 20


def address_problems(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield each address that means two people: emails doubled, aliases that are somebody else's."""
    emails: dict[str, Entry] = {}
    for entry in entries:
        first = emails.setdefault(entry.email, entry)
        if first is not entry:
            what = f"{entry.email} is on the roster already, in {first.place.inside}"
            yield Problem(entry.place.where, what, "keep one row a person")
    aliases: dict[str, Entry] = {}
    for entry in emails.values():
        for alias in sorted(entry.aliases):
            first = emails.get(alias) or aliases.setdefault(alias, entry)
            if first is not entry:
                what = f"the alias {alias} belongs to {first.email}, in {first.place.inside}"
                remedy = "an address means one person: take it out of one row"
                yield Problem(entry.place.where, what, remedy)


def resolved_managers(entries: Sequence[Entry]) -> tuple[dict[str, str], list[Problem]]:
    """Return the manager's main address for each report's, and the managers that nobody is."""
    owners = {alias: entry.email for entry in reversed(entries) for alias in entry.aliases}
    owners |= {entry.email: entry.email for entry in entries}
    guesses = _Guesses(entries, owners)
    managers: dict[str, str] = {}
    problems: list[Problem] = []
    for entry in entries:
        if entry.manager is None:
            continue
        manager = owners.get(entry.manager)
        if manager is None:
            what = f"the manager {quoted(entry.manager)} is not on the roster"
            problems.append(Problem(entry.managed.where, what, guesses.remedy(entry.manager)))
        elif manager == entry.email:
            remedy = "leave 'manager' empty at the top, or name another person"
            problems.append(Problem(entry.managed.where, f"{entry.email} is their own manager", remedy))
        else:
            managers.setdefault(entry.email, manager)
    return managers, problems


def ring_problems(entries: Sequence[Entry], managers: Mapping[str, str]) -> Iterator[Problem]:
    """Yield each ring of people who manage one another once, at its first row, from there upwards."""
    places = {entry.email: place for place, entry in reversed(list(enumerate(entries)))}
    done: set[str] = set()
    for entry in entries:
        path: dict[str, None] = {}
        email: str | None = entry.email
        while email is not None and email not in done and email not in path:
            path[email] = None
            email = managers.get(email)
        if email is not None and email in path:
            walked = list(path)
            ring = [places[one] for one in walked[walked.index(email) :]]
            first = ring.index(min(ring))
            yield _ring([entries[place] for place in (*ring[first:], *ring[: first + 1])])
        done.update(path)


def _ring(ring: Sequence[Entry]) -> Problem:
    named = [f"{entry.email} ({entry.managed.inside})" for entry in ring]
    if len(named) > _LONGEST_RING:
        named[_LONGEST_RING - 1 : -1] = [f"{len(named) - _LONGEST_RING} more"]
    steps = " → ".join(named)
    what = f"these people manage one another: {steps}"
    return Problem(ring[0].managed.where, what, "mend one of the managers")


class _Guesses:
    """Who an unknown manager may have been meant to be; the first few of a file, for guessing is slow."""

    def __init__(self, entries: Sequence[Entry], owners: Mapping[str, str]) -> None:
        self._addresses = owners
        self._names = {entry.name.lower(): entry.email for entry in entries}
        self._made: dict[str, str | None] = {}

    def remedy(self, manager: str) -> str:
        if manager not in self._made and len(self._made) < _MOST_GUESSES:
            self._made[manager] = self._names.get(manager) or nearest(manager, self._addresses)
        meant = self._made.get(manager)
        return f"did you mean {meant!r}?" if meant else "give the manager a row, or mend the address"
