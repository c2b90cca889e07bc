"""What Drive and Docs hold together: files, who may do what with them, and the content of documents.

The scope is drive.file: a file that another program made (`foreign`) is not there at all.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any, Protocol

from tests.fake_google.docs_edit import KNOWN, Doubts
from tests.fake_google.docs_lines import lines_of
from tests.fake_google.docs_markdown import Exporter
from tests.fake_google.docs_model import Document, Tab

DOCUMENT = "application/vnd.google-apps.document"
EXPORT_LIMIT = 10 * 1024 * 1024
_MOMENT = timedelta(milliseconds=1)


class SendMail(Protocol):
    """Takes note of a mail that Google would send."""

    def __call__(self, *, to: str, kind: str, subject: str) -> None:
        """Note a mail: of the kind `share`, its subject is the file's id."""
        ...


class Role(IntEnum):
    """What somebody may do with a file; a higher one may do all that a lower one may."""

    READER = 1
    COMMENTER = 2
    WRITER = 3
    OWNER = 4

    @property
    def wire(self) -> str:
        """Return it as Drive spells it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Grant:
    """A permission: a role for a grantee of some type; `grantee` is an address, a domain, or empty for anyone."""

    kind: str
    grantee: str
    role: Role

    @property
    def grant_id(self) -> str:
        """Return the permission's id, which is that of the grantee."""
        if self.kind == "anyone":
            return "anyoneWithLink"
        return str(int(opaque(self.kind, self.grantee), 36))[:20]


@dataclass(slots=True)
class File:
    """A file in Drive; `document` is None for what is no Google Doc."""

    file_id: str
    name: str
    mime_type: str
    created: datetime
    modified: datetime
    document: Document | None = None
    grants: dict[str, Grant] = field(default_factory=dict)
    app_properties: dict[str, str] = field(default_factory=dict)
    description: str = ""
    parents: list[str] = field(default_factory=lambda: ["root"])
    trashed: bool = False
    foreign: bool = False
    version: int = 1

    @property
    def owner(self) -> str:
        """Return whose file it is."""
        return next(grant.grantee for grant in self.grants.values() if grant.role is Role.OWNER)

    def grant(self, grant: Grant) -> None:
        """Give somebody a role, in the place of the one they had."""
        self.grants[grant.grant_id] = grant

    def role_of(self, user: str) -> Role | None:
        """Return what the user may do with it, through a grant of their own or of their domain's, or None."""
        user = user.lower()
        domain = user.partition("@")[2]
        found = [
            grant.role
            for grant in self.grants.values()
            if grant.kind == "anyone" or grant.grantee == (domain if grant.kind == "domain" else user)
        ]
        return max(found, default=None)


@dataclass(slots=True)
class Library:
    """All files, and what is said of Google where its behaviour is uncertain; shared by Drive, Docs and people."""

    mail: SendMail
    exporter: Exporter = field(default_factory=Exporter)
    doubts: Doubts = KNOWN
    stale_status: str = "FAILED_PRECONDITION"
    export_limit: int = EXPORT_LIMIT
    files: dict[str, File] = field(default_factory=dict)
    unsupported: list[str] = field(default_factory=list)
    """What was asked for that the fake does not have; a test wants it to stay empty."""
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    """What people do just before the next batches arrive, one of them before each."""
    unlisted: set[str] = field(default_factory=set)
    """Ids of files that a search does not find yet, as happens to new ones."""
    without_account: set[str] = field(default_factory=set)
    """Addresses that are no Google account: sharing with them takes a mail."""
    _latest: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    _made: int = 0

    def moment(self, now: datetime | None = None) -> datetime:
        """Return a time that is later than every one before, so that the order of files is total."""
        self._latest = max(self._latest + _MOMENT, now or self._latest)
        return self._latest

    def new_id(self, what: str = "kix") -> str:
        """Return an id that looks like one of Google's; the next run of a test gets the same."""
        self._made += 1
        return f"{what}.{opaque(what, str(self._made))[:12]}"

    def add(
        self, name: str, mime_type: str, owner: str, now: datetime | None = None, file_id: str = ""
    ) -> File:
        """Add a file that this user owns."""
        self._made += 1
        found = file_id or "1" + opaque("file", str(self._made))[:32]
        moment = self.moment(now)
        document = Document() if mime_type == DOCUMENT else None
        file = File(found, name, mime_type, moment, moment, document)
        file.grant(Grant("user", owner.lower(), Role.OWNER))
        self.files[found] = file
        return file

    def seen_by(self, file_id: str, user: str) -> tuple[File, Role] | None:
        """Return a file and what this user may do with it, or None where this program can't know of it."""
        file = self.files.get(file_id)
        role = file.role_of(user) if file and not file.foreign else None
        return (file, role) if file and role else None

    def touched(self, file: File, now: datetime | None = None) -> None:
        """Note that a file was changed."""
        file.modified = self.moment(now)
        file.version += 1
        if file.document:
            file.document.edits += 1

    def revision(self, file: File, user: str) -> str:
        """Return a document's revision, which is good for this user alone."""
        edits = file.document.edits if file.document else 0
        return "ALm37B" + opaque(file.file_id, user, str(edits))[:40]

    def state(self) -> dict[str, Any]:
        """Return what a person sees of all files: no ids, revisions or times, so that two runs can be compared."""
        files = [_seen(file) for file in self.files.values()]
        return {"files": sorted(files, key=repr)}


def opaque(*parts: str) -> str:
    """Return what looks random and is always the same for the same parts: digits and small letters."""
    number = int(hashlib.sha256("\0".join(parts).encode()).hexdigest(), 16)
    letters = "0123456789abcdefghijklmnopqrstuvwxyz"
    found = ""
    while number:
        number, place = divmod(number, len(letters))
        found = letters[place] + found
    return found


def _seen(file: File) -> Mapping[str, Any]:
    return {
        "name": file.name,
        "mimeType": file.mime_type,
        "trashed": file.trashed,
        "description": file.description,
        "appProperties": dict(sorted(file.app_properties.items())),
        "permissions": sorted((grant.kind, grant.grantee, grant.role.wire) for grant in file.grants.values()),
        "tabs": [_tab(tab) for tab in file.document.tabs] if file.document else None,
    }


def _tab(tab: Tab) -> Mapping[str, Any]:
    ranges = sorted((named.name, named.start, named.end) for named in tab.ranges)
    return {"title": tab.title, "lines": lines_of(tab), "named ranges": ranges}
