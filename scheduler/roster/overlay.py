"""The rows of `people.csv` laid over the users of the Google Directory: which row means whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.roster import cells
from scheduler.roster.directory import Directory, DirectoryUser, owners
from scheduler.roster.rows import Place
from scheduler.roster.table import Row


@dataclass(frozen=True, slots=True)
class Laid:
    """One person: from the Directory, from a row, or from both; `said` is what the row says, by column."""

    place: Place
    user: DirectoryUser | None = None
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def cells(self) -> dict[str, str]:
        """All that is known, as a row has it: the row's cells before the Directory's, the addresses of both."""
        if self.user is None:
            return dict(self.said)
        name = {"name": self.user.name} if self.user.name else {}
        addresses = (*sorted(self.user.aliases), self.said.get("email", ""), self.said.get("aliases", ""))
        return {
            **self.user.columns,
            **name,
            **self.said,
            "email": self.user.email,
            "aliases": ";".join(filter(None, addresses)),
        }


def laid_over(directory: Directory, rows: Sequence[Row], where: str) -> Iterator[Laid]:
    """Yield every row with the user that it means, then everybody whom no row means, by address.

    `where` names the file of the rows. Users who are gone come only with their rows.
    """
    users = _by_address(directory)
    meant: set[str] = set()
    for row in rows:
        user = _meant(row, users)
        if user:
            meant.add(user.email)
        yield Laid(Place.line(where, row.line), user, row.cells)
    for user in directory.here.values():
        if user.email not in meant:
            yield Laid(user.place, user)


def _by_address(directory: Directory) -> dict[str, DirectoryUser]:
    """Return whom each address means; one who works here before one who is gone."""
    users = {**directory.gone, **directory.here}
    meant = owners(directory.gone.values()) | owners(directory.here.values())
    return {address: users[email] for address, email in meant.items()}


def _meant(row: Row, users: Mapping[str, DirectoryUser]) -> DirectoryUser | None:
    """Return whom a row means: by its email, else by an alias of somebody who works here."""
    try:
        email = cells.address(row.cells.get("email", ""))
        aliases = cells.addresses(row.cells.get("aliases", ""))
    except ValueError:
        return None  # the fault is said when the row is read
    if email in users:
        return users[email]
    found = (users[alias] for alias in sorted(aliases) if alias in users)
    return next((user for user in found if not user.gone), None)
