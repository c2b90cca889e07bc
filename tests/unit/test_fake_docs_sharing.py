"""The fake's Drive: who may do what, and who is told by mail."""

from tests.unit.fake_docs_builders import ANA, BO, CY, Desk, Json


def _share(
    desk: Desk, document: str, address: str, role: str = "writer", user: str = ANA, **parameters: bool
) -> Json:
    body = {"type": "user", "role": role, "emailAddress": address}
    wanted: Json = {"fileId": document, **parameters}
    found: Json = desk("drive.permissions.create", user, body, **wanted)
    return found


def _roles(desk: Desk, document: str) -> dict[str, str]:
    found = desk("drive.permissions.list", fileId=document)["permissions"]
    return {permission["emailAddress"]: permission["role"] for permission in found}


def test_a_mail_goes_out_unless_told_not_to() -> None:
    """Silence has to be asked for."""
    desk = Desk()
    document = desk.document()
    _share(desk, document, BO)
    _share(desk, document, CY, sendNotificationEmail=False)
    assert desk.mails == [(BO, "share", document)]


def test_sharing_again_replaces() -> None:
    """The permission's id is the grantee's, the role is the last one given."""
    desk = Desk()
    document = desk.document()
    first, second = _share(desk, document, BO, "reader"), _share(desk, document, BO, "writer")
    assert first["id"] == second["id"]
    assert _roles(desk, document) == {ANA: "owner", BO: "writer"}


def test_a_new_owner_takes_a_word_more() -> None:
    """The old one becomes a writer; the mail can't be left out."""
    desk = Desk()
    document = desk.document()
    body = {"type": "user", "role": "owner", "emailAddress": BO}
    silently: Json = {"transferOwnership": True, "sendNotificationEmail": False}
    for parameters in ({}, silently):
        assert desk.refused("drive.permissions.create", body=body, fileId=document, **parameters)[0] == 403
    _share(desk, document, BO, "owner", transferOwnership=True)
    assert _roles(desk, document) == {ANA: "writer", BO: "owner"}


def test_an_owner_stays_the_owner() -> None:
    """Whatever lower role they are given."""
    desk = Desk()
    document = desk.document()
    assert _share(desk, document, ANA, "writer")["role"] == "owner"


def test_readers_cannot_share_or_see_who_may() -> None:
    """They see the file, so it is 403; a stranger gets 404."""
    desk = Desk()
    document = desk.document()
    _share(desk, document, BO, "reader")
    body = {"type": "user", "role": "reader", "emailAddress": CY}
    for user, status in ((BO, 403), (CY, 404)):
        assert desk.refused("drive.permissions.create", user, body, fileId=document)[0] == status
        assert desk.refused("drive.permissions.list", user, fileId=document)[0] == status


def test_a_permission_is_taken_away() -> None:
    """By those who may write, and by its holder; never the owner's."""
    desk = Desk()
    document = desk.document()
    theirs, yours = _share(desk, document, BO)["id"], _share(desk, document, CY, "reader")["id"]
    owners = desk("drive.files.get", fileId=document)["permissionIds"][0]
    assert desk.refused("drive.permissions.delete", BO, fileId=document, permissionId=owners)[0] == 403
    assert desk.refused("drive.permissions.delete", CY, fileId=document, permissionId=theirs)[0] == 403
    for user, permission in ((CY, yours), (BO, theirs)):
        desk("drive.permissions.delete", user, fileId=document, permissionId=permission)
    assert _roles(desk, document) == {ANA: "owner"}
    assert desk.refused("drive.permissions.delete", fileId=document, permissionId=theirs)[:2] == (
        404,
        "notFound",
    )


def test_a_permission_has_a_type_a_role_and_a_grantee() -> None:
    """One that lacks any of them is refused."""
    desk = Desk()
    document = desk.document()
    for body in (
        {"role": "reader"},
        {"type": "user", "emailAddress": BO},
        {"type": "user", "role": "reader"},
    ):
        assert desk.refused("drive.permissions.create", body=body, fileId=document)[0] == 400


def test_a_domain_or_anyone_with_the_link_may_read() -> None:
    """Without a mail, and without the file turning up in their searches."""
    for body in ({"type": "domain", "domain": "example.com"}, {"type": "anyone"}):
        desk = Desk()
        document = desk.document()
        made = desk("drive.permissions.create", body={**body, "role": "reader"}, fileId=document)
        assert desk("drive.permissions.get", fileId=document, permissionId=made["id"]) == made
        assert desk.get(document, CY)["title"] == "Ana & Bo"
        assert desk("drive.files.list", CY)["files"] == desk.mails == []


def test_who_has_no_account_has_to_be_told() -> None:
    """Drive shares with an address of another kind by mail alone."""
    desk = Desk()
    desk.library.without_account.add(BO)
    document = desk.document()
    body = {"type": "user", "role": "reader", "emailAddress": BO}
    refusal = desk.refused(
        "drive.permissions.create", body=body, fileId=document, sendNotificationEmail=False
    )
    assert refusal[:2] == (400, "invalidSharingRequest")
    assert _share(desk, document, BO)["role"] == "writer"
