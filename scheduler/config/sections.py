"""`onetoone.toml` as tables that were checked one by one, so that one bad table hides no other."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scheduler.config.key_lines import KeyLines
from scheduler.config.schema import REQUIRED, RULES, SECTIONS, TABLES, VERSION, Section
from scheduler.errors import Problem
from scheduler.wording import did_you_mean, fault_of, one_of, quoted

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Sections:
    """The tables without fault by name, every problem of the file, and where its keys stand."""

    found: Mapping[str, Section]
    problems: tuple[Problem, ...]
    where: str
    lines: KeyLines = field(default_factory=KeyLines)

    def at(self, *path: str) -> str:
        """Return the file and line of a key."""
        return f"{self.where}:{self.lines.line(path)}"


def read_sections(text: str, where: str, directory: Path) -> Sections:
    """Check the text of `onetoone.toml`; `where` names the file, relative paths start at `directory`."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Sections({}, (_syntax(error, where, text),), where)
    except (ValueError, RecursionError):
        problem = Problem(
            where, "a number in it is too long, or brackets are nested too deep", "write it plainly"
        )
        return Sections({}, (problem,), where)
    empty = Sections({}, (), where, KeyLines.of(text))
    version_problem = _version(document.pop("version", VERSION), empty)
    if version_problem:
        return Sections({}, (version_problem,), where, empty.lines)
    return _checked(document, empty, directory)


def _checked(document: Mapping[str, Any], empty: Sections, directory: Path) -> Sections:
    problems = [_unknown((name,), empty) for name in document if name not in SECTIONS]
    document = _written_out(document)
    found: dict[str, Section] = {}
    for name, model in SECTIONS.items():
        if name not in document and name in REQUIRED:
            problems.append(Problem(empty.where, f"there is no [{name}]", f"add {REQUIRED[name]}"))
            continue
        try:
            found[name] = model.model_validate(document.get(name, {}), context={"directory": directory})
        except ValidationError as error:
            problems += [_problem(name, fault, empty) for fault in error.errors(include_url=False)]
    problems.sort(
        key=lambda problem: int(problem.where.rpartition(":")[2] or 0) if ":" in problem.where else 0
    )
    return Sections(found, tuple(problems), empty.where, empty.lines)


def _written_out(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take `roster = "google"` for a table with that `source`."""
    roster = document.get("roster")
    return {**document, "roster": {"source": roster}} if isinstance(roster, str) else document


def _syntax(error: tomllib.TOMLDecodeError, where: str, text: str) -> Problem:
    place = _PLACE.search(str(error))
    what = _PLACE.sub("", str(error))
    what = what[:1].lower() + what[1:]
    if place is None or place["line"] is None:
        line, ending = text.rstrip().count("\n") + 1, ", and the file ends"
    else:
        line, ending = int(place["line"]), f" (column {place['column']})"
    remedy = "a line is `key = value`: text in double quotes, numbers without; each key once"
    return Problem(f"{where}:{line}", f"this is not TOML: {what}{ending}", remedy)


def _version(version: object, sections: Sections) -> Problem | None:
    where = sections.at("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        return Problem(
            where, f"'version' must be a whole number, not {quoted(version)}", f"write version = {VERSION}"
        )
    if version > VERSION:
        what = f"this config is of version {version}; this onetoone reads version {VERSION}"
        return Problem(where, what, "upgrade onetoone")
    return None


def _problem(section: str, fault: ErrorDetails, sections: Sections) -> Problem:
    path = (section, *(str(part) for part in fault["loc"]))
    match fault["type"]:
        case "missing":
            table = _table(path[:-1])
            remedy = f"add {REQUIRED[f'{table}.{path[-1]}']}"
            return Problem(sections.at(*path), f"{_header(table)} has no '{path[-1]}'", remedy)
        case "extra_forbidden":
            return _unknown(path, sections)
        case "value_error":
            found = fault_of(fault["ctx"]["error"])
            return Problem(sections.at(*path), f"'{path[-1]}' {_joined(found.what)}", found.remedy)
        case _ if _table(path[:2]) == RULES:
            what = f"'{path[1]}' must be tables, not {quoted(fault['input'])}"
            return Problem(sections.at(*path), what, f"write [[{RULES}]] above each rule, in double brackets")
        case _:
            section = _table(path)
            what = f"'{path[-1]}' must be a table, not {quoted(fault['input'])}"
            return Problem(
                sections.at(*path), what, f"write [{section}] on a line of its own, its keys below"
            )


def _table(path: Sequence[str]) -> str:
    """Return the name of the table that a path leads to: that of `("cadence", "rules", "1")` is `cadence.rules`."""
    return ".".join(part for part in path if not part.isdigit())


def _header(table: str) -> str:
    return f"[[{table}]]" if table == RULES else f"[{table}]"


def _joined(what: str) -> str:
    """Let a sentence that begins with the value itself follow the name of its key."""
    return what if what[:1].isalpha() else f"= {what}"


def _unknown(path: tuple[str, ...], sections: Sections) -> Problem:
    """Word an unknown key or table: the near name, else the table that it belongs in, else all names."""
    *above, name = path
    table = _table(above)
    choices = [*TABLES[table].key_names()] if table else [*SECTIONS, "version"]
    what = (
        f"{quoted(name)} is not a setting of {_header(table)}"
        if table
        else f"there is no table or key {quoted(name)}"
    )
    homes = [home for home, model in TABLES.items() if name in model.key_names()]
    remedy = did_you_mean(name, choices)
    if not remedy and homes:
        remedy = f"it belongs in {one_of([_header(home) for home in homes])}"
    return Problem(sections.at(*path), what, remedy or f"known here: {one_of(choices)}")
