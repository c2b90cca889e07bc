"""What a created event says."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Event

from scheduler.ics.event import EventText, Guest, attachment_line, event_lines, invitation_lines
from scheduler.ics.text import fold, plain
from scheduler.meetings import Answer, EventStatus
from scheduler.timespans import Span
from tests.unit.ics_builders import AWKWARD_NAMES, FIRST, NOW, invitation

BO_IS_ASKED = (
    "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
    ";CN=Bo Baker:mailto:bo@example.org"
)


def read(lines: tuple[str, ...]) -> Event:
    """Read the event back with icalendar."""
    event = Event.from_ical(fold(lines))
    assert isinstance(event, Event)
    return event


def test_an_invitation_is_a_complete_event() -> None:
    """Everything that iTIP asks of a request is there, in one order."""
    given = invitation(description="Agenda: see below", link="https://example.org/a/ann--bo.md")
    assert invitation_lines(given) == (
        "BEGIN:VEVENT",
        "UID:ann-bo-0@onetoone",
        "DTSTAMP:20261123T083000Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "DTSTART;TZID=Europe/Berlin:20261201T100000",
        "DTEND;TZID=Europe/Berlin:20261201T103000",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        "SUMMARY:1-2-1: Ann / Bo",
        "DESCRIPTION:Agenda: see below",
        "ATTACH;FMTTYPE=text/markdown:https://example.org/a/ann--bo.md",
        "X-ONETOONE-KEY:ann:bo:0",
        "ORGANIZER;CN=Ann Able:mailto:ann@example.org",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=CHAIR;PARTSTAT=ACCEPTED;CN=Ann Able:mailto:ann@example.org",
        BO_IS_ASKED,
        "END:VEVENT",
    )


def test_a_longer_first_occurrence_is_an_override_after_its_series() -> None:
    """It says all that the series says but the rule, starts when the rule has it, and has the same stamp and SEQUENCE."""
    given = invitation(description="Agenda: see below", link="https://example.org/a/ann--bo.md")
    lines = invitation_lines(replace(given, first_minutes=60))
    series = invitation_lines(given)
    assert lines[: len(series)] == series
    assert lines[len(series) :] == (
        *series[:2],
        "RECURRENCE-ID;TZID=Europe/Berlin:20261201T100000",
        *series[2:7],
        "DTEND;TZID=Europe/Berlin:20261201T110000",
        *series[9:],
    )


def test_an_organizer_who_does_not_answer_is_no_attendee() -> None:
    """Where a calendar counts the organizer in by itself, one attendee is listed."""
    lines = invitation_lines(invitation(), organizer_answers=False)
    assert [line for line in lines if line.startswith("ATTENDEE")] == [
        BO_IS_ASKED,
    ]


def test_nothing_to_say_is_not_said() -> None:
    """Without a description and a link there is no DESCRIPTION and no ATTACH."""
    names = {line.partition(":")[0].partition(";")[0] for line in invitation_lines(invitation())}
    assert not names & {"DESCRIPTION", "ATTACH", "EXDATE", "RECURRENCE-ID"}


@pytest.mark.parametrize("name", AWKWARD_NAMES)
def test_any_name_reads_back(name: str) -> None:
    """Commas, quotes, line breaks, right-to-left marks and emoji in a name or title come back as they were."""
    event = read(invitation_lines(invitation(report=name, summary=f"1-2-1: {name}")))
    attendee = event.attendees[1]
    assert attendee == "mailto:bo@example.org"
    assert attendee.params.get("CN", "") == plain(name).strip()
    assert event["SUMMARY"] == plain(f"1-2-1: {name}".strip())


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_a_title_is_never_empty(blank: str) -> None:
    """Where the config leaves no title, the event is called by what it is."""
    lines = invitation_lines(invitation(summary=blank, description=blank))
    assert "SUMMARY:1-2-1" in lines
    assert not any(line.startswith("DESCRIPTION") for line in lines)


def test_the_end_is_elapsed_time_after_the_start() -> None:
    """Half an hour that begins as summer time does ends at a quarter past three (RFC 5545, 3.8.5.3)."""
    start = datetime(2026, 3, 29, 1, 45)  # noqa: DTZ001 - a wall-clock time
    lines = invitation_lines(invitation(start=start, rrule="FREQ=WEEKLY;INTERVAL=1;BYDAY=SU"))
    assert "DTEND;TZID=Europe/Berlin:20260329T031500" in lines


def test_a_start_in_another_zone_is_written_in_the_organizers() -> None:
    """The series recurs by the organizer's clock, in whichever zone its start was given."""
    given = invitation()
    lines = invitation_lines(replace(given, start=given.start.astimezone(ZoneInfo("Asia/Tokyo"))))
    assert "DTSTART;TZID=Europe/Berlin:20261201T100000" in lines


@pytest.mark.parametrize(
    ("link", "line"),
    [
        ("file:///agendas/a b.md", "ATTACH;FMTTYPE=text/markdown:file:///agendas/a%20b.md"),
        ("https://example.org/A.MD?x=1#top", "ATTACH;FMTTYPE=text/markdown:https://example.org/A.MD?x=1#top"),
        ("https://docs.example.org/d/1,2", "ATTACH:https://docs.example.org/d/1,2"),
    ],
)
def test_a_link_is_attached_as_what_it_is(link: str, line: str) -> None:
    """A Markdown document says so; another link is left to its server to describe."""
    assert attachment_line(link) == line


def test_an_override_names_the_occurrence_that_it_replaces() -> None:
    """RECURRENCE-ID is the original start in the zone of the series; an override has no rule."""
    zone = ZoneInfo("Europe/Berlin")
    original = FIRST.replace(tzinfo=zone)
    moved = original + timedelta(days=1)
    lines = event_lines(
        EventText(
            uid="u",
            key="k",
            zone=zone,
            organizer=Guest("ann@example.org", "Ann", Answer.ACCEPTED),
            attendee=Guest("bo@example.org", "", Answer.DECLINED),
            span=Span(moved, moved + timedelta(minutes=30)),
            summary="s",
            stamped=NOW,
            sequence=3,
            original_start=original,
            status=EventStatus.CANCELLED,
        ),
    )
    assert "RECURRENCE-ID;TZID=Europe/Berlin:20261201T100000" in lines
    assert "DTSTART;TZID=Europe/Berlin:20261202T100000" in lines
    assert {"SEQUENCE:3", "STATUS:CANCELLED"} < set(lines)
    assert not any(line.startswith("RRULE") for line in lines)
    assert lines[-2].endswith("PARTSTAT=DECLINED;RSVP=TRUE:mailto:bo@example.org")


def test_an_attendee_without_an_answer_is_not_listed() -> None:
    """`None` leaves the line out; dates that do not take place stand as EXDATE."""
    given = invitation()
    text = EventText(
        uid="u",
        key="k",
        zone=given.zone,
        organizer=Guest("ann@example.org", "Ann", None),
        attendee=Guest("bo@example.org", "", None),
        span=Span(given.start, given.start),
        summary="s",
        stamped=NOW,
        rrule=given.rrule,
        excluded=(given.start + timedelta(weeks=2),),
    )
    lines = event_lines(text)
    assert not any(line.startswith("ATTENDEE") for line in lines)
    assert "EXDATE;TZID=Europe/Berlin:20261215T100000" in lines
