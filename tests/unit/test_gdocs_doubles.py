"""One document a pair, though a request to create one may arrive twice and a search finds late what is new."""

from collections.abc import Callable

import pytest

from scheduler.errors import DocumentBusy, WriteFailed
from tests.contract.google_documents_world import GoogleWorld
from tests.fake_google.faults import CUT_SHORT, LOST, UNANSWERED, Fault
from tests.unit.agenda_builders import FIRST, WEEK
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.gdocs_worlds import BO, begun, documents, google, standing, write

__all__ = ["google"]
pytestmark = on_loopback
CREATE, SHARE, MARK = "drive.files.create", "drive.permissions.create", "drive.files.update"


def killed(google: GoogleWorld, method: str = CREATE) -> str:
    """Let a run be killed after its request of this method was carried out; return the document it left behind."""
    google.fake.faults.add(CUT_SHORT, method=method, nth=[1])
    google.fake.faults.add(LOST, method=method, nth=range(2, 100))
    with pytest.raises(WriteFailed):
        write(google)
    google.fake.faults.clear()
    google.next_run()
    (made,) = documents(google)
    return made


def shared(google: GoogleWorld, document: str) -> bool:
    """Say whether the report may open a document."""
    return google.files.library.files[document].role_of(BO) is not None


@pytest.mark.parametrize("fault", [LOST, UNANSWERED, CUT_SHORT], ids=lambda fault: fault.how.name)
@pytest.mark.parametrize("method", [CREATE, SHARE, MARK])
def test_a_request_that_was_sent_twice_leaves_one_document(
    google: GoogleWorld, method: str, fault: Fault
) -> None:
    """The oldest stays and is shared, with no mail; a younger one that nobody wrote in goes to the bin."""
    google.fake.faults.add(fault, method=method, nth=[1])
    write(google)
    (document,) = documents(google)
    assert document == google.files.people.documents()[0]
    assert shared(google, document)
    assert google.files.mails == []


@pytest.mark.parametrize("method", [CREATE, SHARE, MARK])
def test_a_killed_run_is_finished_by_the_next(google: GoogleWorld, method: str) -> None:
    """In the document that it began."""
    left = killed(google, method)
    write(google)
    assert documents(google) == [left]
    assert shared(google, left)


def _not_at_all(_: GoogleWorld, __: str) -> None:
    """Find it at once."""


def _after_the_create(google: GoogleWorld, document: str) -> None:
    """Find it in the look that follows a create, and not in the one before."""
    unlisted = google.files.library.unlisted
    unlisted.add(document)
    google.fake.just_before(CREATE, unlisted.clear)


def _next_week(google: GoogleWorld, document: str) -> None:
    """Find it long after another one was created."""
    google.files.library.unlisted.add(document)


@pytest.mark.parametrize("found", [_not_at_all, _after_the_create, _next_week])
def test_what_a_killed_run_created_a_moment_ago_is_no_second_document(
    google: GoogleWorld, found: Callable[[GoogleWorld, str], None]
) -> None:
    """Whenever a search finds it: the one that was written in stays, the empty one goes to the bin."""
    left = killed(google)
    found(google, left)
    write(google)
    google.files.library.unlisted.clear()
    google.next_run()
    write(google, FIRST + WEEK)
    (document,) = documents(google)
    assert shared(google, document)
    assert standing(google).text.count("\n## ") == 2
    assert (document == left) == (found is not _next_week)


def test_a_finished_document_that_is_found_late_is_left_to_the_next_run(google: GoogleWorld) -> None:
    """What was created in vain goes to the bin at once; what stands in the other one is untouched."""
    document = begun(google)
    google.files.people.append(document, "ours")
    before = google.files.people.text_of(document)
    _after_the_create(google, document)
    google.next_run()
    with pytest.raises(DocumentBusy):
        write(google)
    assert documents(google) == [document]
    assert google.files.people.text_of(document) == before
    write(google, FIRST + WEEK)
    assert documents(google) == [document]


def test_a_double_that_somebody_used_is_kept(google: GoogleWorld) -> None:
    """Nothing that a person wrote goes to the bin."""
    left = killed(google)
    _next_week(google, left)
    write(google)
    google.files.people.append(left, "mine")
    google.files.library.unlisted.clear()
    google.next_run()
    write(google, FIRST + WEEK)
    assert len(documents(google)) == 2
    assert "mine" in google.files.people.text_of(left)
