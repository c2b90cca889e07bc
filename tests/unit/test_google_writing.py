"""Creating a series in Google Calendar: once, with both in it, and never over a person's no."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.calendars.google.bodies import body_of
from scheduler.calendars.google.provider import GoogleCalendar
from scheduler.calendars.interface import Written
from scheduler.errors import WriteFailed
from scheduler.settings import GoogleSettings
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import CUT_SHORT, QUOTA_EXCEEDED, UNANSWERED, UNAVAILABLE, Fault, answered
from tests.unit.fake_google_fixtures import fake, on_loopback
from tests.unit.fake_google_worlds import weekly
from tests.unit.google_calendar_builders import ANN, BO, CY, UID, invitation, provider

__all__ = ["fake"]
pytestmark = on_loopback
INSERT = "calendar.events.insert"
OTHER = "onetoone2a"


@pytest.fixture
def calendar(fake: FakeGoogle, tmp_path: Path) -> Iterator[GoogleCalendar]:
    """Give the way to everybody's calendar."""
    with provider(fake, tmp_path) as found:
        yield found


def test_the_event_recurs_in_the_organizers_zone_with_both_in_it() -> None:
    """Start and end name the zone; the organizer has accepted; the mark is private; nothing else is asked of Google."""
    body = dict(body_of(invitation(), GoogleSettings()))
    assert body.pop("summary") == "1-2-1: Ana / Bo, weekly; open"
    assert body == {
        "id": UID,
        "description": "",
        "start": {"dateTime": "2026-12-01T10:00:00+00:00", "timeZone": "Europe/London"},
        "end": {"dateTime": "2026-12-01T10:30:00+00:00", "timeZone": "Europe/London"},
        "recurrence": ["RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"],
        "attendees": [
            {"email": ANN.email, "responseStatus": "accepted"},
            {"email": BO.email, "responseStatus": "needsAction"},
        ],
        "guestsCanModify": False,
        "extendedProperties": {"private": {"onetoone": "ana|bo|0"}},
    }


def test_what_the_settings_ask_for_is_in_the_event() -> None:
    """Guests who may change it, and a Meet link that is asked for once however often it is sent."""
    body = body_of(invitation(), GoogleSettings(meet=True, guests_can_modify=True))
    assert body["guestsCanModify"] is True
    assert body["conferenceData"]["createRequest"]["requestId"] == UID


@pytest.mark.parametrize(
    ("link", "attached"),
    [
        (None, None),
        ("file:///srv/agendas/ann.md", None),
        ("https://wiki.example.com/1", {"fileUrl": "https://wiki.example.com/1", "title": "Agenda"}),
        (
            "https://docs.google.com/document/d/a-b_1/edit",
            {
                "fileUrl": "https://docs.google.com/document/d/a-b_1/edit",
                "title": "Agenda",
                "mimeType": "application/vnd.google-apps.document",
            },
        ),
    ],
)
def test_an_agenda_is_attached_where_a_browser_can_open_it(
    link: str | None, attached: dict[str, str] | None
) -> None:
    """A file of this machine is nothing to anybody else."""
    found = body_of(invitation(link=link), GoogleSettings())
    assert found.get("attachments") == ([attached] if attached else None)


def test_the_attendee_gets_one_mail_and_none_where_none_is_wanted(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """The organizer never gets one."""
    assert calendar.create(invitation()) is Written.DONE
    assert [(mail.to, mail.kind) for mail in fake.mails] == [(BO.email, "invitation")]
    calendar.create(invitation(uid=OTHER), notify=False)
    assert len(fake.mails) == 1


@pytest.mark.parametrize("fault", [UNANSWERED, CUT_SHORT, UNAVAILABLE])
def test_an_answer_that_got_lost_leaves_one_series_and_one_mail(
    fake: FakeGoogle, calendar: GoogleCalendar, fault: Fault
) -> None:
    """It is sent again, and meets itself."""
    fake.faults.add(fault, method=INSERT, nth=[1])
    assert calendar.create(invitation()) in {Written.DONE, Written.ALREADY_SO}
    assert len(fake.mails) == 1
    assert calendar.create(invitation()) is Written.ALREADY_SO
    assert len(fake.mails) == 1


def test_a_series_with_meet_that_is_sent_twice_has_one_meeting_room(fake: FakeGoogle, tmp_path: Path) -> None:
    """The same request for a conference is the same conference."""
    fake.faults.add(UNANSWERED, method=INSERT, nth=[1])
    with provider(fake, tmp_path, settings=GoogleSettings(meet=True)) as calendar:
        calendar.create(invitation())
    (event,) = fake.state()["calendars"][ANN.email].values()
    assert event["hangoutLink"].startswith("https://meet.google.com/")


@pytest.mark.parametrize("who", [ANN, BO], ids=["organizer", "attendee"])
def test_a_series_that_one_of_the_two_deleted_is_not_made_again(
    fake: FakeGoogle, calendar: GoogleCalendar, who: object
) -> None:
    """The organizer's deletion cancels it; the attendee's is their no to it."""
    calendar.create(invitation())
    fake.people.delete_series(ANN.email if who is ANN else BO.email, UID)
    before = fake.state()
    assert calendar.create(invitation()) is Written.DELETED
    assert fake.state() == before


def test_a_series_that_the_attendee_declined_is_not_made_again(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """Also under another of their addresses."""
    calendar.create(invitation())
    fake.people.decline(BO.email, UID)
    assert calendar.create(invitation()) is Written.DELETED
    renamed = replace(BO, email="bo.berg@example.com", aliases=frozenset({BO.email}))
    assert calendar.create(invitation(attendee=renamed)) is Written.DELETED


def test_one_date_that_was_declined_is_no_no_to_the_series(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """The series stands."""
    calendar.create(invitation())
    fake.people.decline(BO.email, f"{UID}_20261208T100000Z")
    assert calendar.create(invitation()) is Written.ALREADY_SO


def test_an_event_of_somebody_else_with_that_id_is_not_taken_for_ours(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """It is told, and left as it is."""
    fake.people.create_event(ANN.email, id=UID, **weekly())
    before = fake.state()
    with pytest.raises(WriteFailed, match="mark of this program"):
        calendar.create(invitation())
    assert fake.state() == before


def test_once_google_takes_no_more_invitations_none_is_tried_again(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """Each further one fails in the same words, without a request; what stands can still be changed."""
    calendar.create(invitation(uid=OTHER))
    fake.faults.add(QUOTA_EXCEEDED, method=INSERT)
    for _ in range(3):
        with pytest.raises(WriteFailed, match="allowance is used up"):
            calendar.create(invitation())
    assert fake.log.count(INSERT) == 2
    assert calendar.attach(ANN, BO, OTHER, "https://wiki.example.com/1", invitation().stamped) is Written.DONE


def test_a_refusal_is_told_and_the_next_series_is_tried(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """What is wrong with one calendar is not wrong with all."""
    fake.people.lose_access(CY.email, 403, "forbidden")
    with pytest.raises(WriteFailed, match=r"the calendar of cy@example\.com"):
        calendar.create(invitation(organizer=CY, attendee=BO))
    assert calendar.create(invitation()) is Written.DONE


def test_what_met_a_series_that_can_not_be_looked_at_has_failed(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """Neither done nor already so."""
    calendar.create(invitation())
    fake.faults.add(answered(403, "forbidden"), method="calendar.events.get")
    with pytest.raises(WriteFailed):
        calendar.create(invitation())


@pytest.mark.parametrize("account", [ANN.email, "ann.archer@example.com"])
def test_whoever_signed_in_writes_their_own_calendar_under_any_of_their_addresses(
    fake: FakeGoogle, tmp_path: Path, account: str
) -> None:
    """The series is theirs, under their main address."""
    with provider(fake, tmp_path, account=account) as calendar:
        assert calendar.create(invitation()) is Written.DONE
        assert calendar.create(invitation()) is Written.ALREADY_SO
    assert set(fake.state()["calendars"]) == {ANN.email, BO.email}


def test_whoever_signed_in_writes_nobody_elses_calendar(fake: FakeGoogle, tmp_path: Path) -> None:
    """Not even one that is shared with them to write in: the series would be theirs, not its owner's."""
    fake.people.share(CY.email, ANN.email, "writer")
    before = fake.state()
    with provider(fake, tmp_path, account=ANN.email) as calendar:
        with pytest.raises(WriteFailed, match="is signed in"):
            calendar.create(invitation(organizer=CY, attendee=BO))
        with pytest.raises(WriteFailed, match="is signed in"):
            calendar.end(CY, BO, UID, invitation().start, invitation().stamped)
    assert fake.state() == before
