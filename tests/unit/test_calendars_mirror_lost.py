"""Whatever becomes of the mirror, the reading is what is in the files; and what can't be read now is never given out."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from scheduler.calendars import mirrored as room
from scheduler.calendars.gather import read_everyone
from scheduler.errors import CalendarUnreadable
from scheduler.state import mirror_file
from scheduler.state.file_readings import FileReadings
from tests.unit.calendars_builders import event, person
from tests.unit.mirror_builders import (
    ANA,
    BO,
    WINDOW,
    ZONE,
    World,
    assert_alike,
    count_scans,
    settled,
    weekly,
)

_FILE = f"{ANA.email}.ics"
EXAMPLES = int(os.environ.get("ONETOONE_EXAMPLES", "40"))


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Give a calendar of two items, known to the mirror, whose files were written long ago."""
    settled(monkeypatch)
    found = World(tmp_path / "cals", tmp_path / "state")
    odd = event("DTSTART;TZID=Our own:20181010T100000", "RRULE:FREQ=DAILY", uid="odd")
    found.put(f"{ANA.email}/one.ics", weekly(), odd, zones=ZONE)
    found.put(f"{ANA.email}/two.ics", weekly(uid="u2"), event("DTSTART:whenever", uid="broken"))
    found.check()
    return found


def test_no_flipped_byte_changes_a_reading(world: World) -> None:
    """Any byte of the file, in any way: it is noticed, and mended by the night after."""
    whole = world.path.read_bytes()
    chance = random.Random(1)  # noqa: S311 - places to damage, no secret
    used = [at for at in range(len(whole)) if whole[at]]
    for place in chance.sample(used, min(EXAMPLES, len(used))):
        harmed = bytearray(whole)
        harmed[place] ^= chance.choice((1, 2, 4, 8, 16, 32, 64, 128, 255))
        world.path.write_bytes(harmed)
        world.freshen()
        world.check()
        world.check()


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE readings SET body = replace(body, '0', '1')",
        "UPDATE readings SET until = until + 1",
        "UPDATE readings SET since = 'long ago'",
        "UPDATE readings SET since = 999999999999999999",
        "UPDATE readings SET paths = 'elsewhere' WHERE paths LIKE '%one%'",
        "UPDATE readings SET paths = CAST(x'ff' AS TEXT) WHERE paths LIKE '%one%'",
        "UPDATE readings SET body = CAST(x'ff' AS TEXT)",
        "DELETE FROM readings WHERE paths LIKE '%one%'",
        "UPDATE files SET uids = NULL",
        "UPDATE files SET digest = ''",
        "DELETE FROM files WHERE path LIKE '%two%'",
        "DELETE FROM files; DELETE FROM readings",
        "UPDATE veil SET word = '00' || substr(word, 3)",
        "DELETE FROM veil",
        "DROP TABLE readings",
        "DROP TABLE files",
        "ALTER TABLE files RENAME COLUMN stamp TO stump",
        "PRAGMA user_version = 99",
    ],
)
def test_no_harm_changes_a_reading(world: World, monkeypatch: pytest.MonkeyPatch, harm: str) -> None:
    """Whatever is written into the database by somebody else is noticed, and mended by the night after."""
    with closing(sqlite3.connect(world.path)) as base:
        base.executescript(harm)
    world.check()
    scans = count_scans(monkeypatch)
    world.check()
    assert not scans


def test_what_is_of_another_calendar_is_not_taken_for_ones_own(world: World) -> None:
    """A row that stands under another's address is none."""
    with closing(sqlite3.connect(world.path)) as base:
        base.execute("UPDATE files SET calendar = ?", (BO,))
        base.execute("UPDATE readings SET calendar = ?", (BO,))
        base.commit()
    world.night()
    assert (world.rows.files(BO), world.rows.readings(BO)) == ({}, {})
    world.check()


@pytest.mark.parametrize("size", [0, 1, 100, 4096, 9000, -1])
def test_a_mirror_that_is_cut_short_costs_one_reading(
    world: World, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """The run that finds it makes it whole again."""
    with world.path.open("r+b") as file:
        file.truncate(size if size >= 0 else world.path.stat().st_size - 1)
    world.check()
    scans = count_scans(monkeypatch)
    world.check()
    assert not scans


def test_a_mirror_may_be_deleted_at_any_time(world: World) -> None:
    """Also while a run has it open, and together with its folder."""
    right = world.direct()
    world.night()
    assert_alike(world.mirrored.read(ANA, WINDOW), right)
    world.path.unlink()
    assert_alike(world.mirrored.read(ANA, WINDOW), right)
    world.file.close()
    assert_alike(world.mirrored.read(ANA, WINDOW), right)
    shutil.rmtree(world.state)
    world.file.close()
    assert_alike(world.mirrored.read(ANA, WINDOW), right)
    world.check()


def test_an_older_mirror_beside_newer_files_is_noticed(world: World) -> None:
    """As it is when a backup was restored; and newer beside older ones."""
    older, texts = world.path.read_bytes(), {p: p.read_bytes() for p in world.root.glob("*/*")}
    world.put(f"{ANA.email}/two.ics", weekly("STATUS:CANCELLED", uid="u2"))
    world.check()
    newer = world.path.read_bytes()
    world.path.write_bytes(older)
    world.check()
    world.path.write_bytes(newer)
    for path, text in texts.items():
        path.write_bytes(text)
    world.check()


def test_a_mirror_may_be_taken_along_to_another_machine(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files lie elsewhere there, or are copies: what is said of them names where they lie now."""
    other = World(tmp_path / "cals2", tmp_path / "state")
    shutil.copytree(world.root, other.root, dirs_exist_ok=True)
    other.check()
    shutil.rmtree(world.root)
    shutil.copytree(other.root, world.root)
    world.check()
    scans = count_scans(monkeypatch)
    world.check()
    assert not scans


def test_without_a_folder_for_it_none_is_made(world: World, tmp_path: Path) -> None:
    """A command that only looks leaves nothing behind."""
    state = tmp_path / "nowhere"
    file = mirror_file.MirrorFile(state, begins=False)
    found = room.MirroredFiles(FileReadings(file), world.known)
    world.mirrored._mirror = found  # noqa: SLF001 - a World makes the folder
    assert_alike(world.mirrored.read(ANA, WINDOW), world.direct())
    assert_alike(world.mirrored.read(ANA, WINDOW), world.direct())
    file.close()
    assert not state.exists()


@pytest.mark.parametrize("step", range(14))
def test_a_disk_that_gives_up_at_any_statement_changes_no_reading(
    world: World, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Full, broken or locked by somebody: it is read all the same, and nothing is half known after it."""
    opened = mirror_file._opened  # noqa: SLF001 - the file is opened as ever before it breaks
    left = [step]

    class Breaking(sqlite3.Connection):
        def execute(self, sql: str, parameters: object = (), /) -> sqlite3.Cursor:
            left[0] -= 1
            if left[0] == 0:
                msg = "database or disk is full"
                raise sqlite3.OperationalError(msg)
            return super().execute(sql, parameters)  # type: ignore[arg-type]  # passed on as it came

        def executemany(self, sql: str, parameters: object, /) -> sqlite3.Cursor:
            left[0] -= 1
            if left[0] == 0:
                msg = "disk I/O error"
                raise sqlite3.OperationalError(msg)
            return super().executemany(sql, parameters)  # type: ignore[arg-type]  # passed on as it came

    def breaking(path: Path, word: str) -> sqlite3.Connection:
        opened(path, word).close()
        return sqlite3.connect(path, check_same_thread=False, factory=Breaking)

    world.put(f"{ANA.email}/two.ics", weekly("STATUS:CANCELLED", uid="u2"))
    monkeypatch.setattr(mirror_file, "_opened", breaking)
    world.night()
    world.mirrored.freshen([ANA], WINDOW)
    world.file.store()
    for _ in range(2):
        assert_alike(world.mirrored.read(ANA, WINDOW), world.direct())
    world.file.close()
    monkeypatch.setattr(mirror_file, "_opened", opened)
    world.check()


def test_two_runs_at_once_read_the_same(world: World) -> None:
    """Each may write what it read while the other reads."""
    other = World(world.root, world.state)
    for number in range(5):
        world.put(f"{ANA.email}/two.ics", weekly(f"SEQUENCE:{number}", uid=f"u{number}"))
        right = world.direct()
        for one in (world, other):
            assert_alike(one.mirrored.read(ANA, WINDOW), right)
            one.file.store()
        assert_alike(world.mirrored.read(ANA, WINDOW), right)
    world.file.close()
    other.file.close()


@pytest.mark.parametrize("fault", ["cut short", "no file", "a folder", "unopenable"])
def test_what_cant_be_read_now_is_unreadable_each_night(
    world: World, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """What was known of it before is not given out in its place; once it can be read it is read again."""
    path = world.root / ANA.email / "two.ics"
    text = path.read_bytes()
    if fault == "cut short":
        path.write_bytes(text[:-20])
    elif fault == "unopenable":
        whole = os.open

        def refused(name: Path, *rest: int) -> int:
            if name == path:
                raise PermissionError
            return whole(name, *rest)

        monkeypatch.setattr(os, "open", refused)
        monkeypatch.setattr(Path, "read_bytes", refused)
    else:
        path.unlink()
        path.symlink_to(world.root / "nothing") if fault == "no file" else path.mkdir()
    for _ in range(2):
        world.freshen()
        with pytest.raises(CalendarUnreadable):
            world.read()
        world.night()
        found = read_everyone(_Gathered(world), [ANA], WINDOW)
        assert (list(found.readings), list(found.unreadable)) == ([], [ANA.email])
        world.file.close()
    if fault == "unopenable":
        monkeypatch.undo()
    elif fault == "a folder":
        path.rmdir()
    path.unlink(missing_ok=True)
    path.write_bytes(text)
    world.check()


class _Gathered:
    """The calendars of a world, as they are gathered."""

    threads = 1

    def __init__(self, world: World) -> None:
        self.read = world.mirrored.read

    def waits(self, _: object) -> bool:
        """Say no: these are files."""
        return False


def test_a_fault_of_ours_in_one_calendar_costs_that_one_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To look ahead at all of them stops at none."""
    world.put("bo@example.com.ics", weekly())

    def faulty(_: object) -> bool:
        raise LookupError

    monkeypatch.setattr(room, "is_known", faulty)
    heard: list[tuple[int, int]] = []
    world.mirrored.freshen([ANA, person(BO)], WINDOW, lambda *told: heard.append(told))
    assert heard[-1] == (2, 2)


_KILLED = """
import os, sqlite3, sys
from pathlib import Path
from scheduler.state import mirror_file
from scheduler.state.file_readings import FileReadings
from tests.unit.mirror_builders import ANA, WINDOW, World
opened = mirror_file._opened
left = [int(sys.argv[2])]
class Killing(sqlite3.Connection):
    def execute(self, *rest):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), 9)
        return super().execute(*rest)
    def executemany(self, *rest):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), 9)
        return super().executemany(*rest)
    def commit(self):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), 9)
        super().commit()
def killing(path):
    opened(path).close()
    return sqlite3.connect(path, check_same_thread=False, factory=Killing)
mirror_file._opened = killing
folder = Path(sys.argv[1])
world = World(folder / "cals", folder / "state")
world.freshen()
"""


@pytest.mark.parametrize("step", [1, 3, 5, 6, 7, 8])
def test_a_run_that_was_killed_leaves_a_mirror_that_is_right(world: World, step: int) -> None:
    """Wherever it was: what it had not stored is read by the next one."""
    world.put(f"{ANA.email}/two.ics", weekly("STATUS:CANCELLED", uid="u2"))
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", _KILLED, str(world.root.parent), str(step)]
    subprocess.run(command, env=environment, check=False, cwd=root)
    world.check()
