"""Agenda documents in a folder: whole, private, and never written over a person's hands."""

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from scheduler.documents import folder
from scheduler.documents.folder import FolderDocuments
from scheduler.people import Pair
from tests.unit.documents_builders import NOW, SECOND, Folder, pair_of, refused, unreadable

US = pair_of()


@pytest.fixture(name="place")
def _place(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "agendas")


def test_a_new_document_and_its_folder_are_the_owners_alone(place: Folder) -> None:
    """Whatever the umask: 0600 in 0700."""
    before = os.umask(0)
    try:
        place.documents.write(US, "a", None)
    finally:
        os.umask(before)
    assert stat.S_IMODE(place.file().stat().st_mode) == 0o600
    assert stat.S_IMODE(place.root.stat().st_mode) == 0o700


def test_modes_that_somebody_chose_are_kept(place: Folder) -> None:
    """A folder shared by the two, a file that both may write."""
    place.root.mkdir()
    place.root.chmod(0o2770)
    revision = place.save("old")
    place.file().chmod(0o660)
    place.documents.write(US, "new", revision)
    assert stat.S_IMODE(place.file().stat().st_mode) == 0o660
    assert stat.S_IMODE(place.root.stat().st_mode) == 0o2770


def test_folders_above_are_made_too(tmp_path: Path) -> None:
    """A first run needs no preparation."""
    place = Folder(tmp_path / "a" / "b" / "agendas")
    place.documents.write(US, "a", None)
    assert place.file().read_text() == "a"


def test_nothing_else_is_left_in_the_folder(place: Folder) -> None:
    """No temporary file, no list of what is there."""
    place.documents.write(US, "a", None)
    place.documents.write(US, "b", place.revision())
    assert list(place.root.iterdir()) == [place.file()]


def test_who_was_renamed_keeps_their_document(place: Folder) -> None:
    """An earlier address that is an alias now still names it; nothing that was agreed is lost."""
    revision = place.save("what was agreed")
    report = replace(US.report, email="new@example.com", aliases=frozenset({US.report.email}))
    renamed = Pair(US.manager, report)
    stored = place.documents.read(renamed)
    assert stored is not None
    assert stored.text == "what was agreed"
    place.documents.write(renamed, "and more", revision)
    assert [path.name for path in place.root.iterdir()] == [place.file().name]
    assert place.documents.link(renamed) == place.documents.link(US)
    place.file().unlink()
    assert place.documents.path(renamed).name == "ana@example.com--new@example.com.md"


def test_a_document_that_is_a_link_stays_one(place: Folder, tmp_path: Path) -> None:
    """What it points to is written; where that is not there yet, it is made."""
    place.root.mkdir()
    place.file().symlink_to(tmp_path / "elsewhere.md")
    assert place.documents.read(US) is None
    place.documents.write(US, "a", None)
    assert place.file().is_symlink()
    assert (tmp_path / "elsewhere.md").read_text() == "a"


def test_links_are_file_addresses(place: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole ones, also where the folder was named from here."""
    assert place.documents.link(US) == f"file://{place.root}/ana%40example.com--bo%40example.com.md"
    monkeypatch.chdir(place.root.parent)
    assert Folder(Path("agendas")).documents.link(US) == place.documents.link(US)


@pytest.mark.parametrize("base", ["https://wiki.example.com/1-2-1s", "https://wiki.example.com/1-2-1s/"])
def test_links_begin_where_the_folder_is_served(tmp_path: Path, base: str) -> None:
    """With one slash between, and the name as an address needs it."""
    documents = FolderDocuments(tmp_path, clock=lambda: NOW, base_url=base)
    assert documents.link(US) == "https://wiki.example.com/1-2-1s/ana%40example.com--bo%40example.com.md"
    assert documents.link(pair_of("a%b@é.org", "c/d@x.org")) == (
        "https://wiki.example.com/1-2-1s/a%2525b%40%C3%A9.org--c%252Fd%40x.org.md"
    )


NO_LEAVE = "this user may not read or write it; grant permission on it and on the folder of agendas"
FAILURES = pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "the disk is full; make room and run again"),
        (errno.EDQUOT, "the disk quota is used up; make room and run again"),
        (errno.EACCES, NO_LEAVE),
        (errno.EPERM, NO_LEAVE),
        (errno.EROFS, "it lies on a read-only disk; mount it for writing, or name another folder"),
        (errno.EIO, "it can't be read or written: Input/output error; look at the folder of agendas"),
    ],
)


@FAILURES
@pytest.mark.parametrize("was_there", [True, False])
def test_what_fails_in_writing_is_said_in_a_sentence(
    place: Folder, number: int, told: str, *, was_there: bool
) -> None:
    """What it is and what to do; the old text is whole, and nothing lies beside it."""
    revision = place.save("old") if was_there else None
    with mock.patch.object(os, "fsync", side_effect=OSError(number, os.strerror(number))):
        assert refused(place, revision) == told


@FAILURES
def test_what_fails_in_reading_is_said_in_a_sentence(place: Folder, number: int, told: str) -> None:
    """It is not taken for a document that is not there."""
    place.save("old")
    with mock.patch.object(Path, "read_bytes", side_effect=OSError(number, os.strerror(number))):
        assert unreadable(place) == told


def test_a_failure_without_words_is_named_by_its_kind(place: Folder) -> None:
    """Some file systems give no text."""
    with mock.patch.object(folder, "replace_file", side_effect=TimeoutError):
        assert refused(place, None).startswith("it can't be read or written: TimeoutError")


def test_what_was_not_written_is_not_taken_for_ours(place: Folder) -> None:
    """A person who writes the very text that we failed to write is a person."""
    with mock.patch.object(folder, "replace_file", side_effect=OSError(errno.ENOSPC, "full")):
        refused(place, None, "head")
    assert "somebody changed it" in refused(place, place.save("head", ago=SECOND))


def test_a_folder_that_is_a_file_is_said(place: Folder) -> None:
    """Somebody put a file where the agendas go."""
    place.root.touch()
    assert unreadable(place).startswith("it can't be read or written: Not a directory")
    assert refused(place, None).startswith("it can't be read or written: Not a directory")


def test_a_folder_that_cannot_be_made_is_said(place: Folder) -> None:
    """The one above may not be written to."""
    with mock.patch.object(Path, "mkdir", side_effect=PermissionError(errno.EACCES, "Permission denied")):
        assert refused(place, None) == NO_LEAVE


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_plain_file_is_neither_read_nor_replaced(
    place: Folder, make: Callable[[Path], None]
) -> None:
    """A pipe would wait for ever."""
    place.root.mkdir()
    make(place.file())
    assert unreadable(place) == refused(place, None) == "it is no plain file; move it out of the way"


def test_a_link_in_a_circle_is_said(place: Folder) -> None:
    """It is neither read nor written."""
    place.root.mkdir()
    place.file().symlink_to(place.file())
    assert "symbolic links" in unreadable(place)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("fine\nMüller\n".encode("latin-1"), 2),
        ("# Notepad calls it “Unicode”".encode("utf-16"), 1),
        (b"a\r\nb\r\n\xed\xa0\x80", 3),
    ],
)
def test_text_that_is_not_utf8_is_named_by_its_line_and_kept(place: Folder, data: bytes, line: int) -> None:
    """What can't be understood is not rewritten: it would be lost."""
    place.save_bytes(data)
    assert unreadable(place) == f":{line}: it is not UTF-8 text; save it as UTF-8 in your editor"
    assert "changed" in refused(place, "sha256:0")


def test_text_that_no_file_can_hold_is_refused(place: Folder) -> None:
    """Half a character would make the document unreadable for ever after."""
    assert refused(place, None, "one\ntwo \ud83d") == (
        "line 2 of its new text has half a character in it, which no file can hold; "
        "look at the names, the openers and the template"
    )
    assert not place.root.exists()
