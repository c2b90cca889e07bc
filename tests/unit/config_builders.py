"""A config folder to break: two people, a folder of calendars, and whatever a test writes instead."""

from pathlib import Path

import pytest

from scheduler.config import Config, load_config
from scheduler.errors import BadConfig

CALENDARS = '[calendars]\nprovider = "folder"\npath = "../calendars"\n'
CADENCE = '[cadence]\nevery = "2 weeks"\nminutes = 30\n'
LEAST = CALENDARS + CADENCE
PEOPLE = (
    "email,manager,timezone\nann@example.com,,Europe/London\nbo@example.com,ann@example.com,Europe/London\n"
)


def write_config(root: Path, toml: str | bytes = LEAST, people: str | bytes = PEOPLE) -> Path:
    """Write a config folder beside a folder of calendars; return the config folder."""
    (root / "calendars").mkdir(exist_ok=True)
    config = root / "config"
    config.mkdir(exist_ok=True)
    (config / "onetoone.toml").write_bytes(toml if isinstance(toml, bytes) else toml.encode())
    (config / "people.csv").write_bytes(people if isinstance(people, bytes) else people.encode())
    return config


def loaded(root: Path, toml: str | bytes = LEAST, people: str | bytes = PEOPLE) -> Config:
    """Load a config folder of these two files."""
    return load_config(write_config(root, toml, people))


def faults(root: Path, toml: str | bytes = LEAST, people: str | bytes = PEOPLE) -> list[str]:
    """Return the lines that a config folder is refused with, the folder's own path taken out."""
    config = write_config(root, toml, people)
    with pytest.raises(BadConfig) as refused:
        load_config(config)
    return [
        str(problem).replace(f"{config}/", "").replace(str(root), "ROOT")
        for problem in refused.value.problems
    ]
