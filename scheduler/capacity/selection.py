"""Which managers are asked about: one, a whole tree, or those with something in a column of the roster."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.errors import Problem, WrongUsage
from scheduler.people import Person, Roster
from scheduler.selection import find_person
from scheduler.wording import did_you_mean, quoted
from scheduler.words import listed

_WHERE = "--where"
_MOST_VALUES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Who is asked about, as the command line says it; `columns` are those that the roster has."""

    manager: str | None = None
    under: str | None = None
    where: str | None = None
    columns: tuple[str, ...] = ()


def chosen(roster: Roster, today: date, wanted: Wanted) -> frozenset[str]:
    """Return the addresses of the managers with reports today who are meant by all that is wanted; else of all.

    `under` means a person and everybody below. `where` is `column=value` of the manager's row, capitals aside.
    Raises WrongUsage where somebody or something is not on the roster, or nobody is left.
    """
    managers = {pair.manager.email: pair.manager for pair in roster.pairs(today)}
    found = frozenset(managers)
    if wanted.manager is not None:
        found &= {find_person(roster, wanted.manager, "--manager").email}
    if wanted.under is not None:
        found &= _below(roster, find_person(roster, wanted.under, "--under"))
    if wanted.where is not None:
        found &= _matching(managers.values(), wanted.where, wanted.columns)
    given = {"--manager": wanted.manager, "--under": wanted.under, _WHERE: wanted.where}
    options = [name for name, value in given.items() if value is not None]
    if options and not found:
        what = "nobody who is meant by it has reports on the roster"
        raise WrongUsage(Problem(" with ".join(options), what, "name a manager, or leave an option out"))
    return found


def columns_of(where: str | None) -> frozenset[str]:
    """Return the column that `column=value` names, as the roster is to keep it; none of nothing.

    Raises WrongUsage for what is no column and value.
    """
    return frozenset() if where is None else frozenset({_condition(where)[0]})


def _condition(where: str) -> tuple[str, str]:
    column, equals, value = (part.strip() for part in where.partition("="))
    if not (equals and column and value):
        what = f"{quoted(where)} is not a column and a value"
        raise WrongUsage(Problem(_WHERE, what, "write it like 'department=Sales'"))
    return re.sub(r"[\s-]+", "_", column.lower()), value  # as headers of people.csv are read


def _below(roster: Roster, top: Person) -> frozenset[str]:
    """Return the addresses of a person and of everybody below, however far; a circle is gone through once."""
    below: dict[str, list[str]] = {}
    for person in roster.people.values():
        if person.manager is not None:
            below.setdefault(person.manager, []).append(person.email)
    found, rest = {top.email}, [top.email]
    while rest:
        new = [email for email in below.get(rest.pop(), ()) if email not in found]
        found.update(new)
        rest += new
    return frozenset(found)


def _matching(managers: Iterable[Person], where: str, columns: Sequence[str]) -> frozenset[str]:
    column, value = _condition(where)
    if column not in columns:
        remedy = did_you_mean(column, columns) or f"its columns are {listed(columns)}"
        raise WrongUsage(Problem(_WHERE, f"the roster has no column {column!r}", remedy))
    cells = {person.email: person.columns[column] for person in managers if column in person.columns}
    found = frozenset(email for email, cell in cells.items() if cell.casefold() == value.casefold())
    if not found:
        there = _some(sorted(set(cells.values()), key=str.casefold))
        remedy = did_you_mean(value, cells.values()) or f"there are: {there}"
        raise WrongUsage(Problem(_WHERE, f"no manager has {quoted(value)} in the column {column!r}", remedy))
    return found


def _some(values: Sequence[str]) -> str:
    """List values, the first few of many and how many more there are; `none` of nothing."""
    more = len(values) - _MOST_VALUES
    named = [quoted(value) for value in values[:_MOST_VALUES]]
    return listed([*named, f"{more} more"] if more > 0 else named) or "none"
