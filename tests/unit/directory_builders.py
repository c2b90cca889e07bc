"""Users as the Google Directory answers them, and the rosters that they make."""

from collections.abc import Iterable, Mapping
from typing import Any

from scheduler.roster import ReadRoster, RowDefaults, read_directory_roster
from tests.unit.roster_builders import DEFAULTS


def user(address: str, manager: str | None = None, **fields: object) -> dict[str, Any]:
    """Return a user, whose manager is named by a relation; `fields` are further ones, or others."""
    relations = {"relations": [{"type": "manager", "value": manager}]} if manager else {}
    name = {"fullName": address.partition("@")[0].title()}
    return {"primaryEmail": address, "name": name, "suspended": False, "archived": False} | relations | fields


ANN = user("ann@example.com")
BO = user("bo@example.com", "ann@example.com")


def read(
    *users: Mapping[str, Any], people: str | None = None, defaults: RowDefaults = DEFAULTS
) -> ReadRoster:
    """Read a Directory of these users, with the text of people.csv where one is given."""
    return read_directory_roster(users, people, "people.csv", defaults)


def managers(found: ReadRoster) -> dict[str, str]:
    """Return who manages whom, by the parts of their addresses before the sign."""
    assert found.problems == ()
    people = found.roster.people.values()
    return {_local(one.email): _local(one.manager) for one in people if one.manager}


def lines(problems: Iterable[object]) -> list[str]:
    """Return problems or warnings as people read them."""
    return [str(problem) for problem in problems]


def _local(address: str) -> str:
    return address.partition("@")[0]
