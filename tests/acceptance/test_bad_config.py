"""A config and a roster that cannot be used: every fault at once, with its line."""

from pathlib import Path

import pytest

from tests.acceptance.conftest import assert_clear, bytes_of, calendar_file, called, config, onetoone

HEADER = "email,name,manager,timezone,hours,start_date,end_date,cadence,country,calendar,aliases"
FAULTY_ROSTER = f"""{HEADER}
ann@example.com,Ann,cat@example.com
bo@example.com,Bo,ann@example.com,Europe/Berlinn,Mon-Fri 9-17:30
cat@example.com,Cat,bo@example.com
di@example.com,Di,nobody@example.com,,,2026-12-01,2026-11-01
bo@example.com,Bo again,ann@example.com
ed@example.com,Ed,ed@example.com,,,03/04/2026,,sometimes,XX
,No Email,ann@example.com
not-an-address,Fay,ann@example.com
gus@example.com,Gus,ann@example.com,,,,,,,ftp:server,ann@example.com
"""
ROSTER_FAULTS = (
    (2, "these people manage one another"),
    (3, "'Europe/Berlinn' is not a time zone; did you mean 'Europe/Berlin'?"),
    (3, "'Mon-Fri 9-17:30' is not a stretch of working hours"),
    (5, "start_date 2026-12-01 is after end_date 2026-11-01"),
    (5, "the manager 'nobody@example.com' is not on the roster"),
    (6, "bo@example.com is on the roster already, in line 3"),
    (7, "'03/04/2026' is not a date"),
    (7, "'sometimes' is not a cadence"),
    (7, "no public holidays are known for 'XX'"),
    (7, "ed@example.com is their own manager"),
    (8, "this row has no email"),
    (9, "'not-an-address' is not an email address"),
    (10, "'ftp:server' is not a place of a calendar"),
    (10, "the alias ann@example.com belongs to ann@example.com, in line 2"),
)
FAULTY_SETTINGS = """[calendars]
provider = "outlook"
path = "../calendars"

[cadence]
every = "fortnightly"
minutes = "thirty"
tolerence = 0.5

[jobs]
state = "../state"
"""
SETTINGS_FAULTS = ((2, "'provider'"), (6, "'every'"), (7, "'minutes'"), (8, "'tolerence'"), (10, "'jobs'"))


def test_every_fault_of_config_and_roster_is_told_at_once(office: Path) -> None:
    """Each with its file, its line, and what to write instead; nothing is read or written."""
    (office / "config" / "people.csv").write_text(FAULTY_ROSTER)
    (office / "config" / "onetoone.toml").write_text(FAULTY_SETTINGS)
    before = bytes_of(office)
    done = onetoone("run", *config(office))
    assert_clear(done, 2, *(what for _, what in (*ROSTER_FAULTS, *SETTINGS_FAULTS)))
    lines = done.err.splitlines()
    for name, faults in (("people.csv", ROSTER_FAULTS), ("onetoone.toml", SETTINGS_FAULTS)):
        for line, what in faults:
            assert any(f"{name}:{line}: " in one and what in one for one in lines), what
    count = len(ROSTER_FAULTS) + len(SETTINGS_FAULTS)
    assert lines[-1] == f"{count} problems; nothing was done."
    assert done.out == ""
    assert bytes_of(office) == before


@pytest.mark.parametrize("command", ["doctor", "report", "plan", "apply", "run", "export"])
def test_every_command_refuses_a_faulty_config(office: Path, command: str) -> None:
    """With the same sentence and exit code 2, and without touching a file."""
    path = office / "config" / "onetoone.toml"
    path.write_text("version = 99\n" + path.read_text())
    before = bytes_of(office)
    done = called(command, *config(office))
    assert_clear(done, 2, "onetoone.toml:1: this config is of version 99; this onetoone reads version 1")
    assert bytes_of(office) == before


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("people.csv", b"", "people.csv: there is nothing in it"),
        ("people.csv", b"email,name\n", "people.csv: there is nobody on the roster"),
        ("people.csv", b"name,manager\nAnn,\n", "people.csv:1: the first line has no column 'email'"),
        ("people.csv", b"PK\x03\x04\xff\xfe\x00", "people.csv"),
        ("onetoone.toml", b"[calendars\n", "onetoone.toml:1: this is not TOML"),
        ("onetoone.toml", b"\xff\xfe[\x00", "onetoone.toml"),
        ("openers.md", b"\xff\xfe", "openers.md: it can't be read (it is not UTF-8 text)"),
        ("agenda.md", b"# Agenda\n{% for one in %}\n", "agenda.md:2: the template does not work"),
        ("agenda.md", b"{{ nothing.such }}\n", "agenda.md:1: "),
    ],
)
def test_a_file_of_the_config_that_cannot_be_used_stops_the_run(
    office: Path, name: str, content: bytes, told: str
) -> None:
    """Before anything is created; the file is named with its folder."""
    (office / "config" / name).write_bytes(content)
    before = bytes_of(office)
    done = called("run", *config(office))
    assert_clear(done, 2, told)
    assert str(office / "config") in done.err
    assert {path: digest for path, digest in bytes_of(office).items() if "/state/" not in path} == before


def test_a_missing_config_names_the_command_that_makes_one(tmp_path: Path) -> None:
    """Where there is no folder, that is the one thing to say."""
    done = onetoone("report", "--config", tmp_path / "nowhere")
    assert_clear(done, 2, "there is no folder", "onetoone init")
    assert len(done.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_missing_calendar_folder_is_a_fault_of_the_config(office: Path) -> None:
    """And not an organisation in which nobody meets."""
    for who in ("ann", "bo"):
        calendar_file(office, who).unlink()
    (office / "calendars").rmdir()
    assert_clear(called("run", *config(office)), 2, "onetoone.toml:4: there is no folder")
    assert sorted(path.name for path in office.iterdir()) == ["config"]
