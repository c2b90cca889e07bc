"""The doctor's round: everything is looked at, whatever is wrong with the rest."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.checkup import Checked, check_up
from scheduler.config import load_config
from scheduler.job import Job

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SETTINGS = """
[calendars]
provider = "folder"
path = "../calendars"

[cadence]
every = "2 weeks"
minutes = 30
"""
PEOPLE = "email,name,manager,timezone\nann@example.com,Ann,,UTC\nbo@example.com,Bo,ann@example.com,UTC\n"
EMPTY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Give a config with two people, whose calendars are empty."""
    for name in ("config", "calendars"):
        (tmp_path / name).mkdir()
    (tmp_path / "config" / "onetoone.toml").write_text(SETTINGS)
    (tmp_path / "config" / "people.csv").write_text(PEOPLE)
    for who in ("ann", "bo"):
        (tmp_path / "calendars" / f"{who}@example.com.ics").write_text(EMPTY)
    return tmp_path


def checked(office: Path) -> dict[str, Checked]:
    """Return what the doctor looked at, by name."""
    job = Job(load_config(office / "config"), NOW, lambda _what, _done, _of: None)
    return {one.what: one for one in check_up(job)}


def test_nothing_is_wrong_with_the_least_that_works(office: Path) -> None:
    """The shipped openers and template included, and folders that are not made yet."""
    found = checked(office)
    assert [one.what for one in found.values() if not one.fine] == []
    assert list(found) == [
        "2 people on the roster",
        "state folder",
        "agenda folder",
        "export folder",
        "report folder",
        "what is remembered",
        "openers.md",
        "agenda.md",
        "2 of 2 calendars read",
        "events in them",
    ]


@pytest.mark.parametrize("name", ["openers.md", "agenda.md"])
def test_a_text_that_cannot_be_read_hides_nothing(office: Path, name: str) -> None:
    """It is grave, and the calendars are looked at all the same."""
    (office / "config" / name).write_bytes(b"\xff")
    found = checked(office)
    assert (found[name].fine, found[name].grave, found[name].exit_code) == (False, True, 2)
    assert found["2 of 2 calendars read"].fine


def test_a_template_that_does_not_work_is_grave_and_an_odd_question_is_not(office: Path) -> None:
    """Each is named with its folder and line."""
    (office / "config" / "openers.md").write_text("# Work\n\n- Don't you think that it went well?\n")
    (office / "config" / "agenda.md").write_text("# Agenda\n{{ such }}\n")
    found = checked(office)
    assert not found["openers.md"].grave
    assert not found["openers.md"].fine
    assert found["agenda.md"].grave
    assert found["agenda.md"].problems[0].where == f"{office / 'config' / 'agenda.md'}:2"


def test_a_damaged_memory_hides_no_calendar(office: Path) -> None:
    """Both are told, with the exit code of each."""
    (office / "state").mkdir()
    (office / "state" / "onetoone.sqlite3").write_bytes(b"garbage " * 100)
    (office / "calendars" / "bo@example.com.ics").write_text("gone")
    found = checked(office)
    assert (found["what is remembered"].fine, found["what is remembered"].exit_code) == (False, 2)
    read = found["1 of 2 calendars read"]
    assert (read.fine, read.exit_code) == (False, 4)


def test_a_folder_of_nobodys_calendars_is_one_problem(office: Path) -> None:
    """However many people are on the roster."""
    for path in (office / "calendars").iterdir():
        path.unlink()
    assert len(checked(office)["0 of 2 calendars read"].problems) == 1


def test_a_folder_below_a_file_cannot_be_made(office: Path) -> None:
    """It is said which file stands there."""
    path = office / "config" / "onetoone.toml"
    path.write_text(f'{SETTINGS}\n[job]\nstate = "{office}/config/people.csv/state"\n')
    assert "people.csv is a file, not a folder" in str(checked(office)["state folder"].problems[0])
