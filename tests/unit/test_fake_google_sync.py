"""Incremental sync: what a sync token brings, what may stand beside it, and when it is good no more."""

from typing import Any

import pytest

from scheduler.google.trouble import GoogleError
from tests.fake_google.calls import Json
from tests.fake_google.fake import FakeGoogle
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import ANN, BO, Client, invited, timed, weekly

__all__ = ["client", "fake"]

pytestmark = on_loopback


def refusal(client: Client, token: str, **parameters: Any) -> tuple[int, str]:  # noqa: ANN401 - of events.list
    """Sync in a way that must be refused; return the status and the reason."""
    with pytest.raises(GoogleError) as caught:
        client.events("list", syncToken=token, **parameters)
    return caught.value.status, caught.value.reason


def bare(event: Json) -> Json:
    """Return an event without its tag."""
    return {name: value for name, value in event.items() if name != "etag"}


def test_only_what_changed_comes(client: Client, fake: FakeGoogle) -> None:
    """Nothing at first, then a new event, then nothing again."""
    fake.people.create_event(ANN, id="first", **timed("2026-11-23"))
    _, token = client.synced()
    items, token = client.synced(syncToken=token)
    assert items == []
    fake.people.create_event(ANN, id="second", **timed("2026-11-23"))
    items, token = client.synced(syncToken=token)
    assert [event["id"] for event in items] == ["second"]
    assert client.synced(syncToken=token)[0] == []


def test_a_deleted_series_is_a_tombstone_of_four_fields(client: Client, fake: FakeGoogle) -> None:
    """Its instances are not listed, changed ones neither."""
    fake.people.create_event(ANN, id="series", **weekly())
    fake.people.delete_instance(ANN, "series_20261130T100000Z")
    _, token = client.synced()
    fake.people.delete_series(ANN, "series")
    items, _ = client.synced(syncToken=token)
    assert [bare(item) for item in items] == [
        {"kind": "calendar#event", "id": "series", "status": "cancelled"}
    ]


def test_a_cancelled_instance_says_which_it_was_and_a_changed_one_brings_its_series(
    client: Client, fake: FakeGoogle
) -> None:
    """The master comes along in the same list."""
    fake.people.create_event(ANN, id="series", **weekly())
    _, token = client.synced()
    fake.people.delete_instance(ANN, "series_20261130T100000Z")
    items, token = client.synced(syncToken=token)
    assert [item["id"] for item in items] == ["series", "series_20261130T100000Z"]
    assert bare(items[1]) == {
        "kind": "calendar#event",
        "id": "series_20261130T100000Z",
        "status": "cancelled",
        "recurringEventId": "series",
        "originalStartTime": {"dateTime": "2026-11-30T10:00:00Z", "timeZone": "Europe/London"},
    }
    fake.people.change_event(ANN, "series_20261207T100000Z", summary="x")
    items, _ = client.synced(syncToken=token)
    assert [item["id"] for item in items] == ["series", "series_20261207T100000Z"]
    assert items[1]["summary"] == "x"


def test_what_others_do_comes_too(client: Client, fake: FakeGoogle) -> None:
    """An invitation reaches the guest's calendar, the answer the organizer's."""
    _, ann = client.synced()
    _, bo = client.synced(BO)
    fake.people.create_event(ANN, id="first", **timed("2026-11-23"), attendees=invited(BO))
    items, _ = client.synced(BO, syncToken=bo)
    assert [event["id"] for event in items] == ["first"]
    _, ann = client.synced(syncToken=ann)
    fake.people.accept(BO, "first")
    items, _ = client.synced(syncToken=ann)
    assert items[0]["attendees"][0]["responseStatus"] == "accepted"


def test_an_event_that_leaves_the_first_window_is_reported(client: Client, fake: FakeGoogle) -> None:
    """The first listing may be limited in time; its token may be used all the same."""
    fake.people.create_event(ANN, id="first", **timed("2026-11-23"))
    _, token = client.synced(timeMin="2026-11-20T00:00:00Z")
    fake.people.change_event(ANN, "first", **timed("2026-11-02"))
    assert [event["id"] for event in client.synced(syncToken=token)[0]] == ["first"]


@pytest.mark.parametrize(
    "beside",
    [
        {"timeMin": "2026-11-20T00:00:00Z"},
        {"timeMax": "2026-11-20T00:00:00Z"},
        {"updatedMin": "2026-11-20T00:00:00Z"},
        {"q": "x"},
        {"iCalUID": "x"},
        {"orderBy": "updated"},
        {"privateExtendedProperty": "a=b"},
        {"sharedExtendedProperty": "a=b"},
        {"showDeleted": False},
        {"singleEvents": True},
    ],
)
def test_what_must_not_stand_beside_a_sync_token(client: Client, beside: Json) -> None:
    """Filters are refused, and whatever differs from the first listing."""
    _, token = client.synced()
    assert refusal(client, token, **beside)[0] == 400


def test_a_stale_token_asks_for_a_full_sync(client: Client, fake: FakeGoogle) -> None:
    """410 fullSyncRequired: when it was forgotten, and when it is no token at all."""
    _, token = client.synced()
    fake.people.forget_tokens(ANN)
    assert refusal(client, token) == (410, "fullSyncRequired")
    assert refusal(client, "nonsense") == (410, "fullSyncRequired")
    _, token = client.synced()
    assert client.synced(syncToken=token)[0] == []
