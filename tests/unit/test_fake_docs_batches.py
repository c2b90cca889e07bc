"""The fake's Docs: a batch is applied whole or not at all, and only on the revision it was made for."""

from tests.unit.fake_docs_builders import BO, CY, Desk, insert, remove, text_style


def test_a_faulty_request_keeps_the_whole_batch_out() -> None:
    """Docs says which one, counted from 0."""
    desk = Desk()
    document = desk.document("abc")
    message = desk.not_applied(
        document, insert(1, "x"), text_style(1, 3, bold=True), remove(1, 2), insert(99, "y")
    )
    assert message == (
        "Invalid requests[3].insertText: Index 99 must be less than the end index of the referenced segment, 5."
    )


def test_there_is_a_reply_for_every_request() -> None:
    """An empty one where there is nothing to say; the answer tells the new revision."""
    desk = Desk()
    document = desk.document("abc")
    answer = desk.batch(document, insert(1, "x"), remove(1, 2))
    assert (answer["documentId"], answer["replies"]) == (document, [{}, {}])
    assert answer["writeControl"] == {"requiredRevisionId": desk.get(document)["revisionId"]}


def test_a_stale_revision_is_refused() -> None:
    """One that a person has written after."""
    desk = Desk()
    document = desk.document("abc")
    read = desk.get(document)["revisionId"]
    desk.people.append(document, "mine")
    message = desk.not_applied(document, insert(1, "x"), control={"requiredRevisionId": read})
    assert message == f"The required revision ID '{read}' does not match the latest revision."
    fresh = {"requiredRevisionId": desk.get(document)["revisionId"]}
    desk.batch(document, insert(1, "x"), control=fresh)
    assert desk.not_applied(document, insert(1, "x"), control=fresh)


def test_people_may_write_between_a_reading_and_a_batch() -> None:
    """A test says what they do just before the batch arrives."""
    desk = Desk()
    document = desk.document("abc")
    control = {"requiredRevisionId": desk.get(document)["revisionId"]}
    desk.library.meanwhile.append(lambda: desk.people.append(document, "mine"))
    body = {"requests": [insert(1, "x")], "writeControl": control}
    assert (
        desk.refused("docs.documents.batchUpdate", body=body, documentId=document)[1] == "FAILED_PRECONDITION"
    )
    assert desk.text(document) == ["abc", "mine"]


def test_a_revision_is_good_for_the_user_who_read_it() -> None:
    """Documented: it can't be shared across users."""
    desk = Desk()
    document = desk.document("abc")
    desk.people.share(document, BO)
    assert desk.not_applied(
        document, insert(1, "x"), control={"requiredRevisionId": desk.get(document, BO)["revisionId"]}
    )


def test_a_target_revision_may_be_any() -> None:
    """The batch is applied to what the document has become."""
    desk = Desk()
    document = desk.document("abc")
    read = desk.get(document)["revisionId"]
    desk.people.append(document, "mine")
    desk.batch(document, insert(1, "x"), control={"targetRevisionId": read})
    assert desk.text(document) == ["xabc", "mine"]


def test_a_batch_without_requests_is_refused() -> None:
    """And so is a request that is none."""
    desk = Desk()
    assert desk.not_applied(desk.document("a")) == "Must specify at least one request."
    assert "exactly one request" in desk.not_applied(desk.document("a"), {})


def test_what_the_fake_lacks_is_refused_and_noted() -> None:
    """So that a test that asks for it can't pass by chance."""
    desk = Desk()
    assert "The fake does not have" in desk.not_applied(desk.document("a"), {"insertPageBreak": {}})
    assert desk.library.unsupported == ["requests[0].insertPageBreak"]


def test_readers_read_and_strangers_know_nothing() -> None:
    """A reader is told no revision and may not write."""
    desk = Desk()
    document = desk.document("a")
    desk(
        "drive.permissions.create",
        body={"type": "user", "role": "reader", "emailAddress": BO},
        fileId=document,
    )
    assert "revisionId" not in desk.get(document, BO)
    body = {"requests": [insert(1, "x")]}
    assert desk.refused("docs.documents.batchUpdate", BO, body, documentId=document)[:2] == (
        403,
        "PERMISSION_DENIED",
    )
    assert desk.refused("docs.documents.get", CY, documentId=document)[:2] == (404, "NOT_FOUND")


def test_tabs_are_told_where_asked_for() -> None:
    """Otherwise the first one is told as documents without tabs were; requests without a tab are about it."""
    desk = Desk()
    document = desk.document("first")
    second = desk.people.add_tab(document, "Notes")
    desk.batch(document, insert(1, "x"), insert(1, "second", tabId=second))
    assert "tabs" not in desk.get(document)
    found = desk.get(document, tabs=True)
    assert "body" not in found
    assert [tab["tabProperties"]["title"] for tab in found["tabs"]] == ["Tab 1", "Notes"]
    assert (desk.text(document), desk.people.text_of(document, 1)) == (["xfirst"], ["second"])


def test_a_table_stands_in_the_way_of_text() -> None:
    """It takes an index for its start, its end, each row and each cell; the newline before it can't go alone."""
    desk = Desk()
    document = desk.document("ab", "cd")
    desk.people.insert_table(document, "ab", [["x", "y"], ["z", ""]])
    blocks = desk.get(document)["body"]["content"]
    assert [(block["startIndex"], block["endIndex"]) for block in blocks[1:]] == [(1, 4), (4, 19), (19, 22)]
    assert "bounds of an existing paragraph" in desk.not_applied(document, insert(4, "x"))
    assert "Invalid deletion range" in desk.not_applied(document, remove(3, 4))
    desk.batch(document, remove(4, 19))
    assert desk.text(document) == ["ab", "cd"]
