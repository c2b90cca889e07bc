"""What cannot be written is named, and nothing is left half-written."""

import errno
import json
import os
from pathlib import Path

import pytest

from tests.acceptance.conftest import (
    add_settings,
    assert_clear,
    by_next_night,
    bytes_of,
    calendar_file,
    called,
    config,
    onetoone,
    with_event,
)


@pytest.mark.parametrize(("folder", "code"), [("state", 4), ("agendas", 4), ("exports", 4), ("reports", 4)])
def test_a_folder_that_cannot_be_written_is_named(office: Path, folder: str, code: int) -> None:
    """With what to do; where it is the state, nothing at all was done."""
    add_settings(office, f'\n[job]\n{folder} = "/proc/onetoone/{folder}"\n')
    before = bytes_of(office / "calendars")
    done = called("run", *config(office), "--format", "json")
    assert done.code == code
    assert f"/proc/onetoone/{folder}" in done.err + done.out
    assert "Traceback" not in done.err
    if folder == "state":
        assert_clear(done, code)
        assert bytes_of(office / "calendars") == before


@pytest.mark.parametrize("command", ["report", "plan"])
def test_an_output_that_cannot_be_written_is_named(office: Path, command: str) -> None:
    """Whether its folder is missing or it is a folder itself."""
    before = bytes_of(office)
    for output in (Path("/proc/onetoone/out.json"), office / "missing" / "out.json", office / "config"):
        done = called(command, *config(office), "--format", "json", "--output", output)
        assert_clear(done, 4, f"{output}: cannot be written")
        assert done.out == ""
    assert bytes_of(office) == before


@pytest.mark.parametrize("size", [0, 400, 6000])
def test_a_full_disk_leaves_whole_files_and_the_next_run_finishes(office: Path, size: int) -> None:
    """Wherever it fills up: no file is cut, none is left beside, and nothing is created twice."""
    original = {}
    for who in ("ann", "bo"):
        text = with_event("UID:old", "DTSTART:20250101T100000Z", f"X-NOTE:{'x' * 3000}")
        calendar_file(office, who).write_text(text, newline="")
        original[who] = calendar_file(office, who).read_bytes()
    # no file of this process may grow past the size: what a full disk does, to one process alone
    small = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, -1))"
    # the measuring of coverage writes a file too, and would fail of its own
    done = onetoone(
        "run", *config(office), first=small, env={"COVERAGE_PROCESS_CONFIG": "", "COVERAGE_PROCESS_START": ""}
    )
    assert done.code == 4, done.err
    assert "Traceback" not in done.err
    assert_full_or_untouched(office, original)
    by_next_night(office)
    assert called("run", *config(office)).code == 0
    for who in ("ann", "bo"):
        whole = calendar_file(office, who).read_bytes()
        assert whole.count(b"X-ONETOONE-KEY") == 1
        assert whole.endswith(b"END:VCALENDAR\r\n")


def assert_full_or_untouched(office: Path, original: dict[str, bytes]) -> None:
    """Check that each calendar is as it was or whole, and that no half-written file lies anywhere."""
    for who, data in original.items():
        now = calendar_file(office, who).read_bytes()
        assert now == data or (b"X-ONETOONE-KEY" in now and now.endswith(b"END:VCALENDAR\r\n"))
    left = [path for path in office.rglob("*") if path.name.endswith(".new")]
    assert left == []


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "the disk is full; make room and run again"),
        (errno.EACCES, "it may not be written by this user"),
        (errno.EROFS, "it lies on a read-only disk"),
    ],
)
def test_a_calendar_that_cannot_be_written_fails_its_change_alone(
    office: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    """The outcome says why; the file is as it was; when the trouble is over the next run does it."""
    before = bytes_of(office / "calendars")

    def refuse(path: Path, data: bytes) -> None:  # noqa: ARG001 - as the real one is called
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr("scheduler.calendars.safe_write.replace_file", refuse)
        done = called("run", *config(office), "--format", "json")
    assert done.code == 4
    changes = json.loads(done.out)["changes"]
    assert changes[0]["outcome"] == "failed"
    assert told in changes[0]["reason"]
    assert {one["outcome"] for one in changes} == {"failed", "skipped"}
    assert bytes_of(office / "calendars") == before
    by_next_night(office)
    again = json.loads(called("run", *config(office), "--format", "json").out)["changes"]
    assert {one["outcome"] for one in again} == {"done"}
