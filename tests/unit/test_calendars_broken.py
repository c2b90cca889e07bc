"""Whatever bytes a calendar file holds, reading it ends, within limits, in a reading or in a sentence."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scheduler.calendars.rules import MOST_STEPS_TOGETHER
from scheduler.calendars.told import MOST_TOLD
from tests.fuzz import law
from tests.fuzz.law import must_be_read, must_hold
from tests.fuzz.limits import LimitedReader, limited_reader
from tests.fuzz.worst_cases import CASES, calendar, event, series
from tests.unit.calendars_builders import read

_FREQUENCIES = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY", "ODDLY"]
_NUMBERS = st.integers(-400, 400) | st.sampled_from([0, 9999999, 999999, -1, 10**30])
_DAYS = st.sampled_from(["MO", "1TU", "-1FR", "5SU", "53MO", "XX", "0WE"])
_STARTS = st.sampled_from(
    ["20261124T100000Z", "20261025T023000", "20240229", "00020101T000000Z", "19000101", "99981231T235959Z"]
)
_TIMES = st.sampled_from(
    [
        *("20261124T100000Z", "20261124", "20260329T023000", "00010101T000000", "99991231T235959Z", "2026"),
        *("PT1H", "-PT1H", "P99999999W", "20261124T100000Z/PT1H", "", "\0", "\u0662\u0660", "never"),
    ]
)
_PARAMETERS = st.sampled_from(
    [*("", ";TZID=Odd", ";TZID=Europe/Berlin", ";TZID=Nowhere", ";VALUE=DATE", ";VALUE=PERIOD"), ';X="', ";;"]
)
_NAMES = st.sampled_from(
    [
        *("DTSTART", "DTEND", "DURATION", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "SEQUENCE", "STATUS"),
        *("RECURRENCE-ID;RANGE=THISANDFUTURE", "ATTENDEE", "ORGANIZER", "X-ODD", "", " "),
    ]
)
_EDGES = st.sampled_from(
    [
        f"{edge}:{name}"
        for edge in ("BEGIN", "END")
        for name in ("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "VALARM", "", "X\0")
    ]
)


@st.composite
def _rules(draw: st.DrawFn) -> str:
    """Return a recurrence rule, possible or not."""
    parts = [f"FREQ={draw(st.sampled_from(_FREQUENCIES))}"]
    names = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS")
    for name in draw(st.lists(st.sampled_from(names), max_size=3)):
        values = draw(st.lists(_NUMBERS, min_size=1, max_size=6))
        parts.append(f"{name}={','.join(map(str, values))}")
    parts += draw(st.lists(_DAYS, max_size=1).map(lambda days: [f"BYDAY={day}" for day in days]))
    parts += draw(st.lists(_NUMBERS, max_size=1).map(lambda found: [f"INTERVAL={each}" for each in found]))
    ends = st.one_of(_NUMBERS.map("COUNT={}".format), _TIMES.map("UNTIL={}".format), st.just("WKST=SU"))
    return ";".join([*parts, *draw(st.lists(ends, max_size=1))])


def _lines() -> st.SearchStrategy[str]:
    timed = st.builds("{}{}:{}".format, _NAMES, _PARAMETERS, _TIMES)
    return st.one_of(timed, _EDGES, st.builds("RRULE:{}".format, _rules()), st.text(max_size=12))


@st.composite
def _files(draw: st.DrawFn) -> bytes:
    """Return a calendar that is nearly right, in any encoding, cut or changed somewhere."""
    events = [
        event(*draw(st.lists(_lines(), max_size=6)), uid=draw(st.sampled_from(["a", "b", ""])))
        for _ in range(draw(st.integers(1, 3)))
    ]
    text = calendar(*draw(st.lists(_lines(), max_size=2)), *events).decode("utf-8", "surrogateescape")
    text = text.replace("\r\n", draw(st.sampled_from(["\r\n", "\n", "\r"])))
    codec = draw(st.sampled_from(["utf-8", "utf-8", "utf-16", "utf-16-be", "cp1252", "utf-7"]))
    data = text.encode(codec, "replace")
    at = draw(st.integers(0, len(data)))
    return draw(
        st.sampled_from([data, data[:at], data[at:], data[:at] + draw(st.binary(max_size=9)) + data[at:]])
    )


@given(st.binary(max_size=600))
@example(b"")
@example(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n" + b"\0")
def test_any_bytes_end_in_a_reading_or_in_a_sentence(data: bytes) -> None:
    """Nothing else is ever raised, nothing is lost in decoding, and the work is bounded."""
    must_hold(data)


@given(_files())
def test_a_calendar_that_is_nearly_right_is_read_within_the_law(data: bytes) -> None:
    """Cut short, in the wrong encoding, with components in each other: the same law."""
    must_hold(data)


@given(_rules(), _STARTS)
def test_any_rule_costs_no_more_than_its_steps(rule: str, start: str) -> None:
    """Whatever it names and wherever it starts, it is followed or refused within the stated number of steps."""
    must_hold(series(f"RRULE:{rule}", start=start))


@given(st.lists(st.tuples(_STARTS, _rules(), st.sampled_from(["+0100", "-2359", "+9900", "x"])), max_size=3))
def test_any_zone_definition_is_used_or_left_out(parts: list[tuple[str, str, str]]) -> None:
    """Nothing in it keeps the events from being read."""
    changes = (
        f"BEGIN:STANDARD\r\nDTSTART:{start}\r\nRRULE:{rule}\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:{to}\r\nEND:STANDARD"
        for start, rule, to in parts
    )
    zone = "\r\n".join(("BEGIN:VTIMEZONE", "TZID:Odd", *changes, "END:VTIMEZONE"))
    must_hold(calendar(zone, event("DTSTART;TZID=Odd:20261124T100000", "DURATION:PT1H")))


@pytest.fixture(scope="module")
def limited() -> Iterator[LimitedReader]:
    """Another process, which the system kills where a case takes too much memory or time."""
    with limited_reader() as reader:
        yield reader


@pytest.mark.parametrize("name", CASES)
def test_the_worst_case_is_read_within_limits(name: str, limited: LimitedReader) -> None:
    """In a process that may use a gigabyte and a minute for it, what comes of it keeps the law."""
    limited.read(name)


def test_the_law_notices_what_takes_too_many_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that does not come to an end is stopped and not waited for."""
    monkeypatch.setattr(law, "CALLS_TO_BEGIN", -50_000)
    with pytest.raises(law.TooManySteps):
        law.must_hold(calendar(event("DTSTART:20261124T100000Z")))


def test_two_changed_dates_at_one_time_come_in_one_order() -> None:
    """They are ordered by where the series had put them: reading twice gives the same."""
    times = ("DTSTART:20261124T100000Z", "DTEND:20261124T103000Z")
    changed = (event(f"RECURRENCE-ID:201001{day:02}T100000Z", *times) for day in range(28, 0, -1))
    found = read(calendar(event(*times, "RRULE:FREQ=DAILY;COUNT=3"), *changed)).occurrences
    originals = [each.original_start for each in found if each.span == found[0].span]
    assert originals == sorted(originals)


def test_a_broken_event_is_named_by_file_line_and_uid() -> None:
    """Whoever reads the report finds it."""
    reading = read(calendar(event("DTSTART:never", uid="lost")))
    assert reading.unread[0].problem.where == "ana@example.com.ics:3"
    assert "'lost'" in reading.unread[0].problem.what


def test_garbage_fills_no_report() -> None:
    """What is wrong is told fifty times at most, and the rest counted; the addresses in it are kept."""
    lost = (event("DTSTART:never", f"ATTENDEE:mailto:u{n}@example.com", uid=f"u{n}") for n in range(200))
    unread = read(calendar(*lost)).unread
    problems = list(dict.fromkeys(each.problem for each in unread))
    assert len(problems) == MOST_TOLD
    assert "151 more events can't be read" in problems[-1].what
    assert "'u49'" in problems[-1].what
    assert {address for each in unread for address in each.addresses} >= {
        "u0@example.com",
        "u199@example.com",
    }


def test_warnings_are_counted_where_there_are_many() -> None:
    """Two hundred unknown zones are fifty lines."""
    events = (event(f"DTSTART;TZID=Z{n}:20261124T100000", uid=f"u{n}") for n in range(200))
    warnings = read(calendar(*events)).warnings
    assert len(warnings) == MOST_TOLD
    assert "151 more things are odd" in warnings[-1].what


def test_events_without_uid_are_one_warning_a_file() -> None:
    """It counts them."""
    reading = read(calendar(*(event("DTSTART:20261124T100000Z", f"X-N:{n}", uid="") for n in range(200))))
    assert len(reading.occurrences) == 200
    assert [each.what for each in reading.warnings] == [
        "this event and 199 more have no UID; each was read as one of its own"
    ]


def test_many_rules_that_may_just_be_followed_are_no_hang() -> None:
    """What they take together is bounded, too; plain series, which take no steps, are read all the same."""
    hard = (event("DTSTART:20000101T100000Z", "RRULE:FREQ=DAILY;BYHOUR=3,4", uid=f"u{n}") for n in range(60))
    plain = event("DTSTART:20000101T100000Z", "RRULE:FREQ=DAILY", uid="plain")
    reading = read(calendar(*hard, plain))
    assert f"{MOST_STEPS_TOGETHER:,} steps together" in reading.unread[0].problem.what
    assert {each.uid for each in reading.occurrences} >= {"u0", "plain"}


def test_days_looked_through_for_an_hourly_rule_are_steps() -> None:
    """A rule each hundred years that names months has all days since its start looked at."""
    data = series("RRULE:FREQ=MINUTELY;INTERVAL=999999;COUNT=100;BYMONTH=1", start="00020101T100000Z")
    (unread,) = read(data).unread
    assert "too often to be followed" in unread.problem.what


def test_what_a_library_says_is_cut() -> None:
    """A message that quotes a megabyte is a sentence all the same."""
    assert "1 unread" in must_be_read(series("RRULE:FREQ=WEEKLY;UNTIL=" + "9" * 10_000))


def test_a_zone_that_changes_too_often_is_unknown() -> None:
    """A definition of thousands of rules would be followed for hours; Outlook's, which begin in 1601, are read."""
    change = "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"
    change += "\r\nTZOFFSETFROM:+0700\r\nTZOFFSETTO:+0600\r\nEND:STANDARD"
    for times, hour in ((1, 4), (41, 9)):
        zone = "\r\n".join(("BEGIN:VTIMEZONE", "TZID:Odd", *[change] * times, "END:VTIMEZONE"))
        reading = read(calendar(zone, event("DTSTART;TZID=Odd:20261124T100000")))
        assert reading.occurrences[0].span.start.hour == hour
        assert len(reading.warnings) == (times > 1)


@pytest.mark.parametrize(("rule", "unread"), [("BYMONTH=0;BYDAY=-1SU", 10), ("BYMONTH=2;BYMONTHDAY=30", 0)])
def test_a_zone_with_an_impossible_rule_is_no_deadlock(rule: str, unread: int) -> None:
    """At the second time in it dateutil would wait for itself for ever; its events are told, or follow its other rule."""
    never, always = (
        f"BEGIN:{name}\r\nDTSTART:19670430T020000\r\nRRULE:FREQ=YEARLY;{each}\r\nTZOFFSETFROM:-0500"
        f"\r\nTZOFFSETTO:-0400\r\nEND:{name}"
        for name, each in (("DAYLIGHT", rule), ("STANDARD", "BYMONTH=10;BYDAY=-1SU"))
    )
    zone = f"BEGIN:VTIMEZONE\r\nTZID:Odd\r\n{never}\r\n{always}\r\nEND:VTIMEZONE"
    events = (event(f"DTSTART;TZID=Odd:202611{day}T100000", uid=f"u{day}") for day in range(10, 20))
    reading = read(calendar(zone, *events))
    assert [each.span.start.hour for each in reading.occurrences] == [14] * (10 - unread)
    assert len(reading.unread) == unread
    assert all("the time zone that the file defines" in each.problem.what for each in reading.unread)


def test_a_zone_of_a_file_is_asked_at_small_cost() -> None:
    """However long ago it began: each of four thousand times would go through all its changes else."""
    change = "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nRRULE:FREQ=MONTHLY;BYDAY=1SU\r\nTZOFFSETFROM:+0700"
    parts = [f"{change}\r\nTZOFFSETTO:+0{hour}00\r\nEND:STANDARD" for hour in (6, 7)]
    zone = "\r\n".join(("BEGIN:VTIMEZONE", "TZID:Odd", *parts, "END:VTIMEZONE"))
    must_hold(calendar(zone, event("DTSTART;TZID=Odd:20260901T100000", "RRULE:FREQ=HOURLY")))


def test_the_steps_of_a_short_rule_of_seconds_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is followed for the longest fold of a clock beyond its end, and not for a day of seconds."""
    monkeypatch.setattr(law, "CALLS_A_STEP", 0)
    must_hold(series("RRULE:FREQ=SECONDLY;COUNT=100"))


def test_a_daily_event_that_lasts_for_centuries_is_no_flood() -> None:
    """Hundreds of thousands of its dates would reach into the window."""
    lines = ("DTSTART;VALUE=DATE:10060401", "DTEND;VALUE=DATE:30060401", "RRULE:FREQ=WEEKLY;BYDAY=MO,TU")
    data = calendar(event(*lines))
    must_hold(data)
    assert "too often to be followed" in read(data).unread[0].problem.what
