"""`onetoone capacity` as it is called: what it shows, what it leaves with, and that it writes nothing."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from scheduler.cli import main as cli

NOW = "2026-11-23T09:00:00+00:00"
TOML = (
    '[calendars]\nprovider = "folder"\npath = "../calendars"\n[cadence]\nevery = "2 weeks"\nminutes = 30\n'
    '[roster]\ntimezone = "Europe/London"\n'
)
PEOPLE = ("ann,", "bo,ann@example.com", "cy,ann@example.com", "di,bo@example.com", "eve,bo@example.com")
EMPTY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{}END:VCALENDAR\r\n"
SERIES = (
    "BEGIN:VEVENT\r\nUID:bos\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/London:20260901T100000\r\n"
    "DURATION:PT1H\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:Secret plans\r\nORGANIZER:mailto:ann@example.com\r\n"
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@example.com\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@example.com\r\n"
    "END:VEVENT\r\n"
)
Called = Callable[..., tuple[int | str | None, str, str]]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Make an office of five: Ann over Bo and Cy, Bo over Di and Eve; Ann and Bo meet every week for an hour."""
    (tmp_path / "config").mkdir()
    (tmp_path / "calendars").mkdir()
    (tmp_path / "config" / "onetoone.toml").write_text(TOML)
    rows = [f"{who.partition(',')[0]}@example.com,{who.partition(',')[2]},Labs" for who in PEOPLE]
    (tmp_path / "config" / "people.csv").write_text("\n".join(["email,manager,Department", *rows]) + "\n")
    for who in ("ann", "bo", "cy", "di", "eve"):
        text = EMPTY.format(SERIES if who in {"ann", "bo"} else "")
        (tmp_path / "calendars" / f"{who}@example.com.ics").write_text(text, newline="")
    return tmp_path


@pytest.fixture
def called(office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Called:
    """Run the command; return its exit code, its data and what it said."""

    def call(*words: object) -> tuple[int | str | None, str, str]:
        monkeypatch.delenv("ONETOONE_LOG", raising=False)
        arguments = ["capacity", "--config", office / "config", *words, "--now", NOW]
        monkeypatch.setattr("sys.argv", ["onetoone", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        told = capsys.readouterr()
        return left.value.code, told.out, told.err

    return call


def _state(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in folder.rglob("*")
    }


def test_hours_now_under_the_policy_and_if(office: Path, called: Called) -> None:
    """An hour every week is planned; the policy asks for half an hour every two weeks, of two people."""
    before = _state(office)
    code, out, _ = called("--format", "json", "--every", "1 week", "--minutes", "45")
    assert code == 0
    found = json.loads(out)
    by = {one["manager"]: one for one in found["managers"]}
    ann = by["ann@example.com"]
    assert found["what_if"] == {"every": "1 week", "minutes": 45}
    assert (ann["now"]["planned_hours"], ann["now"]["held_hours"]) == (1.0, 1.0)
    assert (ann["policy"]["hours"], ann["what_if"]["hours"]) == (0.5, 1.5)
    assert (ann["policy"]["fit"], ann["what_if"]["placed"]) == ("fits", 2)
    assert found["totals"]["difference"] == {
        "manager_hours": 2.0,
        "everybody_hours": 4.0,
        "from": "policy",
    }
    assert "Secret" not in out
    assert _state(office) == before, "nothing is written, no state, no lock"


@pytest.mark.parametrize("form", ["table", "json", "csv", "html", "markdown"])
def test_every_format_goes_to_a_file_as_it_goes_to_the_terminal(
    office: Path, called: Called, form: str
) -> None:
    """`--output` writes the same."""
    _, shown, _ = called("--format", form)
    code, out, _ = called("--format", form, "--output", office / "out")
    assert (code, out) == (0, "")
    assert (office / "out").read_bytes().decode().replace("\r\n", "\n") == shown.replace("\r\n", "\n")


def test_selections(called: Called) -> None:
    """One manager; a tree; a column."""

    def managers(*words: str) -> list[str]:
        return [one["manager"] for one in json.loads(called("--format", "json", *words)[1])["managers"]]

    assert managers("--manager", "bo@example.com") == ["bo@example.com"]
    assert sorted(managers("--under", "ann@example.com")) == ["ann@example.com", "bo@example.com"]
    assert sorted(managers("--where", "department=labs")) == ["ann@example.com", "bo@example.com"]


@pytest.mark.parametrize("form", ["table", "json", "csv", "html", "markdown"])
def test_a_calendar_that_cannot_be_read_leaves_with_four_and_is_named(
    office: Path, called: Called, form: str
) -> None:
    """In the data, or beside it where that has no place for it; the manager is unknown, the other is not."""
    (office / "calendars" / "cy@example.com.ics").write_text("no calendar")
    code, out, err = called("--format", form)
    assert code == 4
    assert "cy@example.com.ics" in "".join((out + err).replace("\\", "").split())
    if form == "json":
        fits = {one["manager"]: one["policy"]["fit"] for one in json.loads(out)["managers"]}
        assert fits == {"ann@example.com": "unknown", "bo@example.com": "fits"}


def test_nor_is_it_anybody_elses_trouble(office: Path, called: Called) -> None:
    """Of Bo's team everything is known."""
    (office / "calendars" / "cy@example.com.ics").write_text("no calendar")
    assert called("--manager", "bo@example.com")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--every", "weekly"), "--every: 'weekly' is not a cadence; write '1 week'"),
        (("--manager", "nobody@example.com"), "--manager: nobody on the roster"),
        (("--manager", "cy@example.com"), "nobody who is meant by it has reports"),
        (
            ("--where", "department=Sales"),
            "no manager has 'Sales' in the column 'department'; there are: 'Labs'",
        ),
        (("--where", "floor=3"), "its columns are email, manager and department"),
        (("--minutes", "3"), "--minutes"),
    ],
)
def test_wrong_usage_leaves_with_two(called: Called, words: tuple[str, ...], said: str) -> None:
    """Before any calendar is read."""
    code, out, err = called(*words)
    assert (code, out) == (2, "")
    assert said in " ".join(err.split())
