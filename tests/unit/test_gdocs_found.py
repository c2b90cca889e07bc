"""Whose document is found, and what is refused."""

from dataclasses import replace

import pytest

from scheduler.errors import WriteFailed
from scheduler.people import Pair
from tests.contract.google_documents_world import GoogleWorld
from tests.unit.agenda_builders import FIRST, WEEK, written
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.gdocs_worlds import US, asked, begun, documents, google, standing, why_not, write

__all__ = ["google"]
pytestmark = on_loopback
RENAMED = Pair(
    replace(US.manager, email="ann@example.com", aliases=frozenset({US.manager.email, "a@example.com"})),
    replace(US.report, name="Bo Berg-Sample"),
)


def test_a_document_is_found_under_an_earlier_address(google: GoogleWorld) -> None:
    """Who was renamed keeps it: an alias is the same account at Google."""
    document = begun(google)
    library = google.files.library
    library.files[document].grants = {
        key: replace(
            grant, grantee=RENAMED.manager.email if grant.grantee == US.manager.email else grant.grantee
        )
        for key, grant in library.files[document].grants.items()
    }
    assert google.documents.link(RENAMED).split("/")[-2] == document
    found = asked(google, lambda: google.next_run().link(RENAMED))
    assert found["files.list"] <= 3


def test_a_document_is_found_whatever_people_call_it(google: GoogleWorld) -> None:
    """Its title is theirs."""
    document = begun(google)
    google.files.people.rename(document, "Us two")
    write(google, FIRST + WEEK)
    assert documents(google) == [document]
    assert google.files.people.documents("Us two") == [document]


def test_a_document_of_the_same_name_is_no_other_pairs(google: GoogleWorld) -> None:
    """People may have one of their own."""
    theirs = google.files.people.own_document("1-2-1: Ana and Bo", US.manager.email)
    assert google.documents.read(US) is None
    write(google)
    assert google.document(US) != theirs


def test_there_is_no_link_to_what_does_not_exist(google: GoogleWorld) -> None:
    """Drive gives a document its address when it is created."""
    with pytest.raises(WriteFailed) as caught:
        google.documents.link(US)
    assert why_not(caught) == "it does not exist yet; it is left for the next run"


def test_nothing_that_stands_there_is_changed(google: GoogleWorld) -> None:
    """A text that is more than one new piece is refused, without a word of it."""
    write(google)
    read = standing(google)
    before = google.state()
    for text in (read.text.replace("Openers", "Secrets"), "", written(read.text, FIRST + WEEK) + "secret\n"):
        with pytest.raises(WriteFailed) as caught:
            google.documents.write(US, text, read.revision)
        assert why_not(caught).startswith("its new text changes what stands there")
        assert "ecret" not in str(caught.value)
    assert google.state() == before


def test_another_spelling_of_the_same_writes_nothing(google: GoogleWorld) -> None:
    """Blank lines and backslashes can't be seen in a document."""
    write(google)
    read = standing(google)
    same = read.text.replace("\n\n", "\n\n\n").replace("1-2-1", r"1\-2-1")
    before = google.state()
    google.documents.write(US, same, read.revision)
    assert google.state() == before


def test_half_a_character_is_refused_before_anything_is_created(google: GoogleWorld) -> None:
    """No document can hold it."""
    with pytest.raises(WriteFailed) as caught:
        google.documents.write(US, "# \ud83d\n", None)
    assert why_not(caught).startswith("its new text has half a character in it")
    assert documents(google) == []


def test_an_agenda_that_would_go_right_before_a_table_is_refused(google: GoogleWorld) -> None:
    """Docs lets nothing be put there; people can make room."""
    google.documents.write(US, "first\n", None)
    google.files.people.insert_table(google.document(US), "first", [["a", "b"]])
    read = standing(google)
    new = read.text.replace("|", "second\n\n|", 1)
    with pytest.raises(WriteFailed) as caught:
        google.documents.write(US, new, read.revision)
    assert why_not(caught).startswith("a table stands where the new agenda goes")


def test_a_document_that_is_too_large_to_export_has_no_ticks(google: GoogleWorld) -> None:
    """What is ticked there comes up again, and nothing is lost."""
    google.documents.write(US, "- [ ] read the draft\n", None)
    google.tick(US, "read the draft")
    google.files.library.export_limit = 1
    assert standing(google).text == "- [ ] read the draft\n"
