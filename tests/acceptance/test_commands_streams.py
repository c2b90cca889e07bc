"""Where the words go: data, warnings and logs, to a terminal, a pipe or a machine."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from scheduler.errors import Problem, WriteFailed
from tests.acceptance.conftest import (
    NOW,
    PEOPLE,
    ROOT,
    Done,
    calendar_file,
    called,
    config,
    onetoone,
    with_event,
)


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
