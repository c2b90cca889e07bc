"""What commands say, and leave with, where a calendar can't be read."""

import json
from pathlib import Path

import pytest

from scheduler.cli import main as cli

NOW = "2026-11-23T09:00:00+00:00"
TOML = '[calendars]\nprovider = "folder"\npath = "../calendars"\n[cadence]\nevery = "2 weeks"\nminutes = 30\n[roster]\ntimezone = "Europe/London"\n'
PEOPLE = "email,name,manager\nann@example.com,Ann,\nbo@example.com,Bo,ann@example.com\ncy@example.com,Cy,ann@example.com\n"
EMPTY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nEND:VCALENDAR\r\n"
BROKEN = "bo@example.com.ics"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Make an office of three in which one calendar is no calendar."""
    for name, text in (("config/onetoone.toml", TOML), ("config/people.csv", PEOPLE)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "calendars").mkdir()
    for who in ("ann", "cy"):
        (tmp_path / "calendars" / f"{who}@example.com.ics").write_text(EMPTY, newline="")
    (tmp_path / "calendars" / BROKEN).write_text("no calendar")
    return tmp_path / "config"


def called(monkeypatch: pytest.MonkeyPatch, *words: object) -> int | str | None:
    """Run the command and return its exit code."""
    monkeypatch.delenv("ONETOONE_LOG", raising=False)
    monkeypatch.setattr("sys.argv", ["onetoone", *map(str, words), "--now", NOW])
    with pytest.raises(SystemExit) as left:
        cli.main()
    return left.value.code


@pytest.mark.parametrize("command", ["plan", "apply", "run"])
@pytest.mark.parametrize("form", ["table", "json"])
def test_what_could_not_be_read_is_said_and_the_rest_done(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, form: str
) -> None:
    """Exit code 4; whoever reads only the plan or the JSON is told the file as well."""
    assert called(monkeypatch, command, "--config", config, "--format", form) == 4
    told = capsys.readouterr()
    assert BROKEN in "".join((told.err + told.out).split())  # a table breaks its lines
    if form == "json" or command != "run":
        assert BROKEN in told.err
    if form == "json":
        changed = [one for one in json.loads(told.out)["changes"] if one["kind"] == "create_series"]
        assert [one["report"] for one in changed] == ["cy@example.com"]


def test_an_agenda_of_a_pair_that_is_unknown_is_not_called_unplanned(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody knows whether they meet; where a calendar was read and holds nothing, nothing is planned."""
    assert called(monkeypatch, "agenda", "ann@example.com", "bo@example.com", "--config", config) == 4
    assert "whether a meeting is planned is not known" in capsys.readouterr().err
    assert called(monkeypatch, "agenda", "ann@example.com", "cy@example.com", "--config", config) == 2
    assert "no meeting of ann@example.com and cy@example.com is planned" in capsys.readouterr().err
