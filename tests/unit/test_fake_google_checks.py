"""Nothing passes that Google's discovery documents do not allow, in requests and in the fake's own answers."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scheduler.google.client import Api
from scheduler.google.trouble import GoogleError
from tests.fake_google.calls import Call
from tests.fake_google.discovery import find_method, methods
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.mask import WrongMask, masked, parse_mask
from tests.fake_google.uploads import read_upload
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.fake_google_worlds import Client, people, timed

pytestmark = on_loopback
RECORDED = Path(__file__).parents[3] / "shared" / "google-answers"  # beside the checkout, where it is kept


@pytest.fixture
def fake() -> Iterator[FakeGoogle]:
    """Give a fake whose violations are the subject."""
    with people(FakeGoogle()) as started:
        yield started


@pytest.fixture
def client(fake: FakeGoogle) -> Iterator[Client]:
    """Give a way to it."""
    with closing(Client(fake)) as way:
        yield way


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"sumary": "x"}, "sumary is not known"),
        ({"summary": 1}, "summary is int, not a string"),
        ({"attendees": {"email": "a@b.c"}}, "attendees is dict, not a list"),
        ({"attendees": [{"mail": "a@b.c"}]}, "attendees[0].mail is not known"),
        ({"start": {"dateTime": "at ten"}}, "start.dateTime is no date-time"),
        ({"guestsCanModify": "true"}, "guestsCanModify is str, not a boolean"),
    ],
)
def test_a_body_has_the_form_of_its_schema(client: Client, fake: FakeGoogle, body: Any, words: str) -> None:  # noqa: ANN401 - wrong on purpose
    """An unknown field or a wrong type is answered 400 and written down."""
    with pytest.raises(GoogleError, match="400"):
        client.events("insert", body={**timed("2026-11-23"), **body})
    assert words in fake.violations[0]
    assert fake.state()["calendars"] == {}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("maxResult=5", "no parameter maxResult"),
        ("maxResults=0", "maxResults is out of range"),
        ("singleEvents=yes", "singleEvents is neither true nor false"),
        ("orderBy=end", "orderBy is not among"),
        ("timeMin=2026-11-23T00:00:00", "timeMin is no RFC 3339 time with an offset"),
        ("pageToken=a&pageToken=b", "pageToken is given 2 times"),
        ("fields=items(idd)", "answers no field items/idd"),
        ("fields=items(id", "items( is not closed"),
    ],
)
def test_parameters_are_known_typed_and_within_their_limits(
    client: Client, fake: FakeGoogle, query: str, words: str
) -> None:
    """What the client library would not send is refused here."""
    request = client.google.collection(Api.CALENDAR, "events").list(calendarId="primary")
    request.uri = request.uri.partition("?")[0] + "?" + query
    with pytest.raises(GoogleError, match="400"):
        client.google.send(request, user="ann@example.com")
    assert words in fake.violations[0]


def test_a_long_query_comes_in_the_body(client: Client, fake: FakeGoogle) -> None:
    """The client library sends a GET of more than 2,048 characters as a POST that says so."""
    assert client.events("list", q="x" * 2100)["items"] == []
    assert fake.log.count("calendar.events.list", status=200) == 1
    assert fake.violations == []


def test_an_answer_of_the_fakes_own_is_checked_too(client: Client, fake: FakeGoogle) -> None:
    """A field that Google does not have is a bug of the fake."""

    def wrong(_: Call) -> dict[str, Any]:
        return {"kind": "calendar#events", "itemz": []}

    fake.serving.handlers = {"calendar.events.list": wrong}
    with pytest.raises(GoogleError, match="400"):
        client.events("list")
    assert "the fake's own answer to calendar.events.list.itemz is not known" in fake.violations[0]


def test_a_method_is_found_by_its_path() -> None:
    """Escaped ids are read; a verb after a colon, and an upload, are methods of their own."""
    events = "/calendar/v3/calendars/a%40b.c/events"
    method, path, _ = find_method("GET", events) or pytest.fail("not found")
    assert (method.id, path) == ("calendar.events.list", {"calendarId": "a@b.c"})
    assert _method("POST", "/v1/documents/1:batchUpdate") == ("docs.documents.batchUpdate", False)
    assert _method("POST", "/upload/drive/v3/files") == ("drive.files.create", True)
    assert _method("GET", "/drive/v3/files/generateIds") == ("drive.files.generateIds", False)
    assert find_method("GET", "/calendar/v3/nothing") is None


def _method(http: str, path: str) -> tuple[str, bool]:
    method, _, upload = find_method(http, path) or pytest.fail("not found")
    return method.id, upload


def test_a_mask_leaves_what_it_names() -> None:
    """Nested by parentheses and by slashes, with a star for every name."""
    value = {"a": 1, "b": [{"c": 1, "d": {"e": 2, "f": 3}}, {"c": 2}], "g": 4}
    assert masked(value, parse_mask("a,b(c,d/e)")) == {"a": 1, "b": [{"c": 1, "d": {"e": 2}}, {"c": 2}]}
    assert masked(value, parse_mask("b/d/f,b/c")) == {"b": [{"d": {"f": 3}, "c": 1}, {"c": 2}]}
    assert masked(value, parse_mask("*")) == value
    with pytest.raises(WrongMask):
        parse_mask("a,,b")


def test_an_upload_has_metadata_and_media() -> None:
    """The media's bytes are left as they are, line ends too."""
    body = b'--x\r\nContent-Type: application/json\r\n\r\n{"name": "n"}\r\n--x\r\nContent-Type: text/markdown\r\n\r\n- a\r\n\r\n--x--'
    metadata, media = read_upload('multipart/related; boundary="x"', body)
    assert (metadata, media) == ({"name": "n"}, ("text/markdown", b"- a\r\n"))


@pytest.mark.skipif(not RECORDED.is_dir(), reason="answers recorded from Google are not at hand")
def test_recorded_answers_pass_the_same_check() -> None:
    """What Google really answered has the form that is demanded of the fake."""
    answers = {
        "gcal-events_list_primary.json": "calendar.events.list",
        "gcal-events_get_response.json": "calendar.events.get",
        "gcal-freebusy_query_primary.json": "calendar.freebusy.query",
        "gdoc-document_get_response.json": "docs.documents.get",
    }
    for name, method in answers.items():
        check = methods()[method].response
        assert check
        assert check(json.loads((RECORDED / name).read_text())) is None


@pytest.mark.skipif(not RECORDED.is_dir(), reason="answers recorded from Google are not at hand")
def test_the_fake_answers_with_the_fields_that_google_answers_with(client: Client, fake: FakeGoogle) -> None:
    """An event, a page of events and a free/busy answer have no field less, and no other kind of value."""
    client.events("insert", body={"id": "first", "summary": "x", **timed("2026-11-23")})
    ours = client.events("list", maxResults=1)
    theirs = json.loads((RECORDED / "gcal-events_list_primary.json").read_text())
    assert set(theirs) - set(ours) == {"nextPageToken"}
    for name, value in theirs["items"][0].items():
        assert type(ours["items"][0][name]) is type(value), name
    assert fake.violations == []
