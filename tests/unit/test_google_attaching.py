"""Attaching an agenda to our series in Google Calendar: once, quietly, and beside whatever is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.calendars.google.provider import GoogleCalendar
from scheduler.calendars.interface import Written
from scheduler.errors import WriteFailed
from tests.fake_google.calls import Json
from tests.fake_google.fake import NOW, FakeGoogle
from tests.fake_google.faults import CUT_SHORT, UNANSWERED, Fault, answered
from tests.unit.fake_google_fixtures import fake, on_loopback
from tests.unit.fake_google_worlds import timed, weekly
from tests.unit.google_calendar_builders import ANN, BO, UID, invitation, provider

__all__ = ["fake"]
pytestmark = on_loopback
LINK = "https://docs.google.com/document/d/a-b_1/edit"
PATCH = "calendar.events.patch"
SLIDES = {"fileUrl": "https://docs.google.com/presentation/d/c2/edit", "title": "Slides", "fileId": "c2"}


@pytest.fixture
def calendar(fake: FakeGoogle, tmp_path: Path) -> Iterator[GoogleCalendar]:
    """Give the way to everybody's calendar, Ann's and Bo's with our series in it."""
    with provider(fake, tmp_path) as found:
        found.create(invitation(), notify=False)
        yield found


def attach(calendar: GoogleCalendar, link: str = LINK) -> Written:
    """Attach a document to our series."""
    return calendar.attach(ANN, BO, UID, link, NOW)


def event(fake: FakeGoogle, event_id: str = UID) -> Json:
    """Return an event as Ann has it."""
    found: Json = fake.state()["calendars"][ANN.email][event_id]
    return found


def attached(fake: FakeGoogle, event_id: str = UID) -> list[str]:
    """Return the addresses of what is attached."""
    return [each["fileUrl"] for each in event(fake, event_id).get("attachments", ())]


def test_everything_else_stays_as_people_left_it(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """What they attached, whom they invited, what was answered, and what the event says; nobody gets a mail."""
    fake.people.accept(BO.email, UID)
    guests = [*event(fake)["attendees"], {"email": "cy@example.com", "optional": True}]
    changes = {"attendees": guests, "attachments": [SLIDES], "description": "Bring the numbers"}
    fake.people.change_event(ANN.email, UID, location="Room 1", **changes)
    before = event(fake)
    assert attach(calendar) is Written.DONE
    after = event(fake)
    assert after.pop("attachments") == [
        *before.pop("attachments"),
        {"fileUrl": LINK, "title": "Agenda", "mimeType": "application/vnd.google-apps.document"},
    ]
    assert after == before
    assert not fake.mails


@pytest.mark.parametrize(
    "other",
    [
        "https://docs.google.com/document/d/a-b_1/edit?usp=drivesdk",
        "https://docs.google.com/document/u/0/d/a-b_1/edit#heading=h.1",
        "https://docs.google.com/document/d/a-b_1",
        "https://drive.google.com/open?id=a-b_1",
        "https://drive.google.com/file/d/a-b_1/view?usp=drive_web",
        LINK,
    ],
)
def test_one_document_under_two_addresses_is_attached_once(
    fake: FakeGoogle, calendar: GoogleCalendar, other: str
) -> None:
    """Google and people write the same document's address in several ways."""
    fake.people.change_event(ANN.email, UID, attachments=[{"fileUrl": other, "title": "Our notes"}])
    before = fake.state()
    assert attach(calendar) is Written.ALREADY_SO
    assert fake.state() == before


@pytest.mark.parametrize(
    "other",
    [
        "https://docs.google.com/document/d/a-b_12/edit",
        "https://docs.google.com/document/d/A-B_1/edit",
        "https://wiki.example.com/d/a-b_1",
    ],
)
def test_another_document_is_another_one_however_alike(
    fake: FakeGoogle, calendar: GoogleCalendar, other: str
) -> None:
    """Ids are compared whole, capitals included, and Google's alone."""
    attach(calendar, other)
    assert attach(calendar) is Written.DONE
    assert attached(fake) == [other, LINK]


def test_two_pages_of_another_site_are_told_apart_by_their_whole_address(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """Whatever looks like an id in them is none that is known."""
    pages = ["https://wiki.example.com/p?id=1&v=2", "https://wiki.example.com/p?id=1&v=3"]
    assert [attach(calendar, page) for page in pages] == [Written.DONE, Written.DONE]
    assert attached(fake) == pages


def test_every_part_of_a_split_series_gets_it(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """The part that is to come is the one that people open."""
    later = fake.people.split_series(
        ANN.email, f"{UID}_20261215T100000Z", **timed("2026-12-15", "11:00", "11:30")
    )
    assert attach(calendar) is Written.DONE
    assert attached(fake) == attached(fake, later) == [LINK]
    assert attach(calendar) is Written.ALREADY_SO


def test_what_somebody_attaches_meanwhile_is_kept(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """The series is looked at again before it is written."""
    fake.just_before(PATCH, lambda: fake.people.change_event(ANN.email, UID, attachments=[SLIDES]))
    assert attach(calendar) is Written.DONE
    assert attached(fake) == [SLIDES["fileUrl"], LINK]


def test_a_series_that_is_deleted_meanwhile_gets_none(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """It was not attached to what is gone."""
    fake.just_before(PATCH, lambda: fake.people.delete_series(ANN.email, UID))
    assert attach(calendar) is Written.DELETED


@pytest.mark.parametrize("fault", [UNANSWERED, CUT_SHORT])
def test_an_answer_that_got_lost_attaches_it_once(
    fake: FakeGoogle, calendar: GoogleCalendar, fault: Fault
) -> None:
    """What is sent again meets what was done."""
    fake.faults.add(fault, method=PATCH, nth=[1])
    assert attach(calendar) in {Written.DONE, Written.ALREADY_SO}
    assert attached(fake) == [LINK]


def test_where_no_more_can_be_attached_that_is_told(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """Google takes twenty-five; none of them makes room."""
    full = [{"fileUrl": f"https://wiki.example.com/{n}", "title": str(n)} for n in range(25)]
    fake.people.change_event(ANN.email, UID, attachments=full)
    with pytest.raises(WriteFailed, match=r"the calendar of ann@example\.com"):
        attach(calendar)
    assert len(attached(fake)) == 25


def test_a_series_that_does_not_hold_still_is_left_for_the_next_run(
    fake: FakeGoogle, calendar: GoogleCalendar
) -> None:
    """After some looks the run gives up, in words."""
    fake.faults.add(answered(412, "conditionNotMet"), method=PATCH)
    with pytest.raises(WriteFailed, match="keeps being changed"):
        attach(calendar)


def test_a_part_that_bears_no_mark_of_ours_is_not_touched(fake: FakeGoogle, calendar: GoogleCalendar) -> None:
    """Whatever its id."""
    fake.people.create_event(ANN.email, id="onetoone2a", **weekly())
    with pytest.raises(WriteFailed, match="mark of this program"):
        calendar.attach(ANN, BO, "onetoone2a", LINK, NOW)
    assert not attached(fake, "onetoone2a")
