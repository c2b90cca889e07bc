"""A whole file."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from scheduler.ics.calendar import calendar_bytes
from scheduler.ics.event import invitation_lines
from tests.foreign import own_check
from tests.unit.ics_builders import NOW, invitation

BERLIN = ZoneInfo("Europe/Berlin")


def test_each_zone_stands_once_from_its_earliest_start() -> None:
    """Two series in one zone share a VTIMEZONE that holds for the elder one."""
    zones = [(BERLIN, NOW), (ZoneInfo("Asia/Tokyo"), NOW), (BERLIN, NOW - timedelta(days=800)), (BERLIN, NOW)]
    lines = calendar_bytes([], zones).decode().split("\r\n")
    assert [line for line in lines if line.startswith("TZID:")] == ["TZID:Asia/Tokyo", "TZID:Europe/Berlin"]
    assert "DTSTART:20230326T020000" in lines


def test_a_file_is_as_we_want_it() -> None:
    """What a reader would not complain about is right too."""
    given = invitation(summary="é" * 200)
    data = calendar_bytes([invitation_lines(given)], [(given.zone, given.start)], method="REQUEST")
    assert own_check.problems_of(data) == []
    assert data.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//onetoone//1-2-1s//EN\r\n")
    assert b"\r\nMETHOD:REQUEST\r\n" in data


def test_a_calendar_says_its_name_in_both_ways() -> None:
    """Old and new programs find the name; without one nothing is said, nor a method."""
    assert b"NAME:Ann\\, Bo\r\nX-WR-CALNAME:Ann\\, Bo\r\n" in calendar_bytes([], [], name="Ann, Bo")
    assert calendar_bytes([], []).count(b"\r\n") == 5
