"""What a night costs: what did not change is not parsed again, and nothing is written where nothing is new."""

import os
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduler.calendars import file_work
from scheduler.calendars.places import path_bytes
from scheduler.timespans import Span
from tests.unit.calendars_builders import event
from tests.unit.mirror_builders import ANA, BO, STRANGERS, WINDOW, ZONE, World, count_scans, settled, weekly

_FILE = f"{ANA.email}.ics"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Give an empty folder and no mirror."""
    return World(tmp_path / "cals", tmp_path / "state")


@pytest.fixture
def scans(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the names of the files that are parsed for the mirror."""
    return count_scans(monkeypatch)


def seen(world: World) -> tuple[bytes, int, int]:
    """Return what shows that the mirror was written to."""
    told = world.path.stat()
    return world.path.read_bytes(), told.st_mtime_ns, told.st_ino


def vdir(world: World, count: int = 4) -> None:
    """Write a vdir with so many items, each with an event of its own."""
    for number in range(count):
        world.put(f"{ANA.email}/{number}.ics", weekly(uid=f"u{number}"))


@pytest.mark.parametrize("long_ago", [True, False], ids=["written long ago", "written just now"])
@pytest.mark.parametrize("many", [True, False], ids=["vdir", "file"])
def test_what_did_not_change_costs_no_parse_and_no_write(
    world: World, scans: list[str], monkeypatch: pytest.MonkeyPatch, *, long_ago: bool, many: bool
) -> None:
    """Also where the disk can't be believed yet, and through all that a run asks of the mirror."""
    if long_ago:
        settled(monkeypatch)
    if many:
        vdir(world)
    else:
        world.put(_FILE, weekly(), weekly(uid="other"))
    world.freshen()
    scans.clear()
    before = seen(world)
    world.freshen()
    world.check()
    world.read(about=[BO])
    assert not scans
    assert seen(world) == before
    assert sorted(path.name for path in world.state.iterdir()) == [world.path.name]


def test_a_file_that_was_touched_is_looked_at_and_left(
    world: World, scans: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its bytes are read once a look; they are not parsed, and nothing is written."""
    settled(monkeypatch)
    path = world.put(_FILE, weekly())
    world.read()
    before = seen(world)
    path.touch()
    scans.clear()
    reads: list[Path] = []

    def counted(each: Path) -> bytes:
        reads.append(each)
        return path_bytes(each)

    monkeypatch.setattr(file_work, "path_bytes", counted)
    world.read()
    assert (scans, reads) == ([], [path])
    assert seen(world) == before


def test_a_file_that_did_not_change_is_not_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the disk says of it is enough."""
    settled(monkeypatch)
    world.put(_FILE, weekly())
    world.read()
    monkeypatch.setattr(file_work, "path_bytes", lambda _: pytest.fail("it was read"))
    world.read()


def test_of_a_vdir_only_what_changed_is_parsed(
    world: World, scans: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what shares an event with it."""
    settled(monkeypatch)
    vdir(world, 6)
    world.read()
    scans.clear()
    world.put(f"{ANA.email}/2.ics", weekly("SEQUENCE:1", uid="u2"))
    world.check()
    assert scans == ["2.ics"]
    scans.clear()
    world.put(f"{ANA.email}/new.ics", event("DTSTART:20181010T100000Z", "SEQUENCE:4", uid="u5"))
    world.check()
    assert sorted(scans) == ["5.ics", "new.ics"]
    scans.clear()
    (world.root / ANA.email / "new.ics").unlink()
    world.check()
    assert scans == ["5.ics"]


@pytest.mark.parametrize("change", ["window", "zone", "program", "address"])
def test_whatever_a_reading_depends_on_makes_it_anew(
    world: World, scans: list[str], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """A window that moved on beyond the margin, the owner's zone, the program and its libraries, whose calendar it is."""
    settled(monkeypatch)
    world.put(_FILE, event("DTSTART:20181010T100000", f"ATTENDEE:mailto:{BO}"))
    world.read()
    scans.clear()
    window = WINDOW
    if change == "window":
        window = Span(WINDOW.start + timedelta(weeks=9), WINDOW.end + timedelta(weeks=9))
    elif change == "zone":
        world.owner = replace(ANA, tz=ZoneInfo("Europe/Berlin"))
    elif change == "program":
        monkeypatch.setattr("scheduler.calendars.mirrored.maker", lambda: "another")
    else:
        world.owner = replace(ANA, email="ana.b@example.com", aliases=ANA.addresses)
    world.check(window)
    assert scans == [_FILE]


def test_whoever_joins_the_roster_is_known_from_then_on(world: World, scans: list[str]) -> None:
    """Nothing is read anew for it: what is kept of an address tells it to whoever knows the address."""
    world.put(_FILE, weekly(who=STRANGERS[0]))
    world.read()
    scans.clear()
    world.known = (*world.known, STRANGERS[0].lower())
    world.check()
    world.owner = replace(ANA, aliases=ANA.aliases | {"ana@old.example"})
    world.check()
    assert not scans


def test_two_changes_that_look_alike_are_both_seen(world: World) -> None:
    """Size and time are the same; the disk was not believed, as the file had only just been written."""
    for hour in range(10, 60):
        path = world.put(_FILE, weekly().replace("T100000", f"T10{hour}00"))
        os.utime(path, ns=(1, 1))
        world.check()


def test_a_file_that_changes_while_it_is_looked_at_is_not_taken_for_what_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked at again; what is written down of it belongs to the bytes that were read."""
    settled(monkeypatch)
    one = world.put(f"{ANA.email}/one.ics", weekly(uid="u1"))
    world.put(f"{ANA.email}/two.ics", weekly(uid="u2"))
    world.read()
    older = one.read_bytes()
    world.put(f"{ANA.email}/two.ics", event("DTSTART:20181010T100000Z", uid="u1"))
    stamp_of = file_work.stamp_of

    def and_then(path: Path) -> str:
        found = stamp_of(path)
        if path.name == "two.ics":
            world.put(f"{ANA.email}/one.ics", weekly("SEQUENCE:7", uid="u1"))
        return found

    monkeypatch.setattr(file_work, "stamp_of", and_then)
    world.read()
    monkeypatch.setattr(file_work, "stamp_of", stamp_of)
    world.check()
    one.write_bytes(older)
    world.check()


def test_what_is_kept_names_nobody(world: World) -> None:
    """No title, description, place or name, and no address but the owner's own, by which the files are named."""
    words = ("SUMMARY:Secret title", "DESCRIPTION:secret text", "LOCATION:secret place")
    named = [f"ATTENDEE;CN=Secret Name:mailto:{each}" for each in (BO, *STRANGERS)]
    broken = event("DTSTART:secret eve@elsewhere.example", *words, *named, uid="broken")
    odd = event("DTSTART;TZID=Our own:20181010T100000", "RRULE:FREQ=DAILY", *words, *named, uid="odd")
    links = "ATTACH:https://docs.example/secret"
    world.put(_FILE, weekly(*words, *named, links), broken, odd, zones=ZONE)
    world.check()
    kept = world.path.read_bytes().lower()
    for told in (b"secret title", b"secret text", b"secret place", b"secret name", b"docs.example"):
        assert told not in kept
    for address in (BO, *map(str.lower, STRANGERS)):
        assert address.encode() not in kept
    assert stat.S_IMODE(world.path.stat().st_mode) == 0o600


def test_who_left_leaves_nothing(world: World) -> None:
    """Neither their address, nor what was in their calendar."""
    world.put(_FILE, weekly(uid="uid-of-ana"))
    world.read()
    assert b"uid-of-ana" in world.path.read_bytes()
    world.night()
    world.rows.keep_only([BO])
    world.file.close()
    kept = world.path.read_bytes()
    assert b"uid-of-ana" not in kept
    assert ANA.email.encode() not in kept
