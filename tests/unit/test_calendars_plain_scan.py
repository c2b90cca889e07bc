"""The quick way through the text of a calendar finds what the careful way finds, whatever the text holds."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given, settings

from benchmarks.calendar_files import calendar as busy_calendar
from benchmarks.foreign_calendars import WINDOW as ALL_TIMES
from benchmarks.foreign_calendars import default_folder
from scheduler.calendars.careful_scan import carefully_scanned
from scheduler.calendars.components import Block, CalendarObject, ScannedFile
from scheduler.calendars.content import content_lines, decode
from scheduler.calendars.events import raw_event
from scheduler.calendars.moments import Clock
from scheduler.calendars.plain_scan import plainly_scanned
from scheduler.calendars.read_ics import scan
from scheduler.calendars.reading import reading_of, uids_of
from scheduler.errors import CalendarUnreadable, Problem
from scheduler.timespans import Span
from tests.unit.calendars_builders import WINDOW, calendar, event, person
from tests.unit.torn_texts import files

TIMED = ("DTSTART:20261124T100000Z", "DTEND:20261124T103000Z")
FOLDER = default_folder()


def line_by_line(data: bytes) -> ScannedFile:
    """Return what the careful scanner finds, nothing in it called plain: every line is looked at."""
    file = carefully_scanned(decode(data), "x.ics")
    for one in file.calendars:
        one.events = [replace(block, plain=False, kept=block.lines) for block in one.events]
    return file


def shape(file: ScannedFile) -> list[object]:
    """Return everything that a scan tells, but for which way it was found."""
    return [file.where, file.source, *map(_shape, file.calendars), file.warnings]


def _shape(one: CalendarObject) -> list[object]:
    blocks = [
        [(block.name, block.place, block.start, block.end, block.fault, block.lines, block.addresses)]
        for part in (one.events, one.zones, one.broken)
        for block in part
    ]
    counts = [len(part) for part in (one.events, one.zones, one.broken)]
    return [one.where, one.line, one.lines, one.end_line, counts, blocks]


def properties(block: Block) -> list[object]:
    """Return the properties of an event that are looked at, in the order of the file."""
    raw = raw_event(block, Clock(UTC), "")
    return [list(raw.properties), dict(raw.properties), raw.broken, raw.uid]


def must_be_the_same(data: bytes, *windows: Span) -> None:
    """Hold the quick way to the careful one: the shape, the properties, the UIDs, and what is made of them."""
    slow, quick = _or_refused(line_by_line, data), _or_refused(lambda some: scan(some, "x.ics"), data)
    if not isinstance(slow, ScannedFile) or not isinstance(quick, ScannedFile):
        assert quick == slow
        return
    assert shape(quick) == shape(slow)
    for found, judged in zip(_events(quick), _events(slow), strict=True):
        assert properties(found) == properties(judged)
    assert uids_of(quick) == uids_of(slow)
    for window in windows or (WINDOW,):
        assert _read(quick, window) == _read(slow, window)


def _events(file: ScannedFile) -> list[Block]:
    return [block for one in file.calendars for block in one.events]


def _or_refused(do: Callable[[bytes], ScannedFile], data: bytes) -> ScannedFile | list[Problem]:
    try:
        return do(data)
    except CalendarUnreadable as refusal:
        return list(refusal.problems)


def _read(file: ScannedFile, window: Span) -> object:
    try:
        return reading_of([file], person(), window)
    except CalendarUnreadable as refusal:
        return list(refusal.problems)


@settings(max_examples=300, deadline=None)
@given(files())
def test_the_quick_way_finds_what_the_careful_one_finds(data: bytes) -> None:
    """Folds, blank lines, tabs and NULs anywhere, names of any kind, components torn, nested and doubled, all encodings."""
    must_be_the_same(data, WINDOW, ALL_TIMES)


def test_a_busy_calendar_is_found_the_quick_way_alone() -> None:
    """Every event of it is plain, and none of its lines is kept."""
    data = busy_calendar(3, 300)
    file = plainly_scanned(decode(data), "x.ics")
    assert file is not None
    assert len(_events(file)) == 300
    assert all(block.plain and block.kept is None for block in _events(file))
    must_be_the_same(data)


def test_one_odd_event_costs_itself_alone_the_quick_way() -> None:
    """In a file whose shape needs care, the whole events keep no lines."""
    data = calendar(event(*TIMED, uid="a"), event(*TIMED, "BEGIN:VALARM", uid="b"), event(*TIMED, uid="c"))
    assert plainly_scanned(decode(data.encode()), "x.ics") is None
    assert [block.plain for block in _events(scan(data.encode(), "x.ics"))] == [True, False, True]


@pytest.mark.parametrize(
    "line",
    [
        "summary:x",
        "SUM\n MARY:x",
        'SUMMARY;A="open:x',
        "and this went on",
        "EXDATE:",
        "RDATE;VALUE=DATE:\n ",
        "\nX-BLANK:before",
    ],
)  # fmt: skip
def test_an_odd_line_makes_its_event_no_plain_one(line: str) -> None:
    """It is for the careful way then, and the events beside it are not."""
    data = calendar(event(*TIMED, line, uid="a"), event(*TIMED, uid="b")).encode()
    assert [block.plain for block in _events(scan(data, "x.ics"))] == [False, True]
    must_be_the_same(data)


@pytest.mark.parametrize(
    "line", ["BEGI\n N:VEVENT", "begin:VALARM", "END\n\t:VEVENT", "BEGIN:VEVENT\n ", "Beg\u0131n:x"]
)
def test_an_edge_that_is_not_surely_one_is_for_the_careful_way(line: str) -> None:
    """Where a component may begin or end is never guessed."""
    data = calendar(event(*TIMED, line)).encode()
    assert plainly_scanned(decode(data), "x.ics") is None
    must_be_the_same(data)


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_large_files_are_cut_into_lines_part_by_part(breaks: str) -> None:
    """With lines longer than a part, and folds and breaks where parts meet."""
    text = breaks.join("x" * (number * 37 % 200_000) for number in range(1, 3000, 97))
    lines = [line.text for line in content_lines(text)]
    assert lines == text.split(breaks)
    folded = (breaks + " ").join(["x" * 65_533] * 4)
    assert [line.text for line in content_lines(folded)] == ["x" * 65_533 * 4]


def test_only_four_letters_can_begin_an_edge() -> None:
    """No other letter becomes B or E in capitals."""
    letters = {chr(code) for code in range(sys.maxunicode + 1) if chr(code).upper()[:1] in {"B", "E"}}
    assert letters == set("BbEe")


def test_what_an_alarm_says_is_not_said_by_its_event() -> None:
    """Its UID, its times and its guests are its own, before and after the event's."""
    alarm = (
        "BEGIN:VALARM\nUID:alarm\nDURATION:PT9H\nATTENDEE:mailto:cy@example.com\nDTSTART:19990101\nEND:VALARM"
    )
    for lines in ((alarm, *TIMED), (TIMED[0], alarm, TIMED[1]), (*TIMED, alarm), (alarm, *TIMED, alarm)):
        data = calendar(event(*lines)).encode()
        must_be_the_same(data)
        (found,) = _events(scan(data, "x.ics"))
        assert found.plain
        assert raw_event(found, Clock(UTC), "").uid == "u1"
    only_alarm = calendar(event(*TIMED, alarm).replace("UID:u1\n", "")).encode()
    must_be_the_same(only_alarm)
    assert all(uid.startswith("without-uid-") for uid in uids_of(scan(only_alarm, "x.ics")))


def test_the_uids_of_a_file_are_those_it_is_read_by() -> None:
    """Escapes undone, an empty one made up; those of a message are none."""
    text = calendar(
        event(*TIMED, uid="a\\,b"), event(*TIMED, uid=""), event(*TIMED, uid=""), event(*TIMED, uid="c")
    )
    file = scan(text.encode(), "x.ics")
    assert uids_of(file) == {each.uid for each in reading_of([file], person(), WINDOW).occurrences}
    assert len(uids_of(file)) == 3
    message = text.replace("VERSION:2.0", "VERSION:2.0\nMETHOD:REPLY")
    assert not uids_of(scan(message.encode(), "x.ics"))


def test_an_end_of_nothing_before_any_calendar_begins_is_refused() -> None:
    """As where the BEGIN of the calendar itself is torn."""
    with pytest.raises(CalendarUnreadable):
        scan(b"BEGIN:V\rCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "x.ics")


def test_an_end_after_what_was_told_of_is_not_told_of_again() -> None:
    """A thousand stray ends cost no more than their share, and each lost line is told of once."""
    lost = event(*TIMED, "ATTENDEE:mailto:bo@example.com").removeprefix("BEGIN:VEVENT\n")
    (one,) = scan(calendar(lost, *["END:VALARM"] * 1000).encode(), "x.ics").calendars
    assert [block.addresses for block in one.broken] == [{"bo@example.com"}]


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the foreign calendars are not there ({FOLDER.name})")
def test_foreign_files_are_read_alike_both_ways() -> None:
    """Each calendar file that others wrote."""
    for path in sorted(FOLDER.rglob("*.ics")):
        must_be_the_same(path.read_bytes())
