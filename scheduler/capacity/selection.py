"""Which managers are asked about: one, a whole tree, or those with something in a column of the roster."""

from collections.abc import Iterable
from datetime import date

from scheduler.errors import Problem, WrongUsage
from scheduler.people import Person, Roster
from scheduler.selection import find_person
from scheduler.wording import did_you_mean, one_of, quoted

_WHERE = "--where"


def chosen(
    roster: Roster,
    today: date,
    *,
    manager: str | None = None,
    under: str | None = None,
    where: str | None = None,
) -> frozenset[str]:
    """Return the addresses of the managers with reports today who are meant by all of these; everybody without any.

    `under` means a person and everybody below. `where` is `column=value` of the manager's row, capitals aside.
    Raises WrongUsage where somebody or something is not on the roster, or nobody is left.
    """
    managers = {pair.manager.email: pair.manager for pair in roster.pairs(today)}
    found = frozenset(managers)
    if manager is not None:
        found &= {find_person(roster, manager, "--manager").email}
    if under is not None:
        found &= _below(roster, find_person(roster, under, "--under"))
    if where is not None:
        found &= _matching(managers.values(), where)
    given = {"--manager": manager, "--under": under, _WHERE: where}
    options = [name for name, value in given.items() if value is not None]
    if options and not found:
        what = "nobody who is meant by it has reports on the roster"
        raise WrongUsage(Problem(" with ".join(options), what, "name a manager, or leave an option out"))
    return found


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


def _matching(managers: Iterable[Person], where: str) -> frozenset[str]:
    everybody = tuple(managers)
    column, equals, value = where.partition("=")
    column, value = column.strip().lower(), value.strip()
    if not (equals and column and value):
        what = f"{quoted(where)} is not a column and a value"
        raise WrongUsage(Problem(_WHERE, what, "write it like 'department=Sales'"))
    cells = {person.email: _columns(person) for person in everybody}
    columns = sorted({name for row in cells.values() for name in row})
    if column not in columns:
        raise WrongUsage(_no_column(column, columns))
    found = frozenset(e for e, row in cells.items() if row.get(column, "").casefold() == value.casefold())
    if not found:
        values = sorted({row[column] for row in cells.values() if column in row})
        remedy = did_you_mean(value, values) or f"there are: {one_of(values)}"
        raise WrongUsage(Problem(_WHERE, f"no manager has {quoted(value)} in the column {column!r}", remedy))
    return found


def _columns(person: Person) -> dict[str, str]:
    """Return what can be asked for: the columns that the config's rules name, and two that everybody has."""
    own = {"timezone": person.tz.key} | ({"country": person.country} if person.country else {})
    return own | dict(person.columns)


def _no_column(column: str, columns: list[str]) -> Problem:
    remedy = did_you_mean(column, columns) or (
        f"name it in a rule under [[cadence.rules]] (docs/how-often.md), so that it is kept; there are: {one_of(columns)}"
    )
    return Problem(_WHERE, f"no column {column!r} is kept of any manager's row", remedy)
