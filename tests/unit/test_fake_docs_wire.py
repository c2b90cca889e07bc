"""The fake's Drive and Docs as the program reaches them: through Google's client library."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from scheduler.google.client import Api
from tests.fake_google.drive_and_docs import DriveAndDocs
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.library import DOCUMENT
from tests.unit.fake_docs_builders import Json, bullets, insert
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.fake_google_worlds import ANN, BO, Client, people

pytestmark = on_loopback


@pytest.fixture(name="files")
def _files() -> DriveAndDocs:
    return DriveAndDocs()


@pytest.fixture(name="client")
def _client(files: DriveAndDocs) -> Iterator[Client]:
    with people(FakeGoogle(files)) as fake, closing(Client(fake)) as client:
        yield client
    assert fake.violations == []


def _send(client: Client, api: Api, collection: str, method: str, **parameters: Any) -> Any:  # noqa: ANN401 - JSON
    request = getattr(client.google.collection(api, collection), method)(**parameters)
    return client.google.send(request, user=ANN)


def test_a_document_is_made_filled_shared_and_read(client: Client, files: DriveAndDocs) -> None:
    """Every answer has the form that the discovery documents promise."""
    body: Json = {"name": "Ann & Bo", "mimeType": DOCUMENT, "appProperties": {"pair": "ann-bo"}}
    made = _send(client, Api.DRIVE, "files", "create", body=body, fields="id,webViewLink")
    assert sorted(made) == ["id", "webViewLink"]
    document = made["id"]
    requests = {"requests": [insert(1, "ask\ndo"), bullets(1, 8)]}
    _send(client, Api.DOCS, "documents", "batchUpdate", documentId=document, body=requests)
    grant = {"type": "user", "role": "writer", "emailAddress": BO}
    _send(
        client, Api.DRIVE, "permissions", "create", fileId=document, body=grant, sendNotificationEmail=False
    )
    files.people.tick(document, "ask")
    exported = _send(client, Api.DRIVE, "files", "export", fileId=document, mimeType="text/markdown")
    query = "appProperties has { key='pair' and value='ann-bo' } and trashed = false"
    found = _send(client, Api.DRIVE, "files", "list", q=query, orderBy="createdTime", fields="files(id)")
    told = _send(client, Api.DOCS, "documents", "get", documentId=document, includeTabsContent=True)
    assert (exported, found, files.mails) == (b"- [x] ask  \n- [ ] do\n", {"files": [{"id": document}]}, [])
    assert told["tabs"][0]["tabProperties"]["tabId"] == "t.0"
