"""The mirror: a cache that may be lost at any moment, and is never taken for what it is not."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.state import mirror_file as room
from scheduler.state.mirror import Mark, Mirror, MirrorLost, Row
from scheduler.state.mirror_file import FILE_NAME, MirrorFile

ANA, BO = "ana@example.com", "bo@example.com"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=90)
MARK = Mark("token-1", LONG_AGO, NOW, NOW)


def row(name: str, *people: str, series: str = "", ends: datetime | None = None) -> Row:
    """Return an event with these people in it; it matters for ever unless told until when."""
    return Row(name, series or name, ends, frozenset(people), {"id": name})


def told(mirror: Mirror, *rows: Row, calendar: str = ANA) -> Mirror:
    """Let the mirror hold these events."""
    mirror.replace(calendar, MARK, rows)
    return mirror


def ids(mirror: Mirror, calendar: str = ANA, *, since: datetime = LONG_AGO, about: str = "") -> list[str]:
    """Return which events a calendar has."""
    found = mirror.bodies(calendar, since, frozenset({about}) if about else None)
    return sorted(str(body["id"]) for body in found)


def changed(
    mirror: Mirror, rows: Iterable[Row] = (), gone: Iterable[str] = (), since: datetime = LONG_AGO
) -> None:
    """Let Ana's calendar have changed."""
    mirror.change(ANA, Mark("token-2", since, NOW, NOW), rows, gone)


def test_what_was_told_is_known_to_the_next_run(tmp_path: Path) -> None:
    """Events and marks outlive the process."""
    with Mirror(MirrorFile(tmp_path)) as mirror:
        told(mirror, row("one"))
    with Mirror(MirrorFile(tmp_path)) as mirror:
        assert ids(mirror) == ["one"]
        assert mirror.mark(ANA) == MARK


def test_a_calendar_of_which_nothing_is_known_is_not_an_empty_one(tmp_path: Path) -> None:
    """Nothing is answered for it, and no change of it is taken for the whole of it."""
    with Mirror(MirrorFile(tmp_path)) as mirror:
        assert mirror.mark(ANA) is None
        with pytest.raises(MirrorLost):
            ids(mirror)
        with pytest.raises(MirrorLost):
            mirror.ids_beginning(ANA, "onetoone")
        with pytest.raises(MirrorLost):
            changed(mirror, [row("one")])
        told(mirror)
        assert ids(mirror) == []


def test_a_change_adds_replaces_and_forgets(tmp_path: Path) -> None:
    """A series goes with its exceptions; what is long past goes, too; another calendar keeps its own."""
    with Mirror(MirrorFile(tmp_path)) as mirror:
        rows = [row("one"), row("two"), row("series"), row("series_1", series="series"), row("old", ends=NOW)]
        told(mirror, *rows)
        told(mirror, row("one"), calendar=BO)
        changed(mirror, [row("three")], ["one", "series"], NOW + timedelta(seconds=1))
        assert ids(mirror) == ["three", "two"]
        assert ids(mirror, BO) == ["one"]
        mark = mirror.mark(ANA)
        assert mark is not None
        assert mark.token == "token-2"  # noqa: S105 - a place in a calendar, no secret


def test_only_what_may_matter_is_handed_out(tmp_path: Path) -> None:
    """Not what had ended before, nor what concerns others; but a series whole if one of its dates concerns them."""
    with Mirror(MirrorFile(tmp_path)) as mirror:
        always = Row("leave", "leave", None, None, {"id": "leave"})
        team = row("team", "cy@example.com")
        date = row("team_1", BO, series="team")
        told(
            mirror,
            row("with-bo", BO),
            row("with-cy", "cy@example.com"),
            team,
            date,
            always,
            row("past", BO, ends=NOW),
        )
        assert ids(mirror, about=BO, since=NOW + timedelta(seconds=1)) == [
            "leave",
            "team",
            "team_1",
            "with-bo",
        ]
        assert "with-cy" in ids(mirror)
        assert "past" in ids(mirror, since=NOW)


def test_the_parts_of_a_series_are_found_by_how_their_ids_begin(tmp_path: Path) -> None:
    """Exceptions are no parts."""
    with Mirror(MirrorFile(tmp_path)) as mirror:
        told(mirror, row("a_R2"), row("a_R1"), row("a_1", series="a_R1"), row("a"), row("ab_R1"))
        assert mirror.ids_beginning(ANA, "a_R") == ["a_R1", "a_R2"]


def test_forgetting_a_calendar_forgets_it_alone(tmp_path: Path) -> None:
    """Its mark goes with its events."""
    with Mirror(MirrorFile(tmp_path)) as mirror:
        told(mirror, row("one"))
        told(mirror, row("two"), calendar=BO)
        mirror.forget(ANA)
        assert mirror.mark(ANA) is None
        assert ids(mirror, BO) == ["two"]


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Whoever else is on the machine reads nothing of it; nor of the folder, which is made for it."""
    with Mirror(MirrorFile(tmp_path / "state")) as mirror:
        told(mirror, row("one"))
    assert stat.S_IMODE((tmp_path / "state" / FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content", [b"nonsense " * 500, b"SQLite format 3\x00 and no more", b"", b"\x00" * 4096]
)
def test_a_file_that_is_no_mirror_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    """It costs one whole reading, and from then on it is kept."""
    (tmp_path / FILE_NAME).write_bytes(content)
    with Mirror(MirrorFile(tmp_path)) as mirror:
        assert mirror.mark(ANA) is None
        told(mirror, row("one"))
    with Mirror(MirrorFile(tmp_path)) as mirror:
        assert ids(mirror) == ["one"]


def test_a_mirror_of_another_version_is_begun_anew(tmp_path: Path) -> None:
    """What an older or a newer program wrote is not understood halfway."""
    with Mirror(MirrorFile(tmp_path)) as mirror:
        told(mirror, row("one"))
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as base:
        base.execute("PRAGMA user_version = 99")
    with Mirror(MirrorFile(tmp_path)) as mirror:
        assert mirror.mark(ANA) is None


def test_damage_that_shows_late_costs_one_reading_and_not_one_each_night(tmp_path: Path) -> None:
    """The events' pages are overwritten, the file's head is whole: the run goes on, and what it reads is kept again."""
    with Mirror(MirrorFile(tmp_path)) as mirror:
        told(mirror, *(row(f"event-{n:05}") for n in range(2000)))
    path = tmp_path / FILE_NAME
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * (size - 3 * 4096))
    with Mirror(MirrorFile(tmp_path)) as mirror:
        with pytest.raises(MirrorLost):
            ids(mirror)
        told(mirror, row("one"))
    with Mirror(MirrorFile(tmp_path)) as mirror:
        assert ids(mirror) == ["one"]


@pytest.mark.parametrize("harm", ["DROP TABLE events", "UPDATE events SET body = CAST(x'ff' AS TEXT)"])
def test_damage_that_is_found_twice_in_a_run_is_not_mended_twice(tmp_path: Path, harm: str) -> None:
    """The disk can't be trusted then: the run goes on without, and leaves no damaged file behind."""
    mirror = Mirror(MirrorFile(tmp_path))
    for _ in range(2):
        told(mirror, row("one"))
        mirror.store()
        with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
            other.execute(harm)
            other.commit()
        with pytest.raises(MirrorLost):
            ids(mirror)
    assert not (tmp_path / FILE_NAME).exists()
    told(mirror, row("two"))
    assert ids(mirror) == ["two"]
    mirror.close()
    with Mirror(MirrorFile(tmp_path)) as again:
        assert again.mark(ANA) is None


@pytest.mark.parametrize("harm", ["DELETE FROM veil", "UPDATE veil SET word = 'no such word'"])
def test_what_addresses_are_hidden_by_is_made_anew_where_it_is_damaged(tmp_path: Path, harm: str) -> None:
    """Nothing else in that file can be understood without it."""
    with MirrorFile(tmp_path) as file:
        before = file.secret()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.execute(harm)
        other.commit()
    with MirrorFile(tmp_path) as file:
        with pytest.raises(MirrorLost):
            file.secret()
        anew = file.secret()
        assert anew != before
    with MirrorFile(tmp_path) as file:
        assert file.secret() == anew


def test_what_is_deleted_is_gone_from_the_disk(tmp_path: Path) -> None:
    """Not only from what can be asked for: nothing of it can be dug out of the file."""
    with Mirror(MirrorFile(tmp_path)) as mirror:
        told(mirror, *(row(f"event-{n}", "leaver@example.com") for n in range(300)))
        told(mirror, row("one"), calendar=BO)
        mirror.store()
        assert b"leaver@" in (tmp_path / FILE_NAME).read_bytes()
        mirror.forget(ANA)
    assert b"leaver@" not in (tmp_path / FILE_NAME).read_bytes()


@pytest.mark.parametrize("place", ["a file", "a folder"])
def test_where_no_file_can_be_had_it_lives_for_one_run(tmp_path: Path, place: str) -> None:
    """A file stands where the folder should be, or a folder where the file should be."""
    root = tmp_path / "state"
    if place == "a file":
        root.write_text("")
    else:
        (root / FILE_NAME).mkdir(parents=True)
    with Mirror(MirrorFile(root)) as mirror:
        told(mirror, row("one"))
        mirror.close()
        assert ids(mirror) == ["one"]
    with Mirror(MirrorFile(root)) as mirror:
        assert mirror.mark(ANA) is None


def test_a_file_deleted_during_a_run_is_no_empty_calendar(tmp_path: Path) -> None:
    """It may be deleted at any time: what was known of it is asked for anew."""
    mirror = told(Mirror(MirrorFile(tmp_path)), row("one"))
    mirror.close()
    (tmp_path / FILE_NAME).unlink()
    with pytest.raises(MirrorLost):
        ids(mirror)
    with pytest.raises(MirrorLost):
        changed(mirror)
    told(mirror, row("one"))
    mirror.close()
    with Mirror(MirrorFile(tmp_path)) as again:
        assert ids(again) == ["one"]


class Full(sqlite3.Connection):
    """A database on a full disk: it takes everything, and can't store it."""

    def commit(self) -> None:
        """Roll back, as SQLite may when the disk is full."""
        self.rollback()
        msg = "database or disk is full"
        raise sqlite3.OperationalError(msg)


@pytest.mark.parametrize("stored", ["at the end", "in between"])
def test_what_a_full_disk_did_not_take_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stored: str
) -> None:
    """Neither as it was before nor as empty; and the run goes on without the disk."""
    with Mirror(MirrorFile(tmp_path)) as mirror:
        told(mirror, row("before"))
    if stored == "in between":
        monkeypatch.setattr(room, "_AT_ONCE", 1)
    full = sqlite3.connect(tmp_path / FILE_NAME, check_same_thread=False, factory=Full)
    monkeypatch.setattr(room, "_opened", lambda *_: full)
    mirror = Mirror(MirrorFile(tmp_path))
    told(mirror, row("now"))
    mirror.close()
    with pytest.raises(MirrorLost):
        ids(mirror)
    told(mirror, row("now"))
    assert ids(mirror) == ["now"]
    monkeypatch.undo()
    with Mirror(MirrorFile(tmp_path)) as again:
        assert ids(again) == ["before"]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    """A row that is broken costs the reading, not what is held."""

    def broken() -> Iterable[Row]:
        yield row("new")
        raise LookupError

    with Mirror(MirrorFile(tmp_path)) as mirror:
        told(mirror, row("one"))
        with pytest.raises(LookupError):
            mirror.replace(ANA, MARK, broken())
        with pytest.raises(LookupError):
            changed(mirror, broken(), ["one"])
        assert ids(mirror) == ["one"]


def test_many_threads_tell_and_ask_at_once(tmp_path: Path) -> None:
    """Each step is whole: nobody finds a calendar half told."""
    names = [f"p{n}@example.com" for n in range(60)]

    def work(name: str) -> list[list[str]]:
        found = []
        for _ in range(5):
            told(mirror, *(row(f"{n}-{name}") for n in range(20)), calendar=name)
            found.append(ids(mirror, name))
        return found

    with Mirror(MirrorFile(tmp_path)) as mirror, ThreadPoolExecutor(8) as pool:
        for name, every in zip(names, pool.map(work, names), strict=True):
            assert every == [sorted(f"{n}-{name}" for n in range(20))] * 5
    with Mirror(MirrorFile(tmp_path)) as again:
        assert all(len(ids(again, name)) == 20 for name in names)


def test_a_lost_file_is_lost_for_every_thread(tmp_path: Path) -> None:
    """One thread finds it damaged; what another had read before is not given out as an empty calendar."""
    mirror = told(told(Mirror(MirrorFile(tmp_path)), row("one")), row("two"), calendar=BO)
    mirror.store()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.execute("DROP TABLE events")
    with ThreadPoolExecutor(1) as pool, pytest.raises(MirrorLost):
        pool.submit(told, mirror, row("three")).result()
    with pytest.raises(MirrorLost):
        ids(mirror, BO)


def test_two_processes_may_use_one_file(tmp_path: Path) -> None:
    """What the one has stored the other finds, and writes beside it."""
    one, other = Mirror(MirrorFile(tmp_path)), Mirror(MirrorFile(tmp_path))
    told(one, row("one"))
    one.store()
    told(other, row("two"), calendar=BO)
    other.close()
    assert ids(one, BO) == ["two"]
    one.close()
    with Mirror(MirrorFile(tmp_path)) as both:
        assert (ids(both), ids(both, BO)) == (["one"], ["two"])


def test_whoever_holds_the_file_for_too_long_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run goes on in memory, and leaves the file as it is."""
    with Mirror(MirrorFile(tmp_path)) as mirror:
        told(mirror, row("one"))
    path = tmp_path / FILE_NAME
    monkeypatch.setattr(room, "_opened", lambda *_: sqlite3.connect(path, check_same_thread=False, timeout=0))
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Mirror(MirrorFile(tmp_path)) as mirror:
        with pytest.raises(MirrorLost):
            told(mirror, row("two"))
        told(mirror, row("two"))
        assert ids(mirror) == ["two"]
    holder.close()
    monkeypatch.undo()
    with Mirror(MirrorFile(tmp_path)) as mirror:
        assert ids(mirror) == ["one"]


_KILLED = """
import os, sys
from pathlib import Path
from tests.unit.test_mirror import Mirror, MirrorFile, row, told
mirror = Mirror(MirrorFile(Path(sys.argv[1])))
told(mirror, row("first"))
mirror.store()
told(mirror, row("second"), row("third"))
os.kill(os.getpid(), 9)
"""


def test_a_killed_run_leaves_what_it_had_stored(tmp_path: Path) -> None:
    """Not the half of what came after."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path)], env=environment, check=False, cwd=root
    )
    assert killed.returncode == -9
    with Mirror(MirrorFile(tmp_path)) as mirror:
        assert ids(mirror) == ["first"]


def test_of_somebody_who_left_nothing_is_kept(tmp_path: Path) -> None:
    """Whoever is on the roster no more is forgotten with all their events."""
    with Mirror(MirrorFile(tmp_path)) as mirror:
        told(told(mirror, row("one")), row("two"), calendar=BO)
        mirror.keep_only([BO])
        with pytest.raises(MirrorLost):
            ids(mirror)
        assert ids(mirror, BO) == ["two"]
