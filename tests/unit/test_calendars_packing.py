"""A reading, packed and unpacked, is the same reading."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from scheduler.calendars.packing import packed
from scheduler.calendars.read_ics import scan
from scheduler.calendars.reading import reading_of
from scheduler.calendars.unpacking import Asked, Unpacked, unpack
from scheduler.calendars.veil import Veil
from scheduler.errors import CalendarUnreadable
from scheduler.meetings import CalendarReading
from tests.unit.calendars_builders import calendar, event
from tests.unit.mirror_builders import (
    ANA,
    BO,
    KNOWN,
    ROOM,
    STRANGERS,
    WINDOW,
    ZONE,
    assert_alike,
    texts,
    weekly,
)

VEIL = Veil(b"word", (*KNOWN, *STRANGERS, ROOM))


def again(reading: CalendarReading) -> CalendarReading:
    """Return the reading, packed and unpacked."""
    into = Unpacked()
    unpack(packed(reading, VEIL), Asked(tz=ANA.tz, window=WINDOW), VEIL, into)
    order = sorted(into.occurrences, key=lambda each: (each.span.start, each.uid, each.original_start))
    series = sorted(into.series, key=lambda each: (each.uid, each.start))
    return CalendarReading(
        owner=ANA.email,
        window=WINDOW,
        occurrences=tuple(order),
        series=tuple(series),
        unread=tuple(into.unread),
        warnings=tuple(into.warnings),
    )


@given(texts())
def test_what_was_packed_comes_out_again(text: str) -> None:
    """Times, days, answers, series with their zones, what is broken; links of our series alone."""
    try:
        reading = reading_of([scan(text.encode(), "a.ics")], ANA, WINDOW)
    except CalendarUnreadable:
        return
    assert_alike(again(reading), reading, (*KNOWN, *STRANGERS, ROOM))


@pytest.mark.parametrize(
    ("start", "offset"),
    [
        ("DTSTART:20181010T100000Z", "UTC"),
        ("DTSTART;TZID=UTC:20181010T100000", "UTC"),
        ("DTSTART;TZID=GMT+0100:20181010T100000", "UTC+01:00"),
        ("DTSTART;TZID=GMT-0330:20181010T100000", "UTC-03:30"),
        ("DTSTART;TZID=Europe/Berlin:20181010T100000", "CEST"),
        ("DTSTART;TZID=Our own:20180710T100000", "OWND"),
    ],
)
def test_a_series_keeps_the_zone_that_it_repeats_in(start: str, offset: str) -> None:
    """By its name, its definition, or how far it is ahead: weekdays are those of that zone."""
    text = calendar(ZONE, event(start, "RRULE:FREQ=WEEKLY"))
    (one,) = again(reading_of([scan(text.encode(), "a.ics")], ANA, WINDOW)).series
    assert one.start.hour == 10
    assert one.start.tzname() == offset


def test_a_zone_of_many_series_is_kept_once() -> None:
    """And no more of it than makes it that zone."""
    lines = ["DTSTART;TZID=Our own:20181010T100000", "RRULE:FREQ=WEEKLY"]
    text = calendar(ZONE, *(event(*lines, uid=f"u{n}") for n in range(30)))
    kept = packed(reading_of([scan(text.encode(), "a.ics")], ANA, WINDOW), VEIL)
    assert kept.count("TZOFFSETFROM") == 2
    assert "COMMENT" not in kept


def test_a_day_is_a_day_in_whatever_zone() -> None:
    """Also the one that begins at one o'clock, as clocks leapt over its midnight."""
    text = calendar(event("DTSTART;VALUE=DATE:20181104"))
    (day,) = again(reading_of([scan(text.encode(), "a.ics")], ANA, WINDOW)).occurrences
    assert day.span.start == datetime(2018, 11, 4, tzinfo=ZoneInfo("America/Sao_Paulo"))
    assert day.span.start.astimezone(UTC) == datetime(2018, 11, 4, 3, tzinfo=UTC)


def test_links_are_kept_of_our_own_series_alone() -> None:
    """Where others' documents are is nobody's business here."""
    link = "ATTACH:https://docs.example/1"
    ours = weekly(link, "X-ONETOONE-KEY:0123456789abcdef-1", uid="onetoone1")
    text = calendar(ours, weekly(link, uid="theirs"))
    found = again(reading_of([scan(text.encode(), "a.ics")], ANA, WINDOW))
    assert {one.uid: one.links for one in found.series} == {
        "onetoone1": ("https://docs.example/1",),
        "theirs": (),
    }
    assert BO in {guest.email for one in found.series for guest in one.attendees}
