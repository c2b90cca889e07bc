"""Writing events: who may, what is refused, and what the others get to see of it."""

from typing import Any

import pytest

from scheduler.google.trouble import GoogleError
from tests.fake_google.calls import Json
from tests.fake_google.fake import FakeGoogle
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import ANN, BO, CY, OUTSIDE, Client, invited, timed, weekly

__all__ = ["client", "fake"]

pytestmark = on_loopback
DAY = "2026-11-23"


def refused(client: Client, method: str, *args: str, **parameters: Any) -> tuple[int, str]:  # noqa: ANN401 - of the method
    """Call a method that must be refused; return the status and the reason."""
    with pytest.raises(GoogleError) as caught:
        client.events(method, *args, **parameters)
    return caught.value.status, caught.value.reason


def insert(client: Client, id_: str = "first", **event: Any) -> Json:  # noqa: ANN401 - an event's JSON
    """Let Ann insert an event of half an hour."""
    made: Json = client.events("insert", body={"id": id_, **timed(DAY), **event})
    return made


def test_an_inserted_event_comes_back_with_what_the_server_adds(client: Client) -> None:
    """The id is the caller's, the UID is made of it, and a tag, links and people are Google's."""
    made = insert(client, summary="Talk")
    assert made["iCalUID"] == "first@google.com"
    assert made["organizer"] == made["creator"] == {"email": ANN, "self": True}
    assert made["start"] == {"dateTime": "2026-11-23T10:00:00Z", "timeZone": "Europe/London"}
    assert client.events("get", eventId="first") == made


@pytest.mark.parametrize("id_", ["abcd", "with-dash", "Upper", "wxyz5"])
def test_an_id_is_base32hex_in_lower_case(client: Client, id_: str) -> None:
    """Ids have 5 to 1024 characters of a-v and 0-9."""
    with pytest.raises(GoogleError) as caught:
        insert(client, id_)
    assert caught.value.status == 400


def test_an_id_is_never_free_again(client: Client) -> None:
    """A second insert is a duplicate, even after the event was deleted."""
    insert(client)
    assert refused(client, "insert", body={"id": "first", **timed(DAY)}) == (409, "duplicate")
    client.events("delete", eventId="first")
    assert refused(client, "insert", body={"id": "first", **timed(DAY)}) == (409, "duplicate")


def test_a_deleted_event_can_be_read_but_neither_deleted_nor_changed(client: Client) -> None:
    """`get` shows it as cancelled; a second delete is 410, a change 403."""
    insert(client, summary="Talk")
    client.events("delete", eventId="first")
    gone = client.events("get", eventId="first")
    assert (gone["status"], gone["summary"]) == ("cancelled", "Talk")
    assert refused(client, "delete", eventId="first") == (410, "deleted")
    assert refused(client, "patch", eventId="first", body={"summary": "x"}) == (403, "forbidden")


def test_a_patch_to_cancelled_is_a_delete(client: Client) -> None:
    """For everybody, as the organizer's delete is."""
    insert(client, attendees=invited(BO))
    client.events("patch", eventId="first", body={"status": "cancelled"})
    assert client.listed() == client.listed(BO) == []


def test_what_is_not_there_is_not_found(client: Client) -> None:
    """An unknown event, and an unknown calendar, are 404."""
    assert refused(client, "get", eventId="nobody") == (404, "notFound")
    assert refused(client, "list", calendarId="no@example.com") == (404, "notFound")


def test_a_patch_merges_objects_and_replaces_lists(client: Client) -> None:
    """Attendees who are not in the patch's list are off the list; null takes away."""
    insert(client, summary="Talk", location="Room", attendees=invited(BO, CY))
    client.events("patch", eventId="first", body={"location": None, "attendees": invited(CY)})
    event = client.events("get", eventId="first")
    assert [guest["email"] for guest in event["attendees"]] == [CY]
    assert (event["summary"], "location" in event) == ("Talk", False)


def test_an_update_takes_away_what_it_does_not_have(client: Client) -> None:
    """PUT replaces the event."""
    insert(client, summary="Talk", attendees=invited(BO))
    client.events("update", eventId="first", body=timed(DAY))
    event = client.events("get", eventId="first")
    assert "summary" not in event
    assert "attendees" not in event


def test_a_tag_changes_with_every_change_and_guards_against_overwriting(client: Client) -> None:
    """If-Match with an old tag is 412, with the present one goes through."""
    old = insert(client)["etag"]
    new = client.events("patch", eventId="first", body={"summary": "a"})["etag"]
    assert new != old
    with pytest.raises(GoogleError) as caught:
        client.events("patch", eventId="first", body={"summary": "b"}, etag=old)
    assert (caught.value.status, caught.value.reason) == (412, "conditionNotMet")
    client.events("patch", eventId="first", body={"summary": "b"}, etag=new)


def test_the_sequence_rises_when_the_time_changes(client: Client) -> None:
    """A new title leaves it, a new time raises it."""
    insert(client)
    assert client.events("patch", eventId="first", body={"summary": "a"})["sequence"] == 0
    assert client.events("patch", eventId="first", body=timed(DAY, "11:00", "12:00"))["sequence"] == 1


def test_a_series_needs_a_zone_and_no_dtstart(client: Client) -> None:
    """The zone is where the rule is expanded; DTSTART is given by the start."""
    times = {"start": {"dateTime": f"{DAY}T10:00:00Z"}, "end": {"dateTime": f"{DAY}T10:30:00Z"}}
    body = {**times, "recurrence": ["RRULE:FREQ=WEEKLY"]}
    assert refused(client, "insert", body=body) == (400, "required")
    body = weekly(recurrence=["DTSTART:20261123T100000Z", "RRULE:FREQ=WEEKLY"])
    assert refused(client, "insert", body=body) == (400, "invalid")


def test_every_guest_has_a_copy_with_the_shared_properties_alone(client: Client) -> None:
    """Private properties stay in the organizer's calendar; `self` is whoever looks."""
    properties = {"private": {"a": "1"}, "shared": {"b": "2"}}
    made = insert(client, attendees=invited(ANN, BO, OUTSIDE), extendedProperties=properties)
    copy = client.events("get", BO, eventId="first")
    assert copy["iCalUID"] == made["iCalUID"]
    assert copy["extendedProperties"] == {"shared": {"b": "2"}}
    assert copy["organizer"] == {"email": ANN}
    assert [guest.get("self", False) for guest in copy["attendees"]] == [False, True, False]
    assert [guest.get("organizer", False) for guest in copy["attendees"]] == [True, False, False]


def test_a_guests_answer_stands_in_every_copy(client: Client, fake: FakeGoogle) -> None:
    """The organizer sees who declined."""
    insert(client, attendees=invited(BO))
    fake.people.decline(BO, "first")
    assert client.events("get", eventId="first")["attendees"][0]["responseStatus"] == "declined"


def test_a_guest_who_deletes_their_copy_declines(client: Client) -> None:
    """The organizer's event goes on."""
    insert(client, attendees=invited(BO))
    client.events("delete", BO, eventId="first")
    event = client.events("get", eventId="first")
    assert (event["status"], event["attendees"][0]["responseStatus"]) == ("confirmed", "declined")
    assert client.listed(BO) == []


def test_the_organizers_delete_cancels_all_copies(client: Client) -> None:
    """A guest's cancelled copy shows nothing but its id."""
    insert(client, attendees=invited(BO), summary="Talk")
    client.events("delete", eventId="first")
    gone = client.events("get", BO, eventId="first")
    assert {**gone, "etag": ""} == {
        "kind": "calendar#event",
        "etag": "",
        "id": "first",
        "status": "cancelled",
    }


def test_a_guest_changes_nothing_but_their_own_part(client: Client) -> None:
    """The answer is 200 with the event as it is; their response, reminders and private properties are theirs."""
    insert(client, summary="Talk", attendees=invited(BO))
    own = {"attendees": [{"email": BO, "responseStatus": "accepted"}], "reminders": {"useDefault": False}}
    answer = client.events("patch", BO, eventId="first", body={"summary": "Mine", **own})
    assert answer["summary"] == "Talk"
    assert answer["reminders"] == {"useDefault": False}
    event = client.events("get", eventId="first")
    assert event["attendees"][0]["responseStatus"] == "accepted"
    assert event["reminders"] == {"useDefault": True}


def test_guests_who_can_modify_may_change_it_for_all(client: Client) -> None:
    """`guestsCanModify` is honoured."""
    insert(client, summary="Talk", attendees=invited(BO), guestsCanModify=True)
    client.events("patch", BO, eventId="first", body={"summary": "Ours"})
    assert client.events("get", eventId="first")["summary"] == "Ours"


@pytest.mark.parametrize(
    ("whom", "told"), [("all", [BO, OUTSIDE]), ("externalOnly", [OUTSIDE]), ("none", []), (None, [])]
)
def test_mails_go_to_whom_the_program_names(
    client: Client, fake: FakeGoogle, whom: str | None, told: list[str]
) -> None:
    """`all`, those outside, or nobody; nobody too where nothing is said."""
    updates = {"sendUpdates": whom} if whom else {}
    client.events(
        "insert", body={"id": "first", **timed(DAY), "attendees": invited(ANN, BO, OUTSIDE)}, **updates
    )
    assert [(mail.to, mail.kind) for mail in fake.mails] == [(to, "invitation") for to in told]


def test_guests_are_told_of_what_happens_to_them(client: Client, fake: FakeGoogle) -> None:
    """Who stays gets an update, who comes an invitation, who goes a cancellation."""
    insert(client, attendees=invited(BO, OUTSIDE))
    body = {"attendees": invited(BO, CY)}
    client.events("patch", eventId="first", body=body, sendUpdates="all")
    assert sorted((mail.to, mail.kind) for mail in fake.mails) == [
        (BO, "update"),
        (CY, "invitation"),
        (OUTSIDE, "cancellation"),
    ]
    client.events("delete", eventId="first", sendUpdates="externalOnly")
    assert len(fake.mails) == 3


def test_attachments_need_a_word_that_the_program_knows_of_them(client: Client) -> None:
    """Without supportsAttachments they are neither set nor wiped."""
    one = [{"fileUrl": "https://docs.google.com/document/d/1/edit", "title": "Agenda"}]
    assert "attachments" not in insert(client, attachments=one)
    client.events("patch", eventId="first", body={"attachments": one}, supportsAttachments=True)
    assert client.events("update", eventId="first", body=timed(DAY))["attachments"] == one
    wiped = client.events("update", eventId="first", body=timed(DAY), supportsAttachments=True)
    assert "attachments" not in wiped


def test_a_meeting_is_made_once_for_a_request_id(client: Client) -> None:
    """It needs conferenceDataVersion=1; the same request again is ignored."""
    asked = {"conferenceData": {"createRequest": {"requestId": "once"}}}
    assert "hangoutLink" not in insert(client, conferenceData=asked["conferenceData"])
    made = client.events("patch", eventId="first", body=asked, conferenceDataVersion=1)
    again = client.events("patch", eventId="first", body=asked, conferenceDataVersion=1)
    assert made["conferenceData"]["createRequest"]["status"] == {"statusCode": "success"}
    assert made["hangoutLink"] == again["hangoutLink"]
    assert made["etag"] == again["etag"]


def test_the_type_of_an_event_stays(client: Client) -> None:
    """A talk does not become leave."""
    insert(client)
    body = {"eventType": "outOfOffice"}
    assert refused(client, "patch", eventId="first", body=body) == (400, "eventTypeRestriction")


def test_somebody_elses_calendar_takes_a_writer(client: Client, fake: FakeGoogle) -> None:
    """Colleagues see when one is busy, and write only where they were let in."""
    assert refused(client, "insert", calendarId=BO, body=timed(DAY)) == (403, "requiredAccessLevel")
    fake.people.share(BO, ANN, "writer")
    made = client.events("insert", calendarId=BO, body=timed(DAY))
    assert (made["organizer"]["email"], made["creator"]["email"]) == (BO, ANN)
