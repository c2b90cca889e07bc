"""What a file says, whoever wrote it; what is broken in it costs as little as it can."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendars.content import content_lines, decode
from scheduler.calendars.read_ics import scan
from scheduler.errors import CalendarUnreadable
from scheduler.meetings import Answer, Attendee, Busy, EventStatus
from tests.unit.calendars_builders import BERLIN, calendar, event, only, person, read, starts, written

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
    """The event is read in the owner's zone, and a warning names the TZID."""
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


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (("SUMMARY:x",), "no start"),
        (("DTSTART:20261324T100000Z",), "'20261324T100000Z' is not a date or time"),
        (("DTSTART:00010101T100000Z",), "the year 1"),
        (("DTSTART:20261124T100000Z,20261125T100000Z",), "not one date"),
        (("DTSTART:",), "not one date"),
        (("DTSTART:PT1H",), "not a date or time"),
        (("DTSTART:20261124T100000Z", "DTEND:20261124T090000Z"), "ends before it starts"),
        (("DTSTART:20261124T100000Z", "DTEND;VALUE=DATE:20261125"), "both dates or both times"),
        (("DTSTART:20261124T100000Z", "DURATION:-PT1H"), "negative"),
        (("DTSTART:20261124T100000Z", "DURATION:an hour"), "duration 'AN HOUR'".lower()),
        ((*TIMED, "RRULE:FREQ=WEEKLY", "EXDATE:tomorrow"), "EXDATE"),
        ((*TIMED, "RDATE;VALUE=PERIOD:20261124/PT1H"), "RDATE"),
        ((*TIMED, "EXRULE:FREQ=WEEKLY"), "EXRULE"),
        ((*TIMED, "ATTENDEE;CN=Bo"), "ATTENDEE on line 10 is not whole"),
        ((*TIMED, "DTSTART:20261125T100000Z"), "more than one DTSTART"),
        ((*TIMED, "UID:other"), "more than one UID"),
        ((*TIMED, "DURATION:PT1H"), "both a DTEND and a DURATION"),
        ((*TIMED, "BEGIN:VALARM"), "no END:VALARM"),
        ((*TIMED, "END:VALARM"), "never begun"),
    ],
)
def test_a_broken_event_costs_itself_alone(lines: tuple[str, ...], what: str) -> None:
    """It is told with its UID, file, line and the addresses in it; the others come through."""
    guests = "ATTENDEE;CN=x:mailto:Bo@Example.com"
    lines = (*lines[:-1], guests, lines[-1])
    reading = read(calendar(event(*lines, uid="bad"), event(*TIMED, uid="good")))
    assert [each.uid for each in reading.occurrences] == ["good"]
    (found,) = reading.unread
    assert what in found.problem.what.lower() or what in found.problem.what
    assert "'bad'" in found.problem.what
    assert found.problem.where == "ana@example.com.ics:4"
    assert "bo@example.com" in found.addresses


def test_an_event_that_never_ends_costs_itself_alone() -> None:
    """The next one begins; what was open is broken."""
    torn = event(*TIMED, uid="torn").removesuffix("\nEND:VEVENT")
    reading = read(calendar(torn, event(*TIMED, uid="good")))
    assert [each.uid for each in reading.occurrences] == ["good"]
    assert "no END:VEVENT" in reading.unread[0].problem.what
    reading = read(calendar(event(*TIMED, uid="good"), torn))
    assert [each.uid for each in reading.occurrences] == ["good"]
    assert len(reading.unread) == 1


def test_an_event_whose_beginning_was_lost_is_told() -> None:
    """Its addresses are found all the same."""
    lost = event(*TIMED, "ATTENDEE:mailto:bo@example.com").removeprefix("BEGIN:VEVENT\n")
    reading = read(calendar(lost, event(*TIMED, uid="good")))
    assert [each.uid for each in reading.occurrences] == ["good"]
    assert reading.unread[0].addresses == {"bo@example.com"}


def test_an_event_outside_of_the_calendar_is_told() -> None:
    """It is not read, and not passed over in silence."""
    reading = read(calendar() + event(*TIMED, "ATTENDEE:mailto:bo@example.com"))
    assert not reading.occurrences
    assert reading.unread[0].addresses == {"bo@example.com"}
    assert len(read(calendar() + "left over\n").warnings) == 1


def test_a_broken_override_hides_its_slot_and_nothing_else() -> None:
    """What became of that one meeting is not known; the others are."""
    series = event(*TIMED, "RRULE:FREQ=WEEKLY;COUNT=3")
    reading = read(calendar(series, event("RECURRENCE-ID:20261201T100000Z", "DTSTART:nonsense")))
    assert starts(reading) == ["2026-11-24 10:00", "2026-12-08 10:00"]
    assert len(reading.unread) == 1


@pytest.mark.parametrize("line", ["RECURRENCE-ID:nonsense", "RECURRENCE-ID"])
def test_an_override_of_nobody_knows_what_hides_the_series(line: str) -> None:
    """Any of its meetings may be the one that was changed."""
    series = event(*TIMED, "RRULE:FREQ=WEEKLY;COUNT=3")
    reading = read(calendar(series, event(line, *TIMED)))
    assert not reading.occurrences
    assert len(reading.unread) == 2


def test_an_override_that_repeats_by_itself_is_told() -> None:
    """Its own dates are left out, which must not go unsaid."""
    reading = read(calendar(event("RECURRENCE-ID:20261124T100000Z", *TIMED, "RDATE:20261125T100000Z")))
    assert starts(reading) == ["2026-11-24 10:00"]
    assert len(reading.unread) == 1


def test_an_event_without_uid_is_one_of_its_own() -> None:
    """Two of them are two, and have the same made-up UID in each run."""
    text = calendar(*(event(*TIMED, f"X-N:{n}").replace("UID:u1\n", "") for n in range(2)))
    first, second = read(text), read(text)
    assert len(first.occurrences) == 2
    assert first == second
    assert "no UID" in first.warnings[0].what


def test_a_one_off_event_of_another_time_is_passed_over() -> None:
    """It is no occurrence, and what is wrong with it does not matter."""
    reading = read(calendar(event("DTSTART:20200101T100000Z")))
    assert not reading.occurrences
    assert not reading.unread


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"   \r\n", "no BEGIN:VCALENDAR"),
        (b"<html></html>", "no BEGIN:VCALENDAR"),
        (b"\x00\x01\x02\xff", "no BEGIN:VCALENDAR"),
        (event(*TIMED).encode(), "an event without a calendar"),
        (b"BEGIN:VCALENDAR\nVERSION:2.0\n", "cut short"),
        (calendar(event(*TIMED)).encode()[:-30], "cut short"),
        (calendar().encode()[:-14] + calendar().encode(), "cut short"),
        (calendar("CALSCALE:CHINESE").encode(), "GREGORIAN"),
        (b"\xff\xfeB\x00E", "UTF-16"),
    ],
)
def test_a_file_that_is_no_whole_calendar_is_refused(data: bytes, what: str) -> None:
    """One sentence says what is wrong and where."""
    with pytest.raises(CalendarUnreadable) as caught:
        read(data)
    (problem,) = caught.value.problems
    assert what in problem.what
    assert problem.where.startswith("ana@example.com.ics")
    assert problem.remedy


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_encodings_and_line_ends_of_all_kinds_are_read(codec: str, ends: str) -> None:
    """UTF-8 and UTF-16, with and without a mark; the ends of Windows, Unix and old Macs."""
    text = calendar(event(*TIMED, "ATTENDEE;CN=Jürgen 田中:mailto:bo@example.com")).replace("\n", ends)
    assert only(read(text.encode(codec))).attendees[0].email == "bo@example.com"


def test_a_misencoded_line_is_read_with_a_warning() -> None:
    """It is told, and the rest of the file stays UTF-8."""
    text = calendar(event(*TIMED, "X-A:ü", "ATTENDEE;CN=J@rgen:mailto:bo@example.com"))
    reading = read(text.encode().replace(b"J@rgen", b"J\xfcrgen"))
    assert only(reading).attendees[0].email == "bo@example.com"
    assert "Windows-1252" in reading.warnings[0].what
    assert reading.warnings[0].where == "ana@example.com.ics:10"


def test_folds_are_undone_wherever_they_are() -> None:
    """With blanks or tabs, inside a character, and across blank lines."""
    folded = "ATTENDEE;CN=J\udcc3\n \udcbcrgen:mailto:b\n\to@exam\n\n ple.com"
    text = calendar(event(*TIMED, folded))
    reading = read(text.encode("utf-8", "surrogateescape"))
    assert only(reading).attendees[0].email == "bo@example.com"
    assert not reading.warnings


def test_a_line_that_is_none_is_left_out_with_a_warning() -> None:
    """As where a long line was broken badly."""
    reading = read(calendar(event(*TIMED, "SUMMARY:x", "and this went on"), "more"))
    assert len(reading.occurrences) == 1
    assert "this line and 1 more" in reading.warnings[0].what


def test_an_empty_list_of_dates_is_told() -> None:
    """Nothing is taken out, and somebody should look."""
    reading = read(calendar(event(*TIMED, "RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE;VALUE=DATE:")))
    assert len(reading.occurrences) == 2
    assert "without a date" in reading.warnings[0].what


def test_what_is_written_twice_alike_counts_once() -> None:
    """A doubled line, or a length that says the same as the end, is no fault."""
    assert only(read(calendar(event(*TIMED, TIMED[0], "DURATION:PT30M")))).span.duration == timedelta(
        minutes=30
    )


def test_components_that_are_no_events_are_passed_over() -> None:
    """Tasks, alarms and components of one's own, also with an event inside."""
    todo = "BEGIN:VTODO\nUID:t\nDTSTART:20261124T100000Z\nEND:VTODO"
    alarm = "BEGIN:VALARM\nTRIGGER:-PT5M\nATTENDEE:mailto:cy@example.com\nEND:VALARM"
    wrapped = f"BEGIN:X-WRAP\n{event(*TIMED, alarm)}\nEND:X-WRAP"
    assert only(read(calendar(todo, wrapped))).attendees == ()


def test_a_component_with_an_impossible_name_is_told() -> None:
    """It may have been an event."""
    reading = read(calendar("BEGIN:VE\x00VENT\nATTENDEE:mailto:bo@example.com\nEND:VE\x00VENT"))
    assert reading.unread[0].addresses == {"bo@example.com"}
    assert read(calendar("END:VTODO")).unread


def test_a_minute_is_a_minute() -> None:
    """The length of a series comes from DTEND, from DURATION, or is nothing."""
    for line, minutes in (("DTEND:20261124T104500Z", 45), ("DURATION:PT1H", 60), ("X:y", 0)):
        series = read(calendar(event("DTSTART:20261124T100000Z", line, "RRULE:FREQ=WEEKLY"))).series[0]
        assert (series.minutes, series.rrule, series.sequence) == (minutes, "FREQ=WEEKLY", 0)
        assert series.start == datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_a_large_calendar_takes_no_more_than_its_share() -> None:
    """Ten thousand events, most of them of another time, are read in a few seconds."""
    events = (
        event(f"DTSTART:2020{1 + n % 12:02}01T100000Z", "DURATION:PT1H", uid=f"u{n}") for n in range(10_000)
    )
    reading = read(calendar(*events, event(*TIMED, uid="now")))
    assert starts(reading) == ["2026-11-24 10:00"]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing in a file makes the reader fail in another way."""
    for content in (
        data,
        calendar(event(*TIMED)).encode() + data,
        calendar(event(*TIMED, "@")).encode().replace(b"@", data),
    ):
        try:
            read(content)
        except CalendarUnreadable as error:
            assert len(error.problems) == 1  # noqa: PT017 - either outcome is right


@given(
    st.lists(st.sampled_from(["a", "é", " b", "\tc", "", "\r", "\udcff", "田"]), max_size=12),
    st.sampled_from(["\n", "\r\n"]),
)
def test_decoding_loses_nothing(lines: list[str], ends: str) -> None:
    """The bytes come back as they were, and every content line names its place."""
    data = ends.join(lines).encode("utf-8", "surrogateescape")
    source = decode(data)
    assert source.encode(source.text) == data
    for line in content_lines(source.text):
        assert 0 <= line.start < line.end <= len(source.text)


def test_scanning_names_the_place_of_each_event() -> None:
    """Its lines in the text are its own, from BEGIN to the end of END."""
    text = calendar(event(*TIMED, uid="a"), event(*TIMED, uid="b"))
    found = scan(text.encode(), "x.ics").calendars[0].events
    assert [text[block.start : block.end] for block in found] == [
        event(*TIMED, uid="a") + "\n",
        event(*TIMED, uid="b") + "\n",
    ]


def test_readings_are_in_order_of_start_and_uid() -> None:
    """Whatever the order in the file."""
    reading = read(
        calendar(event(*TIMED, uid="b"), event("DTSTART:20261123T100000Z", uid="c"), event(*TIMED, uid="a"))
    )
    assert [each.uid for each in reading.occurrences] == ["c", "a", "b"]
    assert reading.occurrences[0].span.duration == timedelta()
    assert reading.owner == person().email
    assert person().tz == BERLIN
