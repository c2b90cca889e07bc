"""What a file says, whoever wrote it; what is broken in it costs as little as it can."""

from zoneinfo import ZoneInfo

import pytest

from scheduler.meetings import Answer, Attendee, Busy, EventStatus
from tests.unit.calendars_builders import calendar, event, only, person, read, starts, written

TIMED = ("DTSTART:20261124T100000Z", "DTEND:20261124T103000Z")
VTIMEZONE = (
    "BEGIN:VTIMEZONE\nTZID:Odd Zone\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
    "TZOFFSETFROM:+0330\nTZOFFSETTO:+0330\nEND:STANDARD\nEND:VTIMEZONE"
)


def start_of(*lines: str, head: tuple[str, ...] = ()) -> str:
    """Return when the one event of these lines starts, in UTC."""
    return written(only(read(calendar(*head, event(*lines)))).span.start)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DTSTART;TZID=America/New_York:20261124T100000", "2026-11-24 15:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20261124T100000", "2026-11-24 09:00"),
        ('DTSTART;TZID="Eastern Standard Time":20261124T100000', "2026-11-24 15:00"),
        ("DTSTART;TZID=/vendor.example/20260101/Asia/Tokyo:20261124T100000", "2026-11-24 01:00"),
        ("DTSTART;TZID=europe/london:20261124T100000", "2026-11-24 10:00"),
        ("DTSTART;TZID=Europe/London:20261124T100000Z", "2026-11-24 10:00"),
        ("DTSTART:20261124T100000", "2026-11-24 09:00"),
        ("DTSTART;VALUE=DATE-TIME;TZID=Europe/London:20261124T100000", "2026-11-24 10:00"),
        ("dtstart ; tzid = Europe/London :20261124T100000", "2026-11-24 10:00"),
        ("DTSTART;;TZID=Europe/London:20261124T100000", "2026-11-24 10:00"),
        ("DTSTART;VALUE=DATE:20261124Z", "2026-11-23 23:00"),
    ],
)
def test_a_start_is_read_in_the_zone_that_it_means(line: str, expected: str) -> None:
    """IANA's names, Windows' names, a vendor's path; UTC wins; without a zone it is the owner's."""
    assert start_of(line) == expected


def test_a_zone_that_the_file_defines_is_used() -> None:
    """A TZID that nobody else knows means its VTIMEZONE, wherever in the file that stands."""
    line = "DTSTART;TZID=Odd Zone:20261124T100000"
    assert start_of(line, head=(VTIMEZONE,)) == "2026-11-24 06:30"
    assert written(only(read(calendar(event(line), VTIMEZONE))).span.start) == "2026-11-24 06:30"


def test_a_zone_of_one_file_means_nothing_in_the_next() -> None:
    """No definition is carried over."""
    line = "DTSTART;TZID=Odd Zone:20261124T100000"
    start_of(line, head=(VTIMEZONE,))
    reading = read(calendar(event(line)))
    assert starts(reading) == ["2026-11-24 09:00"]
    assert "'Odd Zone'" in reading.warnings[0].what


@pytest.mark.parametrize(
    "broken",
    [
        "BEGIN:VTIMEZONE\nTZID:Odd Zone\nEND:VTIMEZONE",
        VTIMEZONE.replace("+0330", "lots"),
        VTIMEZONE.replace("END:STANDARD", "RRULE:FREQ=SECONDLY\nEND:STANDARD"),
        VTIMEZONE.replace("TZID:Odd Zone\n", ""),
        VTIMEZONE.replace("VTIMEZONE", "X-TIMEZONE"),
    ],
)
def test_a_broken_definition_of_a_zone_is_as_good_as_none(broken: str) -> None:
    """The event is read as if it named no zone, and a warning names the TZID."""
    reading = read(calendar(broken, event("DTSTART;TZID=Odd Zone:20261124T100000")))
    assert starts(reading) == ["2026-11-24 09:00"]
    assert "'Odd Zone'" in str(reading.warnings)


def test_a_display_name_with_a_colon_as_tzid_is_read_whole() -> None:
    """Old Outlook exports did not quote it."""
    zone = VTIMEZONE.replace("Odd Zone", "(UTC+03:30) Odd")
    assert start_of("DTSTART;TZID=(UTC+03:30) Odd:20261124T100000", head=(zone,)) == "2026-11-24 06:30"


def test_floating_times_follow_the_calendar_and_utc_stays_utc() -> None:
    """X-WR-TIMEZONE is where floating times are; days stay the owner's; an unknown one is told."""
    head = ("X-WR-TIMEZONE:Asia/Tokyo",)
    assert start_of("DTSTART:20261124T100000", head=head) == "2026-11-24 01:00"
    assert start_of("DTSTART:20261124T100000Z", head=head) == "2026-11-24 10:00"
    assert start_of("DTSTART;VALUE=DATE:20261124", head=head) == "2026-11-23 23:00"
    reading = read(calendar("X-WR-TIMEZONE:Nowhere", event("DTSTART:20261124T100000")))
    assert starts(reading) == ["2026-11-24 09:00"]
    assert "'Nowhere'" in reading.warnings[0].what


def test_the_owner_decides_where_floating_is() -> None:
    """The same file is another time in another person's calendar."""
    owner = person(tz=ZoneInfo("America/New_York"))
    assert starts(read(calendar(event("DTSTART:20261124T100000")), owner)) == ["2026-11-24 15:00"]


@pytest.mark.parametrize(
    ("lines", "busy"),
    [
        ((), Busy.BUSY),
        (("TRANSP:TRANSPARENT",), Busy.FREE),
        (("STATUS:TENTATIVE",), Busy.TENTATIVE),
        (("X-MICROSOFT-CDO-BUSYSTATUS:OOF",), Busy.OUT_OF_OFFICE),
        (("X-MICROSOFT-CDO-BUSYSTATUS:FREE", "TRANSP:OPAQUE"), Busy.FREE),
        (("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",), Busy.TENTATIVE),
        (("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",), Busy.FREE),
        (("X-MICROSOFT-CDO-INTENDEDSTATUS:OOF",), Busy.OUT_OF_OFFICE),
        (("X-MICROSOFT-CDO-INTENDEDSTATUS:OOF", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"), Busy.BUSY),
        (("X-APPLE-EWS-BUSYSTATUS:UNAVAILABLE",), Busy.OUT_OF_OFFICE),
        (("SUMMARY:Out of office",), Busy.OUT_OF_OFFICE),
        (("SUMMARY:Fuera de la oficina",), Busy.OUT_OF_OFFICE),
        (("SUMMARY:Out of office", "TRANSP:TRANSPARENT"), Busy.FREE),
        (("SUMMARY:Out of office", "ATTENDEE:mailto:bo@example.com"), Busy.BUSY),
        (("SUMMARY:Out of office party",), Busy.BUSY),
    ],
)
def test_what_an_event_does_to_the_time(lines: tuple[str, ...], busy: Busy) -> None:
    """Outlook's and Apple's words first, then TRANSP, then the title that Google gives, then STATUS."""
    assert only(read(calendar(event(*TIMED, *lines)))).busy is busy


@pytest.mark.parametrize(
    ("line", "guest"),
    [
        ("ATTENDEE:mailto:bo@example.com", Attendee("bo@example.com")),
        ("ATTENDEE:MAILTO:Bo@Example.COM ", Attendee("bo@example.com")),
        ("ATTENDEE:bo@example.com", Attendee("bo@example.com")),
        ('ATTENDEE;CN="O, B: x":"mailto:bo@example.com"', Attendee("bo@example.com")),
        ("ATTENDEE;CN=Bo: x:mailto:bo@example.com", Attendee("bo@example.com")),
        ("ATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@example.com", Attendee("bo@example.com", Answer.ACCEPTED)),
        ("ATTENDEE;PARTSTAT=declined:mailto:bo@example.com", Attendee("bo@example.com", Answer.DECLINED)),
        ("ATTENDEE;PARTSTAT=TENTATIVE:mailto:bo@example.com", Attendee("bo@example.com", Answer.TENTATIVE)),
        ("ATTENDEE;PARTSTAT=DELEGATED:mailto:bo@example.com", Attendee("bo@example.com", Answer.DELEGATED)),
        ("ATTENDEE;PARTSTAT=X-MAYBE:mailto:bo@example.com", Attendee("bo@example.com")),
        ("ATTENDEE;EMAIL=bo@example.com:urn:uuid:1234", Attendee("bo@example.com")),
        ("ATTENDEE;CUTYPE=ROOM:mailto:bo@example.com", Attendee("bo@example.com", is_room=True)),
        ("ATTENDEE;CUTYPE=RESOURCE:mailto:bo@example.com", Attendee("bo@example.com", is_room=True)),
        ("ATTENDEE;CUTYPE=GROUP:mailto:bo@example.com", Attendee("bo@example.com")),
        (
            "ATTENDEE:mailto:x1@resource.calendar.google.com",
            Attendee("x1@resource.calendar.google.com", is_room=True),
        ),
    ],
)
def test_an_attendee_is_read_as_programs_write_them(line: str, guest: Attendee) -> None:
    """`mailto:` in any case or missing, quotes, Apple's EMAIL, rooms and their like."""
    found = only(read(calendar(event(*TIMED, line))))
    assert found.attendees == (guest,)
    assert not found.incomplete_guests


def test_a_guest_without_an_address_leaves_the_list_incomplete() -> None:
    """Somebody is invited, and nobody can say who; a room without an address is nobody."""
    assert only(read(calendar(event(*TIMED, "ATTENDEE;CN=Bo:invalid:nomail")))).incomplete_guests
    assert not only(
        read(calendar(event(*TIMED, "ATTENDEE;CUTYPE=ROOM;CN=Blue:invalid:nomail")))
    ).incomplete_guests


def test_a_guest_listed_twice_counts_once_with_the_answer_given() -> None:
    """The open answer does not undo the given one."""
    lines = ("ATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@example.com", "ATTENDEE:mailto:BO@example.com")
    assert only(read(calendar(event(*TIMED, *lines)))).attendees == (
        Attendee("bo@example.com", Answer.ACCEPTED),
    )


def test_the_mark_the_links_and_the_organizer_are_read() -> None:
    """An override without the mark has that of its series; data that is attached is no link."""
    lines = ("RRULE:FREQ=WEEKLY;COUNT=2", "X-ONETOONE-KEY:a\\,b", "ORGANIZER;CN=Ana:MAILTO:ana@example.com")
    links = (
        "ATTACH;FMTTYPE=text/markdown:https://docs.example.com/1",
        "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA",
    )
    late = event("RECURRENCE-ID:20261201T100000Z", "DTSTART:20261201T110000Z", "DURATION:PT30M")
    reading = read(calendar(event(*TIMED, *lines, *links), late))
    assert {each.mark for each in reading.occurrences} == {"a,b"}
    assert reading.series[0].links == ("https://docs.example.com/1",)
    assert reading.series[0].organizer == "ana@example.com"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("SEQUENCE:1",), ("SEQUENCE:2",)),
        (("SEQUENCE:1", "LAST-MODIFIED:20260101T000000Z"), ("SEQUENCE:1", "LAST-MODIFIED:20260102T000000Z")),
        ((), ("DTSTAMP:20260601T000000Z",)),
        (("LAST-MODIFIED:rubbish",), ("LAST-MODIFIED:20260102T000000Z",)),
        (("SEQUENCE:rubbish",), ("SEQUENCE:2",)),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_of_two_versions_the_newer_one_counts(
    old: tuple[str, ...], new: tuple[str, ...], *, swapped: bool
) -> None:
    """SEQUENCE first, then LAST-MODIFIED, then DTSTAMP, in whatever order they stand."""
    older = event(*old, "DTSTART:20261124T100000Z", "DURATION:PT1H")
    newer = event(*new, "DTSTART:20261125T100000Z", "DURATION:PT1H").replace(
        "DTSTAMP:20260101T000000Z\n", "", len(new) == 1 and "DTSTAMP" in new[0]
    )
    reading = read(calendar(*([newer, older] if swapped else [older, newer])))
    assert starts(reading) == ["2026-11-25 10:00"]
    assert not reading.unread


def test_of_two_equal_versions_one_is_unread() -> None:
    """Nothing tells which is the newer one, so that the other may be the one."""
    reading = read(
        calendar(event(*TIMED), event("DTSTART:20261125T100000Z", "ATTENDEE:mailto:bo@example.com"))
    )
    assert len(reading.occurrences) == len(reading.unread) == 1
    assert not read(calendar(event(*TIMED), event(*TIMED))).unread


def test_cancelled_says_so() -> None:
    """By its own STATUS, in either spelling, or by a cancelling message."""
    for reading in (
        read(calendar(event(*TIMED, "STATUS:CANCELLED"))),
        read(calendar(event(*TIMED, "STATUS:Canceled"))),
        read(calendar("METHOD:CANCEL", event(*TIMED))),
    ):
        assert only(reading).status is EventStatus.CANCELLED


def test_an_answer_that_lies_among_the_events_is_none() -> None:
    """A message from one calendar program to another is left out with a warning."""
    reading = read(calendar("METHOD:REPLY", event(*TIMED)))
    assert not reading.occurrences
    assert "METHOD:REPLY" in reading.warnings[0].what
