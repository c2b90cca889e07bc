"""Settings and roster from the files of a config folder; all their problems at once."""

from dataclasses import dataclass
from pathlib import Path

from scheduler.config.assembly import path_problems, settings, window_warnings
from scheduler.config.people import DirectoryUsers, no_directory, read_people
from scheduler.config.rules import column_problems, rule_problems
from scheduler.config.sections import Sections, read_sections
from scheduler.config.text import read_text
from scheduler.errors import BadConfig, Problem
from scheduler.people import Roster
from scheduler.places import absolute
from scheduler.settings import Settings

SETTINGS_FILE = "onetoone.toml"
ROSTER_FILE = "people.csv"


@dataclass(frozen=True, slots=True)
class Config:
    """A config folder without faults; `warnings` are what is odd in it and stops nothing, `columns` those of the roster."""

    settings: Settings
    roster: Roster
    warnings: tuple[Problem, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def on_google(self) -> bool:
        """Say whether anybody's calendar or agenda is kept at Google."""
        calendars = {person.calendar.provider for person in self.roster.people.values()}
        return "google" in {*calendars, self.settings.documents_provider}


def load_config(
    directory: Path,
    directory_users: DirectoryUsers = no_directory,
    *,
    also: frozenset[str] = frozenset(),
) -> Config:
    """Read `onetoone.toml` and the roster: `people.csv` in the same folder, or the Google Directory.

    Relative paths in the files start at that folder. `directory_users` reads the Directory, and is called
    only where the settings say that the roster is there. `also` are columns of the roster that people keep beside
    those that rules for how often look at. Raises BadConfig with every problem of both files,
    each with its file and line, and of the Directory.
    """
    home = absolute(directory)
    sections = _sections(directory / SETTINGS_FILE, home)
    problems = (*sections.problems, *path_problems(sections, home), *rule_problems(sections))
    found = None if problems else settings(sections, home)
    people = read_people(directory / ROSTER_FILE, home, sections, found, directory_users, also=also)
    problems = (*problems, *column_problems(sections, people.columns), *people.problems)
    if not directory.is_dir():
        problems = problems[:1]  # the missing folder is the one thing to mend
    if problems or found is None:
        raise BadConfig(*problems)
    return Config(found, people.roster, (*window_warnings(found, sections), *people.warnings), people.columns)


def _sections(path: Path, home: Path) -> Sections:
    text = read_text(path)
    if isinstance(text, Problem):
        return Sections({}, (text,), str(path))
    return read_sections(text, str(path), home)
