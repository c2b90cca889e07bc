"""Files and permissions as Drive answers them."""

from datetime import datetime
from typing import Any

from tests.fake_google.library import DOCUMENT, File, Grant, Role

EXPORTS = ("text/markdown", "text/plain")
_ICONS = "https://drive-thirdparty.googleusercontent.com/16/type/"


def file_as_json(file: File, user: str, role: Role) -> dict[str, Any]:
    """Return a file as this user sees it, with every field that the fake knows."""
    found = {
        "kind": "drive#file",
        "id": file.file_id,
        "name": file.name,
        "mimeType": file.mime_type,
        "trashed": file.trashed,
        "explicitlyTrashed": file.trashed,
        "parents": file.parents,
        "spaces": ["drive"],
        "version": str(file.version),
        "webViewLink": _link(file),
        "iconLink": _ICONS + file.mime_type,
        "createdTime": _time(file.created),
        "modifiedTime": _time(file.modified),
        "owners": [user_as_json(file.owner, user)],
        "ownedByMe": role is Role.OWNER,
        "isAppAuthorized": True,
        "shared": len(file.grants) > 1,
        "writersCanShare": True,
        "capabilities": _capabilities(role),
    }
    if file.description:
        found["description"] = file.description
    if file.app_properties:
        found["appProperties"] = dict(file.app_properties)
    if file.mime_type == DOCUMENT:
        address = (
            f"https://docs.google.com/feeds/download/documents/export/Export?id={file.file_id}&exportFormat="
        )
        found["exportLinks"] = {kind: address + kind for kind in EXPORTS}
    if role >= Role.WRITER:
        found["permissions"] = [permission_as_json(grant) for grant in file.grants.values()]
        found["permissionIds"] = list(file.grants)
    return found


def permission_as_json(grant: Grant) -> dict[str, Any]:
    """Return a permission with every field that the fake knows."""
    found: dict[str, Any] = {
        "kind": "drive#permission",
        "id": grant.grant_id,
        "type": grant.kind,
        "role": grant.role.wire,
    }
    if grant.kind in {"user", "group"}:
        found |= {"emailAddress": grant.grantee, "displayName": _name(grant.grantee), "deleted": False}
    elif grant.kind == "domain":
        found |= {"domain": grant.grantee, "displayName": grant.grantee, "allowFileDiscovery": False}
    else:
        found["allowFileDiscovery"] = False
    return found


def user_as_json(address: str, me: str) -> dict[str, Any]:
    """Return a Drive user."""
    return {
        "kind": "drive#user",
        "displayName": _name(address),
        "me": address == me,
        "permissionId": Grant("user", address, Role.READER).grant_id,
        "emailAddress": address,
    }


def _capabilities(role: Role) -> dict[str, bool]:
    writes, owns = role >= Role.WRITER, role is Role.OWNER
    return {
        "canEdit": writes,
        "canComment": role >= Role.COMMENTER,
        "canShare": writes,
        "canRename": writes,
        "canDownload": True,
        "canTrash": owns,
        "canDelete": owns,
    }


def _link(file: File) -> str:
    if file.mime_type == DOCUMENT:
        return f"https://docs.google.com/document/d/{file.file_id}/edit?usp=drivesdk"
    return f"https://drive.google.com/file/d/{file.file_id}/view?usp=drivesdk"


def _name(address: str) -> str:
    return address.partition("@")[0].replace(".", " ").title()


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
