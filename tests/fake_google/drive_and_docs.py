"""Drive and Docs as one service for the fake Google, with the people who use them.

files = DriveAndDocs()
with FakeGoogle(files) as fake:
    ...
    files.people.tick(document, "Ask about the budget")
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.fake_google.calls import Handler
from tests.fake_google.docs import DocsService
from tests.fake_google.drive import DriveService
from tests.fake_google.library import Library
from tests.fake_google.people import People


class ShareMail(NamedTuple):
    """A mail that Drive sends to somebody whom a file was shared with."""

    to: str
    kind: str
    subject: str


class DriveAndDocs:
    """The part of the fake that answers `drive.*` and `docs.*`; `mails` are those that Drive sent."""

    default_fields = DriveService.default_fields

    def __init__(self) -> None:
        """Begin with no files."""
        self.mails: list[ShareMail] = []
        self.library = Library(lambda **mail: self.mails.append(ShareMail(**mail)))
        self.people = People(self.library)
        self._handlers = {**DriveService(self.library).handlers, **DocsService(self.library).handlers}

    @property
    def handlers(self) -> Mapping[str, Handler]:
        """Return what this service does, by method id."""
        return self._handlers

    def state(self) -> dict[str, Any]:
        """Return what people see of all files and documents, and which mails went out; no ids, revisions or times."""
        names = {file.file_id: file.name for file in self.library.files.values()}
        mails = sorted((mail.to, mail.kind, names.get(mail.subject, "")) for mail in self.mails)
        return {**self.library.state(), "mails": mails}
