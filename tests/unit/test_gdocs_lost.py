"""Answers that get lost, and Google that is not up to it: done once or not at all, and said without a word of the text."""

import logging
import traceback

import pytest

from scheduler.errors import WriteFailed
from tests.contract.google_documents_world import GoogleWorld
from tests.fake_google.faults import (
    CUT_SHORT,
    LOST,
    TOO_MANY,
    UNANSWERED,
    UNAVAILABLE,
    Fault,
    answered,
)
from tests.unit.agenda_builders import FIRST, WEEK
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.gdocs_worlds import begun, documents, google, standing, why_not, write

__all__ = ["google"]
pytestmark = on_loopback
PASSING = (LOST, UNANSWERED, CUT_SHORT, UNAVAILABLE, TOO_MANY, answered(500), answered(502))
METHODS = (
    "drive.files.list",
    "drive.files.get",
    "drive.files.export",
    "docs.documents.get",
    "docs.documents.batchUpdate",
)
ITEM = "tell nobody about Cleo"


def called(fault: Fault) -> str:
    """Return a name for a fault."""
    return f"{fault.how.name}-{fault.status}-{fault.reason}"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("fault", PASSING, ids=called)
def test_what_passes_is_waited_out(google: GoogleWorld, fault: Fault, method: str) -> None:
    """Whatever request it hits, the agenda stands there once, also where the lost request had been carried out."""
    document = begun(google)
    google.files.people.fill_box(document, "book a room")
    google.fake.faults.add(fault, method=method, nth=[1, 2])
    write(google, FIRST + WEEK)
    google.fake.faults.clear()
    assert documents(google) == [document]
    text = standing(google).text
    assert (text.count("\n## "), text.count("book a room")) == (2, 2)


def test_what_was_written_and_then_changed_by_a_person_is_done(google: GoogleWorld) -> None:
    """The answer was lost, and before the request came again somebody typed: the agenda stands there, once."""
    document = begun(google)
    google.files.library.meanwhile += [
        lambda: None,
        lambda: google.files.people.append(document, "one thing more"),
    ]
    google.fake.faults.add(UNANSWERED, method="docs.documents.batchUpdate", nth=[1])
    write(google, FIRST + WEEK)
    text = standing(google).text
    assert (text.count("\n## "), text.count("one thing more")) == (2, 1)


@pytest.mark.parametrize("fault", [UNAVAILABLE, TOO_MANY], ids=called)
@pytest.mark.parametrize("method", METHODS)
def test_what_stays_is_said_without_a_word_of_the_document(
    google: GoogleWorld, caplog: pytest.LogCaptureFixture, method: str, fault: Fault
) -> None:
    """Neither in the error, nor in what caused it, nor in a log; the document is as it was."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "markdown_it")  # it tells what it parses, and is not what goes to Google
    document = begun(google)
    google.files.people.fill_box(document, ITEM)
    before = google.files.people.text_of(document)
    google.fake.faults.add(fault, method=method)
    with pytest.raises(WriteFailed) as caught:
        write(google, FIRST + WEEK)
    assert why_not(caught).startswith(f"Google did not do it, asked several times ({fault.status}")
    assert why_not(caught).endswith("; the next run tries again")
    everything = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert "Cleo" not in everything
    assert google.files.people.text_of(document) == before
    google.fake.faults.clear()
    write(google, FIRST + WEEK)
