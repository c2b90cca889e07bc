"""What people get wrong, and what breaks beneath the program: a sentence each, the right exit code, nothing half-written."""

import errno
import json
import os
import re
import sqlite3
from pathlib import Path

import pytest

from tests.acceptance.conftest import (
    EMPTY,
    Done,
    by_next_night,
    bytes_of,
    calendar_file,
    called,
    onetoone,
    with_event,
)

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
SENTENCE = re.compile(r"\S.*: \S.*(?:; \S| must be '|, not ).*")


def assert_clear(done: Done, code: int, *fragments: str) -> None:
    """Check the exit code, and that each line on standard error says where, what, and what to do."""
    assert done.code == code, done.err
    assert "Traceback" not in done.err
    for fragment in fragments:
        assert fragment in done.err
    lines = [line for line in done.err.splitlines() if not line.endswith("; nothing was done.")]
    assert lines
    assert [line for line in lines if not SENTENCE.fullmatch(line)] == []


def config(office: Path) -> tuple[str, Path]:
    """Return the option that names the office's config."""
    return "--config", office / "config"


def add_settings(office: Path, text: str) -> None:
    """Add lines to the end of the settings."""
    path = office / "config" / "onetoone.toml"
    path.write_text(path.read_text() + text)


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


@pytest.mark.parametrize("command", ["report", "run", "doctor"])
def test_an_empty_calendar_folder_is_one_problem(office: Path, command: str) -> None:
    """Everybody is unknown, nobody is given a series, and the folder is named once."""
    for who in ("ann", "bo"):
        calendar_file(office, who).unlink()
    done = called(command, *config(office))
    told = " ".join((done.out + done.err).split())
    assert done.code == 4
    assert told.count("name them <email>.ics or <email>/, or correct `path` under [calendars]") == 1
    assert list((office / "calendars").iterdir()) == []
    assert command == "doctor" or "1 unknown" in told


UNREADABLE = {
    "zero bytes": (b"", "the file is empty (0 bytes)"),
    "no calendar": (b"<!DOCTYPE html><title>Sign in</title>", "there is no BEGIN:VCALENDAR in it"),
    "binary": (bytes(range(256)), "there is no BEGIN:VCALENDAR in it"),
    "cut after an event": (
        with_event("UID:a").replace("END:VCALENDAR", "").encode(),
        ":1: the file is cut short",
    ),
    "cut within an event": (with_event("UID:a").encode()[:-35], ":4: the file is cut short"),
    "another calendar's days": (
        EMPTY.replace("PRODID", "CALSCALE:HEBREW\r\nPRODID").encode(),
        "only GREGORIAN can be read",
    ),
}


@pytest.mark.parametrize(("content", "told"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_calendar_that_cannot_be_read_makes_its_pair_unknown(
    office: Path, content: bytes, told: str
) -> None:
    """It is not taken for an empty one: nothing is created, the file stays, and the exit code is 4."""
    calendar_file(office, "bo").write_bytes(content)
    before = bytes_of(office / "calendars")
    done = called("run", *config(office), "--quiet")
    assert done.code == 4
    assert told in done.err
    assert str(calendar_file(office, "bo")) in done.err
    assert done.err.splitlines()[-1].startswith("1 pair: 1 unknown; nothing to change")
    assert bytes_of(office / "calendars") == before


BROKEN_EVENTS = {
    "no start": (("SUMMARY:Secret",), "it has no start (DTSTART)"),
    "a start in words": (("DTSTART:next Wednesday",), "its DTSTART 'next Wednesday' is not a date or time"),
    "an unknown frequency": (
        ("DTSTART:20261124T100000Z", "RRULE:FREQ=SOMETIMES"),
        "its RRULE 'FREQ=SOMETIMES' has no FREQ that there is",
    ),
    "every second": (("DTSTART:20261124T100000Z", "RRULE:FREQ=SECONDLY"), "more often than hourly"),
    "an end before the start": (
        ("DTSTART:20261124T100000Z", "DTEND:20261124T090000Z"),
        "it ends before it starts",
    ),
    "an override of no moment": (
        ("DTSTART:20261124T100000Z", "RECURRENCE-ID:whenever"),
        "its RECURRENCE-ID 'whenever' is not a date or time",
    ),
    "the end of time": (("DTSTART:99990101T100000Z",), "its DTSTART lies in the year 9999"),
}


@pytest.mark.parametrize(("lines", "told"), BROKEN_EVENTS.values(), ids=BROKEN_EVENTS)
def test_a_broken_event_costs_itself_a_warning(office: Path, lines: tuple[str, ...], told: str) -> None:
    """With file, line and UID; the rest of the calendar is read, and the event's own bytes stay."""
    text = with_event("UID:broken-one", *lines)
    calendar_file(office, "bo").write_text(text, newline="")
    done = called("run", *config(office), "--quiet")
    assert done.code == 0, done.err
    problem, summary = done.err.splitlines()
    assert re.search(r"bo@example\.com\.ics:\d+: the event 'broken-one' can't be read: ", problem)
    assert told in problem
    assert "Secret" not in done.err + done.out
    assert summary.startswith("1 pair: 1 at risk; 2 changes done; 1 problem")
    after = calendar_file(office, "bo").read_bytes().decode()
    assert text[text.index("BEGIN:VEVENT") : text.index("END:VCALENDAR")] in after


ODD_LINES = {
    "unknown zone": (("UID:a", "DTSTART;TZID=Mars/Base:20261124T100000"), "the time zone 'Mars/Base'"),
    "no UID": (("DTSTART:20261124T100000Z",), "the event has no UID"),
    "Latin-1": (("UID:a", "DTSTART:20261124T100000Z", "SUMMARY:Café"), "not UTF-8; read as Windows-1252"),
    "a torn line": (("UID:a", "DTSTART:20261124T100000Z", "SUMMARY:and so", "on"), "is not iCalendar"),
    "no date to leave out": (
        ("UID:a", "DTSTART:20261124T100000Z", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:"),
        "without a date",
    ),
}


@pytest.mark.parametrize(("lines", "told"), ODD_LINES.values(), ids=ODD_LINES)
def test_an_odd_line_is_read_as_well_as_it_can_be(office: Path, lines: tuple[str, ...], told: str) -> None:
    """And said; the run goes on, and ends well."""
    text = with_event(*lines)
    calendar_file(office, "bo").write_bytes(text.encode("latin-1"))
    done = called("run", *config(office), "--quiet")
    assert done.code == 0, done.err
    assert told in done.err.splitlines()[0]
    assert (
        with_event(*lines).encode("latin-1").split(b"END:VCALENDAR")[0].split(b"BEGIN:VEVENT")[1]
        in calendar_file(office, "bo").read_bytes()
    )


@pytest.mark.parametrize("method", ["REPLY", "CANCEL"])
def test_a_series_is_seen_again_where_a_message_lies_in_place_of_a_calendar(
    office: Path, method: str
) -> None:
    """The new series goes into a calendar of its own in that file, not into the message."""
    message = with_event("UID:a", "DTSTART:20261124T100000Z").replace(
        "VERSION", f"METHOD:{method}\r\nVERSION"
    )
    calendar_file(office, "bo").write_text(message, newline="")
    assert called("run", *config(office), "--quiet").code == 0
    assert calendar_file(office, "bo").read_bytes().startswith(message.encode())
    again = called("run", *config(office), "--format", "json")
    assert json.loads(again.out)["changes"] == []
    report = json.loads((office / "reports" / "gap-report.json").read_text())
    assert [pair["status"] for pair in report["pairs"]] == ["at_risk"]


def test_one_unreadable_item_of_a_vdir_makes_the_person_unknown(office: Path) -> None:
    """It may be the very meeting that was looked for."""
    calendar_file(office, "bo").unlink()
    vdir = office / "calendars" / "bo@example.com"
    vdir.mkdir()
    (vdir / "good.ics").write_text(with_event("UID:a", "DTSTART:20261124T100000Z"), newline="")
    (vdir / "gone.ics").symlink_to(office / "nothing.ics")
    done = called("run", *config(office), "--quiet")
    assert done.code == 4
    assert "gone.ics: it is a link to a file that is not there" in done.err
    assert sorted(path.name for path in vdir.iterdir()) == ["gone.ics", "good.ics"]


def test_one_unreadable_calendar_does_not_cost_the_others(office: Path) -> None:
    """Their series are created all the same; the exit code says that something is missing."""
    with (office / "config" / "people.csv").open("a") as people:
        people.write("cy@example.com,Cy Cole,ann@example.com,Europe/Paris,Mon-Fri 09:00-17:00\n")
    calendar_file(office, "cy").write_text(EMPTY, newline="")
    calendar_file(office, "bo").write_text("gone")
    done = called("run", *config(office), "--format", "json")
    assert done.code == 4
    created = [one for one in json.loads(done.out)["changes"] if one["kind"] == "create_series"]
    assert [(one["report"], one["outcome"]) for one in created] == [("cy@example.com", "done")]
    assert calendar_file(office, "bo").read_text() == "gone"


@pytest.mark.parametrize(("folder", "code"), [("state", 4), ("agendas", 4), ("exports", 4), ("reports", 4)])
def test_a_folder_that_cannot_be_written_is_named(office: Path, folder: str, code: int) -> None:
    """With what to do; where it is the state, nothing at all was done."""
    add_settings(office, f'\n[job]\n{folder} = "/proc/onetoone/{folder}"\n')
    before = bytes_of(office / "calendars")
    done = called("run", *config(office), "--format", "json")
    assert done.code == code
    assert f"/proc/onetoone/{folder}" in done.err + done.out
    assert "Traceback" not in done.err
    if folder == "state":
        assert_clear(done, code)
        assert bytes_of(office / "calendars") == before


DATABASES = {
    "damaged": (b"garbage, not a database at all " * 40, "the database is damaged"),
    "another's": (None, "the database was not made by onetoone"),
}


@pytest.mark.parametrize(("content", "told"), DATABASES.values(), ids=DATABASES)
def test_a_memory_that_is_not_ours_is_left_alone(office: Path, content: bytes | None, told: str) -> None:
    """Without it a person's no is forgotten, so nothing is done."""
    path = office / "state" / "onetoone.sqlite3"
    path.parent.mkdir()
    if content is None:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE recipes (name)")
        connection.close()
    else:
        path.write_bytes(content)
    before = bytes_of(office)
    for command in ("run", "plan"):
        assert_clear(called(command, *config(office)), 2, f"{path}: {told}")
    assert bytes_of(office) == before


def test_a_memory_from_the_future_asks_for_an_upgrade(office: Path) -> None:
    """An older program could only lose what a newer one knows."""
    assert called("run", *config(office)).code == 0
    path = office / "state" / "onetoone.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
    connection.close()
    before = bytes_of(office)
    assert_clear(called("run", *config(office)), 2, "made by a newer onetoone", "upgrade onetoone")
    assert bytes_of(office) == before


WRONG_USAGE = {
    "no offset": (
        ("report", "--now", "2026-11-23T09:00:00"),
        "--now: '2026-11-23T09:00:00' is not a time with",
    ),
    "no time": (("plan", "--now", "tomorrow"), "--now: 'tomorrow' is not a time with an offset"),
    "unknown manager": (("report", "--manager", "zoe@example.com"), "nobody on the roster has the address"),
    "no manager": (("report", "--manager", "bo@example.com"), "bo@example.com has no reports on the roster"),
    "no pair": (
        ("agenda", "bo@example.com", "ann@example.com"),
        "name the manager first, then the report",
    ),
    "unknown report": (("agenda", "ann@example.com", "zoe@example.com"), "REPORT: nobody on the roster"),
    "no meeting": (("agenda", "ann@example.com", "bo@example.com"), "is planned; onetoone plan shows"),
    "unknown person": (("export", "--person", "zoe@example.com"), "--person: nobody on the roster"),
    "no plan": (("apply", "missing.json"), "missing.json: cannot be read (No such file or directory)"),
}


@pytest.mark.parametrize(("arguments", "told"), WRONG_USAGE.values(), ids=WRONG_USAGE)
def test_wrong_usage_is_one_sentence(office: Path, arguments: tuple[str, ...], told: str) -> None:
    """Exit code 2, and no file is touched."""
    before = bytes_of(office)
    clock = {"now": None} if "--now" in arguments else {}
    done = called(*arguments, *config(office), **clock)
    assert_clear(done, 2, told)
    assert done.out == ""
    assert bytes_of(office) == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "it is no plan"),
        ("[]", "it is no plan"),
        ("{}", "`version`: field required"),
        ('{"version": 2}', "it is a plan of version 2, and this onetoone reads version 1"),
        ('{"version": 1, "changes": [{}]}', "`changes.0.kind`: field required"),
    ],
)
def test_a_file_that_is_no_plan_is_not_applied(office: Path, content: str, told: str) -> None:
    """Every problem of it is said, with how to make a plan."""
    path = office / "plan.json"
    path.write_text(content)
    before = bytes_of(office)
    assert_clear(called("apply", path, *config(office)), 2, told, "onetoone plan --format json")
    assert bytes_of(office) == before


@pytest.mark.parametrize("command", ["report", "plan"])
def test_an_output_that_cannot_be_written_is_named(office: Path, command: str) -> None:
    """Whether its folder is missing or it is a folder itself."""
    before = bytes_of(office)
    for output in (Path("/proc/onetoone/out.json"), office / "missing" / "out.json", office / "config"):
        done = called(command, *config(office), "--format", "json", "--output", output)
        assert_clear(done, 4, f"{output}: cannot be written")
        assert done.out == ""
    assert bytes_of(office) == before


@pytest.mark.parametrize("size", [0, 400, 6000])
def test_a_full_disk_leaves_whole_files_and_the_next_run_finishes(office: Path, size: int) -> None:
    """Wherever it fills up: no file is cut, none is left beside, and nothing is created twice."""
    original = {}
    for who in ("ann", "bo"):
        text = with_event("UID:old", "DTSTART:20250101T100000Z", f"X-NOTE:{'x' * 3000}")
        calendar_file(office, who).write_text(text, newline="")
        original[who] = calendar_file(office, who).read_bytes()
    # no file of this process may grow past the size: what a full disk does, to one process alone
    small = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, -1))"
    # the measuring of coverage writes a file too, and would fail of its own
    done = onetoone(
        "run", *config(office), first=small, env={"COVERAGE_PROCESS_CONFIG": "", "COVERAGE_PROCESS_START": ""}
    )
    assert done.code == 4, done.err
    assert "Traceback" not in done.err
    assert_full_or_untouched(office, original)
    by_next_night(office)
    assert called("run", *config(office)).code == 0
    for who in ("ann", "bo"):
        whole = calendar_file(office, who).read_bytes()
        assert whole.count(b"X-ONETOONE-KEY") == 1
        assert whole.endswith(b"END:VCALENDAR\r\n")


def assert_full_or_untouched(office: Path, original: dict[str, bytes]) -> None:
    """Check that each calendar is as it was or whole, and that no half-written file lies anywhere."""
    for who, data in original.items():
        now = calendar_file(office, who).read_bytes()
        assert now == data or (b"X-ONETOONE-KEY" in now and now.endswith(b"END:VCALENDAR\r\n"))
    left = [path for path in office.rglob("*") if path.name.endswith(".new")]
    assert left == []


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "the disk is full; make room and run again"),
        (errno.EACCES, "it may not be written by this user"),
        (errno.EROFS, "it lies on a read-only disk"),
    ],
)
def test_a_calendar_that_cannot_be_written_fails_its_change_alone(
    office: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    """The outcome says why; the file is as it was; when the trouble is over the next run does it."""
    before = bytes_of(office / "calendars")

    def refuse(path: Path, data: bytes) -> None:  # noqa: ARG001 - as the real one is called
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr("scheduler.calendars.safe_write.replace_file", refuse)
        done = called("run", *config(office), "--format", "json")
    assert done.code == 4
    changes = json.loads(done.out)["changes"]
    assert changes[0]["outcome"] == "failed"
    assert told in changes[0]["reason"]
    assert {one["outcome"] for one in changes} == {"failed", "skipped"}
    assert bytes_of(office / "calendars") == before
    by_next_night(office)
    again = json.loads(called("run", *config(office), "--format", "json").out)["changes"]
    assert {one["outcome"] for one in again} == {"done"}


def test_a_bug_of_ours_is_one_line(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to do to see the trace, and `--verbose` does show it."""

    def broken(*_: object) -> None:
        msg = "no such\nthing"
        raise RuntimeError(msg)

    monkeypatch.setattr("scheduler.job.make_plan", broken)
    done = called("plan", *config(office))
    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert "RuntimeError: no such thing" in done.err
    assert "--verbose" in done.err
    assert "Traceback" in called("plan", *config(office), "--verbose").err


def test_all_that_is_wrong_is_seen_on_one_doctors_round(office: Path) -> None:
    """Openers, template, memory and calendars, each with its remedy, in one go."""
    (office / "config" / "openers.md").write_bytes(b"\xff\xfe")
    (office / "config" / "agenda.md").write_text("{% for one in %}")
    (office / "state").mkdir()
    (office / "state" / "onetoone.sqlite3").write_bytes(b"garbage " * 200)
    calendar_file(office, "bo").write_text("gone")
    done = called("doctor", *config(office))
    assert done.code == 2, done.err
    for told in ("openers.md: it can't be read", "the template does not work", "the database is damaged"):
        assert done.out.count(told) == 1
    assert "bo@example.com.ics: it is not a whole iCalendar file" in done.out
