"""A document that a person is at work on is left for the next run."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest

from scheduler.documents import folder
from scheduler.documents.folder import FolderDocuments
from scheduler.documents.own_writing import is_ours, mark_as_ours
from scheduler.errors import DocumentBusy
from tests.unit.documents_builders import HOUR, MINUTE, NOW, SECOND, Folder, pair_of, refused

US = pair_of()


@pytest.fixture(name="place")
def _place(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "agendas")


@pytest.mark.parametrize(
    "beside",
    [
        ".{}.swp",
        ".{}.swo",
        ".#{}",
        "#{}#",
        ".~lock.{}#",
        "~${}",
        ".{}.kate-swp",
    ],
)
@pytest.mark.parametrize("was_there", [True, False])
def test_a_document_open_in_an_editor_is_left(place: Folder, beside: str, *, was_there: bool) -> None:
    """Also one that is only just being begun; the sentence says which file tells so, it may be a stale one."""
    revision = place.save("old") if was_there else None
    place.root.mkdir(exist_ok=True)
    lock = place.root / beside.format(place.file().name)
    lock.touch()
    assert refused(place, revision) == (
        f"it is open in an editor ({lock.name} lies beside it); it is left for the next run; "
        f"if nobody has it open, remove {lock.name}"
    )
    lock.unlink()
    place.documents.write(US, "new", revision)


def test_a_lock_that_is_a_link_to_nothing_counts(place: Folder) -> None:
    """Emacs's is one: it names who is at work, and where."""
    revision = place.save("old")
    (place.root / f".#{place.file().name}").symlink_to("ana@laptop.4711:1763880000")
    assert "open in an editor" in refused(place, revision)


def test_another_documents_lock_does_not_count(place: Folder) -> None:
    """Only who has this one open is in the way."""
    revision = place.save("old")
    (place.root / f".{place.file(pair_of('ana@example.com', 'cy@example.com')).name}.swp").touch()
    place.documents.write(US, "new", revision)
    assert place.file().read_text() == "new"


def test_what_we_wrote_and_somebody_opened_since_is_left(place: Folder) -> None:
    """Our own writing a moment ago is no reason to write below an open editor."""
    place.documents.write(US, "head", None)
    (place.root / f".{place.file().name}.swp").touch()
    assert "open in an editor" in refused(place, place.revision())


@pytest.mark.parametrize("ago", [timedelta(), SECOND, MINUTE - SECOND, -SECOND, SECOND - MINUTE])
def test_a_document_that_was_only_just_saved_is_left(place: Folder, ago: timedelta) -> None:
    """Less than a minute ago, or since the run began: whoever saved it may go on typing."""
    revision = place.save("old", ago=ago)
    assert refused(place, revision) == (
        f"somebody changed it at {NOW - ago:%H:%M:%S} UTC; it is left for the next run"
    )


@pytest.mark.parametrize("ago", [MINUTE, HOUR, -MINUTE, timedelta(days=-3650)])
def test_a_document_saved_earlier_is_written(place: Folder, ago: timedelta) -> None:
    """A minute is enough; a time far ahead is that of another clock, and says nothing."""
    place.documents.write(US, "new", place.save("old", ago=ago))
    assert place.file().read_text() == "new"


def test_how_long_a_document_must_rest_can_be_said(tmp_path: Path) -> None:
    """Two hours where people think long between two sentences."""
    place = Folder(tmp_path)
    revision = place.save("old", ago=HOUR)
    patient = FolderDocuments(tmp_path, clock=lambda: NOW, settled=2 * HOUR)
    with pytest.raises(DocumentBusy):
        patient.write(US, "new", revision)


def test_what_a_person_saved_over_ours_is_theirs(place: Folder) -> None:
    """Having written it in this run is no leave to write over the hand that changed it since."""
    place.documents.write(US, "head", None)
    revision = place.save("head, and what I want to talk about", ago=SECOND)
    assert "somebody changed it" in refused(place, revision)


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        (Path.unlink, "it was taken away"),
        (lambda path: path.write_text("one last thought"), "it changed"),
    ],
)
def test_a_document_that_changes_at_the_last_moment_is_left(
    place: Folder, meanwhile: Callable[[Path], object], told: str
) -> None:
    """It is looked at again when all else is done."""
    revision = place.save("old")

    def nobody(path: Path) -> None:
        meanwhile(path)

    with (
        mock.patch.object(folder, "left_by_editor", nobody),
        pytest.raises(DocumentBusy, match=told),
    ):
        place.documents.write(US, "new", revision)
    assert "new" not in "".join(path.read_text() for path in place.root.iterdir())


@pytest.mark.parametrize(
    ("stands", "expected", "told"),
    [
        ("theirs", None, "somebody made it while its agenda was being written"),
        ("theirs", "sha256:0", "it changed while its agenda was being written"),
        (None, "sha256:0", "it was taken away while its agenda was being written"),
    ],
)
def test_a_document_that_is_not_as_it_was_read_says_how(
    place: Folder, stands: str | None, expected: str | None, told: str
) -> None:
    """Each in its own words, and each left for the next run."""
    if stands is not None:
        place.save(stands)
    assert refused(place, expected) == f"{told}; it is left for the next run"


@pytest.fixture(name="marks")
def _marks(tmp_path: Path) -> None:
    probe = tmp_path / "probe"
    probe.touch()
    mark_as_ours(probe, "sha256:0")
    if not is_ours(probe, "sha256:0"):
        pytest.skip("this disk keeps no marks on files")


def run_at_once(place: Folder) -> None:
    """Begin another run in the moment in which the document was written."""
    place.now = datetime.fromtimestamp(place.file().stat().st_mtime, UTC)
    place.next_run()


@pytest.mark.usefixtures("marks")
def test_a_run_begun_at_once_after_another_goes_on(place: Folder) -> None:
    """The one before was killed between a document's head and its first agenda: nobody is at work on it."""
    place.documents.write(US, "head", None)
    run_at_once(place)
    place.documents.write(US, "head and agenda", place.revision())
    assert place.file().read_text() == "head and agenda"


@pytest.mark.usefixtures("marks")
@pytest.mark.parametrize("in_place", [True, False])
def test_what_a_person_made_of_ours_is_marked_no_more(place: Folder, *, in_place: bool) -> None:
    """Whether their editor writes into the file or puts a new one in its place."""
    place.documents.write(US, "head", None)
    if not in_place:
        place.file().unlink()
    place.file().write_text("head, and a wish")
    run_at_once(place)
    assert "somebody changed it" in refused(place, place.revision())


def no_mark(*_: object) -> None:
    """Fail as a disk does that has no extended attributes."""
    raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))


def test_where_the_disk_keeps_no_marks_the_next_run_waits(
    place: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This one does not: it knows what it wrote."""
    for name in ("setxattr", "getxattr"):
        monkeypatch.setattr(os, name, no_mark)
    place.documents.write(US, "head", None)
    place.documents.write(US, "head and agenda", place.revision())
    run_at_once(place)
    assert "somebody changed it" in refused(place, place.revision())


def test_where_the_system_has_no_marks_the_next_run_waits(
    place: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python offers them on Linux alone."""
    for name in ("setxattr", "getxattr"):
        monkeypatch.delattr(os, name)
    place.documents.write(US, "head", None)
    run_at_once(place)
    assert "somebody changed it" in refused(place, place.revision())
