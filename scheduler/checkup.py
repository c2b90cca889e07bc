"""The doctor's round: everything that a run needs, tried out without changing anything."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from scheduler.agenda.bank_check import bank_problems
from scheduler.agenda.template import template_problems
from scheduler.agendas import read_text
from scheduler.cadence.leaderless import leaderless
from scheduler.config import Config
from scheduler.errors import BadConfig, CalendarUnreadable, OnetooneError, Problem, WriteFailed
from scheduler.google.checkup import (
    documents_trouble,
    exposed_files,
    first_manager,
    sign_in_trouble,
    uses_google,
)
from scheduler.job import Job
from scheduler.meetings import Detail
from scheduler.state.store import open_memory
from scheduler.words import counted, listed

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at: what it is, and what is wrong with it.

    `grave` ones stop a run; `exit_code` is then what the doctor leaves with.
    """

    what: str
    problems: tuple[Problem, ...] = ()
    grave: bool = True
    exit_code: int = BadConfig.exit_code

    @property
    def fine(self) -> bool:
        """Say whether nothing is wrong with it."""
        return not self.problems


def check_up(job: Job) -> tuple[Checked, ...]:
    """Look at config, folders, memory, openers, template and every calendar; change nothing.

    What is wrong with one of them hides nothing that is wrong with another.
    """
    config = job.config
    places = config.settings.job
    return (
        Checked(
            counted(len(config.roster.people), "person", "people") + " on the roster",
            (*config.warnings, *leaderless(config.roster, config.settings, job.now.date())),
            grave=False,
        ),
        *(
            Checked(f"{name} folder", _writable(path), exit_code=WriteFailed.exit_code)
            for name, path in (
                ("state", places.state),
                *((("agenda", places.agendas),) if config.settings.documents_provider == "folder" else ()),
                ("export", places.exports),
                ("report", places.reports),
            )
        ),
        Checked("what is remembered", _said(lambda: open_memory(places.state))),
        *(_text(config, name, problems, grave=grave) for name, problems, grave in _TEXTS),
        *_google(config, job.now.date()),
        *_calendars(job),
    )


_TEXTS: tuple[tuple[str, Callable[[str, str], tuple[Problem, ...]], bool], ...] = (
    ("openers.md", lambda text, where: bank_problems(text, where=where), False),
    ("agenda.md", template_problems, True),
)


def _text(
    config: Config, name: str, problems: Callable[[str, str], tuple[Problem, ...]], *, grave: bool
) -> Checked:
    home = config.settings.directory
    try:
        text = read_text(home, name)
    except BadConfig as error:
        return Checked(name, error.problems)
    return Checked(name, problems(text, str(home / name)), grave=grave)


def _google(config: Config, today: date) -> Iterable[Checked]:
    settings = config.settings
    if not uses_google(settings, config.roster):
        return
    manager = first_manager(config.roster, today)
    trouble = sign_in_trouble(settings, manager)
    if trouble is None:
        yield Checked("Google sign-in")
        if settings.documents_provider == "google":
            found = documents_trouble(settings, manager)
            yield Checked("Google Drive and Docs", found, exit_code=WriteFailed.exit_code)
    else:
        yield Checked("Google sign-in", trouble.problems, exit_code=trouble.exit_code)
    yield Checked("who may read Google's secrets", exposed_files(settings), grave=False)


def _calendars(job: Job) -> Iterable[Checked]:
    evidence = job.try_everything()
    readings, unreadable = evidence.readings, evidence.unreadable
    busy = sum(reading.detail is Detail.BUSY for reading in readings.values())
    yield Checked(
        f"{len(readings)} of {len(readings) + len(unreadable)} calendars read"
        + (f", {busy} of them for busy times alone" if busy else ""),
        _together(unreadable),
        exit_code=CalendarUnreadable.exit_code,
    )
    events = tuple(unread.problem for reading in readings.values() for unread in reading.unread)
    yield Checked("events in them", events, grave=False)


def _together(unreadable: Mapping[str, Problem]) -> tuple[Problem, ...]:
    """Say once what keeps several calendars from being read alike, as a sign-in does that is good for none of them."""
    alike: dict[Problem, list[str]] = defaultdict(list)
    for email, problem in unreadable.items():
        own = problem.where == f"the calendar of {email}"
        what = problem.what.replace(f" for {email}", " for them")
        alike[replace(problem, where="", what=what) if own else problem].append(email)
    return tuple(
        unreadable[whose[0]] if said.where or len(whose) == 1 else replace(said, where=_calendars_of(whose))
        for said, whose in alike.items()
    )


def _calendars_of(whose: Sequence[str]) -> str:
    more = [f"{len(whose) - _MOST_NAMED:,} more"] if len(whose) > _MOST_NAMED else []
    return f"the calendars of {listed([*whose[:_MOST_NAMED], *more])}"


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
