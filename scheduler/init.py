"""The config that `onetoone init` writes."""

from pathlib import Path
from typing import NamedTuple

from scheduler.errors import Problem, WriteFailed
from scheduler.files import replace_file, write_trouble
from scheduler.shipped import SHIPPED, default_file


class Initialised(NamedTuple):
    """Which files were written, and which stood there already and were kept as they were."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def write_defaults(directory: Path) -> Initialised:
    """Write the commented defaults into a folder, which is made where there is none; overwrite nothing.

    Raises WriteFailed where the folder can't be written; files already written stay, and a second
    call writes the rest.
    """
    written: list[Path] = []
    kept: list[Path] = []
    for path in (directory / name for name in SHIPPED):
        try:
            directory.mkdir(parents=True, exist_ok=True)
            if path.is_symlink() or path.exists():
                kept.append(path)
                continue
            replace_file(path, default_file(path.name).encode())
        except OSError as error:
            unusual = (
                f"it can't be written ({error.strerror or error})",
                "choose a folder that you may write to",
            )
            raise WriteFailed(Problem(str(path), *write_trouble(error, unusual))) from error
        written.append(path)
    return Initialised(tuple(written), tuple(kept))
