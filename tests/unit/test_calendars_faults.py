"""What is broken in a file costs as little as it can, and is never passed over in silence."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendars.content import content_lines, decode
from scheduler.calendars.read_ics import scan
from scheduler.errors import CalendarUnreadable
from tests.unit.calendars_builders import BERLIN, calendar, event, only, person, read, starts

TIMED = ("DTSTART:20261124T100000Z", "DTEND:20261124T103000Z")
VTIMEZONE = (
    "BEGIN:VTIMEZONE\nTZID:Odd Zone\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
    "TZOFFSETFROM:+0330\nTZOFFSETTO:+0330\nEND:STANDARD\nEND:VTIMEZONE"
)


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


@pytest.mark.parametrize(
    "line",
    [
        "DTSTART:call bo@example.com",
        "RRULE:FREQ=bo@example.com",
        "DURATION:bo@example.com",
        "RRULE:bo@example.com;A",
    ],
)
def test_what_is_wrong_is_told_without_anybodys_address(line: str) -> None:
    """What stands where a time should be may be anything; the pair is found by `addresses`, and the event by its UID."""
    lines = [line] if line.startswith("DTSTART") else ["DTSTART:20261124T100000Z", line]
    (found,) = read(calendar(event(*lines, uid="from-cy@example.com"))).unread
    assert "bo@" not in found.problem.what
    assert "'from-cy@example.com'" in found.problem.what
    assert "bo@example.com" in found.addresses
