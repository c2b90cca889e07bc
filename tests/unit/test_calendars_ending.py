"""Ending our series, and writing to one that people have changed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.calendars import safe_write
from scheduler.calendars.folder import FolderCalendar
from scheduler.calendars.interface import Written
from scheduler.errors import WriteFailed
from scheduler.files import replace_file
from scheduler.meetings import EventStatus
from tests.unit.calendars_builders import STAMP, WINDOW, calendar, event, invitation, person

ANA, BO = person("ana@example.com"), person("bo@example.com")
UID = "1f0e-onetoone"
TIMED = ("DTSTART:20261124T100000Z", "DTEND:20261124T103000Z")
ONE = calendar(event(*TIMED))
AT = datetime(2026, 12, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a calendar of Ana and one of Bo."""
    for email in (ANA.email, BO.email):
        (tmp_path / f"{email}.ics").write_bytes(ONE.replace("\n", "\r\n").encode())
    return tmp_path


def failure(act: Callable[[], Written]) -> str:
    """Return the sentence with which a write fails."""
    with pytest.raises(WriteFailed) as caught:
        act()
    return str(caught.value)


def test_a_series_that_people_changed_is_ended_all_the_same(folder: Path) -> None:
    """Meetings moved past the end are cancelled, later ones taken out, earlier ones kept; COUNT gives way."""
    calendars = FolderCalendar(folder)
    calendars.create(invitation(ANA, BO, rrule="FREQ=WEEKLY;COUNT=20;BYDAY=TU"))
    path = folder / f"{ANA.email}.ics"
    moved = [
        _override("20261201T100000", "20261202T100000"),
        _override("20261208T100000", "20261217T100000"),
        _override("20261222T100000", "20261223T100000"),
    ]
    path.write_bytes(
        path.read_bytes().replace(b"END:VCALENDAR", "\r\n".join([*moved, "END:VCALENDAR"]).encode())
    )
    assert calendars.end(ANA, BO, UID, AT, STAMP + timedelta(hours=1)) is Written.DONE
    found = [each for each in calendars.read(ANA, WINDOW).occurrences if each.uid == UID]
    assert [(each.span.start.day, each.status) for each in found] == [
        (2, EventStatus.CONFIRMED),
        (17, EventStatus.CANCELLED),
    ]
    assert b"UNTIL=20261215T085959Z" in path.read_bytes()
    assert b"COUNT" not in path.read_bytes()
    assert calendars.end(ANA, BO, UID, AT, STAMP + timedelta(hours=2)) is Written.ALREADY_SO


def test_a_cancelled_series_keeps_no_overrides(folder: Path) -> None:
    """Ended before it began, nothing of it is left but that it is cancelled."""
    calendars = FolderCalendar(folder)
    calendars.create(invitation(ANA, BO))
    path = folder / f"{ANA.email}.ics"
    change = _override("20261208T100000", "20261209T100000")
    path.write_bytes(path.read_bytes().replace(b"END:VCALENDAR", f"{change}\r\nEND:VCALENDAR".encode()))
    assert calendars.end(ANA, BO, UID, STAMP, STAMP) is Written.DONE
    assert b"RECURRENCE-ID" not in path.read_bytes()


def test_a_series_that_cannot_be_ended_cleanly_is_left_whole(folder: Path) -> None:
    """People may have moved all that follows; then they are asked to end it."""
    calendars = FolderCalendar(folder)
    calendars.create(invitation(ANA, BO))
    path = folder / f"{ANA.email}.ics"
    change = _override("20261208T100000", "20261211T100000", ";RANGE=THISANDFUTURE")
    path.write_bytes(path.read_bytes().replace(b"END:VCALENDAR", f"{change}\r\nEND:VCALENDAR".encode()))
    before = path.read_bytes()
    at = datetime(2026, 12, 17, 9, 0, tzinfo=UTC)
    assert "can't be ended cleanly" in failure(lambda: calendars.end(ANA, BO, UID, at, STAMP))
    assert path.read_bytes() == before


def test_a_series_of_ours_that_is_broken_is_left_alone(folder: Path) -> None:
    """It says what is broken and who can mend it."""
    calendars = FolderCalendar(folder)
    calendars.create(invitation(ANA, BO))
    path = folder / f"{ANA.email}.ics"
    path.write_bytes(path.read_bytes().replace(b"STATUS:CONFIRMED", b"STATUS", 1))
    assert "is broken" in failure(lambda: calendars.attach(ANA, BO, UID, "https://docs.example.com/1", STAMP))


def test_a_missing_stamp_is_written_and_a_doubled_one_mended(folder: Path) -> None:
    """LAST-MODIFIED need not be there; of two lines of one name one is left."""
    calendars = FolderCalendar(folder)
    calendars.create(invitation(ANA, BO))
    path = folder / f"{ANA.email}.ics"
    path.write_bytes(path.read_bytes().replace(b"SEQUENCE:0\r\n", b"SEQUENCE:0\r\nSEQUENCE:0\r\n"))
    calendars.end(ANA, BO, UID, AT, STAMP)
    ours = path.read_bytes().partition(f"UID:{UID}".encode())[2]
    assert ours.count(b"SEQUENCE:") == 1
    assert path.read_bytes().count(b"LAST-MODIFIED:20261123T090000Z") == 1


def test_the_file_is_replaced_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every write goes through the one function that replaces files."""
    written: list[str] = []

    def note(path: Path, data: bytes) -> None:
        written.append(path.name)
        replace_file(path, data)

    monkeypatch.setattr(safe_write, "replace_file", note)
    FolderCalendar(folder).create(invitation(ANA, BO))
    assert written == [f"{BO.email}.ics", f"{ANA.email}.ics"]


def _override(named: str, start: str, parameters: str = "") -> str:
    lines = (
        "BEGIN:VEVENT",
        f"UID:{UID}",
        "DTSTAMP:20261201T000000Z",
        f"RECURRENCE-ID{parameters};TZID=Europe/Berlin:{named}",
        f"DTSTART;TZID=Europe/Berlin:{start}",
        "DURATION:PT30M",
        "X-ONETOONE-KEY:ana|bo|0",
        "END:VEVENT",
    )
    return "\r\n".join(lines)
