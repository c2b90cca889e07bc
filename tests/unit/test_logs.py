"""What is told while a command runs, and what never is."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from scheduler.logs import log_run, set_up_logs, tell

ROOM = logging.getLogger("scheduler.some.room")


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Leave the logs as they were, for other tests."""
    rooms = logging.getLogger("scheduler")
    handlers, level = rooms.handlers, rooms.level
    yield
    rooms.handlers, rooms.level = handlers, level
    structlog.reset_defaults()


def break_something() -> None:
    """Fail with words of a person's calendar in the message, and log it as the rooms do."""
    try:
        int("Talk about Bo's promotion")
    except ValueError:
        ROOM.debug("the calendar of %s can't be read", "ann@example.com", exc_info=True)


def test_where_a_bug_happened_is_told_to_who_asks_and_not_what_was_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --verbose: the place in the code and the class of the error; its message may quote a calendar."""
    monkeypatch.delenv("ONETOONE_LOG", raising=False)
    set_up_logs(verbose=True)
    break_something()
    told = capsys.readouterr().err
    assert told.startswith("the calendar of ann@example.com can't be read: ValueError\n")
    assert "in break_something" in told
    assert not told.count("invalid literal")


@pytest.mark.parametrize("log", ["", "json"])
def test_without_verbose_nothing_of_it_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, log: str
) -> None:
    """The problem or the outcome says it already."""
    monkeypatch.setenv("ONETOONE_LOG", log)
    set_up_logs()
    break_something()
    ROOM.warning("something less")
    assert capsys.readouterr().err == ""


def test_machines_get_one_object_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trace of many lines is one of them."""
    monkeypatch.setenv("ONETOONE_LOG", "JSON")
    set_up_logs(verbose=True)
    break_something()
    tell("12 pairs")
    tell("")
    log_run({"pairs": 12, "overdue": 1}, {"done": 2}, ["a.ics:7: broken"])
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["said", "said", "problem", "run finished"]
    assert lines[0]["level"] == "error"
    assert "break_something" in lines[0]["said"]
    assert (lines[3]["pairs_pairs"], lines[3]["pairs_overdue"], lines[3]["done"]) == (12, 1, 2)
