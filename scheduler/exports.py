"""Writing what a run leaves behind, the ICS export and report pages: only files that changed, each replaced whole."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.errors import Problem, WriteFailed
from scheduler.export.ics import build_export, names_about
from scheduler.export.series import exported_series
from scheduler.files import make_private_folder, replace_file, write_trouble
from scheduler.planning.noticing import noticed
from scheduler.planning.situation import Situation
from scheduler.state.store import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose files are wanted, by main address; everybody's where neither is named."""

    manager: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were asked for, those of them that were new or changed, and those that had to wait."""

    all: tuple[Path, ...] = ()
    changed: tuple[Path, ...] = ()
    kept: tuple[str, ...] = ()


def write_exports(known: Situation, into: Path, wanted: Wanted | None = None) -> Written:
    """Write a file a person and a file a pair into a folder, which is made where it is missing.

    What is about to be sent out is remembered first, so that no SEQUENCE is ever used for two contents. A
    file is never deleted: a cancelled series stays in it as cancelled. A person's no that was only just noticed
    counts. Raises WriteFailed.
    """
    known = known.with_memory(noticed(known).added_to(known.memory))
    series = exported_series(known.memory, known.roster, known.evidence)
    export = build_export(series, known.memory, known.now)
    chosen = (
        names_about(series, manager=wanted.manager, person=wanted.person)
        if wanted
        else {*export.files, *export.kept}
    )
    with Store(known.settings.job.state, known.now) as store:
        store.remember_exported(export.remembered)
    written = write_changed(into, {name: data for name, data in export.files.items() if name in chosen})
    return replace(written, kept=tuple(name for name in export.kept if name in chosen))


def write_changed(into: Path, files: Mapping[str, bytes]) -> Written:
    """Replace each file whose bytes differ; raise WriteFailed, with what was there still whole.

    They tell who meets whom, and who is away: a folder that is made for them is the owner's alone to enter.
    """
    changed: list[Path] = []
    for name, data in files.items():
        path = into / name
        try:
            if path.is_file() and path.read_bytes() == data:
                continue
            make_private_folder(into)
            path.parent.mkdir(exist_ok=True)
            replace_file(path, data)
        except OSError as error:
            unusual = (f"it can't be written ({error.strerror or error})", "look at the folder and its disk")
            raise WriteFailed(Problem(str(path), *write_trouble(error, unusual))) from error
        changed.append(path)
    return Written(tuple(into / name for name in files), tuple(changed))
