"""The roster from the Google Directory, with `people.csv` beside it.

The Directory says who works here, their names and addresses, and who manages whom. A row of the file that
bears one of somebody's addresses adds to that, and what it says counts; a row for nobody there adds a person.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scheduler.errors import Problem
from scheduler.people import Roster
from scheduler.roster.directory import COLUMNS as DIRECTORY_COLUMNS
from scheduler.roster.directory import DIRECTORY, Directory, DirectoryUser, read_directory
from scheduler.roster.overlay import Laid, laid_over
from scheduler.roster.relations import Known, directory_manager, gone_manager
from scheduler.roster.rows import Entry, RowDefaults, read_row
from scheduler.roster.table import Table, read_table
from scheduler.roster.whole import ReadRoster, Whole, in_order, whole
from scheduler.words import counted


@dataclass(frozen=True, slots=True)
class _Somebody:
    """One person whose address could be read, and where what is known of them comes from."""

    entry: Entry
    laid: Laid

    @property
    def names_manager(self) -> bool:
        """Whether their row of the file says who manages them, or that nobody does."""
        return "manager" in self.laid.said


def read_directory_roster(
    users: Iterable[Mapping[str, Any]], text: str | None, where: str, defaults: RowDefaults
) -> ReadRoster:
    """Check the users of the Directory, and the text of `people.csv` where there is one, as a whole.

    `where` names the file. A Directory in which nobody works here is a problem, whatever the file says.
    """
    directory = read_directory(users)
    table = read_table(text, where, defaults.columns) if text is not None else Table()
    problems = list(table.problems)
    warnings = [*table.warnings, *directory.warnings]
    people: list[_Somebody] = []
    for laid in laid_over(directory, table.rows, where):
        if laid.user and laid.user.gone:
            warnings.append(_row_of(laid.user, laid))
            continue
        entry, row_problems = read_row(laid.cells, laid.place, defaults)
        problems += row_problems
        people += [_Somebody(entry, laid)] if entry else []
    people, odd = _with_managers(people, directory)
    found = whole([one.entry for one in people])
    problems = [*problems, *found.problems, *_nobody_here(directory)] or [*_no_managers(found)]
    warnings += [*odd, *_strangers(people, found), *_zone_warning(people, found, defaults)]
    columns = tuple(dict.fromkeys((*table.columns, *DIRECTORY_COLUMNS)))
    return ReadRoster(Roster(found.people), in_order(problems), in_order(warnings), columns)


def _with_managers(
    people: Sequence[_Somebody], directory: Directory
) -> tuple[list[_Somebody], list[Problem]]:
    """Give the Directory's manager to those whose row names none; nobody keeps one who works here no more."""
    known = Known.of([one.entry for one in people], directory)
    found: list[_Somebody] = []
    odd: list[Problem] = []
    for one in people:
        entry, user = one.entry, one.laid.user
        if user and not one.names_manager:
            manager, why = directory_manager(user, known)
            odd += why
            entry = replace(entry, manager=manager, managed=user.place)
        elif entry.manager and (gone := known.has_left(entry.manager)):
            odd.append(gone_manager(entry.managed.where, gone))
            entry = replace(entry, manager=None)
        found.append(replace(one, entry=entry))
    return found, odd


def _row_of(gone: DirectoryUser, laid: Laid) -> Problem:
    what = f"{gone.email} is {gone.gone} in the Directory, so that this row is not read"
    return Problem(laid.place.where, what, "take the row out")


def _nobody_here(directory: Directory) -> Iterator[Problem]:
    if not directory.here:
        what = "it lists nobody who works here"
        if directory.gone:
            what += f": of {counted(len(directory.gone), 'user')} each is suspended or archived"
        yield Problem(DIRECTORY, what, "see whom 'subject' in [google] may read: docs/google.md")


def _no_managers(found: Whole) -> Iterator[Problem]:
    if not found.managers:
        remedy = "fill 'Manager' in the Google Admin console, or the column 'manager' of people.csv"
        yield Problem(DIRECTORY, "nobody has a manager there, so there is nobody to meet", remedy)


def _strangers(people: Iterable[_Somebody], found: Whole) -> Iterator[Problem]:
    """Yield rows that add a person for no pair: most often an address that was mistyped."""
    paired = found.paired
    for one in people:
        email = one.entry.email
        if one.laid.user is None and not one.names_manager and email not in paired:
            what = f"{email} is nobody in the Directory, and has neither a manager nor reports"
            yield Problem(one.laid.place.where, what, "mend the address, name a manager, or take the row out")


def _zone_warning(people: Iterable[_Somebody], found: Whole, defaults: RowDefaults) -> Iterator[Problem]:
    paired = found.paired
    lacking = sum(one.entry.email in paired and "timezone" not in one.laid.said for one in people)
    if lacking and defaults.roster.timezone is None:
        what = f"nothing says the timezone of {counted(lacking, 'person', 'people')}; UTC is taken"
        remedy = "set 'timezone' in [roster] of onetoone.toml, or fill the column in people.csv"
        yield Problem(DIRECTORY, what, remedy)
