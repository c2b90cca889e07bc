"""The files that come with the program: the commented config, the openers, the agenda's template."""

from importlib.resources import files
from pathlib import Path

SHIPPED = ("onetoone.toml", "people.csv", "openers.md", "agenda.md")


def default_file(name: str) -> str:
    """Return the text of one of the files in SHIPPED; KeyError for any other name.

    Installed, they lie inside the package; in a checkout, in its folder `config`.
    """
    if name not in SHIPPED:
        raise KeyError(name)
    package = files("scheduler")
    inside = package / "defaults" / name
    if inside.is_file():
        return inside.read_text(encoding="utf-8")
    return (Path(str(package)).parent / "config" / name).read_text(encoding="utf-8")
