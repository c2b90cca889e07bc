"""The Drive API, version 3: files and their metadata, searches, exports.

Without a `fields` parameter Drive answers with few fields: `default_fields` says with which, by method id.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tests.fake_google.calls import ApiError, Call, Handler
from tests.fake_google.docs_import import tab_from_markdown
from tests.fake_google.docs_markdown import plain_text
from tests.fake_google.drive_access import forbidden, invalid, may, not_in_fake
from tests.fake_google.drive_json import EXPORTS, file_as_json, user_as_json
from tests.fake_google.drive_permissions import Permissions
from tests.fake_google.drive_query import WrongQuery, parse_query
from tests.fake_google.library import DOCUMENT, File, Library, Role

_FEW = "kind,id,name,mimeType"
_IMPORTS = ("text/markdown", "text/plain")
_LARGEST_PAGE = 1000
_LARGEST_PROPERTY = 124  # bytes of key and value together
_MOST_PROPERTIES = 30
_SETTABLE = frozenset({"name", "mimeType", "appProperties", "description", "parents", "trashed", "id"})
_ORDERS: Mapping[str, Callable[[File], Any]] = {
    "createdTime": lambda file: file.created,
    "modifiedTime": lambda file: file.modified,
    "name": lambda file: file.name,
}


class DriveService:
    """The part of the fake that answers `drive.*`."""

    default_fields: Mapping[str, str] = {
        "drive.files.create": _FEW,
        "drive.files.get": _FEW,
        "drive.files.update": _FEW,
        "drive.files.list": f"kind,nextPageToken,incompleteSearch,files({_FEW})",
        "drive.permissions.create": "kind,id,type,role",
        "drive.permissions.get": "kind,id,type,role",
        "drive.permissions.list": "kind,nextPageToken,permissions(kind,id,type,role)",
    }

    def __init__(self, library: Library) -> None:
        """Serve the files of this library."""
        self._library = library
        self._permissions = Permissions(library)

    @property
    def handlers(self) -> Mapping[str, Handler]:
        """Return what this service does, by method id."""
        return {
            "drive.about.get": self.about,
            "drive.files.create": self.create,
            "drive.files.delete": self.delete,
            "drive.files.export": self.export,
            "drive.files.generateIds": self.generate_ids,
            "drive.files.get": self.get,
            "drive.files.list": self.search,
            "drive.files.update": self.update,
            **self._permissions.handlers,
        }

    def state(self) -> dict[str, Any]:
        """Return what a person sees of all files and documents."""
        return self._library.state()

    def about(self, call: Call) -> dict[str, Any]:
        """Return who asks, and what can be converted into what."""
        return {
            "kind": "drive#about",
            "user": user_as_json(call.user, call.user),
            "importFormats": {kind: [DOCUMENT] for kind in _IMPORTS},
            "exportFormats": {DOCUMENT: list(EXPORTS)},
        }

    def create(self, call: Call) -> dict[str, Any]:
        """Create a file of the user's; one of Docs' type is an empty document, or the upload converted into one."""
        body = self._checked(call)
        mime_type = body.get("mimeType") or (call.media[0] if call.media else "application/octet-stream")
        file_id = body.get("id", "")
        if file_id and mime_type == DOCUMENT:
            raise ApiError(
                400, "generatedIdNotSupported", "Generated IDs are not supported for Docs Editors formats."
            )
        if file_id in self._library.files:
            raise ApiError(409, "fileIdInUse", "A file already exists with the provided ID.")
        file = self._library.add(body.get("name", "Untitled"), mime_type, call.user, call.now, file_id)
        self._set(file, call, body)
        return file_as_json(file, call.user, Role.OWNER)

    def get(self, call: Call) -> dict[str, Any]:
        """Return a file's metadata; a document has no content to download."""
        file = may(self._library, call, Role.READER)
        if call.parameters.get("alt") == "media":
            message = "Only files with binary content can be downloaded. Use Export with Docs Editors files."
            raise ApiError(403, "fileNotDownloadable", message)
        return self._told(call, file)

    def update(self, call: Call) -> dict[str, Any]:
        """Change what the body names and nothing else; the owner alone moves a file to the trash, or out of it."""
        file = may(self._library, call, Role.WRITER)
        body = self._checked(call)
        for unwanted in ("addParents", "removeParents"):
            if call.parameters.get(unwanted):
                raise not_in_fake(self._library, unwanted)
        if body.get("mimeType", file.mime_type) != file.mime_type:
            raise ApiError(
                403, "fieldNotWritable", "The resource body includes fields which are not directly writable."
            )
        if body.get("trashed", file.trashed) != file.trashed and file.role_of(call.user) is not Role.OWNER:
            raise forbidden()
        self._set(file, call, body)
        if call.media:
            self._library.touched(file, call.now)
        elif body:
            file.modified, file.version = self._library.moment(call.now), file.version + 1
        return self._told(call, file)

    def delete(self, call: Call) -> None:
        """Delete a file of the user's own for good, past the trash."""
        file = may(self._library, call, Role.OWNER)
        del self._library.files[file.file_id]

    def search(self, call: Call) -> dict[str, Any]:
        """Return the files that the user owns or was given, a page at a time, trashed ones too unless `q` says."""
        corpora = call.parameters.get("corpora", "user")
        if corpora != "user":
            raise not_in_fake(self._library, f"corpora {corpora}")
        try:
            wanted = parse_query(call.parameters.get("q") or "", call.user)
        except WrongQuery:
            raise invalid() from None
        found = [file for file in self._visible(call.user) if wanted(file)]
        self._sort(found, call.parameters.get("orderBy") or "modifiedTime desc")
        start = _offset(call.parameters.get("pageToken"))
        end = start + min(int(call.parameters.get("pageSize") or _LARGEST_PAGE), _LARGEST_PAGE)
        more = {"nextPageToken": f"~!!~{end}"} if end < len(found) else {}
        files = [self._told(call, file) for file in found[start:end]]
        return {"kind": "drive#fileList", "incompleteSearch": False, **more, "files": files}

    def export(self, call: Call) -> bytes:
        """Return a document in another format, of up to 10 MB."""
        file = may(self._library, call, Role.READER)
        if file.document is None:
            raise ApiError(403, "fileNotExportable", "Export only supports Docs Editors files.")
        kind = call.parameters["mimeType"]
        if kind not in EXPORTS:
            raise ApiError(400, "badRequest", "The requested conversion is not supported.")
        markdown = kind == "text/markdown"
        data = self._library.exporter.markdown(file.document) if markdown else plain_text(file.document)
        if len(data) > self._library.export_limit:
            raise ApiError(403, "exportSizeLimitExceeded", "This file is too large to be exported.")
        return data

    def generate_ids(self, call: Call) -> dict[str, Any]:
        """Return ids for files that are no documents."""
        count = int(call.parameters.get("count") or 10)
        ids = [self._library.new_id("file") for _ in range(count)]
        return {"kind": "drive#generatedIds", "space": "drive", "ids": ids}

    def _visible(self, user: str) -> list[File]:
        """Return the files that a search finds: those that the user owns, or that were shared with them by name."""
        return [
            file
            for file in self._library.files.values()
            if not file.foreign
            and file.file_id not in self._library.unlisted
            and any(grant.kind == "user" and grant.grantee == user.lower() for grant in file.grants.values())
        ]

    def _sort(self, files: list[File], order: str) -> None:
        for part in reversed(order.split(",")):
            key, _, direction = part.strip().partition(" ")
            if key not in _ORDERS or direction not in {"", "desc"}:
                raise not_in_fake(self._library, f"orderBy {part}")
            files.sort(key=_ORDERS[key], reverse=direction == "desc")

    def _told(self, call: Call, file: File) -> dict[str, Any]:
        return file_as_json(file, call.user, file.role_of(call.user) or Role.READER)

    def _checked(self, call: Call) -> Mapping[str, Any]:
        """Return the body; refuse fields that the fake does not keep, and properties that are too large."""
        body = call.body or {}
        for name in sorted(body.keys() - _SETTABLE):
            raise not_in_fake(self._library, f"the file's field {name}")
        for key, value in (body.get("appProperties") or {}).items():
            if value is not None and len((key + value).encode()) > _LARGEST_PROPERTY:
                what = f"The property {key} is larger than {_LARGEST_PROPERTY} bytes."
                raise invalid(what)
        return body

    def _set(self, file: File, call: Call, body: Mapping[str, Any]) -> None:
        properties = file.app_properties | (body.get("appProperties") or {})
        kept = {key: value for key, value in properties.items() if value is not None}
        if len(kept) > _MOST_PROPERTIES:
            what = f"A file has no more than {_MOST_PROPERTIES} properties of an app."
            raise invalid(what)
        file.app_properties = kept
        file.name = body.get("name", file.name)
        file.description = body.get("description", file.description)
        file.parents = list(body.get("parents", file.parents))
        file.trashed = body.get("trashed", file.trashed)
        if call.media and file.document:
            kind, data = call.media
            if kind.partition(";")[0] not in _IMPORTS:
                raise not_in_fake(self._library, f"the import of {kind}")
            file.document.tabs[0] = tab_from_markdown(data.decode(), self._library.new_id)


def _offset(token: str | None) -> int:
    if token is None:
        return 0
    if not token.startswith("~!!~"):
        raise invalid()
    return int(token.removeprefix("~!!~"))
