"""From checked tables to the settings as the rooms use them, and what is wrong between tables."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from scheduler.config.google import google_problems
from scheduler.config.schema import REQUIRED
from scheduler.config.sections import Sections
from scheduler.errors import Problem
from scheduler.places import absolute
from scheduler.settings import (
    AgendaSettings,
    CadenceRule,
    CadenceSettings,
    CalendarSettings,
    GoogleSettings,
    JobSettings,
    LimitSettings,
    RosterSettings,
    SeriesSettings,
    Settings,
    SlotSettings,
    SlotWeights,
)
from scheduler.words import spoken

_OF_JOB = ("state", "agendas", "exports", "reports")


def roster_settings(sections: Sections) -> RosterSettings:
    """Return what holds for rows with empty cells; the defaults where the table is at fault."""
    return RosterSettings(**_given(sections, "roster"))


def job_settings(sections: Sections, directory: Path) -> JobSettings:
    """Return where the job keeps things; by default beside the config's folder."""
    beside = {name: absolute(f"../{name}", directory) for name in _OF_JOB}
    return JobSettings(**beside | _given(sections, "job"))


def cadence_rules(sections: Sections) -> tuple[CadenceRule, ...]:
    """Return the rules for how often, in their order; none where the table is at fault."""
    return tuple(CadenceRule(**rule.given) for rule in _given(sections, "cadence").get("rules", ()))


def slot_settings(sections: Sections) -> SlotSettings:
    """Return what makes a time good enough, and what the better of two; the defaults where the table is at fault."""
    given = _given(sections, "slots")
    weights = given.pop("weights", None)
    return SlotSettings(**given, weights=SlotWeights(**weights.given if weights else {}))


def settings(sections: Sections, directory: Path) -> Settings:
    """Return the settings of a file without faults."""
    documents = _given(sections, "documents")
    calendars = CalendarSettings(**_given(sections, "calendars"))
    google = _given(sections, "google")
    return Settings(
        directory=directory,
        calendars=calendars,
        cadence=CadenceSettings(**_given(sections, "cadence") | {"rules": cadence_rules(sections)}),
        job=job_settings(sections, directory),
        documents_provider=documents.get("provider", calendars.provider),
        documents_url=documents.get("url"),
        slots=slot_settings(sections),
        limits=LimitSettings(**_given(sections, "limits")),
        agenda=AgendaSettings(**_given(sections, "agenda")),
        series=SeriesSettings(**_given(sections, "series")),
        roster=roster_settings(sections),
        google=GoogleSettings(**google) if google else None,
    )


def path_problems(sections: Sections, directory: Path) -> Iterator[Problem]:
    """Yield what is wrong with the folders and the credentials that the file names, as they are on this disk."""
    if not sections.found:
        return  # nothing in the file could be read, so it names no folder
    yield from google_problems(sections)
    calendars = _given(sections, "calendars")
    if calendars.get("provider") == "folder" and "path" not in calendars:
        yield Problem(
            sections.at("calendars"), "[calendars] has no 'path'", f"add {REQUIRED['calendars.path']}"
        )
    folders = [_Folder("calendars", "path", calendars["path"])] if "path" in calendars else []
    if folders:
        yield from _calendar_folder(folders[0].path, sections.at("calendars", "path"))
    job = job_settings(sections, directory)
    folders += [_Folder("job", name, getattr(job, name)) for name in _OF_JOB]
    for folder in folders[-len(_OF_JOB) :]:
        if folder.path.exists() and not folder.path.is_dir():
            what = f"'{folder.key}' is a file: {folder.path}"
            yield Problem(
                sections.at("job", folder.key), what, "name a folder; it is made where there is none"
            )
    for one, other in combinations(folders, 2):
        if one.path == other.path:
            what = f"'{other.key}' is the same folder as '{one.key}' of [{one.section}]: {one.path}"
            yield Problem(sections.at(other.section, other.key), what, "give each a folder of its own")


def window_warnings(found: Settings, sections: Sections) -> Iterator[Problem]:
    """Yield what works, but will surprise: a look-ahead that the next meeting may lie beyond."""
    every = max(
        (found.cadence.every, *(rule.every for rule in found.cadence.rules)), key=lambda one: one.days
    )
    if found.job.look_ahead < timedelta(days=every.days):
        what = f"'look_ahead' of {spoken(found.job.look_ahead)} is shorter than the cadence, {every}"
        remedy = "pairs whose next meeting lies beyond it will be called unscheduled: look further ahead"
        yield Problem(sections.at("job", "look_ahead"), what, remedy)


@dataclass(frozen=True, slots=True)
class _Folder:
    section: str
    key: str
    path: Path


def _calendar_folder(path: Path, where: str) -> Iterator[Problem]:
    if not path.exists():
        remedy = "make the folder, with a file <email>.ics for each person, or mend 'path'"
        yield Problem(where, f"there is no folder {path}", remedy)
    elif not path.is_dir():
        yield Problem(
            where, f"{path} is a file, a folder is wanted", "name the folder that holds the calendars"
        )
    elif not os.access(path, os.R_OK | os.X_OK):
        yield Problem(
            where, f"the folder {path} may not be read", "give the user of this program the right to read it"
        )


def _given(sections: Sections, name: str) -> dict[str, Any]:
    section = sections.found.get(name)
    return section.given if section else {}
