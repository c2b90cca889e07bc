"""One-off events of another time are passed over early, and nothing that would be told of them is lost by it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendars.components import ScannedFile
from scheduler.calendars.elsewhere import Elsewhere
from scheduler.calendars.read_ics import scan
from scheduler.calendars.reading import reading_of
from scheduler.meetings import CalendarReading
from tests.unit.calendars_builders import WINDOW, calendar, event, person

# Around both ends of the window, far from it, in the hours that clocks leap over or show twice, and none at all.
DATES = (
    *("20260825", "20260828", "20260830", "20260831", "20261124", "20270214", "20270215", "20270218", "20270221"),
    *("20260329", "20261025", "20190331", "20200101", "20200102", "20300101", "00010101", "99981231", "20200230"),
)  # fmt: skip
TIMES = ("000000", "013000", "023000", "025959", "030000", "100000", "235959", "240000", "100060", "106000")
ZONES = (
    *("Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe"),
    *("europe/berlin", "Eastern Standard Time", "Nowhere/Land", "Odd", "UTC"),
)  # fmt: skip
MORE = (
    *("RRULE:FREQ=YEARLY", "RRULE:", "RDATE:20261124T100000Z", "EXDATE:nonsense", "RECURRENCE-ID:20261124T100000Z"),
    *("DURATION:PT1H", "EXRULE:FREQ=DAILY", "X-MICROSOFT-RRULE:x", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
    *("STATUS:CANCELLED", "STATUS:CONFIRMED", "STATUS:CONFIRMED", "UID:other", "UID:u0", "TRANSP:OPAQUE"),
    *("ORGANIZER:mailto:ana@example.com", 'ORGANIZER;CN="open:x', "ATTENDEE;CN=Bo", "DTSTART:20261124T100000Z"),
    "STATUS:CANCELLED\nSTATUS:CONFIRMED", "TRANSP:OPAQUE\nTRANSP:TRANSPARENT", "ORGANIZER:a@b.org\nORGANIZER:c@d.org",
    "BEGIN:VALARM\nDTSTART:20261124T100000Z\nUID:alarm\nEND:VALARM",
    "BEGIN:VALARM\nRRULE:FREQ=DAILY\nSTATUS:x\nEND:VALARM",
)  # fmt: skip


def when() -> st.SearchStrategy[str]:
    """Return how DTSTART and DTEND may go on after the name."""
    dates, times = st.sampled_from(DATES), st.sampled_from(TIMES)
    return st.one_of(
        dates.map(";VALUE=DATE:{}".format),
        st.builds(";TZID={}:{}T{}".format, st.sampled_from(ZONES), dates, times),
        st.builds(":{}T{}Z".format, dates, times),
        st.builds("{}:{}T{}{}".format, st.sampled_from(["", ";TZID=UTC", ";VALUE=DATE"]), dates, times, st.sampled_from("Z ")),
        dates.map(":{}".format),
    )  # fmt: skip


def in_full(file: ScannedFile) -> ScannedFile:
    """Return the file with no event called plain, so that each is read in full."""
    calendars = [
        replace(one, events=[replace(block, plain=False) for block in one.events]) for one in file.calendars
    ]
    return replace(file, calendars=tuple(calendars))


def read_both_ways(text: str) -> tuple[CalendarReading, CalendarReading]:
    """Return what is read early and in full."""
    file = scan(text.encode(), "x.ics")
    return reading_of([file], person(), WINDOW), reading_of([in_full(file)], person(), WINDOW)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(when(), when(), st.lists(st.sampled_from(MORE), max_size=2)), min_size=1, max_size=4)
)
def test_what_is_passed_over_early_is_nothing_when_read_in_full(
    parts: list[tuple[str, str, list[str]]],
) -> None:
    """Occurrences, series, what is unread and what is warned of stay the same."""
    events = [
        event(f"DTSTART{start}", f"DTEND{end}", *more, uid=f"u{number}")
        for number, (start, end, more) in enumerate(parts)
    ]
    early, full = read_both_ways(calendar(*events))
    assert early == full


@settings(max_examples=200, deadline=None)
@given(when(), st.booleans())
def test_an_event_that_lasts_is_passed_over_alike(start: str, all_at_once: bool) -> None:  # noqa: FBT001 - drawn
    """One with the same start and end, and one that goes on into the window."""
    end = start if all_at_once else ":20261124T100000Z"
    early, full = read_both_ways(calendar(event(f"DTSTART{start}", f"DTEND{end}")))
    assert early == full


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20200101T100000Z", "DTEND:20200101T110000Z"),
        ("DTSTART;VALUE=DATE:20300101", "DTEND;VALUE=DATE:20300102"),
        ("DTSTART;TZID=Europe/Berlin:20200101T100000", "DTEND;TZID=Europe/Berlin:20200101T100000"),
    ],
)
def test_usual_events_of_another_time_are_passed_over(lines: tuple[str, str]) -> None:
    """With what an alarm of theirs says, and in both line ends."""
    alarm = "BEGIN:VALARM\nUID:alarm\nDURATION:PT9H\nEND:VALARM"
    for text in (calendar(event(*lines)), calendar(event(alarm, *lines, alarm)).replace("\n", "\r\n")):
        (block,) = scan(text.encode(), "x.ics").calendars[0].events
        assert Elsewhere(WINDOW).surely_holds(block)
