"""Who works here as the Google Directory lists them, and what of it can't be used.

What a user has: https://developers.google.com/workspace/admin/directory/reference/rest/v1/users. What is
odd in one costs that part of them alone and is a warning: nobody but an administrator could mend it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scheduler.errors import Problem
from scheduler.roster import cells
from scheduler.roster.rows import Entry, Place
from scheduler.wording import fault_of

DIRECTORY = "Google Directory"
COLUMNS = ("department", "org_unit", "title")
"""What rules for how often may look at as if it were a column of `people.csv`."""
_MEND = "mend it in the Google Admin console"


@dataclass(frozen=True, slots=True)
class DirectoryUser:
    """Somebody in the Directory; addresses are lower case.

    `managers` is what stands there, as it stands there. `gone` is `suspended` or `archived` where they
    work here no more, else empty. `columns` has what is filled of `COLUMNS`, if it was asked for.
    """

    email: str
    name: str = ""
    aliases: frozenset[str] = frozenset()
    managers: tuple[str, ...] = ()
    gone: str = ""
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def place(self) -> Place:
        """Where what is wrong with them is to be mended."""
        return Place(f"{DIRECTORY}, {self.email}", "the Directory")


@dataclass(frozen=True, slots=True)
class Directory:
    """Those who work here, by main address in its order, those who do no more, and what is odd."""

    here: Mapping[str, DirectoryUser]
    gone: Mapping[str, DirectoryUser]
    warnings: tuple[Problem, ...] = ()


def read_directory(users: Iterable[Mapping[str, Any]]) -> Directory:
    """Read users as the Directory API answers them, each once: where pages overlap, the first counts."""
    found: dict[str, DirectoryUser] = {}
    warnings: list[Problem] = []
    for said in users:
        try:
            email = cells.address(_text(said.get("primaryEmail")))
        except ValueError as error:
            what = f"somebody is left out, for their primary email can't be used: {fault_of(error).what}"
            warnings.append(Problem(DIRECTORY, what, _MEND))
            continue
        if email not in found:
            found[email], odd = _read(said, email)
            warnings += odd
    ordered = [found[email] for email in sorted(found)]
    return Directory(
        {user.email: user for user in ordered if not user.gone},
        {user.email: user for user in ordered if user.gone},
        tuple(warnings),
    )


def owners(people: Iterable[DirectoryUser | Entry]) -> dict[str, str]:
    """Return the main address that each address means: an email before an alias, the later before the earlier."""
    everyone = list(people)
    found = {alias: one.email for one in everyone for alias in one.aliases}
    return found | {one.email: one.email for one in everyone}


def _read(said: Mapping[str, Any], email: str) -> tuple[DirectoryUser, list[Problem]]:
    gone = next((word for word in ("suspended", "archived") if said.get(word) is True), "")
    user = DirectoryUser(email, managers=tuple(_managers(said)), gone=gone, columns=_columns(said))
    odd: list[Problem] = []
    try:
        user = replace(user, name=cells.name(_text(_mapping(said.get("name")).get("fullName"))))
    except ValueError as error:
        odd.append(Problem(user.place.where, f"the name is not used: {fault_of(error).what}", _MEND))
    aliases: set[str] = set()
    for text in map(_text, (*_list(said.get("aliases")), *_list(said.get("nonEditableAliases")))):
        try:
            aliases.add(cells.address(text))
        except ValueError as error:
            odd.append(Problem(user.place.where, f"an alias is not used: {fault_of(error).what}", _MEND))
    return replace(user, aliases=frozenset(aliases - {email})), [] if gone else odd


def _managers(said: Mapping[str, Any]) -> Iterator[str]:
    """Yield whom the relations of type `manager` name, usually by email; those to a family pass by unread."""
    for relation in map(_mapping, _list(said.get("relations"))):
        value = _text(relation.get("value"))
        if value and relation.get("type") == "manager":
            yield value


def _columns(said: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the cells of `COLUMNS` that are filled, of the organisation that is marked as primary, else of the first."""
    organisations = [_mapping(each) for each in _list(said.get("organizations"))]
    first = next(
        (each for each in organisations if each.get("primary") is True), next(iter(organisations), {})
    )
    found = {
        "department": _text(first.get("department")),
        "org_unit": _text(said.get("orgUnitPath")),
        "title": _text(first.get("title")),
    }
    return {column: cell for column, cell in found.items() if cell}


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
