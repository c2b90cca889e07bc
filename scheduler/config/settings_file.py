"""The settings alone, for commands that work before there is a roster: signing in comes before reading the Directory."""

from pathlib import Path

from scheduler.config.assembly import path_problems, settings
from scheduler.config.rules import rule_problems
from scheduler.config.sections import read_sections
from scheduler.config.text import read_text
from scheduler.errors import BadConfig, Problem
from scheduler.places import absolute
from scheduler.settings import Settings


def load_settings(directory: Path) -> Settings:
    """Read `onetoone.toml` in a folder; raise BadConfig with every problem of it, and none of the roster's."""
    home = absolute(directory)
    path = directory / "onetoone.toml"
    text = read_text(path)
    if isinstance(text, Problem):
        raise BadConfig(text)
    sections = read_sections(text, str(path), home)
    problems = (*sections.problems, *path_problems(sections, home), *rule_problems(sections))
    if problems:
        raise BadConfig(*problems)
    return settings(sections, home)
