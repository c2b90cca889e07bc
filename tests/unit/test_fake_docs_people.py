"""What people do with documents, as tests play it."""

from tests.unit.fake_docs_builders import BO, Desk, bullets, name_range, named_style


def _agenda(desk: Desk) -> str:
    document = desk.document("Next", "ask", "do", "Before", "old")
    desk.batch(document, named_style(1, 2, "HEADING_2"), named_style(13, 14, "HEADING_2"), bullets(6, 11))
    return document


def test_boxes_are_ticked_and_items_struck() -> None:
    """Each can be taken back."""
    desk = Desk()
    document = _agenda(desk)
    desk.people.tick(document, "ask")
    desk.people.strike(document, "do")
    assert desk.text(document)[1:3] == ["[x] ask", "[ ] ~~do~~"]
    desk.people.untick(document, "ask")
    desk.people.strike(document, "do", struck=False)
    assert desk.text(document)[1:3] == ["[ ] ask", "[ ] do"]


def test_people_type() -> None:
    """Below an item, into one, at the end of all."""
    desk = Desk()
    document = _agenda(desk)
    desk.people.tick(document, "ask")
    desk.people.type_below(document, "ask", "mine 🎉")
    desk.people.retype(document, "do", "do it")
    desk.people.append(document, "last")
    assert desk.text(document) == [
        "## Next",
        "[x] ask",
        "[ ] mine 🎉",
        "[ ] do it",
        "## Before",
        "old",
        "last",
    ]


def test_people_delete_and_move() -> None:
    """A section goes with all that is below its heading; what was cut loses its named ranges."""
    desk = Desk()
    document = _agenda(desk)
    desk.batch(document, name_range(20, 23, "moved"))
    desk.people.delete_paragraph(document, "do")
    desk.people.move_section(document, "Before", before="Next")
    assert desk.text(document) == ["## Before", "old", "## Next", "[ ] ask"]
    desk.people.move_section(document, "Before")
    assert desk.text(document) == ["## Next", "[ ] ask", "## Before", "old"]
    assert "namedRanges" not in desk.get(document)


def test_a_document_is_read_as_lines_with_marks() -> None:
    """People, tables and tabs included."""
    desk = Desk()
    document = _agenda(desk)
    desk.people.add_chip(document, "old", BO)
    desk.people.insert_table(document, "old", [["x", "y"]])
    assert desk.text(document)[-3:] == [f"old@{BO}", "| x | y |", ""]


def test_every_edit_is_a_new_revision() -> None:
    """Which is how a program learns of it."""
    desk = Desk()
    document = _agenda(desk)
    revisions = [desk.get(document)["revisionId"]]
    for act in (
        lambda: desk.people.tick(document, "ask"),
        lambda: desk.people.add_tab(document, "Notes"),
        lambda: desk.people.rename(document, "b"),
        lambda: desk.people.add_chip(document, "old", BO),
    ):
        act()
        revisions.append(desk.get(document)["revisionId"])
    assert len(set(revisions)) == 5


def test_people_share_trash_and_delete() -> None:
    """As the owner of a document can."""
    desk = Desk()
    document = _agenda(desk)
    desk.people.share(document, BO)
    desk.people.unshare(document, BO)
    assert desk.refused("docs.documents.get", BO, documentId=document)[0] == 404
    desk.people.trash(document)
    assert desk("drive.files.get", fileId=document)["trashed"]
    desk.people.restore(document)
    assert desk.people.documents("Ana & Bo") == [document]
    desk.people.delete(document)
    assert desk.people.documents() == []


def test_two_runs_that_did_the_same_are_in_the_same_state() -> None:
    """However many ids, revisions and times there were on the way; a tick makes a difference."""
    one, other = Desk(), Desk()
    other.people.delete(other.document("a failed attempt"))
    first, second = _agenda(one), _agenda(other)
    other.people.tick(second, "ask")
    assert one.state() != other.state()
    other.people.untick(second, "ask")
    assert first != second
    assert one.state() == other.state()
