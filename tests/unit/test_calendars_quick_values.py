"""What is read without the calendar library is read as the library does, and a usual calendar does without it."""

import subprocess
import sys
from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import vDDDTypes

from scheduler.calendars.moments import read_value
from scheduler.calendars.zones import known_zone
from tests.unit.calendars_builders import calendar, event

_READS_A_CALENDAR = """
import sys
from tests.unit.calendars_builders import read
reading = read(sys.stdin.read())
assert len(reading.occurrences) > 5, reading
assert not reading.unread
loaded = {name.partition(".")[0] for name in sys.modules}
print(sorted(loaded & {"icalendar", "recurring_ical_events"}))
"""


def by_the_library(text: str) -> object:
    """Return what icalendar makes of a value, or that it refuses it."""
    try:
        return vDDDTypes.from_ical(text.strip().upper())  # type: ignore[no-untyped-call]  # the library has no type here
    except ValueError:
        return ValueError


def by_us(text: str) -> object:
    """Return what we make of it, or that we refuse it."""
    try:
        return read_value(text)
    except ValueError:
        return ValueError


@given(
    st.one_of(
        st.from_regex(r"\A[0-9]{8}(T[0-9]{6}Z?)?\Z"),
        st.from_regex(r"\A ?[0-3]{8}[Tt][0-6]{6}[Zz]? ?\Z"),
        st.datetimes().map("{:%Y%m%dT%H%M%S}".format),
        st.datetimes().map("{:%Y%m%d}".format),
        st.text("0123456789TZ-:+W ", max_size=18),
    )
)
@example("20261124T240000")
@example("20261124T235960")
@example("00000101")
@example("2026W487")
@example("\uff12\uff10\uff12\uff16\uff11\uff11\uff12\uff14")
def test_a_date_or_time_is_read_as_the_library_reads_it(text: str) -> None:
    """The same value, of the same kind, as aware; or refused by both."""
    ours, theirs = by_us(text), by_the_library(text)
    assert ours == theirs
    assert type(ours) is type(theirs)
    if isinstance(ours, datetime) and isinstance(theirs, datetime):
        assert ours.utcoffset() == theirs.utcoffset()
    assert not isinstance(ours, date) or ours == theirs


def test_each_name_of_iana_means_its_own_zone() -> None:
    """As it is written, and in any other case."""
    for name in available_timezones():
        assert known_zone(name) is ZoneInfo(name)
        assert known_zone(name.lower()) is ZoneInfo(name)


@pytest.mark.parametrize("name", ["Europe/Nowhere", "America/Argentina", "America/Indiana", "Posix/Berlin"])
def test_what_only_looks_like_a_name_of_iana_means_nothing(name: str) -> None:
    """Folders of the zone database are none, either."""
    assert known_zone(name) is None


def test_a_usual_calendar_is_read_without_the_library() -> None:
    """Usual times, zones and rules, a changed date and one taken out need none of it, and it takes long to load."""
    at = "DTSTART;TZID=Europe/Berlin:{0}T100000\nDTEND;TZID=Europe/Berlin:{0}T103000".format
    zone = "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nEND:VTIMEZONE"
    series = event(
        at("20260901"),
        "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270101T000000Z",
        "EXDATE;TZID=Europe/Berlin:20260908T100000",
    )
    moved = event("RECURRENCE-ID;TZID=Europe/Berlin:20260915T100000", at("20260916"))
    days = event("DTSTART;VALUE=DATE:20261001", "RRULE:FREQ=MONTHLY;COUNT=3", uid="days")
    text = calendar(zone, series, moved, days, event(at("20200101"), uid="past"))
    done = subprocess.run(
        [sys.executable, "-c", _READS_A_CALENDAR], input=text, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
