"""Files are replaced whole, or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from scheduler.files import replace_file


def test_the_new_bytes_stand_and_nothing_is_left_beside(tmp_path: Path) -> None:
    """After a replacement the folder holds the one file, with the new bytes."""
    file = tmp_path / "a.ics"
    file.write_bytes(b"old")
    replace_file(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_the_mode_of_the_file_is_kept(tmp_path: Path) -> None:
    """A file that only its owner may read stays so."""
    file = tmp_path / "a.ics"
    file.write_bytes(b"old")
    file.chmod(0o600)
    replace_file(file, b"new")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_new_file_gets_what_the_umask_gives(tmp_path: Path) -> None:
    """A file that was not there is created as any program would create it."""
    before = os.umask(0o027)
    try:
        replace_file(tmp_path / "a.ics", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.ics").stat().st_mode) == 0o640


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    """What a link points to is replaced, also across folders."""
    (tmp_path / "real").mkdir()
    file, link = tmp_path / "real" / "a.ics", tmp_path / "link.ics"
    file.write_bytes(b"old")
    link.symlink_to(file)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_a_very_long_name_can_be_replaced(tmp_path: Path) -> None:
    """The name beside it is never longer than the file system allows."""
    file = tmp_path / ("a" * 251 + ".ics")
    replace_file(file, b"new")
    assert file.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "fchmod"])
def test_a_full_disk_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """An error on the way leaves the old bytes and no other file."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = tmp_path / "a.ics"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space"):
        replace_file(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]
