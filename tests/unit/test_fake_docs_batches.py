"""The fake's Docs: a batch is applied whole or not at all, and only on the revision it was made for."""

from tests.unit.fake_docs_builders import BO, CY, Desk, bullets, insert, remove, text_style


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


def test_a_document_can_be_created_without_drive() -> None:
    """It has its title and no content, whatever else was asked for."""
    desk = Desk()
    body = {"title": "Ana & Bo", "body": {"content": [{"paragraph": {"elements": []}}]}}
    made = desk("docs.documents.create", body=body)
    assert (made["title"], desk.text(made["documentId"])) == ("Ana & Bo", [""])
    assert desk("drive.files.get", fileId=made["documentId"])["name"] == "Ana & Bo"


def test_requests_that_lack_something_are_refused() -> None:
    """A text, a place, a range, a name, a range that is there, a tab that is there."""
    reach = {"startIndex": 1, "endIndex": 2}
    for request in (
        {"insertText": {"location": {"index": 1}, "text": ""}},
        {"insertText": {"text": "x"}},
        {"deleteContentRange": {"range": {"startIndex": 1}}},
        {"deleteContentRange": {"range": {"startIndex": 0, "endIndex": 2}}},
        {"updateTextStyle": {"range": {"startIndex": 0, "endIndex": 2}, "textStyle": {}, "fields": "*"}},
        {
            "updateParagraphStyle": {
                "range": reach,
                "paragraphStyle": {"headingId": "h"},
                "fields": "headingId",
            }
        },
        {"createNamedRange": {"range": reach, "name": "x" * 257}},
        {"deleteNamedRange": {"namedRangeId": "kix.none"}},
        {"replaceAllText": {"containsText": {"text": ""}, "replaceText": "x"}},
        insert(1, "x", tabId="t.none"),
    ):
        desk = Desk()
        assert desk.not_applied(desk.document("abc"), request).startswith("Invalid requests[0].")


def test_text_can_be_put_at_the_end_without_an_index() -> None:
    """It goes before the last newline."""
    desk = Desk()
    document = desk.document("a")
    desk.batch(document, {"insertText": {"endOfSegmentLocation": {}, "text": "b\nc"}})
    assert desk.text(document) == ["ab", "c"]


def test_a_batch_without_requests_is_refused() -> None:
    """And so is a request that is none."""
    desk = Desk()
    assert desk.not_applied(desk.document("a")) == "Must specify at least one request."
    assert "exactly one request" in desk.not_applied(desk.document("a"), {})


def test_what_the_fake_lacks_is_refused_and_noted() -> None:
    """So that a test that asks for it can't pass by chance."""
    desk = Desk()
    regex = {"text": "a", "searchByRegex": True}
    for request, control in (
        ({"insertPageBreak": {}}, None),
        (insert(1, "x", segmentId="kix.header"), None),
        ({"replaceAllText": {"containsText": regex, "replaceText": "x"}}, None),
        (bullets(1, 2, "BULLET_STAR_CIRCLE_SQUARE"), None),
        (insert(1, "x"), {"writeMode": "SUGGEST"}),
    ):
        assert "The fake does not have" in desk.not_applied(desk.document("a"), request, control=control)
    missing = ["requests[0].insertPageBreak", "segmentId", "searchByRegex"]
    missing += ["bulletPreset BULLET_STAR_CIRCLE_SQUARE", "writeMode SUGGEST"]
    assert desk.library.unsupported == missing


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
