"""Replacing files whole."""

import errno
import os
from pathlib import Path

import pytest

from scheduler.files import make_private_folder, replace_file, write_trouble


def names_in(folder: Path) -> list[str]:
    """Return the names of everything in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_the_new_bytes_stand_and_nothing_lies_beside_them(tmp_path: Path) -> None:
    """One name in the folder before, one after."""
    path = tmp_path / "a.ics"
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert names_in(tmp_path) == ["a.ics"]


def test_a_file_keeps_its_mode_and_a_new_one_gets_the_one_asked_for(tmp_path: Path) -> None:
    """What people set stays; what we make is as private as it should be."""
    path = tmp_path / "a.md"
    replace_file(path, b"one", mode_if_new=0o600)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o664)
    replace_file(path, b"two", mode_if_new=0o600)
    assert path.stat().st_mode & 0o777 == 0o664


def test_a_new_file_follows_the_umask_where_nothing_is_asked(tmp_path: Path) -> None:
    """As any program's file does."""
    before = os.umask(0o027)
    try:
        replace_file(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it points to is replaced."""
    (tmp_path / "real").write_bytes(b"one")
    (tmp_path / "link").symlink_to("real")
    replace_file(tmp_path / "link", b"two")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"two"


def test_where_the_write_fails_the_old_bytes_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk at the last moment costs nothing but the write."""
    path = tmp_path / "a"
    path.write_bytes(b"one")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace_file(path, b"two")
    assert path.read_bytes() == b"one"
    assert names_in(tmp_path) == ["a"]


def test_what_a_killed_run_left_is_cleared_by_the_next_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a file under our own name is nobody's content."""
    path = tmp_path / "a"

    def killed(_self: Path, _target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as without_cleaning:
        without_cleaning.setattr(Path, "replace", killed)
        without_cleaning.setattr(Path, "unlink", lambda *_args, **_options: None)
        with pytest.raises(KeyboardInterrupt):
            replace_file(path, b"half")
    assert len(names_in(tmp_path)) == 1
    replace_file(path, b"whole")
    assert names_in(tmp_path) == ["a"]
    assert path.read_bytes() == b"whole"


def test_where_the_owner_cannot_be_kept_the_file_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only root may give files away."""
    path = tmp_path / "a"
    path.write_bytes(b"one")

    def denied(_handle: int, _user: int, _group: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "fchown", denied)
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, ("the disk is full", "make room and run again")),
        (errno.EDQUOT, ("the disk quota is used up", "make room and run again")),
        (
            errno.EACCES,
            ("it may not be written by this user", "grant write permission on it and on its folder"),
        ),
        (
            errno.EPERM,
            ("it may not be written by this user", "grant write permission on it and on its folder"),
        ),
        (errno.EROFS, ("it lies on a read-only disk", "mount it for writing, or name another folder")),
        (errno.EIO, ("it is odd", "look at it")),
        (None, ("it is odd", "look at it")),
    ],
)
def test_what_keeps_a_file_from_being_written_is_said_in_one_way(
    number: int | None, told: tuple[str, str]
) -> None:
    """Whoever writes it; what is not usual is for the caller to word."""
    error = OSError() if number is None else OSError(number, "as the system says it")
    assert write_trouble(error, ("it is odd", "look at it")) == told


def test_a_folder_that_is_made_is_its_owners_and_one_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    """The folders above it follow the umask."""
    make_private_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)
    make_private_folder(tmp_path / "open")
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o755
