"""A Drive and its documents for the tests of the fake, called without a server."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.fake_google.calls import ApiError, Call
from tests.fake_google.discovery import methods
from tests.fake_google.drive_and_docs import DriveAndDocs
from tests.fake_google.library import DOCUMENT

ANA, BO, CY = "ana@example.com", "bo@example.com", "cy@example.com"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Json = dict[str, Any]


class Desk:
    """Drive and Docs as Ana and others use them, and the mails that went out."""

    def __init__(self) -> None:
        """Begin with an empty Drive."""
        self._service = DriveAndDocs()
        self.library, self.people, self.mails = (
            self._service.library,
            self._service.people,
            self._service.mails,
        )
        self.state = self._service.state

    def __call__(
        self,
        method: str,
        user: str = ANA,
        body: Json | None = None,
        media: bytes = b"",
        **parameters: Any,  # noqa: ANN401 - each method has parameters of its own
    ) -> Any:  # noqa: ANN401 - JSON, bytes or None
        """Send a request and return the answer; both are as the discovery documents say."""
        upload = ("text/markdown", media) if media else None
        form = methods()[method]
        assert form.request is None or body is None or form.request(body) is None
        answer = self._service.handlers[method](Call(method, user, parameters, body, upload, {}, NOW))
        assert not isinstance(answer, dict) or (form.response and form.response(answer) is None)
        return answer

    def refused(
        self,
        method: str,
        user: str = ANA,
        body: Json | None = None,
        **parameters: Any,  # noqa: ANN401 - as above
    ) -> tuple[int, str, str]:
        """Send a request that is refused; return the status, the reason and the message."""
        with pytest.raises(ApiError) as caught:
            self(method, user, body, **parameters)
        return caught.value.status, caught.value.reason, caught.value.message

    def document(self, *lines: str, name: str = "Ana & Bo") -> str:
        """Return the id of a new document of Ana's with these lines, the last of which is the last paragraph."""
        document = str(self("drive.files.create", body={"name": name, "mimeType": DOCUMENT})["id"])
        if any(lines):
            self.batch(document, insert(1, "\n".join(lines)))
        return document

    def batch(self, document: str, *requests: Json, control: Json | None = None, user: str = ANA) -> Json:
        """Apply requests and return the answer."""
        body = {"requests": list(requests)} | ({"writeControl": control} if control else {})
        found: Json = self("docs.documents.batchUpdate", user, body, documentId=document)
        return found

    def not_applied(self, document: str, *requests: Json, control: Json | None = None) -> str:
        """Return why requests were refused; nothing has changed."""
        body = {"requests": list(requests)} | ({"writeControl": control} if control else {})
        before = self.get(document)
        status, _, message = self.refused("docs.documents.batchUpdate", body=body, documentId=document)
        assert (status, self.get(document)) == (400, before)
        return message

    def get(self, document: str, user: str = ANA, *, tabs: bool = False) -> Json:
        """Return a document as the API tells it."""
        found: Json = self("docs.documents.get", user, documentId=document, includeTabsContent=tabs)
        return found

    def text(self, document: str) -> list[str]:
        """Return the document's lines with marks."""
        return self.people.text_of(document)

    def runs(self, document: str) -> list[tuple[str, list[str]]]:
        """Return every run of the document with the names of its styles."""
        return [
            (element["textRun"]["content"], sorted(element["textRun"]["textStyle"]))
            for block in self.get(document)["body"]["content"]
            for element in block.get("paragraph", {}).get("elements", [])
        ]

    def markdown(self, document: str) -> str:
        """Return the document as Drive exports it."""
        found: bytes = self("drive.files.export", fileId=document, mimeType="text/markdown")
        return found.decode()


def insert(index: int, text: str, **place: str) -> Json:
    """Return a request that inserts text."""
    return {"insertText": {"location": {"index": index, **place}, "text": text}}


def remove(start: int, end: int) -> Json:
    """Return a request that deletes a range."""
    return {"deleteContentRange": {"range": reach(start, end)}}


def named_style(start: int, end: int, name: str) -> Json:
    """Return a request that gives paragraphs a named style."""
    style = {"namedStyleType": name}
    return {
        "updateParagraphStyle": {
            "range": reach(start, end),
            "paragraphStyle": style,
            "fields": "namedStyleType",
        }
    }


def text_style(start: int, end: int, fields: str = "", **style: object) -> Json:
    """Return a request that styles text."""
    names = fields or ",".join(style)
    return {"updateTextStyle": {"range": reach(start, end), "textStyle": style, "fields": names}}


def bullets(start: int, end: int, preset: str = "BULLET_CHECKBOX") -> Json:
    """Return a request that makes paragraphs a list."""
    return {"createParagraphBullets": {"range": reach(start, end), "bulletPreset": preset}}


def no_bullets(start: int, end: int) -> Json:
    """Return a request that takes paragraphs out of their list."""
    return {"deleteParagraphBullets": {"range": reach(start, end)}}


def name_range(start: int, end: int, name: str) -> Json:
    """Return a request that names a range."""
    return {"createNamedRange": {"range": reach(start, end), "name": name}}


def reach(start: int, end: int) -> Json:
    """Return a range."""
    return {"startIndex": start, "endIndex": end}
