"""Calendars that cannot be read, wholly or in part: what is told, and what it costs."""

import json
import re
from pathlib import Path

import pytest

from tests.acceptance.conftest import EMPTY, bytes_of, calendar_file, called, config, with_event


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
    "every second": (("DTSTART:20261124T100000Z", "RRULE:FREQ=SECONDLY"), "too often to be followed"),
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
