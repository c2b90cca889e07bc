"""Settings and roster from the files of a config folder; all their problems at once."""

from dataclasses import dataclass
from pathlib import Path

from scheduler.config.assembly import path_problems, roster_settings, settings, window_warnings
from scheduler.config.sections import Sections, read_sections
from scheduler.config.text import read_text
from scheduler.errors import BadConfig, Problem
from scheduler.people import CalendarSource, Roster
from scheduler.places import absolute
from scheduler.roster import ReadRoster, RowDefaults, read_roster
from scheduler.settings import Settings

SETTINGS_FILE = "onetoone.toml"
ROSTER_FILE = "people.csv"


@dataclass(frozen=True, slots=True)
class Config:
    """A config folder without faults; `warnings` are what is odd in it and stops nothing."""

    settings: Settings
    roster: Roster
    warnings: tuple[Problem, ...] = ()


def load_config(directory: Path) -> Config:
    """Read `onetoone.toml` and `people.csv` in a folder.

    Relative paths in the files start at that folder. Raises BadConfig with every problem of both
    files, each with its file and line.
    """
    home = absolute(directory)
    sections = _sections(directory / SETTINGS_FILE, home)
    people = _people(directory / ROSTER_FILE, home, sections)
    problems = (*sections.problems, *path_problems(sections, home), *people.problems)
    if not directory.is_dir():
        problems = problems[:1]  # the missing folder is the one thing to mend
    if problems:
        raise BadConfig(*problems)
    found = settings(sections, home)
    return Config(found, people.roster, (*window_warnings(found, sections), *people.warnings))


def _sections(path: Path, home: Path) -> Sections:
    text = read_text(path)
    if isinstance(text, Problem):
        return Sections({}, (text,), str(path))
    return read_sections(text, str(path), home)


def _people(path: Path, home: Path, sections: Sections) -> ReadRoster:
    text = read_text(path)
    if isinstance(text, Problem):
        return ReadRoster(Roster(), (text,))
    calendars = sections.found.get("calendars")
    source = CalendarSource(calendars.given["provider"] if calendars else "folder")
    return read_roster(text, str(path), RowDefaults(roster_settings(sections), source, home))
