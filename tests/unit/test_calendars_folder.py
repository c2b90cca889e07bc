"""The folder of calendars: where a person's is, and how it is written without losing anything."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.calendars import safe_write
from scheduler.calendars.folder import FolderCalendar
from scheduler.calendars.interface import Written
from scheduler.calendars.read_ics import scan
from scheduler.errors import CalendarUnreadable, WriteFailed
from scheduler.people import CalendarSource, Person
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


def uids(root: Path, owner: Person = ANA) -> list[str]:
    """Return the UIDs in somebody's calendar."""
    return [each.uid for each in FolderCalendar(root).read(owner, WINDOW).occurrences]


def refusal(root: Path, owner: Person = ANA) -> str:
    """Return the sentence with which a calendar is refused."""
    with pytest.raises(CalendarUnreadable) as caught:
        FolderCalendar(root).read(owner, WINDOW)
    return str(caught.value)


def failure(act: Callable[[], Written]) -> str:
    """Return the sentence with which a write fails."""
    with pytest.raises(WriteFailed) as caught:
        act()
    return str(caught.value)


@pytest.mark.parametrize(
    "name", ["Ana@Example.COM.ics", "ana@example.com.ICS", "Ana@example.com/x.ics", "a.alias@example.com.ics"]
)
def test_a_calendar_is_found_by_any_address_in_any_case(tmp_path: Path, name: str) -> None:
    """As a file or a vdir, under the main address or an alias."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(ONE)
    owner = Person(
        **{field: getattr(ANA, field) for field in ANA.__slots__}
        | {"aliases": frozenset({"a.alias@example.com"})}
    )
    assert uids(tmp_path, owner) == ["u1"]


@pytest.mark.parametrize("name", ["own.ics", "own"])
def test_a_path_of_ones_own_goes_before_the_folder(tmp_path: Path, name: str) -> None:
    """The `calendar` column names the file or the vdir."""
    path = tmp_path / name
    item = path if path.suffix else path / "x.ics"
    item.parent.mkdir(exist_ok=True)
    item.write_text(ONE)
    assert uids(tmp_path / "elsewhere", person(address=str(path))) == ["u1"]


def test_file_and_vdir_of_one_person_are_one_calendar(folder: Path) -> None:
    """Both are read, the same event once, and a warning says so; what is new goes into the vdir."""
    (folder / ANA.email).mkdir()
    (folder / ANA.email / "u1.ics").write_text(ONE)
    (folder / ANA.email / "u2.ics").write_text(calendar(event(*TIMED, uid="u2")))
    reading = FolderCalendar(folder).read(ANA, WINDOW)
    assert [each.uid for each in reading.occurrences] == ["u1", "u2"]
    assert "read together" in reading.warnings[0].what
    FolderCalendar(folder).create(invitation(ANA, BO))
    assert (folder / ANA.email / f"{UID}.ics").exists()


def test_an_empty_vdir_is_an_empty_calendar(tmp_path: Path) -> None:
    """Hidden files, other files and folders in it are no items."""
    vdir = tmp_path / ANA.email
    vdir.mkdir()
    assert uids(tmp_path) == []
    for name in (".x.ics", "notes.txt"):
        (vdir / name).write_text("nothing")
    assert uids(tmp_path) == []


def test_a_broken_item_makes_the_vdir_unreadable(tmp_path: Path) -> None:
    """It may be the very meeting that is looked for."""
    (tmp_path / ANA.email).mkdir()
    (tmp_path / ANA.email / "a.ics").write_text(ONE)
    (tmp_path / ANA.email / "b.ics").write_bytes(b"")
    assert "b.ics: the file is empty" in refusal(tmp_path)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """No folder, no calendar in it, a wrong path, a dead link, something that is no file."""
    assert "the folder of calendars is not there" in refusal(tmp_path / "none")
    assert "no calendar of ana@example.com" in refusal(tmp_path)
    assert "no such file or folder" in refusal(tmp_path, person(address=str(tmp_path / "gone")))
    assert "there is no such file" in refusal(tmp_path, person(address=str(tmp_path / "gone.ics")))
    (tmp_path / f"{ANA.email}.ics").symlink_to(tmp_path / "gone.ics")
    assert "a link to a file that is not there" in refusal(tmp_path)
    os.mkfifo(tmp_path / f"{BO.email}.ics")
    assert "no plain file" in refusal(tmp_path, BO)


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (PermissionError(13, "Permission denied"), "may not be read"),
        (OSError(5, "Input/output error"), "Input/output"),
    ],
)
def test_what_the_system_refuses_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, what: str
) -> None:
    """Of the file, and of the folder."""

    def fail(_: Path) -> bytes:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", fail)
        assert what in refusal(folder)
        assert what in failure(lambda: FolderCalendar(folder).create(invitation(ANA, BO)))
    monkeypatch.setattr(Path, "iterdir", fail)
    assert what in refusal(folder)
    (folder / "vdir").mkdir()
    assert what in refusal(folder, person(address=str(folder / "vdir")))


def test_an_item_that_vanishes_while_listed_is_looked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A synchroniser at work is no fault; one that never rests is."""
    vdir = tmp_path / ANA.email
    vdir.mkdir()
    for name in ("a", "b"):
        (vdir / f"{name}.ics").write_text(calendar(event(*TIMED, uid=name)))
    first = Path.read_bytes

    def read(path: Path) -> bytes:
        (vdir / "b.ics").unlink(missing_ok=True)
        return first(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    assert uids(tmp_path) == ["a"]
    (vdir / "c.ics").symlink_to("nowhere")
    assert "a link to a file that is not there" in refusal(tmp_path)


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_other_byte_is_kept(tmp_path: Path, ends: str, codec: str) -> None:
    """What is inserted has the file's line ends and encoding; the rest is as it was, long and odd lines too."""
    odd = f"X-LONG:{'ä' * 200}\n x\nlower;case=1:x\nATTACH:data"
    text = calendar("X-OWN:1", event(*TIMED, odd), "BEGIN:X-C\nA:1\nEND:X-C").replace("\n", ends)
    path = tmp_path / f"{ANA.email}.ics"
    path.write_bytes(text.encode(codec))
    (tmp_path / f"{BO.email}.ics").write_text(ONE)
    FolderCalendar(tmp_path).create(invitation(ANA, BO))
    after = path.read_bytes().decode(codec)
    event_at = after.index(f"BEGIN:VEVENT{ends}UID:{UID}")
    event_end = after.index(f"END:VEVENT{ends}", event_at) + len(f"END:VEVENT{ends}")
    without = after[:event_at] + after[event_end:]
    zone_at, zone_end = (
        without.index("BEGIN:VTIMEZONE"),
        without.index("END:VTIMEZONE") + len(f"END:VTIMEZONE{ends}"),
    )
    assert without[:zone_at] + without[zone_end:] == text
    assert (codec == "utf-16") == path.read_bytes().startswith(b"\xff\xfe")
    assert UID in uids(tmp_path)


def test_bytes_that_are_no_text_are_kept(folder: Path) -> None:
    """A mis-encoded line of somebody else's event survives our write."""
    path = folder / f"{ANA.email}.ics"
    path.write_bytes(path.read_bytes().replace(b"END:VEVENT", b"X-A:J\xfcrgen\r\nEND:VEVENT"))
    FolderCalendar(folder).create(invitation(ANA, BO, summary="1-2-1: Łukasz / 田中"))
    assert b"X-A:J\xfcrgen\r\n" in path.read_bytes()
    assert "Łukasz / 田中".encode() in path.read_bytes()


def test_a_zone_is_defined_once(folder: Path) -> None:
    """A second series in the same zone brings no second VTIMEZONE; an empty calendar gets both in order."""
    calendars = FolderCalendar(folder)
    calendars.create(invitation(ANA, BO))
    calendars.create(invitation(ANA, BO, uid="second", key="k"))
    assert (folder / f"{ANA.email}.ics").read_bytes().count(b"BEGIN:VTIMEZONE") == 1
    (folder / f"{BO.email}.ics").write_text(calendar())
    calendars.create(invitation(ANA, BO, uid="third", key="k3"))
    data = (folder / f"{BO.email}.ics").read_bytes()
    assert data.index(b"END:VTIMEZONE") < data.index(b"BEGIN:VEVENT")


def test_an_edit_by_somebody_else_meanwhile_is_not_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change is worked out anew on what is there now; who never rests is told."""
    path = folder / f"{BO.email}.ics"
    edits = iter(range(1, 100))
    rests = [True]

    def edited_meanwhile(data: bytes, where: str) -> object:
        found = scan(data, where)
        number = next(edits)
        if where == str(path) and (number == 1 or not rests[0]):
            path.write_text(calendar(event(*TIMED, uid=f"meanwhile-{number}")))
        return found

    monkeypatch.setattr(safe_write, "scan", edited_meanwhile)
    assert FolderCalendar(folder).create(invitation(ANA, BO)) is Written.DONE
    assert {"meanwhile-1", UID} <= set(uids(folder, BO))
    rests[0] = False
    assert "keeps being changed" in failure(
        lambda: FolderCalendar(folder).create(invitation(ANA, BO, uid="2", key="2"))
    )


@pytest.mark.parametrize(
    ("number", "what"), [(28, "disk is full"), (30, "read-only"), (13, "permission"), (5, "EIO")]
)
def test_a_write_that_the_system_refuses_leaves_all_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, what: str
) -> None:
    """One sentence, the old bytes, no other file."""

    def fail(_path: Path, _data: bytes) -> None:
        raise OSError(number, "EIO")

    before = {path: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(safe_write, "replace_file", fail)
    assert what in failure(lambda: FolderCalendar(folder).create(invitation(ANA, BO)))
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_calendar_that_may_not_be_written_stops_before_the_first_write(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is invited by an organizer whose own calendar can't take the series."""
    before = (folder / f"{BO.email}.ics").read_bytes()
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != f"{ANA.email}.ics")
    assert "may not be written" in failure(lambda: FolderCalendar(folder).create(invitation(ANA, BO)))
    assert (folder / f"{BO.email}.ics").read_bytes() == before


def test_a_file_of_somebody_elses_in_the_vdir_is_not_overwritten(tmp_path: Path) -> None:
    """Though it has the name that our item would have."""
    (tmp_path / f"{BO.email}.ics").write_text(ONE)
    (tmp_path / ANA.email).mkdir()
    (tmp_path / ANA.email / f"{UID}.ics").write_text(ONE)
    assert "something else" in failure(lambda: FolderCalendar(tmp_path).create(invitation(ANA, BO)))
    assert (tmp_path / ANA.email / f"{UID}.ics").read_text() == ONE


def test_an_item_under_another_name_is_ours_all_the_same(tmp_path: Path) -> None:
    """Synchronisers give names of their own; odd UIDs make safe names."""
    for owner in (ANA, BO):
        (tmp_path / owner.email).mkdir()
    series = invitation(ANA, BO, uid="../odd / uid,with;all\\of it\u200f")
    calendars = FolderCalendar(tmp_path)
    assert calendars.create(series) is Written.DONE
    (item,) = (tmp_path / ANA.email).iterdir()
    item.rename(item.with_name("A1B2.ics"))
    assert calendars.create(series) is Written.ALREADY_SO
    assert calendars.end(ANA, BO, series.uid, AT, STAMP) is Written.DONE


def test_an_attendee_whose_calendar_is_elsewhere_gets_nothing_from_here(folder: Path) -> None:
    """Only the organizer's copy is ours to write."""
    far = Person(
        **{field: getattr(BO, field) for field in BO.__slots__} | {"calendar": CalendarSource("google")}
    )
    before = (folder / f"{BO.email}.ics").read_bytes()
    assert FolderCalendar(folder).create(invitation(ANA, far)) is Written.DONE
    assert FolderCalendar(folder).create(invitation(ANA, far)) is Written.ALREADY_SO
    assert (folder / f"{BO.email}.ics").read_bytes() == before
