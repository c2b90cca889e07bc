"""Every command and format, as INTERFACE.md has them: exit codes, keys and their order, where the words go."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import pytest
import typer

from scheduler.cli.main import app
from scheduler.errors import Problem, WriteFailed
from scheduler.lock import single_run
from tests.acceptance.conftest import (
    EMPTY,
    NOW,
    PEOPLE,
    Done,
    bytes_of,
    calendar_file,
    called,
    onetoone,
    with_event,
)

ROOT = Path(__file__).parents[2]
LATER = "2026-12-14T09:00:00+00:00"
PAIR = ("ann@example.com", "bo@example.com")
LISTED_COMMANDS = ("init", "demo", "doctor", "report", "plan", "apply", "run", "agenda", "export")
EVERYWHERE = {"--config", "--now", "--verbose", "--quiet"}
REPORT_KEYS = ["version", "generated_at", "window", "pairs", "problems", "totals"]
PAIR_KEYS = [
    "manager",
    "report",
    "cadence",
    "status",
    "last_held",
    "next_planned",
    "days_since",
    "expected",
    "held",
    "coverage",
    "longest_gap_days",
    "reasons",
    "meetings",
]
MEETING_KEYS = ["start", "end", "outcome", "by"]
TOTALS_KEYS = ["pairs", "on_track", "at_risk", "overdue", "unscheduled", "paused", "unknown"]
PLAN_KEYS = ["version", "digest", "generated_at", "changes", "skipped"]
CHANGE_KEYS = [
    "id",
    "kind",
    "manager",
    "report",
    "start",
    "timezone",
    "rrule",
    "minutes",
    "reasons",
    "notifies",
]
SKIP_KEYS = ["manager", "report", "reason"]


def config(office: Path) -> tuple[str, Path]:
    """Return the option that names a config."""
    return "--config", office / "config"


def assert_keys(found: Mapping[str, object], named: list[str]) -> None:
    """Check that the keys of INTERFACE.md are there, in its order; others may stand between."""
    assert [key for key in found if key in named] == named


def times(value: object) -> Iterable[str]:
    """Yield every text in JSON that looks like a time."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from times(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from times(inner)
    elif isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        yield value


def add_people(office: Path, *rows: str) -> None:
    """Add rows to the roster, and an empty calendar for each."""
    with (office / "config" / "people.csv").open("a") as people:
        for row in rows:
            people.write(row + "\n")
            (office / "calendars" / f"{row.partition(',')[0]}.ics").write_text(EMPTY, newline="")


def test_the_commands_are_those_of_the_interface() -> None:
    """Sign-in to Google comes with Google."""
    assert tuple(commands()) == LISTED_COMMANDS


def commands() -> dict[str, set[str]]:
    """Return the options of each command, as the program itself knows them."""
    group = typer.main.get_command(app)
    return {
        name: {option for parameter in one.params for option in parameter.opts if option.startswith("--")}
        for name, one in group.commands.items()  # type: ignore[attr-defined] # the app is a group
    }


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
        for name, rest in re.findall(r"^onetoone (\w+)(.*)$", page.read_text(), re.MULTILINE):
            assert name in commands(), page
            named = set(re.findall(r"--[a-z-]+", rest.partition("#")[0]))
            assert named <= commands()[name], page


@pytest.mark.parametrize("name", LISTED_COMMANDS)
def test_each_command_explains_itself(name: str) -> None:
    """`--help` shows what it takes, on standard output, within the terminal's width."""
    done = called(name, "--help", now=None)
    assert done.code == 0
    assert done.err == ""
    assert all(option in done.out for option in commands()[name])
    assert max(map(len, done.out.splitlines())) <= 80


def test_help_loads_nothing_that_is_slow() -> None:
    """It is what people wait for most often; the rooms and their libraries come when they are needed."""
    slow = ("icalendar", "recurring_ical_events", "sqlalchemy", "alembic", "holidays", "pydantic", "jinja2")
    code = (
        "import sys, atexit\n"
        f"atexit.register(lambda: print('loaded:', [m for m in {slow!r} if m in sys.modules]))\n"
        "from scheduler.cli.main import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] == "loaded: []"


def test_a_report_as_json_has_the_keys_of_the_interface(finished_demo: tuple[Path, Done]) -> None:
    """In its order; times carry their offset; totals add up."""
    done = onetoone("report", *config(finished_demo[0]), "--format", "json")
    assert (done.code, done.err) == (0, "")
    report = json.loads(done.out)
    assert_keys(report, REPORT_KEYS)
    assert report["version"] == 1
    assert list(report["window"]) == ["from", "to"]
    assert list(report["totals"]) == TOTALS_KEYS
    assert report["totals"]["pairs"] == len(report["pairs"]) == sum(list(report["totals"].values())[1:])
    meetings = [meeting for pair in report["pairs"] for meeting in pair["meetings"]]
    for pair in report["pairs"]:
        assert_keys(pair, PAIR_KEYS)
    for meeting in meetings:
        assert_keys(meeting, MEETING_KEYS)
    assert {meeting["outcome"] for meeting in meetings} <= {
        "held",
        "planned",
        "cancelled",
        "declined",
        "moved",
    }
    assert all(datetime.fromisoformat(moment).tzinfo for moment in times(report))


def test_a_report_has_its_other_formats(finished_demo: tuple[Path, Done], tmp_path: Path) -> None:
    """A table, CSV, one page of HTML that loads nothing, Markdown; to a file where one is named."""
    shown = {
        form: called("report", *config(finished_demo[0]), "--format", form)
        for form in ("table", "csv", "html", "markdown")
    }
    assert {done.code for done in shown.values()} == {0}
    rows = list(csv.DictReader(io.StringIO(shown["csv"].out)))
    assert len(rows) == 30
    assert {"manager", "report", "status", "reasons"} <= rows[0].keys()
    assert shown["html"].out.lower().startswith("<!doctype html>")
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|@import|url\(""", shown["html"].out)
    assert shown["markdown"].out.startswith("# ")
    assert "1-2-1 gap report" in shown["table"].out
    file = tmp_path / "report.csv"
    silent = called("report", *config(finished_demo[0]), "-f", "csv", "-o", file)
    assert (silent.out, silent.err) == ("", "")
    assert file.read_bytes().decode() == shown["csv"].out


def test_a_report_of_one_manager_has_their_pairs_alone(finished_demo: tuple[Path, Done]) -> None:
    """By any of their addresses, in whatever case."""
    done = called(
        "report", *config(finished_demo[0]), "-f", "json", "--manager", "Aisha.Khan@lantern.example"
    )
    pairs = json.loads(done.out)["pairs"]
    assert pairs
    assert {pair["manager"] for pair in pairs} == {"aisha.khan@lantern.example"}


def test_check_tells_scripts_whether_somebody_is_off_cadence(office: Path) -> None:
    """3 while a pair is; 0 when none is; 4 where a calendar can't be read and nothing worse is known."""
    assert called("report", *config(office), "--check").code == 3
    assert called("report", *config(office)).code == 0
    assert called("run", *config(office)).code == 0
    assert called("report", *config(office), "--check").code == 0
    calendar_file(office, "bo").write_text("gone")
    assert called("report", *config(office), "--check").code == 4


def test_a_plan_as_json_has_the_keys_of_the_interface(office: Path) -> None:
    """Nothing is changed by it, and it is the same each time."""
    add_people(office, "cy@example.com,Cy,ann@example.com,Asia/Tokyo,Mon-Fri 09:00-17:00")
    before = bytes_of(office)
    done = called("plan", *config(office), "--format", "json")
    assert (done.code, done.err) == (0, "")
    plan = json.loads(done.out)
    assert_keys(plan, PLAN_KEYS)
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", plan["digest"])
    assert [one["kind"] for one in plan["changes"]] == ["create_series", "write_agenda"]
    for change in plan["changes"]:
        assert_keys(change, CHANGE_KEYS)
        assert change["reasons"]
    created = plan["changes"][0]
    assert created["rrule"].startswith("FREQ=WEEKLY;INTERVAL=2;BYDAY=")
    assert created["timezone"] == "Europe/London"
    assert created["notifies"] == ["bo@example.com"]
    assert [one["report"] for one in plan["skipped"]] == ["cy@example.com"]
    for skip in plan["skipped"]:
        assert_keys(skip, SKIP_KEYS)
    assert all(datetime.fromisoformat(moment).tzinfo for moment in times(plan))
    assert called("plan", *config(office), "--format", "json").out == done.out
    assert bytes_of(office) == before
    assert "New series" in called("plan", *config(office)).out
    assert called("plan", *config(office), "-f", "markdown").out.startswith("# 1-2-1 plan")


@pytest.mark.parametrize("command", ["apply", "run"])
def test_what_became_of_a_plan_is_the_same_list_with_outcomes(office: Path, command: str) -> None:
    """As JSON on standard output; a second time the list is empty."""
    plan = json.loads(called("plan", *config(office), "--format", "json").out)
    done = called(command, *config(office), "--format", "json")
    assert done.code == 0, done.err
    result = json.loads(done.out)
    assert_keys(result, PLAN_KEYS)
    for change in result["changes"]:
        assert_keys(change, [*CHANGE_KEYS, "outcome", "reason"])
        assert change["outcome"] == "done"
    bare = [
        {k: v for k, v in change.items() if k not in {"outcome", "reason"}} for change in result["changes"]
    ]
    assert bare == plan["changes"]
    assert result["digest"] == plan["digest"]
    before = bytes_of(office)
    assert json.loads(called(command, *config(office), "--format", "json").out)["changes"] == []
    assert bytes_of(office) == before


def saved(office: Path, now: str = NOW) -> Path:
    """Save a plan, as one that is to be approved."""
    path = office / "plan.json"
    assert called("plan", *config(office), "-f", "json", "-o", path, now=now).code == 0
    return path


def test_a_saved_plan_is_applied(office: Path) -> None:
    """By the real command; it says what it did."""
    path = saved(office)
    done = onetoone("apply", path, *config(office))
    assert done.code == 0, done.err
    assert "2 changes done" in done.out
    assert b"X-ONETOONE-KEY" in calendar_file(office, "bo").read_bytes()


def test_a_saved_plan_holds_a_little_later(office: Path) -> None:
    """What it would do is still the same; approval takes its time."""
    path = saved(office)
    done = called("apply", path, *config(office), now="2026-11-23T11:30:00+00:00")
    assert done.code == 0, done.err


def test_an_edited_plan_is_refused(office: Path) -> None:
    """Exit code 5, and nothing was changed."""
    path = saved(office)
    path.write_text(path.read_text().replace('"minutes": 30', '"minutes": 60'))
    before = bytes_of(office)
    done = called("apply", path, *config(office))
    assert done.code == 5
    assert "its changes were altered after it was made" in done.err
    assert bytes_of(office) == before


def test_an_outdated_plan_is_refused(office: Path) -> None:
    """Where a calendar has changed so that another plan would be made now; it says how many differ."""
    path = saved(office)
    start = json.loads(path.read_text())["changes"][0]["start"]
    taken = datetime.fromisoformat(start).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    busy = with_event("UID:a", f"DTSTART:{taken}", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=90")
    calendar_file(office, "bo").write_text(busy, newline="")
    before = bytes_of(office)
    done = called("apply", path, *config(office))
    assert done.code == 5
    assert "have moved on since it was made at 2026-11-23T09:00" in done.err
    assert re.search(r"of its changes: .*\d+ (new|different|no longer called for)", done.err)
    assert bytes_of(office) == before


def test_a_plan_that_time_has_passed_is_refused(office: Path) -> None:
    """Its first meeting would be too soon, or over."""
    path = saved(office)
    done = called("apply", path, *config(office), now=LATER)
    assert done.code == 5
    assert b"X-ONETOONE-KEY" not in calendar_file(office, "bo").read_bytes()


def grown(office: Path) -> None:
    """Give Ann six reports with a series each, and then lose five of them from the roster."""
    rows = [
        f"r{n}@example.com,R{n},ann@example.com,Europe/London,Mon-Fri 09:00-17:30,2026-01-01,"
        for n in range(5)
    ]
    people = office / "config" / "people.csv"
    header, *rest = PEOPLE.splitlines()
    people.write_text("\n".join([f"{header},start_date,end_date", *(f"{row},," for row in rest), ""]))
    add_people(office, *rows)
    assert called("run", *config(office)).code == 0
    people.write_text(people.read_text().replace("2026-01-01,", "2026-01-01,2026-11-27"))


def test_past_a_limit_nothing_is_done_but_the_numbers_are_said(office: Path) -> None:
    """`--yes-really` goes on."""
    grown(office)
    before = bytes_of(office)
    for command in (("run",), ("apply",)):
        done = called(*command, *config(office), now=LATER)
        assert done.code == 5, done.out
        assert "5 of the 6 series made so far would be ended or changed, and the limit is 3" in done.err
        assert "--yes-really" in done.err
        assert bytes_of(office) == before
    assert called("plan", *config(office), now=LATER).code == 0
    done = called("run", *config(office), "--yes-really", "--format", "json", now=LATER)
    assert done.code == 0, done.err
    kinds = [change["kind"] for change in json.loads(done.out)["changes"]]
    assert kinds.count("end_series") == 5
    left = calendar_file(office, "ann").read_text()
    assert left.count("UNTIL=") + left.count("STATUS:CANCELLED") == 5


def test_new_series_are_capped_and_the_rest_wait(office: Path) -> None:
    """The cap defers; it refuses nothing."""
    add_people(office, *(f"r{n}@example.com,R{n},ann@example.com,Europe/London" for n in range(3)))
    path = office / "config" / "onetoone.toml"
    path.write_text(path.read_text() + "\n[limits]\nnew_series = 3\n")
    counts = []
    for _ in range(3):
        done = called("run", *config(office), "--format", "json")
        assert done.code == 0, done.err
        counts.append([c["kind"] for c in json.loads(done.out)["changes"]].count("create_series"))
    assert counts == [3, 1, 0]


@pytest.mark.parametrize("command", ["run", "apply", "export"])
def test_a_second_run_at_the_same_time_is_told_so(office: Path, command: str) -> None:
    """Exit code 6, with whose run it is; reading commands need not wait."""
    with single_run(office / "state", datetime.fromisoformat(NOW)):
        before = bytes_of(office)
        done = called(command, *config(office))
        assert done.code == 6
        assert f"another run is under way (process {os.getpid()} since 2026-11-23T09:00:00" in done.err
        assert "wait until it has ended" in done.err
        assert called("report", *config(office)).code == 0
        assert called("plan", *config(office)).code == 0
        assert bytes_of(office) == before
    assert called(command, *config(office)).code == 0


def test_a_lock_that_was_left_behind_stops_nobody(office: Path) -> None:
    """It is the operating system's: a file alone holds nothing."""
    (office / "state").mkdir()
    (office / "state" / "onetoone.lock").write_text("process 1 since 2020-01-01T00:00:00+00:00\n")
    assert called("run", *config(office)).code == 0


def test_a_pipe_gets_plain_text_and_a_terminal_gets_colour(office: Path) -> None:
    """And NO_COLOR has the terminal plain too; the words are the same."""
    shown = {}
    for name, env in (("colour", {}), ("plain", {"NO_COLOR": "1"})):
        shown[name] = on_a_terminal("report", *config(office), env=env)
    piped = onetoone("report", *config(office), env={"NO_COLOR": ""}).out
    assert "\x1b[" in shown["colour"]
    assert "\x1b[3" not in shown["plain"]
    assert "\x1b" not in piped
    assert "1 unscheduled" in shown["colour"]
    assert "1 unscheduled" in piped


def on_a_terminal(*arguments: str | Path, env: dict[str, str]) -> str:
    """Run the command with a terminal for standard output and return what it shows."""
    ours, theirs = pty.openpty()
    code = "from scheduler.cli.main import main; main()"
    rest = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments), "--now", NOW],
        stdout=theirs,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**rest, "TERM": "xterm-256color", **env},
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end was closed
                break
            if not piece:
                break
            shown += piece
        os.close(ours)
        process.communicate()
    assert process.returncode == 0
    return shown.decode()


def test_a_reader_that_goes_away_is_no_failure(finished_demo: tuple[Path, Done]) -> None:
    """`onetoone report | head -1` ends well and says nothing."""
    code = "from scheduler.cli.main import main; main()"
    arguments = ("report", *map(str, config(finished_demo[0])), "--format", "html", "--now", NOW)
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
    assert (process.returncode, told) == (0, b"")


def test_data_goes_to_standard_output_and_the_rest_to_standard_error(office: Path) -> None:
    """A script that reads JSON meets nothing else; a warning of the config goes elsewhere."""
    (office / "config" / "people.csv").write_text(PEOPLE.replace("hours", "shoe_size"))
    done = called("report", *config(office), "--format", "json")
    assert json.loads(done.out)["version"] == 1
    assert "people.csv:1: the column 'shoe_size' is not read" in done.err
    assert called("report", *config(office), "--quiet").err == ""


def test_run_ends_with_one_summary_line(office: Path) -> None:
    """On standard error, also where it is to be quiet; nothing else is said then."""
    done = called("run", *config(office), "--quiet")
    assert (done.out, done.err) == ("", "1 pair: 1 at risk; 2 changes done\n")
    assert called("run", *config(office)).err == "1 pair: 1 at risk; nothing to change\n"


def test_logs_for_machines_are_json_and_keep_secrets(office: Path) -> None:
    """Each line of standard error is an object; no title, note or follow-up is in any of them."""
    secret = with_event("UID:a", "DTSTART:20261124T100000Z", "SUMMARY:Merger talks", "DESCRIPTION:hush")
    broken = secret.replace("DTSTART:20261124T100000Z", "DTSTART:soon")
    calendar_file(office, "bo").write_text(broken, newline="")
    done = onetoone("run", *config(office), env={"ONETOONE_LOG": "json"})
    lines = [json.loads(line) for line in done.err.splitlines()]
    assert [line["event"] for line in lines] == ["problem", "run finished"]
    assert all(line["level"] and line["timestamp"] for line in lines)
    assert (lines[-1]["pairs_pairs"], lines[-1]["done"]) == (1, 2)
    everything = done.err + done.out
    assert not {word for word in ("Merger", "hush") if word in everything}


@pytest.mark.parametrize("command", ["plan", "run", "export", "doctor"])
def test_what_goes_wrong_is_json_too_where_machines_read(office: Path, command: str) -> None:
    """Warnings and refusals included."""
    (office / "config" / "people.csv").write_text(PEOPLE.replace("hours", "shoe_size"))
    for text in (None, "version = 99\n"):
        path = office / "config" / "onetoone.toml"
        path.write_text((text or "") + path.read_text())
        done = called(command, *config(office), env={"ONETOONE_LOG": "json"})
        lines = [json.loads(line) for line in done.err.splitlines()]
        assert done.code == (2 if text else 0)
        if text:
            assert [line["level"] for line in lines] == ["error"]


def test_the_environment_names_a_config(office: Path) -> None:
    """`ONETOONE_CONFIG` stands in for `--config`, which comes first; the default is ./config."""
    env = {"ONETOONE_CONFIG": str(office / "config")}
    assert called("report", env=env).code == 0
    assert called("report", "--config", office / "elsewhere", env=env).code == 2
    assert onetoone("report", cwd=office).code == 0


def test_init_then_doctor_lead_to_a_first_plan(tmp_path: Path) -> None:
    """What init wrote, the doctor reads; what is missing it says, and when all is well what comes next."""
    done = called("init", tmp_path / "config")
    assert done.code == 0
    assert sorted(path.name for path in (tmp_path / "config").iterdir()) == [
        "agenda.md",
        "onetoone.toml",
        "openers.md",
        "people.csv",
    ]
    assert f"onetoone doctor --config {tmp_path / 'config'}" in done.err
    first = called("doctor", *config(tmp_path))
    assert first.code == 2
    assert "there is no folder" in first.err
    (tmp_path / "calendars").mkdir()
    assert called("doctor", *config(tmp_path)).code == 4
    for row in (tmp_path / "config" / "people.csv").read_text().splitlines()[1:]:
        (tmp_path / "calendars" / f"{row.partition(',')[0]}.ics").write_text(EMPTY, newline="")
    last = called("doctor", *config(tmp_path))
    assert last.code == 0, last.out
    assert "FAIL" not in last.out
    assert "note" not in last.out
    assert f"Next: onetoone plan --config {tmp_path / 'config'}" in last.out
    assert called("plan", *config(tmp_path)).code == 0


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    """What stands there is kept, and said."""
    (tmp_path / "people.csv").write_text("mine")
    done = called("init", "--config", tmp_path)
    assert done.code == 0
    assert "(it was there already)" in done.err
    assert (tmp_path / "people.csv").read_text() == "mine"
    before = bytes_of(tmp_path)
    assert called("init", tmp_path).code == 0
    assert bytes_of(tmp_path) == before


def test_the_agenda_of_the_next_meeting_is_shown(office: Path) -> None:
    """As Markdown, before and after it is written; looking at it writes nothing."""
    assert called("run", *config(office)).code == 0
    before = bytes_of(office)
    done = called("agenda", *PAIR, *config(office))
    assert done.code == 0, done.err
    for heading in ("Since last time", "Openers", "Theirs", "Heard, to come back to", "Follow-ups"):
        assert heading in done.out
    assert called("agenda", *PAIR, *config(office), now=LATER).code == 0
    assert bytes_of(office) == before
    called("agenda", *PAIR, *config(office), "-o", office / "agenda.md")
    assert (office / "agenda.md").read_text().strip() == done.out.strip()


def test_export_writes_files_a_person_and_a_pair(office: Path) -> None:
    """All of them, or those of a manager or a person; a second time nothing is new."""
    add_people(
        office,
        "cy@example.com,Cy,bo@example.com,Europe/London",
        "di@example.com,Di,ann@example.com,Europe/London",
    )
    assert called("run", *config(office)).code == 0

    def exported(*options: str) -> list[str]:
        into = office / "-".join(("out", *options))
        done = called("export", *config(office), "--output", into, *options)
        assert done.code == 0, done.err
        return sorted(str(path.relative_to(into)) for path in into.rglob("*.ics"))

    everything = exported()
    assert "people/ann@example.com.ics" in everything
    assert "pairs/bo@example.com--cy@example.com.ics" in everything
    assert len(everything) == 7
    of_manager = exported("--manager", "bo@example.com")
    assert "pairs/bo@example.com--cy@example.com.ics" in of_manager
    assert not [name for name in of_manager if "di@" in name or "ann@" in name]
    of_person = exported("--person", "di@example.com")
    assert "people/di@example.com.ics" in of_person
    assert not [name for name in of_person if "cy@" in name]
    again = called("export", *config(office), "--output", office / "out")
    assert again.err == "7 files in " + str(office / "out") + ", 0 of them new or changed.\n"


def test_quiet_names_what_failed(office: Path) -> None:
    """Cron's mail says which change failed and why, not only how many."""
    with mock.patch(
        "scheduler.calendars.folder.change_file", side_effect=WriteFailed(Problem("x.ics", "it is full"))
    ):
        done = called("run", *config(office), "--quiet")
        again = called("apply", *config(office), "--quiet")
    assert done.code == again.code == 4
    assert done.out == again.out == ""
    sentence = "ann@example.com and bo@example.com: create series failed: x.ics: it is full; the next run tries again"
    assert sentence in done.err
    assert sentence in again.err
