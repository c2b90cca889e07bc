"""How many requests an agenda takes: Google allows a manager 60 writes to Docs a minute, and each one takes its time."""

from scheduler.agenda.document import document_head
from tests.contract.google_documents_world import GoogleWorld
from tests.unit.agenda_builders import FIRST, WEEK
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.gdocs_worlds import US, asked, begun, google, standing, write

__all__ = ["google"]
pytestmark = on_loopback
CREATED = {
    "files.list": 2,
    "files.create": 1,
    "documents.get": 1,
    "permissions.create": 1,
    "files.update": 1,
    "documents.batchUpdate": 1,
}
READ = {"files.list": 1, "documents.get": 1, "files.export": 1}


def test_a_new_document_is_looked_for_twice(google: GoogleWorld) -> None:
    """Before it is created, and after: however often a run reads in between."""

    def run() -> None:
        assert google.documents.read(US) is None
        assert google.documents.read(US) is None
        write(google)
        google.documents.link(US)

    assert asked(google, run) == CREATED


def test_a_document_that_is_there_is_looked_for_once(google: GoogleWorld) -> None:
    """For planning, for writing, and for its link."""
    google.files.people.fill_box(begun(google), "book a room")

    def run() -> None:
        standing(google)
        write(google, FIRST + WEEK)
        google.documents.link(US)

    writing = {"documents.get": 2, "files.export": 2, "files.get": 1, "documents.batchUpdate": 1}
    assert asked(google, run) == {**READ, **writing}


def test_the_agenda_that_follows_on_a_new_document_finishes_nothing_again(google: GoogleWorld) -> None:
    """It was shared when it was created; there is no box yet whose tick would be asked for."""
    google.documents.write(US, document_head(US), None)
    second = asked(google, lambda: write(google))
    assert second == {"documents.get": 1, "files.get": 1, "documents.batchUpdate": 1}


def test_reading_alone(google: GoogleWorld) -> None:
    """The ticks take one request, and none where there is no box; nothing to write takes one."""
    google.documents.write(US, "", None)
    google.next_run()
    assert asked(google, lambda: google.documents.read(US)) == {"files.list": 1, "documents.get": 1}
    write(google)
    google.files.people.fill_box(google.document(US), "book a room")
    google.next_run()
    assert asked(google, lambda: google.documents.read(US)) == READ
    read = standing(google)
    same = asked(google, lambda: google.documents.write(US, read.text, read.revision))
    assert same == {"files.get": 1, "documents.get": 1}
