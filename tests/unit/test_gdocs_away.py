"""What people do with a document between reading and writing: they come first, and nothing of theirs is undone."""

from collections.abc import Callable

import pytest

from scheduler.errors import DocumentBusy, WriteFailed
from tests.contract.google_documents_world import GoogleWorld
from tests.fake_google.faults import LOST
from tests.fake_google.library import Role
from tests.unit.agenda_builders import FIRST, WEEK, written
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.gdocs_worlds import ANA, BO, US, begun, documents, google, standing, why_not, write

__all__ = ["google"]
pytestmark = on_loopback
NEXT_RUN = "it is left for the next run"
TAKEN = f"it was taken away while its agenda was being written; {NEXT_RUN}"
CHANGED = f"it changed while its agenda was being written; {NEXT_RUN}"


def write_after(google: GoogleWorld, do: Callable[[], object]) -> None:
    """Read a document, let people do something, and write the next agenda into it."""
    read = standing(google)
    text = written(read.text, FIRST + WEEK, pair=US)
    do()
    google.documents.write(US, text, read.revision)


def test_a_document_in_the_bin_stays_there_and_is_not_written(google: GoogleWorld) -> None:
    """The next run begins another one; out of the bin again, the older one counts."""
    document = begun(google)
    before = google.files.people.text_of(document)
    with pytest.raises(DocumentBusy) as caught:
        write_after(google, lambda: google.files.people.trash(document))
    assert why_not(caught) == TAKEN
    assert google.files.people.text_of(document) == before
    google.next_run()
    write(google)
    (other,) = documents(google)
    assert other != document
    google.files.people.restore(document)
    google.next_run()
    assert google.document(US) == document


def test_a_deleted_document_is_begun_anew(google: GoogleWorld) -> None:
    """Also where it went between two readings of one run."""
    document = begun(google)
    with pytest.raises(DocumentBusy) as caught:
        write_after(google, lambda: google.files.people.delete(document))
    assert why_not(caught) == TAKEN
    assert google.documents.read(US) is None
    write(google)
    standing(google)
    google.files.people.delete(google.document(US))
    assert google.documents.read(US) is None


def test_a_document_that_changes_in_the_last_moment_is_left(google: GoogleWorld) -> None:
    """Docs itself refuses a stale revision; both words for it are understood."""
    document = begun(google)
    for status in ("FAILED_PRECONDITION", "INVALID_ARGUMENT"):
        google.files.library.stale_status = status
        google.files.library.meanwhile.append(lambda: google.files.people.append(document, "one thing more"))
        with pytest.raises(DocumentBusy) as caught:
            write_after(google, lambda: None)
        assert why_not(caught) == CHANGED
    assert google.files.people.text_of(document).count("one thing more") == 2
    write_after(google, lambda: None)


def test_a_document_that_the_report_may_not_see_any_more_is_not_shared_again(google: GoogleWorld) -> None:
    """Who may see it is people's own business once it was shared; it is written all the same."""
    document = begun(google)
    google.files.people.unshare(document, BO)
    write(google, FIRST + WEEK)
    assert google.files.library.files[document].role_of(BO) is None
    assert standing(google).text.count("\n## ") == 2


def test_a_document_that_was_shared_by_hand_is_left_so(google: GoogleWorld) -> None:
    """Whoever came before the program chose what the report may do there."""
    google.fake.faults.add(LOST, method="drive.permissions.create")
    with pytest.raises(WriteFailed):
        write(google)
    google.fake.faults.clear()
    (document,) = documents(google)
    google.files.people.share(document, BO, Role.READER)
    google.next_run()
    write(google)
    assert google.files.library.files[document].role_of(BO) is Role.READER


def test_a_document_that_the_manager_may_only_read_is_read_and_not_written(google: GoogleWorld) -> None:
    """Who gave it to somebody else is told what to do about it."""
    document = begun(google)
    google.files.people.share(document, BO, Role.OWNER)
    google.files.people.share(document, ANA, Role.READER)
    assert standing(google).text.count("\n## ") == 1
    with pytest.raises(WriteFailed) as caught:
        write(google, FIRST + WEEK)
    assert why_not(caught) == f"the manager may read it and not write in it; let {ANA} edit it"


def test_a_document_that_the_manager_cannot_see_any_more_is_not_known(google: GoogleWorld) -> None:
    """The pair gets another one: nobody is kept without an agenda."""
    document = begun(google)
    google.files.people.share(document, BO, Role.OWNER)
    google.files.people.unshare(document, ANA)
    assert google.documents.read(US) is None
    write(google)
    assert google.document(US) != document
