"""A config whose roster is the Google Directory: when it is asked, and what is told where it can't be."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from scheduler.config import Config, load_config
from scheduler.errors import BadConfig, Problem
from scheduler.settings import Settings
from tests.unit.config_builders import LEAST, write_config
from tests.unit.directory_builders import ANN, BO, user

GOOGLE = '[google]\ncredentials = "../client.json"\n'
FROM_DIRECTORY = f'{LEAST}[roster]\nsource = "google"\ntimezone = "Europe/London"\n{GOOGLE}'
CLIENT = '{"installed": {"client_id": "i", "client_secret": "s", "auth_uri": "https://a.org", "token_uri": "https://a.org"}}'
Users = Callable[[Settings], Iterable[Mapping[str, Any]]]


def of(*users: dict[str, Any]) -> Users:
    """Return a Directory of these users."""
    return lambda _: users


def unasked(_: Settings) -> Iterable[Mapping[str, Any]]:
    """Stand for a Directory that must not be asked."""
    raise AssertionError


def out_of_reach(_: Settings) -> Iterable[Mapping[str, Any]]:
    """Stand for a Directory that can't be read."""
    raise BadConfig(Problem("Google Directory", "it is out of reach", "ask later"))


def loaded(root: Path, users: Users, toml: str = FROM_DIRECTORY, people: str | None = None) -> Config:
    """Load a config folder, without people.csv where no text of it is given."""
    config = write_config(root, toml, people or "")
    (root / "client.json").write_text(CLIENT)
    if people is None:
        (config / "people.csv").unlink()
    return load_config(config, users)


def faults(root: Path, users: Users, toml: str = FROM_DIRECTORY, people: str | None = None) -> list[str]:
    """Return the lines that a config folder is refused with, up to the remedy."""
    with pytest.raises(BadConfig) as refused:
        loaded(root, users, toml, people)
    shown = [str(problem).replace(f"{root}/config/", "") for problem in refused.value.problems]
    return [line.partition("; ")[0] for line in shown]


def test_the_roster_is_that_of_the_directory(tmp_path: Path) -> None:
    """A people.csv is not needed."""
    config = loaded(tmp_path, of(ANN, BO))
    assert config.roster.people["bo@example.com"].manager == "ann@example.com"
    assert str(config.roster.people["bo@example.com"].tz) == "Europe/London"
    assert config.warnings == ()


def test_the_short_form_means_the_same(tmp_path: Path) -> None:
    """`roster = "google"` stands above the tables; the timezones are then warned of."""
    config = loaded(tmp_path, of(ANN, BO), f'roster = "google"\n{LEAST}{GOOGLE}')
    assert set(config.roster.people) == {"ann@example.com", "bo@example.com"}
    assert [warning.where for warning in config.warnings] == ["Google Directory"]


def test_the_directory_is_given_the_settings(tmp_path: Path) -> None:
    """They say how Google is reached, and as whom."""
    asked: list[Settings] = []

    def users(settings: Settings) -> Iterable[Mapping[str, Any]]:
        asked.append(settings)
        return [ANN, BO]

    assert asked == [loaded(tmp_path, users).settings]


def test_a_people_csv_beside_it_is_laid_over(tmp_path: Path) -> None:
    """Its warnings are told with the Directory's, each with its place."""
    people = "email,manager,floor\ncy@agency.org,bo@example.com,3\n"
    config = loaded(tmp_path, of(ANN, BO, user("di@example.com", "Kim")), people=people)
    assert config.roster.people["cy@agency.org"].manager == "bo@example.com"
    assert [warning.where for warning in config.warnings] == [
        "Google Directory, di@example.com",
        f"{tmp_path}/config/people.csv:1",
    ]


def test_the_directory_is_not_asked_for_a_roster_in_a_file(tmp_path: Path) -> None:
    """Nor is anything of Google's loaded."""
    people = "email,manager\nann@example.com,\nbo@example.com,ann@example.com\n"
    assert loaded(tmp_path, unasked, LEAST, people).roster.people
    assert faults(tmp_path, unasked, LEAST) == ["people.csv: there is no such file"]


def test_the_directory_is_not_asked_while_the_settings_have_faults(tmp_path: Path) -> None:
    """What is wrong within the rows of the file is told with them; whom they name is not known yet."""
    people = "email,manager,timezone\ncy@agency.org,bo@example.com,X/Y\n"
    toml = FROM_DIRECTORY.replace("30", '"30"')
    assert [line.partition(": ")[0] for line in faults(tmp_path, unasked, toml, people)] == [
        "onetoone.toml:6",
        "people.csv:2",
    ]


def test_a_fault_in_its_own_table_does_not_ask_for_the_file(tmp_path: Path) -> None:
    """Where the roster comes from is not known then."""
    toml = FROM_DIRECTORY.replace("Europe/London", "X/Y")
    (line,) = faults(tmp_path, unasked, toml)
    assert line.startswith("onetoone.toml:9: 'timezone'")
    people = "email,manager\nann,\n"
    assert len(faults(tmp_path, unasked, toml, people)) == 2


def test_a_directory_that_cannot_be_read_is_told_with_the_faults_of_the_file(tmp_path: Path) -> None:
    """All at once, as ever."""
    assert faults(tmp_path, out_of_reach) == ["Google Directory: it is out of reach"]
    people = "email,manager,timezone\ncy@agency.org,bo@example.com,X/Y\n"
    assert faults(tmp_path, out_of_reach, people=people) == [
        "Google Directory: it is out of reach",
        "people.csv:2: timezone: 'X/Y' is not a time zone",
    ]


def test_a_file_that_cannot_be_read_is_told_with_the_faults_of_the_directory(tmp_path: Path) -> None:
    """A missing one is fine; one that is there is wanted."""
    config = write_config(tmp_path, FROM_DIRECTORY, "é".encode("latin-1"))
    (tmp_path / "client.json").write_text(CLIENT)
    with pytest.raises(BadConfig) as refused:
        load_config(config, of())
    assert [problem.what for problem in refused.value.problems] == [
        "the byte 0xe9 is not UTF-8",
        "it lists nobody who works here",
    ]


def test_who_reads_no_directory_says_so(tmp_path: Path) -> None:
    """Commands hand a way to it over; without one, the roster is to be a file."""
    loaded(tmp_path, of(ANN, BO))
    with pytest.raises(BadConfig, match="the roster is kept in the Google Directory, which is not read here"):
        load_config(tmp_path / "config")
