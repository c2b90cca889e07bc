"""The commands and their options are those of INTERFACE.md, of the docs and of their own help."""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from scheduler.cli.main import app
from tests.acceptance.conftest import ROOT, called

LISTED_COMMANDS = (
    *(
        "init",
        "demo",
        "doctor",
        "report",
        "policy",
        "capacity",
        "slots",
        "plan",
        "apply",
        "run",
        "agenda",
        "export",
    ),
    *("auth login", "auth status", "auth logout"),
)
EVERYWHERE = {"--config", "--now", "--verbose", "--quiet"}


def test_the_commands_are_those_of_the_interface() -> None:
    """Sign-in to Google has three, below one name."""
    assert tuple(commands()) == LISTED_COMMANDS


def commands() -> dict[str, set[str]]:
    """Return the options of each command, as the program itself knows them."""
    return {
        name: {option for parameter in one.params for option in parameter.opts if option.startswith("--")}
        for name, one in _below(typer.main.get_command(app))
    }


def _below(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - typer makes its own of click's
    for name, one in group.commands.items():
        if hasattr(one, "commands"):
            yield from _below(one, f"{name} ")
        else:
            yield f"{before}{name}", one


def test_every_command_takes_the_common_options() -> None:
    """Config, clock, and how much is said."""
    for name, options in commands().items():
        assert options >= EVERYWHERE, name


def test_every_command_and_option_is_in_the_docs() -> None:
    """A user finds all of it in docs/commands.md, and the way to it in the README."""
    page = (ROOT / "docs" / "commands.md").read_text()
    for name, options in commands().items():
        assert f"`onetoone {name}" in page
        row = next(line for line in page.splitlines() if line.startswith(f"| `onetoone {name}"))
        for option in options - EVERYWHERE - {"--help"}:
            assert option in row, f"{name} {option}"
    assert all(option in page for option in EVERYWHERE)
    assert "docs/commands.md" in (ROOT / "README.md").read_text()


def test_the_readme_names_no_command_that_is_not_there() -> None:
    """Nor an option."""
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for name, rest in re.findall(r"^onetoone ((?:auth )?\w+)(.*)$", page.read_text(), re.MULTILINE):
            assert name in commands(), page
            named = set(re.findall(r"--[a-z-]+", rest.partition("#")[0]))
            assert named <= commands()[name], page


@pytest.mark.parametrize("name", LISTED_COMMANDS)
def test_each_command_explains_itself(name: str) -> None:
    """`--help` shows what it takes, on standard output, within the terminal's width."""
    done = called(*name.split(), "--help", now=None)
    assert done.code == 0
    assert done.err == ""
    assert all(option in done.out for option in commands()[name])
    assert max(map(len, done.out.splitlines())) <= 80


def test_help_loads_nothing_that_is_slow() -> None:
    """It is what people wait for most often; the rooms and their libraries come when they are needed."""
    slow = (
        "icalendar",
        "recurring_ical_events",
        "sqlalchemy",
        "alembic",
        "holidays",
        "pydantic",
        "jinja2",
        "google",
        "requests",
    )
    code = (
        "import sys, atexit\n"
        f"atexit.register(lambda: print('loaded:', [m for m in {slow!r} if m in sys.modules]))\n"
        "from scheduler.cli.main import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] == "loaded: []"
