"""The fake's Drive: files, searches, the trash, and what it refuses."""

from tests.fake_google.library import DOCUMENT
from tests.unit.fake_docs_builders import ANA, BO, CY, Desk, Json


def _found(desk: Desk, q: str, user: str = ANA) -> list[str]:
    answer: Json = desk("drive.files.list", user, q=q, orderBy="createdTime")
    return [file["name"] for file in answer["files"]]


def test_a_file_is_told_as_drive_tells_it() -> None:
    """With a link for browsers, times and an owner."""
    desk = Desk()
    file = desk("drive.files.create", body={"name": "Ana & Bo", "mimeType": DOCUMENT})
    assert file["webViewLink"] == f"https://docs.google.com/document/d/{file['id']}/edit?usp=drivesdk"
    assert (file["kind"], file["createdTime"], file["trashed"]) == (
        "drive#file",
        "2026-03-02T09:00:00.000Z",
        False,
    )
    assert [owner["emailAddress"] for owner in file["owners"]] == [ANA]
    assert desk("drive.files.get", fileId=file["id"]) == file


def test_no_two_files_are_made_at_the_same_time() -> None:
    """So the order of creation is one."""
    desk = Desk()
    for name in "cab":
        desk.document(name=name)
    assert _found(desk, "") == ["c", "a", "b"]


def test_files_are_found_by_the_apps_properties() -> None:
    """A value may hold quotes and backslashes, which are escaped."""
    desk = Desk()
    for value in (r"o'neil\x", "other"):
        body = {"name": value, "mimeType": DOCUMENT, "appProperties": {"pair": value}}
        desk("drive.files.create", body=body)
    query = r"trashed = false and appProperties has { key='pair' and value='o\'neil\\x' }"
    assert _found(desk, query) == [r"o'neil\x"]
    assert _found(desk, f"name = 'other' and mimeType = '{DOCUMENT}'") == ["other"]


def test_a_query_that_is_none_is_refused() -> None:
    """Before anything is searched."""
    desk = Desk()
    for q in ("trashed", "name = 'a", "name = 'a' and", "trashed = false trashed = false"):
        assert desk.refused("drive.files.list", q=q) == (400, "invalid", "Invalid Value")


def test_a_list_comes_in_pages() -> None:
    """A page that is not the last has a token for the next."""
    desk = Desk()
    for name in "abc":
        desk.document(name=name)
    first = desk("drive.files.list", pageSize=2, orderBy="createdTime")
    rest = desk("drive.files.list", pageSize=2, orderBy="createdTime", pageToken=first["nextPageToken"])
    assert [[file["name"] for file in page["files"]] for page in (first, rest)] == [["a", "b"], ["c"]]
    assert "nextPageToken" not in rest


def test_trashed_files_are_listed_unless_the_query_says_otherwise() -> None:
    """The owner alone moves them there."""
    desk = Desk()
    document = desk.document(name="a")
    desk.people.share(document, BO)
    refusal = desk.refused("drive.files.update", BO, {"trashed": True}, fileId=document)
    assert refusal[:2] == (403, "insufficientFilePermissions")
    desk("drive.files.update", body={"trashed": True}, fileId=document)
    assert (_found(desk, ""), _found(desk, "trashed = false"), _found(desk, "trashed = true")) == (
        ["a"],
        [],
        ["a"],
    )


def test_an_update_changes_what_it_names() -> None:
    """A property that is null goes, the others stay; so do the name and the text."""
    desk = Desk()
    document = desk.document("text", name="a")
    desk("drive.files.update", body={"appProperties": {"one": "1", "two": "2"}}, fileId=document)
    file = desk("drive.files.update", body={"name": "b", "appProperties": {"one": None}}, fileId=document)
    assert (file["name"], file["appProperties"]) == ("b", {"two": "2"})
    assert (desk.get(document)["title"], desk.text(document)) == ("b", ["text"])


def test_a_property_may_have_124_bytes() -> None:
    """Key and value together, in UTF-8."""
    desk = Desk()
    body = {"name": "a", "mimeType": DOCUMENT, "appProperties": {"pair": "ü" * 60}}
    desk("drive.files.create", body=body)
    body["appProperties"] = {"pair": "ü" * 61}
    assert desk.refused("drive.files.create", body=body)[:2] == (400, "invalid")


def test_documents_take_no_ids_of_ours() -> None:
    """So there is no way to create one twice and have one."""
    desk = Desk()
    generated = desk("drive.files.generateIds", count=1)["ids"][0]
    body = {"name": "a", "mimeType": DOCUMENT, "id": generated}
    assert desk.refused("drive.files.create", body=body)[:2] == (400, "generatedIdNotSupported")


def test_other_files_take_an_id_once() -> None:
    """A second file with it is refused; such a file is no document and can't be exported."""
    desk = Desk()
    body = {
        "name": "notes.txt",
        "mimeType": "text/plain",
        "id": desk("drive.files.generateIds", count=1)["ids"][0],
    }
    file = desk("drive.files.create", body=body)["id"]
    assert desk.refused("drive.files.create", body=body)[:2] == (409, "fileIdInUse")
    export = desk.refused("drive.files.export", fileId=file, mimeType="text/markdown")
    assert export[:2] == (403, "fileNotExportable")
    assert desk.refused("docs.documents.get", documentId=file)[0] == 404


def test_what_the_fake_lacks_is_refused_and_noted() -> None:
    """Other corpora and orders, moves, fields that it does not keep."""
    desk = Desk()
    document = desk.document()
    desk.refused("drive.files.list", corpora="domain")
    desk.refused("drive.files.list", orderBy="folder")
    desk.refused("drive.files.update", body={}, fileId=document, addParents="x")
    desk.refused("drive.files.update", body={"starred": True}, fileId=document)
    missing = ["corpora domain", "orderBy folder", "addParents", "the file's field starred"]
    assert desk.library.unsupported == missing


def test_a_document_stays_one_and_is_no_download() -> None:
    """Its type can't be changed, its content is exported instead."""
    desk = Desk()
    document = desk.document()
    body = {"mimeType": "text/plain"}
    assert desk.refused("drive.files.update", body=body, fileId=document)[1] == "fieldNotWritable"
    assert desk.refused("drive.files.get", fileId=document, alt="media")[1] == "fileNotDownloadable"


def test_a_documents_content_can_be_replaced_by_an_upload() -> None:
    """The revision is a new one."""
    desk = Desk()
    document = desk.document("old")
    before = desk.get(document)["revisionId"]
    desk("drive.files.update", ANA, {}, b"## new\n", fileId=document)
    assert desk.text(document) == ["## new"]
    assert desk.get(document)["revisionId"] != before


def test_strangers_files_are_not_there() -> None:
    """Those of other programs, and those of people who did not share them."""
    desk = Desk()
    foreign, ours = desk.people.own_document("diary", ANA), desk.document(name="ours")
    missing = (404, "notFound", f"File not found: {foreign}.")
    assert desk.refused("drive.files.get", fileId=foreign) == missing
    assert desk.refused("drive.files.get", CY, fileId=ours)[:2] == (404, "notFound")
    assert (_found(desk, ""), _found(desk, "", CY)) == (["ours"], [])


def test_a_new_file_may_not_be_found_yet() -> None:
    """A search may lag behind; asked for by its id, the file is there."""
    desk = Desk()
    document = desk.document(name="a")
    desk.library.unlisted.add(document)
    assert _found(desk, "") == []
    assert desk("drive.files.get", fileId=document)["name"] == "a"


def test_a_deleted_file_is_gone() -> None:
    """Past the trash; its owner alone can do it."""
    desk = Desk()
    document = desk.document()
    desk.people.share(document, BO)
    assert desk.refused("drive.files.delete", BO, fileId=document)[0] == 403
    assert desk("drive.files.delete", fileId=document) is None
    assert desk.refused("docs.documents.get", documentId=document)[0] == 404


def test_who_asks_and_what_can_be_converted() -> None:
    """`about.get` tells."""
    about = Desk()("drive.about.get", BO)
    assert about["user"]["emailAddress"] == BO
    assert DOCUMENT in about["importFormats"]["text/markdown"]
    assert "text/markdown" in about["exportFormats"][DOCUMENT]
