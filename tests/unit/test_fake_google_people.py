"""What people do in their calendars, in the form in which Google tells of it."""

import pytest

from tests.fake_google.calls import Json
from tests.fake_google.fake import FakeGoogle
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import ANN, BO, CY, OUTSIDE, Client, invited, timed

__all__ = ["client", "fake"]

pytestmark = on_loopback
CHICAGO = "America/Chicago"


@pytest.fixture
def daily(fake: FakeGoogle) -> FakeGoogle:
    """Give a daily series at seven in Chicago, from 1 April 2025, that Bo is invited to."""
    times = timed("2025-04-01", "07:00", "07:30", CHICAGO)
    properties = {"private": {"pair": "ann-bo"}}
    rule = ["RRULE:FREQ=DAILY"]
    fake.people.create_event(
        ANN, id="base0", **times, recurrence=rule, attendees=invited(BO), extendedProperties=properties
    )
    return fake


def by_id(client: Client, user: str = ANN) -> dict[str, Json]:
    """Return a calendar's events, series not expanded."""
    return {event["id"]: event for event in client.listed(user)}


def test_this_and_following_edited_splits_the_series(client: Client, daily: FakeGoogle) -> None:
    """The old one ends a second before local midnight, the new one is named after the first and its start in UTC."""
    made = daily.people.split_series(ANN, "base0_20250409T120000Z", summary="New")
    events = by_id(client)
    old, new = events["base0"], events[made]
    assert made == "base0_R20250409T120000"
    assert old["recurrence"] == ["RRULE:FREQ=DAILY;UNTIL=20250409T045959Z"]
    assert new["recurrence"] == ["RRULE:FREQ=DAILY"]
    assert new["iCalUID"] == "base0_R20250409T120000@google.com"
    assert (old["etag"], old["updated"]) == (new["etag"], new["updated"])
    assert (old["sequence"], new["sequence"] > 0) == (1, True)
    assert new["extendedProperties"] == {"private": {"pair": "ann-bo"}}
    assert (new["summary"], made in by_id(client, BO)) == ("New", True)


def test_instances_after_a_split_are_named_after_the_first_series(client: Client, daily: FakeGoogle) -> None:
    """Their series is the new one; the id alone does not tell."""
    made = daily.people.split_series(ANN, "base0_20250409T120000Z")
    window = {"timeMin": "2025-04-08T00:00:00Z", "timeMax": "2025-04-10T00:00:00Z"}
    found = client.listed(singleEvents=True, **window)
    assert [(event["id"], event["recurringEventId"]) for event in found] == [
        ("base0_20250408T120000Z", "base0"),
        ("base0_20250409T120000Z", made),
    ]
    assert client.events("get", eventId="base0_20250409T120000Z")["recurringEventId"] == made


def test_a_second_split_is_named_after_the_first_series_too(client: Client, daily: FakeGoogle) -> None:
    """Never `_R…_R…`."""
    daily.people.split_series(ANN, "base0_20250409T120000Z")
    made = daily.people.split_series(ANN, "base0_20250416T120000Z")
    assert made == "base0_R20250416T120000"
    assert by_id(client)["base0_R20250409T120000"]["recurrence"] == [
        "RRULE:FREQ=DAILY;UNTIL=20250416T045959Z"
    ]


def test_this_and_following_deleted_leaves_a_shorter_series(client: Client, daily: FakeGoogle) -> None:
    """The master stays confirmed, with an UNTIL; a cancelled exception before it stays."""
    daily.people.delete_instance(ANN, "base0_20250403T120000Z")
    daily.people.end_series_from(ANN, "base0_20250409T120000Z")
    events = by_id(client)
    assert events["base0"]["status"] == "confirmed"
    assert events["base0"]["recurrence"] == ["RRULE:FREQ=DAILY;UNTIL=20250409T045959Z"]
    assert events["base0_20250403T120000Z"]["status"] == "cancelled"
    assert len(client.listed(singleEvents=True)) == 7


def test_a_declined_instance_is_an_exception_that_stays_confirmed(client: Client, daily: FakeGoogle) -> None:
    """Only this one instance is declined."""
    daily.people.decline(BO, "base0_20250403T120000Z", "On a train")
    events = by_id(client)
    assert events["base0_20250403T120000Z"]["status"] == "confirmed"
    (guest,) = events["base0_20250403T120000Z"]["attendees"]
    assert (guest["responseStatus"], guest["comment"]) == ("declined", "On a train")
    assert events["base0"]["attendees"][0]["responseStatus"] == "needsAction"


def test_a_guest_deletes_one_instance_of_theirs(client: Client, daily: FakeGoogle) -> None:
    """It is gone from their calendar and declined in the organizer's."""
    daily.people.delete_instance(BO, "base0_20250403T120000Z")
    assert by_id(client, BO)["base0_20250403T120000Z"]["status"] == "cancelled"
    exception = by_id(client)["base0_20250403T120000Z"]
    assert (exception["status"], exception["attendees"][0]["responseStatus"]) == ("confirmed", "declined")


def test_a_series_at_another_time_has_no_exceptions_of_the_old_one(client: Client, daily: FakeGoogle) -> None:
    """An exception whose original start is no occurrence any more is cancelled."""
    daily.people.change_event(ANN, "base0_20250403T120000Z", summary="x")
    daily.people.change_event(ANN, "base0", **timed("2025-04-01", "09:00", "09:30", CHICAGO))
    window = {"timeMin": "2025-04-03T00:00:00Z", "timeMax": "2025-04-04T00:00:00Z"}
    assert [event["id"] for event in client.listed(singleEvents=True, **window)] == ["base0_20250403T140000Z"]


def test_a_guest_who_comes_and_goes(client: Client, daily: FakeGoogle) -> None:
    """An invitation puts the series into a calendar, its end takes it out; coming back brings it back."""
    daily.people.change_event(ANN, "base0", attendees=invited(BO, CY))
    assert "base0" in by_id(client, CY)
    daily.people.change_event(ANN, "base0", attendees=invited(BO))
    assert by_id(client, CY) == {}
    daily.people.change_event(ANN, "base0", attendees=invited(BO, CY))
    assert "base0" in by_id(client, CY)


def test_an_event_of_somebody_elsewhere_is_in_its_guests_calendars(client: Client, fake: FakeGoogle) -> None:
    """They answer it; it is not theirs to change."""
    fake.people.create_event(
        OUTSIDE, id="outside", **timed("2026-11-23"), attendees=invited(BO), summary="Out"
    )
    answer = client.events("patch", BO, eventId="outside", body={"summary": "In"})
    assert (answer["organizer"], answer["summary"]) == ({"email": OUTSIDE}, "Out")
    fake.people.accept(BO, "outside")
    assert by_id(client, BO)["outside"]["attendees"][0]["responseStatus"] == "accepted"


def test_nobody_is_mailed_of_what_people_do(daily: FakeGoogle) -> None:
    """`mails` are those that a program asked for."""
    daily.people.delete_series(ANN, "base0")
    assert daily.mails == []


def test_two_runs_that_come_to_the_same_are_equal(client: Client, daily: FakeGoogle) -> None:
    """The state knows no tags and no times of change, but answers, times and what is cancelled."""
    before = daily.state()
    client.events("patch", eventId="base0", body={"summary": "x"})
    changed = daily.state()
    client.events("patch", eventId="base0", body={"summary": None})
    assert (daily.state() == before, changed == before) == (True, False)
    daily.people.accept(BO, "base0")
    assert daily.state() != before
