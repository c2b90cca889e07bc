"""The Docs API, version 1: documents are created, read whole, and changed by batches of requests."""

from collections.abc import Mapping
from typing import Any

from tests.fake_google.calls import ApiError, Call, Handler
from tests.fake_google.docs_json import document_as_json
from tests.fake_google.docs_requests import Batch, NotInFake, Refused
from tests.fake_google.library import DOCUMENT, File, Library, Role


class DocsService:
    """The part of the fake that answers `docs.documents.*`."""

    def __init__(self, library: Library) -> None:
        """Serve the documents of this library."""
        self._library = library

    @property
    def handlers(self) -> Mapping[str, Handler]:
        """Return what this service does, by method id."""
        return {
            "docs.documents.create": self.create,
            "docs.documents.get": self.get,
            "docs.documents.batchUpdate": self.batch_update,
        }

    def create(self, call: Call) -> dict[str, Any]:
        """Create an empty document with a title; whatever else the body says is ignored."""
        name = (call.body or {}).get("title", "")
        file = self._library.add(name or "Untitled document", DOCUMENT, call.user, call.now)
        return {**self._told(call, file, Role.OWNER, tabs=False), **_tabs(file)}

    def get(self, call: Call) -> dict[str, Any]:
        """Return a document with its tabs, or with the content of the first one in the fields of old."""
        file, role = self._document(call)
        return self._told(call, file, role, tabs=bool(call.parameters.get("includeTabsContent")))

    def batch_update(self, call: Call) -> dict[str, Any]:
        """Apply all requests or none; a required revision must be the document's present one."""
        if self._library.meanwhile:
            self._library.meanwhile.pop(0)()
        file, role = self._document(call)
        if role < Role.WRITER:
            raise ApiError(403, "PERMISSION_DENIED", "The caller does not have permission")
        body = call.body or {}
        self._check_control(file, call.user, body.get("writeControl") or {})
        assert file.document is not None
        batch = Batch(file.document.copied(), self._library.new_id, self._library.doubts)
        try:
            replies = batch.apply(body.get("requests") or [])
        except Refused as refused:
            raise ApiError(400, "INVALID_ARGUMENT", str(refused)) from None
        except NotInFake as missing:
            raise self._not_in_fake(str(missing)) from None
        file.document = batch.document
        self._library.touched(file, call.now)
        control = {"requiredRevisionId": self._library.revision(file, call.user)}
        return {"documentId": file.file_id, "replies": replies, "writeControl": control}

    def _check_control(self, file: File, user: str, control: Mapping[str, Any]) -> None:
        """Refuse a stale revision; a target revision may be any, since nobody else edits at the same moment."""
        if control.get("writeMode") == "SUGGEST":
            suggesting = "writeMode SUGGEST"
            raise self._not_in_fake(suggesting)
        required = control.get("requiredRevisionId")
        if required and required != self._library.revision(file, user):
            message = f"The required revision ID '{required}' does not match the latest revision."
            raise ApiError(400, self._library.stale_status, message)

    def _document(self, call: Call) -> tuple[File, Role]:
        seen = self._library.seen_by(call.parameters["documentId"], call.user)
        if seen is None or seen[0].document is None:
            raise ApiError(404, "NOT_FOUND", "Requested entity was not found.")
        return seen

    def _told(self, call: Call, file: File, role: Role, *, tabs: bool) -> dict[str, Any]:
        assert file.document is not None
        found = {
            "documentId": file.file_id,
            "title": file.name,
            "suggestionsViewMode": "SUGGESTIONS_INLINE",
            **document_as_json(file.document, tabs=tabs),
        }
        if role >= Role.WRITER:
            found["revisionId"] = self._library.revision(file, call.user)
        return found

    def _not_in_fake(self, what: str) -> ApiError:
        self._library.unsupported.append(what)
        return ApiError(400, "INVALID_ARGUMENT", f"The fake does not have {what}.")


def _tabs(file: File) -> dict[str, Any]:
    """Return the tabs of a new document, which Google's answer to `create` has beside the fields of old."""
    assert file.document is not None
    return document_as_json(file.document, tabs=True)
