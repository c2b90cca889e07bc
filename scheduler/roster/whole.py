"""The roster as a whole, once every row is read: managers looked up, and what is wrong between rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.errors import Problem
from scheduler.people import Person, Roster
from scheduler.roster.managers import address_problems, resolved_managers, ring_problems
from scheduler.roster.rows import Entry


@dataclass(frozen=True, slots=True)
class ReadRoster:
    """The people without fault, everything that is wrong by line, and what is odd but stops nothing.

    `columns` are those that a rule for how often may look at, in the order of the file; none where it can't be read.
    """

    roster: Roster
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """Everybody by main address, each report's manager, and what is wrong between rows."""

    people: Mapping[str, Person]
    managers: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def paired(self) -> frozenset[str]:
        """Everybody who has a manager or reports."""
        return frozenset(self.managers) | frozenset(self.managers.values())


def whole(entries: Sequence[Entry]) -> Whole:
    """Give everybody their manager, and find doubled addresses, unknown managers and rings."""
    managers, unknown = resolved_managers(entries)
    people = {
        entry.email: replace(entry.person, manager=managers.get(entry.email))
        for entry in entries
        if entry.person
    }
    problems = (*address_problems(entries), *unknown, *ring_problems(entries, managers))
    return Whole(people, managers, problems)


def in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return problems by the line that they name, those without one first."""
    return tuple(sorted(problems, key=_line))


def _line(problem: Problem) -> int:
    _, _, line = problem.where.rpartition(":")
    return int(line) if line.isdigit() else 0
