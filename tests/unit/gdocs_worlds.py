"""A pair's agenda in Google Docs as the job reads and writes it, on a fake Google."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import stamina

from scheduler.documents.interface import StoredDocument
from scheduler.errors import WriteFailed
from tests.contract.google_documents_world import GoogleWorld, in_google_docs
from tests.unit.agenda_builders import FIRST, prepared
from tests.unit.documents_builders import pair_of

US = pair_of()
ANA, BO = US.key
Requests = dict[str, int]


@pytest.fixture
def google() -> Iterator[GoogleWorld]:
    """Give a Google with no documents; who asks it again does so at once."""
    with in_google_docs() as world, stamina.set_testing(True, attempts=7, cap=True):
        yield world


def standing(google: GoogleWorld) -> StoredDocument:
    """Return the pair's document, which is there."""
    stored = google.documents.read(US)
    assert stored is not None
    return stored


def write(google: GoogleWorld, start: datetime = FIRST) -> str:
    """Read the document and put the agenda of a meeting in it, as the job does; return the text that was written."""
    read = google.documents.read(US)
    made = prepared(read.text if read else None, start, pair=US)
    assert made is not None
    google.documents.write(US, made.text, read.revision if read else None)
    return made.text


def begun(google: GoogleWorld) -> str:
    """Let an earlier run write the first agenda; return the document's id."""
    write(google)
    google.next_run()
    return google.document(US)


def documents(google: GoogleWorld) -> list[str]:
    """Return the ids of all documents that are not in the bin, the oldest first."""
    files = google.files.library.files
    return [found for found in google.files.people.documents() if not files[found].trashed]


def asked(google: GoogleWorld, do: Callable[[], object]) -> Requests:
    """Do something; return how many requests of each method it took, those for tokens aside."""
    google.fake.log.clear()
    do()
    counted = google.fake.log.by_method()
    return {
        method.partition(".")[2]: count for method, count in counted.items() if not method.startswith("oauth")
    }


def why_not(failure: pytest.ExceptionInfo[WriteFailed]) -> str:
    """Return what is said of a failure, without where."""
    (problem,) = failure.value.problems
    assert problem.where == f"the agenda document of {US}"
    return str(problem).removeprefix(problem.where).removeprefix(": ")
