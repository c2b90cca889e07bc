"""The file of a pair's document in the manager's Drive: found by a mark of ours, created once, shared once.

Drive hands out no ids for documents in advance, and a request to create one may arrive twice. So every document
bears a property that only this program sees (`appProperties`), made of the pair; of several the oldest counts.
Until a second property says so, what belongs to its creation is not finished: it is to be shared with the report. After
that, who may see it is people's own business. A double may be found long after, since a search finds late what is new:
whenever one is known it goes to the bin, unless somebody used it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from scheduler.documents.gdocs.structure import FIELDS, read_structure
from scheduler.google.client import Api, Google
from scheduler.google.trouble import GoogleError
from scheduler.people import Pair
from scheduler.planning.identity import document_key

GONE = 404
_KEY, _SETTLED = "onetoone", "onetoone-settled"
_DOCUMENT = "application/vnd.google-apps.document"
_FIELDS = "id,name,createdTime,appProperties,permissions(type,emailAddress)"


@dataclass(frozen=True, slots=True)
class DriveFile:
    """A document's file: its id, and whether everything that belongs to its creation has been done."""

    id: str
    settled: bool
    doubles: tuple[str, ...] = ()
    shared_with: frozenset[str] = frozenset()

    @property
    def address(self) -> str:
        """Return where people open it."""
        return f"https://docs.google.com/document/d/{self.id}/edit"


class Files:
    """The documents' files; each request is the manager's, each raises GoogleError."""

    def __init__(self, google: Google) -> None:
        self._google = google

    def find(self, pair: Pair) -> DriveFile | None:
        """Return the file of a pair, or None: by its mark, whatever people called it, but not from the bin.

        Who was renamed keeps the document that was made under an earlier address. One request; for somebody with
        aliases another one for each earlier pair of addresses, until there is one.
        """
        found = (self._listed(pair, key) for key in _keys(pair))
        return next((_of(files, pair) for files in found if files), None)

    def still_there(self, pair: Pair, file: DriveFile) -> bool:
        """Say whether the file can be reached and is not in the bin; one request, of what Drive knows at this moment."""
        try:
            found = self._send(pair, self._files.get(fileId=file.id, fields="trashed"))
        except GoogleError as error:
            if error.status == GONE:
                return False
            raise
        return not found["trashed"]

    def create(self, pair: Pair) -> DriveFile:
        """Create the file of a pair that has none, and return it, or one that a search finds now and not before.

        Two requests.
        """
        key = document_key(*pair.key)
        body = {"name": title_of(pair), "mimeType": _DOCUMENT, "appProperties": {_KEY: key}}
        made = self._send(pair, self._files.create(body=body, fields=_FIELDS))
        # The search may not know yet what was made a moment ago.
        found = {file["id"]: file for file in (made, *self._listed(pair, key))}
        return _of(list(found.values()), pair)

    def settle(self, pair: Pair, file: DriveFile) -> DriveFile:
        """Finish a creation: share with the report, note that it is done, put doubles in the bin; return the finished file.

        Shared by hand already, it is left so. Two requests where it was not finished, two more for each double.
        """
        if not file.settled:
            if not file.shared_with & pair.report.addresses:
                self._share(pair, file.id)
            body = {"appProperties": {_SETTLED: "yes"}}
            self._send(pair, self._files.update(fileId=file.id, body=body, fields="id"))
        return self.without_doubles(pair, replace(file, settled=True))

    def without_doubles(self, pair: Pair, file: DriveFile) -> DriveFile:
        """Put a file's doubles in the bin, but for those that somebody used; two requests each."""
        for double in file.doubles:
            if self._is_unused(pair, double):
                self._send(pair, self._files.update(fileId=double, body={"trashed": True}, fields="id"))
        return replace(file, doubles=())

    def _share(self, pair: Pair, file_id: str) -> None:
        """Let the report write in it; no mail is sent."""
        permissions = self._google.collection(Api.DRIVE, "permissions")
        body = {"type": "user", "role": "writer", "emailAddress": pair.report.email}
        request = permissions.create(fileId=file_id, body=body, sendNotificationEmail=False, fields="id")
        self._send(pair, request)

    def _is_unused(self, pair: Pair, file_id: str) -> bool:
        documents = self._google.collection(Api.DOCS, "documents")
        request = documents.get(documentId=file_id, includeTabsContent=True, fields=FIELDS)
        return read_structure(self._send(pair, request)).blank

    def _listed(self, pair: Pair, key: str) -> list[Mapping[str, Any]]:
        """Return the files with a key that are not in the bin."""
        wanted = f"appProperties has {{ key='{_KEY}' and value='{key}' }} and trashed = false"
        request = self._files.list(q=wanted, spaces="drive", fields=f"nextPageToken,files({_FIELDS})")
        found: list[Mapping[str, Any]] = []
        while request is not None:
            answer = self._send(pair, request)
            found += answer.get("files", ())
            request = self._files.list_next(request, answer)
        return found

    @property
    def _files(self) -> Any:  # noqa: ANN401 - the library makes these at run time
        return self._google.collection(Api.DRIVE, "files")

    def _send(self, pair: Pair, request: Any) -> Any:  # noqa: ANN401 - as above, and JSON
        return self._google.send(request, user=pair.manager.email)


def title_of(pair: Pair) -> str:
    """Return what a new document is called; people may call it something else."""
    return f"1-2-1: {' '.join(pair.manager.name.split())} and {' '.join(pair.report.name.split())}"


def _keys(pair: Pair) -> Iterator[str]:
    """Yield the pair's key, then what it was if one of the two had another of their addresses then."""
    yield document_key(*pair.key)
    for manager, report in product(sorted(pair.manager.addresses), sorted(pair.report.addresses)):
        if (manager, report) != pair.key:
            yield document_key(manager, report)


def _of(files: Iterable[Mapping[str, Any]], pair: Pair) -> DriveFile:
    """Return the one that counts: a finished one before others, then the oldest.

    Those of the others that are still as we made them are its doubles.
    """
    first, *others = sorted(files, key=lambda file: (not _is_settled(file), file["createdTime"], file["id"]))
    title = title_of(pair)
    doubles = (file["id"] for file in others if not _is_settled(file) and file["name"] == title)
    permissions = first.get("permissions") or ()
    people = (one.get("emailAddress", "").lower() for one in permissions if one.get("type") == "user")
    return DriveFile(first["id"], _is_settled(first), tuple(doubles), frozenset(people))


def _is_settled(file: Mapping[str, Any]) -> bool:
    return (file.get("appProperties") or {}).get(_SETTLED) == "yes"
