"""The doctor's round: everything that a run needs, tried out without changing anything."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from scheduler.agenda.bank_check import bank_problems
from scheduler.agenda.template import template_problems
from scheduler.agendas import read_text
from scheduler.config import Config
from scheduler.errors import OnetooneError, Problem
from scheduler.job import Job
from scheduler.state.store import open_memory


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at: what it is, and what is wrong with it; `grave` ones stop a run."""

    what: str
    problems: tuple[Problem, ...] = ()
    grave: bool = True

    @property
    def fine(self) -> bool:
        """Say whether nothing is wrong with it."""
        return not self.problems


def check_up(job: Job) -> tuple[Checked, ...]:
    """Look at config, folders, memory, openers, template and every calendar; change nothing."""
    config = job.config
    places = config.settings.job
    return (
        Checked(
            _counted(len(config.roster.people), "person", "people") + " on the roster",
            config.warnings,
            grave=False,
        ),
        *(
            Checked(f"{name} folder", _writable(path))
            for name, path in (
                ("state", places.state),
                ("agenda", places.agendas),
                ("export", places.exports),
            )
        ),
        Checked("what is remembered", _said(lambda: open_memory(places.state))),
        *_texts(config),
        *_calendars(job),
    )


def _texts(config: Config) -> Iterable[Checked]:
    openers = read_text(config.settings.directory, "openers.md")
    template = read_text(config.settings.directory, "agenda.md")
    yield Checked("openers.md", bank_problems(openers), grave=False)
    yield Checked("agenda.md", template_problems(template))


def _calendars(job: Job) -> Iterable[Checked]:
    found = job.find()
    readings, unreadable = found.known.evidence.readings, found.known.evidence.unreadable
    yield Checked(
        f"{len(readings)} of {len(readings) + len(unreadable)} calendars read", tuple(unreadable.values())
    )
    events = tuple(unread.problem for reading in readings.values() for unread in reading.unread)
    yield Checked("events in them", events, grave=False)


def _said(action: Callable[[], object]) -> tuple[Problem, ...]:
    try:
        action()
    except OnetooneError as error:
        return error.problems
    return ()


def _writable(path: Path) -> tuple[Problem, ...]:
    """Say whether a folder can be written, or made where there is none yet."""
    place = path
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        return (
            Problem(str(path), f"{place} is a file, not a folder", "name another folder in onetoone.toml"),
        )
    if not os.access(place, os.W_OK | os.X_OK):
        return (
            Problem(
                str(path), f"{place} can't be written by this user", "give this user the right to write there"
            ),
        )
    return ()


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
