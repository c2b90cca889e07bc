"""One run at a time."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.errors import AnotherRun, WriteFailed
from scheduler.lock import single_run

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_second_run_is_told_at_once_which_one_is_under_way(tmp_path: Path) -> None:
    """By process and since when; exit code 6."""
    with single_run(tmp_path, NOW), pytest.raises(AnotherRun) as caught, single_run(tmp_path, NOW):
        pass
    assert f"another run is under way (process {os.getpid()} since 2026-11-23T09:00:00+00:00)" in str(
        caught.value
    )
    assert caught.value.exit_code == 6


def test_one_after_the_other(tmp_path: Path) -> None:
    """Also after one that failed."""
    with pytest.raises(ZeroDivisionError), single_run(tmp_path, NOW):
        raise ZeroDivisionError
    with single_run(tmp_path, NOW):
        pass


def test_a_killed_run_leaves_no_lock(tmp_path: Path) -> None:
    """The lock falls with its process, whatever its file says."""
    code = (
        "import os, pathlib, sys, datetime\n"
        "from scheduler.lock import single_run\n"
        "with single_run(pathlib.Path(sys.argv[1]), datetime.datetime.now(datetime.UTC)):\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert done.returncode == -9
    assert next(tmp_path.iterdir()).read_text().startswith("process ")
    with single_run(tmp_path, NOW):
        pass


def test_the_folder_is_made_for_its_owner(tmp_path: Path) -> None:
    """The first run of all."""
    with single_run(tmp_path / "a" / "state", NOW):
        pass
    assert (tmp_path / "a" / "state").stat().st_mode & 0o777 == 0o700


def test_of_a_holder_that_has_not_signed_nothing_is_known(tmp_path: Path) -> None:
    """The lock counts all the same."""
    with single_run(tmp_path, NOW):
        lock = next(tmp_path.iterdir())
        lock.write_text("")
        with pytest.raises(AnotherRun, match="of which nothing is known"), single_run(tmp_path, NOW):
            pass
        lock.unlink()


def test_where_no_lock_can_be_made_that_is_said(tmp_path: Path) -> None:
    """The path, why, and what to set."""
    (tmp_path / "state").write_text("a file")
    with (
        pytest.raises(WriteFailed, match=r"the lock can't be made .*\[job\] state"),
        single_run(tmp_path / "state", NOW),
    ):
        pass
