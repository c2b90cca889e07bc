"""The people of a config folder: from `people.csv`, or from the Google Directory with `people.csv` beside it."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from scheduler.config.assembly import cadence_rules, roster_settings
from scheduler.config.sections import Sections
from scheduler.config.text import read_text
from scheduler.errors import BadConfig, Problem
from scheduler.people import CalendarSource, Roster
from scheduler.roster import ReadRoster, RowDefaults, read_directory_roster, read_roster, row_problems
from scheduler.settings import Settings

DirectoryUsers = Callable[[Settings], Iterable[Mapping[str, Any]]]
"""What reads all users of the Google Directory, as its API answers them; it raises BadConfig where it can't."""

_GOOGLE = "google"


def no_directory(_: Settings) -> Iterable[Mapping[str, Any]]:
    """Refuse to read the Directory, for those who never need it."""
    what = "the roster is kept in the Google Directory, which is not read here"
    raise BadConfig(Problem("[roster]", what, "set 'source' to 'people.csv', and write the file"))


def read_people(
    path: Path,
    home: Path,
    sections: Sections,
    found: Settings | None,
    directory_users: DirectoryUsers,
    *,
    also: frozenset[str] = frozenset(),
) -> ReadRoster:
    """Read the roster from where the settings say, with all its problems.

    `path` is that of `people.csv`. `found` is None where the settings have faults: then the Directory is
    not asked, and of the file beside it only what is wrong within its rows is told. `also` are columns that people
    keep beside those that rules look at.
    """
    calendars = sections.found.get("calendars")
    source = CalendarSource(calendars.given["provider"] if calendars else "folder")
    columns = frozenset(rule.column for rule in cadence_rules(sections) if rule.column is not None)
    defaults = RowDefaults(roster_settings(sections), source, home, columns | also)
    if defaults.roster.source == _GOOGLE:
        return _from_directory(path, defaults, found, directory_users)
    if sections.found and "roster" not in sections.found and not os.path.lexists(path):
        return ReadRoster(Roster())  # [roster] has a fault, so that nobody knows whether the file is wanted
    text = read_text(path)
    if isinstance(text, Problem):
        return ReadRoster(Roster(), (text,))
    return read_roster(text, str(path), defaults)


def _from_directory(
    path: Path, defaults: RowDefaults, found: Settings | None, directory_users: DirectoryUsers
) -> ReadRoster:
    text = read_text(path) if os.path.lexists(path) else None
    unreadable = (text,) if isinstance(text, Problem) else ()
    rows = None if isinstance(text, Problem) else text
    if found is None:
        return _rows_alone(rows, path, defaults, unreadable)
    try:
        users = directory_users(found)
    except BadConfig as error:
        return _rows_alone(rows, path, defaults, (*error.problems, *unreadable))
    read = read_directory_roster(users, rows, str(path), defaults)
    return replace(read, problems=(*unreadable, *read.problems))


def _rows_alone(
    rows: str | None, path: Path, defaults: RowDefaults, problems: tuple[Problem, ...]
) -> ReadRoster:
    within = row_problems(rows, str(path), defaults) if rows is not None else ()
    return ReadRoster(Roster(), (*problems, *within))
