"""Who may do what with a file: `drive.permissions.*`.

https://developers.google.com/workspace/drive/api/guides/manage-sharing
"""

from collections.abc import Mapping
from typing import Any

from tests.fake_google.calls import ApiError, Call, Handler
from tests.fake_google.drive_access import forbidden, may
from tests.fake_google.drive_json import permission_as_json
from tests.fake_google.library import File, Grant, Library, Role

_GRANTEE = {"user": "emailAddress", "group": "emailAddress", "domain": "domain", "anyone": ""}


class Permissions:
    """What answers `drive.permissions.*`; a part of Drive."""

    def __init__(self, library: Library) -> None:
        """Serve the files of this library."""
        self._library = library

    @property
    def handlers(self) -> Mapping[str, Handler]:
        """Return what this part does, by method id."""
        return {
            "drive.permissions.create": self.create,
            "drive.permissions.list": self.all,
            "drive.permissions.get": self.get,
            "drive.permissions.delete": self.delete,
        }

    def create(self, call: Call) -> dict[str, Any]:
        """Give somebody a role in the place of the one they had, with the same id; a mail goes out unless told not to."""
        file = may(self._library, call, Role.WRITER)
        grant = _grant(call.body or {})
        told = grant.kind in {"user", "group"} and call.parameters.get("sendNotificationEmail") is not False
        self._check(call, file, grant, told=told)
        if grant.role is Role.OWNER:
            old = Grant("user", file.owner, Role.WRITER)
            file.grant(old)
        elif grant.grantee == file.owner:
            grant = file.grants[grant.grant_id]
        file.grant(grant)
        self._library.moment(call.now)
        file.version += 1
        if told:
            self._library.mail(to=grant.grantee, kind="share", subject=file.file_id)
        return permission_as_json(grant)

    def all(self, call: Call) -> dict[str, Any]:
        """Return all of a file's permissions, to those who may write."""
        file = may(self._library, call, Role.WRITER)
        found = [permission_as_json(grant) for grant in file.grants.values()]
        return {"kind": "drive#permissionList", "permissions": found}

    def get(self, call: Call) -> dict[str, Any]:
        """Return one permission, to those who may write."""
        file = may(self._library, call, Role.WRITER)
        return permission_as_json(_found(file, call.parameters["permissionId"]))

    def delete(self, call: Call) -> None:
        """Take a permission away: those who may write take anybody's but the owner's, everybody their own."""
        file = may(self._library, call, Role.READER)
        grant = _found(file, call.parameters["permissionId"])
        role = file.role_of(call.user)
        if grant.role is Role.OWNER or (grant.grantee != call.user and (role is None or role < Role.WRITER)):
            raise forbidden()
        del file.grants[grant.grant_id]
        file.version += 1

    def _check(self, call: Call, file: File, grant: Grant, *, told: bool) -> None:
        """Refuse what would need a word more: a new owner, or a guest without an account."""
        if grant.role is Role.OWNER:
            if not call.parameters.get("transferOwnership"):
                message = (
                    "The transferOwnership parameter must be enabled when the permission role is 'owner'."
                )
                raise ApiError(403, "forbidden", message)
            if not told:
                message = "The sendNotificationEmail parameter must be enabled for ownership transfers."
                raise ApiError(403, "forbidden", message)
            if file.role_of(call.user) is not Role.OWNER:
                raise forbidden()
        if grant.grantee in self._library.without_account and not told:
            message = (
                f'Bad Request. User message: "You are trying to invite {grant.grantee}, which is no account."'
            )
            raise ApiError(400, "invalidSharingRequest", message)


def _grant(body: Mapping[str, Any]) -> Grant:
    """Read a permission; raise ApiError."""
    kind, role = str(body.get("type", "")), str(body.get("role", ""))
    if kind not in _GRANTEE:
        raise ApiError(400, "required", "The permission type field is required.")
    roles = {found.wire: found for found in Role}
    if role not in roles:
        raise ApiError(400, "required", "The permission role field is required.")
    named = _GRANTEE[kind]
    if named and not body.get(named):
        raise ApiError(400, "invalid", f"The fake wants {named} for the type {kind}.")
    return Grant(kind, str(body[named]).lower() if named else "", roles[role])


def _found(file: File, grant_id: str) -> Grant:
    if grant_id not in file.grants:
        raise ApiError(404, "notFound", f"Permission not found: {grant_id}.")
    return file.grants[grant_id]
