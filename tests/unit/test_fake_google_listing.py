"""Listing events: what a query finds, page by page, and what of a series is shown how."""

from datetime import UTC, datetime
from typing import Any

import pytest

from scheduler.google.trouble import GoogleError
from tests.fake_google.calls import Json
from tests.fake_google.fake import FakeGoogle
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import ANN, BO, CY, Client, invited, timed, weekly

__all__ = ["client", "fake"]

pytestmark = on_loopback


def ids(events: list[Json]) -> list[str]:
    """Return the events' ids."""
    return [event["id"] for event in events]


def refusal(client: Client, user: str = ANN, **parameters: Any) -> tuple[int, str]:  # noqa: ANN401 - of events.list
    """List what must be refused; return the status and the reason."""
    with pytest.raises(GoogleError) as caught:
        client.events("list", user, **parameters)
    return caught.value.status, caught.value.reason


def test_the_window_is_exclusive_at_both_ends(client: Client, fake: FakeGoogle) -> None:
    """TimeMin bounds the end of an event, timeMax its start."""
    fake.people.create_event(ANN, id="before", **timed("2026-11-23", "09:00", "10:00"))
    fake.people.create_event(ANN, id="inside", **timed("2026-11-23", "09:30", "10:30"))
    fake.people.create_event(ANN, id="later", **timed("2026-11-23", "11:00", "12:00"))
    found = client.listed(timeMin="2026-11-23T10:00:00Z", timeMax="2026-11-23T11:00:00Z")
    assert ids(found) == ["inside"]


def test_a_series_is_expanded_by_the_clock_of_its_own_zone(client: Client, fake: FakeGoogle) -> None:
    """It stays at ten in London when the clocks change on 29 March; its instances are named after their UTC start."""
    fake.people.create_event(ANN, id="series", **weekly("2027-03-22"))
    window = {"timeMin": "2027-03-22T00:00:00Z", "timeMax": "2027-04-04T00:00:00Z"}
    found = client.listed(singleEvents=True, orderBy="startTime", **window)
    assert ids(found) == ["series_20270322T100000Z", "series_20270329T090000Z"]
    assert [event["start"]["dateTime"][11:19] for event in found] == ["10:00:00", "10:00:00"]
    assert {event["recurringEventId"] for event in found} == {"series"}


def test_a_series_that_is_not_expanded_is_listed_even_when_it_has_ended(
    client: Client, fake: FakeGoogle
) -> None:
    """The master of a series that ended years ago is still among the events."""
    ended = ["RRULE:FREQ=WEEKLY;UNTIL=20240101T000000Z"]
    fake.people.create_event(ANN, id="ended", **weekly("2023-11-20", recurrence=ended))
    assert ids(client.listed(timeMin="2026-11-01T00:00:00Z")) == ["ended"]
    assert client.listed(timeMin="2026-11-01T00:00:00Z", singleEvents=True) == []


def test_exdates_and_rdates_count(client: Client, fake: FakeGoogle) -> None:
    """One is left out, one is added, in the zone of the series."""
    lines = [
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "EXDATE;TZID=Europe/London:20261130T100000",
        "RDATE;TZID=Europe/London:20261202T100000",
    ]
    fake.people.create_event(ANN, id="series", **weekly(recurrence=lines))
    found = client.listed(singleEvents=True)
    assert [event["start"]["dateTime"][8:10] for event in found] == ["23", "02", "07"]


def test_a_moved_instance_keeps_its_id_and_its_original_start(client: Client, fake: FakeGoogle) -> None:
    """It stands in the list once, at its new time."""
    fake.people.create_event(ANN, id="series", **weekly())
    fake.people.move_instance(ANN, "series_20261130T100000Z", datetime(2026, 12, 1, 15, tzinfo=UTC))
    window = {"timeMin": "2026-11-29T00:00:00Z", "timeMax": "2026-12-05T00:00:00Z"}
    (moved,) = client.listed(singleEvents=True, **window)
    assert moved["id"] == "series_20261130T100000Z"
    assert moved["originalStartTime"]["dateTime"] == "2026-11-30T10:00:00Z"
    assert moved["start"]["dateTime"] == "2026-12-01T15:00:00Z"


def test_a_cancelled_instance_is_a_tombstone_beside_its_series(client: Client, fake: FakeGoogle) -> None:
    """It is listed where series are not expanded, and nowhere else unless asked for."""
    fake.people.create_event(ANN, id="series", **weekly(recurrence=["RRULE:FREQ=WEEKLY;COUNT=2"]))
    fake.people.delete_instance(ANN, "series_20261130T100000Z")
    tombstone = client.listed()[1]
    assert sorted(tombstone) == ["etag", "id", "kind", "originalStartTime", "recurringEventId", "status"]
    assert ids(client.listed(singleEvents=True)) == ["series_20261123T100000Z"]
    assert len(client.listed(singleEvents=True, showDeleted=True)) == 2


def test_a_deleted_series_is_not_listed_unless_asked_for(client: Client, fake: FakeGoogle) -> None:
    """And its exceptions are not either."""
    fake.people.create_event(ANN, id="series", **weekly())
    fake.people.delete_instance(ANN, "series_20261130T100000Z")
    fake.people.delete_series(ANN, "series")
    assert client.listed() == []
    assert ids(client.listed(showDeleted=True))[0] == "series"


def test_pages_follow_one_another_and_may_be_empty(client: Client, fake: FakeGoogle) -> None:
    """Only nextPageToken says whether there is more; the sync token comes with the last page."""
    for number in range(5):
        fake.people.create_event(ANN, id=f"event{number}", **timed("2026-11-23"))
    fake.calendar.page_sizes = (0, 2, 0, 1)
    first = client.events("list")
    assert first["items"] == []
    assert "nextSyncToken" not in first
    assert ids(client.listed()) == [f"event{number}" for number in range(5)]


def test_what_is_deleted_between_two_pages_does_not_hide_others(client: Client, fake: FakeGoogle) -> None:
    """A page goes on after the last event of the page before, wherever that is by now."""
    for number in range(4):
        fake.people.create_event(ANN, id=f"event{number}", **timed("2026-11-23"))
    first = client.events("list", maxResults=2)
    fake.people.delete_event(ANN, "event0")
    second = client.events("list", maxResults=2, pageToken=first["nextPageToken"])
    assert ids(second["items"]) == ["event2", "event3"]
    changes, _ = client.synced(syncToken=second["nextSyncToken"])
    assert ids(changes) == ["event0"]


def test_filters(client: Client, fake: FakeGoogle) -> None:
    """By type, by a private property, by UID, by what was changed lately."""
    fake.people.create_event(ANN, id="talk0", **timed("2026-11-23"))
    away = {"eventType": "outOfOffice", **timed("2026-11-24"), "extendedProperties": {"private": {"k": "v"}}}
    fake.people.create_event(ANN, id="leave", **away)
    assert ids(client.listed(eventTypes=["outOfOffice"])) == ["leave"]
    assert ids(client.listed(privateExtendedProperty="k=v")) == ["leave"]
    assert client.listed(privateExtendedProperty=["k=v", "k=w"]) == []
    assert ids(client.listed(iCalUID="talk0@google.com")) == ["talk0"]
    assert client.listed(updatedMin="2026-11-23T09:00:01Z") == []
    assert refusal(client, updatedMin="2026-09-01T00:00:00Z") == (410, "updatedMinTooLongAgo")


def test_orders(client: Client, fake: FakeGoogle) -> None:
    """By start for expanded series only; by update otherwise."""
    fake.people.create_event(ANN, id="second", **timed("2026-11-24"))
    fake.people.create_event(ANN, id="first", **timed("2026-11-23"))
    assert ids(client.listed(singleEvents=True, orderBy="startTime")) == ["first", "second"]
    fake.people.change_event(ANN, "second", summary="x")
    assert ids(client.listed(orderBy="updated")) == ["first", "second"]
    assert refusal(client, orderBy="startTime") == (400, "badRequest")


def test_more_attendees_than_wanted_leave_only_oneself(client: Client, fake: FakeGoogle) -> None:
    """The event then says that attendees are omitted."""
    fake.people.create_event(ANN, id="large", **timed("2026-11-23"), attendees=invited(ANN, BO, CY))
    (event,) = client.listed(maxAttendees=2)
    assert (event["attendeesOmitted"], len(event["attendees"])) == (True, 1)
    (event,) = client.listed(maxAttendees=3)
    assert "attendeesOmitted" not in event


def test_the_answer_tells_of_the_calendar(client: Client) -> None:
    """Zone, role and reminders come with every page."""
    page = client.events("list", BO)
    assert (page["timeZone"], page["accessRole"], page["summary"]) == ("Europe/Berlin", "owner", BO)
    assert page["defaultReminders"] == [{"method": "popup", "minutes": 10}]


def test_colleagues_see_that_one_is_busy_and_no_more(client: Client, fake: FakeGoogle) -> None:
    """Whoever may only see free/busy gets times without a title; a reader gets all but what is private."""
    fake.people.create_event(ANN, id="secret", **timed("2026-11-23"), summary="S", visibility="private")
    (event,) = client.listed(BO, calendarId=ANN)
    assert ("summary" in event, event["visibility"]) == (False, "private")
    fake.people.share(ANN, BO, "reader")
    (event,) = client.listed(BO, calendarId=ANN)
    assert "summary" not in event


def test_instances_are_those_of_one_series(client: Client, fake: FakeGoogle) -> None:
    """Exceptions stand among them; one can be asked for by its original start."""
    fake.people.create_event(ANN, id="series", **weekly(recurrence=["RRULE:FREQ=WEEKLY;COUNT=3"]))
    fake.people.create_event(ANN, id="other", **weekly())
    fake.people.change_event(ANN, "series_20261130T100000Z", summary="changed")
    found = client.events("instances", eventId="series")["items"]
    assert sorted(event.get("summary", "") for event in found) == ["", "", "changed"]
    one = client.events("instances", eventId="series", originalStart="2026-11-30T10:00:00Z")["items"]
    assert [event["summary"] for event in one] == ["changed"]


def test_an_untouched_instance_can_be_read_and_changed_by_its_id(client: Client, fake: FakeGoogle) -> None:
    """A change makes it an exception; the series stays as it is, and there is no instance at other times."""
    fake.people.create_event(ANN, id="series", **weekly(attendees=invited(BO)))
    instance = client.events("get", BO, eventId="series_20261130T100000Z")
    assert instance["originalStartTime"] == instance["start"]
    client.events("patch", eventId="series_20261130T100000Z", body={"summary": "x"})
    assert client.events("get", BO, eventId="series_20261130T100000Z")["summary"] == "x"
    assert "summary" not in client.events("get", eventId="series")
    with pytest.raises(GoogleError) as caught:
        client.events("get", eventId="series_20261130T110000Z")
    assert caught.value.status == 404
