"""Free and busy, and the directory of who works here."""

import pytest

from scheduler.google.trouble import GoogleError
from tests.fake_google.calls import Json
from tests.fake_google.fake import FakeGoogle
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import ANN, BO, CY, Client, invited, timed, weekly

__all__ = ["client", "fake"]

pytestmark = on_loopback
MONDAY = "2026-11-23"


def spans(answer: Json, who: str) -> list[tuple[str, str]]:
    """Return somebody's busy times as hours and minutes."""
    return [(busy["start"][11:16], busy["end"][11:16]) for busy in answer[who]["busy"]]


def test_what_makes_people_busy(client: Client, fake: FakeGoogle) -> None:
    """Neither what is transparent, cancelled or declined, nor a working location; an unanswered invitation does."""
    home = {"type": "homeOffice", "homeOffice": {}}
    fake.people.create_event(
        ANN, **timed(MONDAY, "08:00", "09:00"), eventType="workingLocation", workingLocationProperties=home
    )
    fake.people.create_event(ANN, **timed(MONDAY, "09:00", "10:00"), transparency="transparent")
    gone = fake.people.create_event(ANN, **timed(MONDAY, "10:00", "11:00"))
    fake.people.delete_event(ANN, gone)
    no = fake.people.create_event(BO, **timed(MONDAY, "11:00", "12:00"), attendees=invited(ANN))
    fake.people.decline(ANN, no)
    fake.people.create_event(BO, **timed(MONDAY, "13:00", "14:00"), attendees=invited(ANN))
    fake.people.create_event(ANN, **timed(MONDAY, "15:00", "16:00"), eventType="outOfOffice")
    assert spans(client.busy(ANN), ANN) == [("13:00", "14:00"), ("15:00", "16:00")]


def test_spans_are_merged_and_cut_at_the_window(client: Client, fake: FakeGoogle) -> None:
    """Overlapping and touching events are one span."""
    fake.people.create_event(ANN, **timed(MONDAY, "10:00", "11:00"))
    fake.people.create_event(ANN, **timed(MONDAY, "10:30", "11:30"))
    fake.people.create_event(ANN, **timed(MONDAY, "11:30", "12:00"))
    answer = client.busy(ANN, timeMin=f"{MONDAY}T10:15:00Z", timeMax=f"{MONDAY}T11:45:00Z")
    assert spans(answer, ANN) == [("10:15", "11:45")]


def test_series_whole_days_and_the_zone_of_the_answer(client: Client, fake: FakeGoogle) -> None:
    """Instances count; a whole day is one of the calendar's own zone."""
    fake.people.create_event(BO, **weekly())
    fake.people.create_event(CY, start={"date": "2026-11-24"}, end={"date": "2026-11-25"})
    answer = client.busy(BO, CY, timeZone="Europe/Berlin")
    assert answer[BO]["busy"] == [{"start": "2026-11-23T11:00:00+01:00", "end": "2026-11-23T11:30:00+01:00"}]
    assert answer[CY]["busy"] == [{"start": "2026-11-24T06:00:00+01:00", "end": "2026-11-25T06:00:00+01:00"}]


def test_errors_stand_beside_single_calendars(client: Client, fake: FakeGoogle) -> None:
    """The answer is 200: not found, hidden, failing, or one calendar too many."""
    fake.people.share(BO, ANN, "none")
    fake.people.hide_busy(CY)
    answer = client.busy("nobody@example.com", BO, CY)
    reasons = [answer[who]["errors"][0]["reason"] for who in answer]
    assert reasons == ["notFound", "notFound", "internalError"]
    many = client.busy(*(f"p{number}@example.com" for number in range(51)))
    assert many["p50@example.com"]["errors"][0]["reason"] == "tooManyCalendarsRequested"


@pytest.mark.parametrize(
    ("last", "reason"),
    [("2027-02-21T00:00:01Z", "timeRangeTooLong"), ("2026-11-23T00:00:00Z", "timeRangeEmpty")],
)
def test_a_range_has_at_most_ninety_days(client: Client, last: str, reason: str) -> None:
    """And it is not empty."""
    with pytest.raises(GoogleError) as caught:
        client.busy(ANN, timeMax=last)
    assert (caught.value.status, caught.value.reason) == (400, reason)


def test_the_directory_tells_who_manages_whom(client: Client) -> None:
    """The manager is a relation; names and aliases come along."""
    users = {user["primaryEmail"]: user for user in client.users(customer="my_customer")["users"]}
    assert list(users) == [ANN, BO, CY]
    assert users[BO]["relations"] == [{"type": "manager", "value": ANN}]
    assert (users[ANN]["name"]["fullName"], users[ANN]["aliases"]) == (
        "Ann Archer",
        ["ann.archer@example.com"],
    )
    assert client.users("get", userKey="ann.archer@example.com") == users[ANN]


def test_the_directory_is_read_page_by_page(client: Client) -> None:
    """A page token leads to the next page, and the last page has none."""
    first = client.users(domain="example.com", maxResults=2)
    second = client.users(domain="example.com", maxResults=2, pageToken=first["nextPageToken"])
    assert [user["primaryEmail"] for user in (*first["users"], *second["users"])] == [ANN, BO, CY]
    assert "nextPageToken" not in second


def test_the_directory_can_be_searched(client: Client, fake: FakeGoogle) -> None:
    """By suspension, and by manager."""
    fake.add_account("old@example.com", suspended=True, manager=BO)
    assert len(client.users(customer="my_customer", query="isSuspended=false")["users"]) == 3
    found = client.users(customer="my_customer", query=f"directManager={BO}")["users"]
    assert [user["primaryEmail"] for user in found] == ["old@example.com"]
    assert len(client.users(customer="my_customer", query=f"manager={ANN}")["users"]) == 3


def test_the_directory_wants_to_know_which_company(client: Client) -> None:
    """`customer` or `domain` is required."""
    with pytest.raises(GoogleError) as caught:
        client.users()
    assert caught.value.status == 400
