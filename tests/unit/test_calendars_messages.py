"""A file that holds messages of other programs (RFC 5546) in place of a calendar, or beside one."""

import pytest

from scheduler.calendars.read_ics import scan
from scheduler.calendars.reading import reading_of
from scheduler.calendars.splice import MESSAGES
from scheduler.calendars.write_ics import with_series
from tests.unit.calendars_builders import WINDOW, calendar, event, invitation, person

ANA, BEN = person(), person("ben@example.com")


@pytest.mark.parametrize("method", sorted(MESSAGES))
@pytest.mark.parametrize("end", ["\n", ""])
def test_a_series_is_not_put_into_a_message(method: str, end: str) -> None:
    """A calendar is begun after it: what stands in a message would not be read back."""
    message = calendar(f"METHOD:{method}", event("DTSTART:20261124T100000Z")).rstrip("\n") + end
    data = with_series(scan(message.encode(), "ben.ics"), invitation(ANA, BEN))
    assert data.startswith(message.encode())
    assert b"\r" not in data
    reading = reading_of([scan(data, "ben.ics")], BEN, WINDOW)
    assert [series.mark for series in reading.series] == ["ana|bo|0"]
    assert not reading.unread


def test_the_calendar_beside_a_message_is_the_one_that_is_written() -> None:
    """Whichever of the two comes last."""
    text = calendar(event("DTSTART:20261124T100000Z")) + calendar(
        "METHOD:REPLY", event("DTSTART:20261124T100000Z")
    )
    data = with_series(scan(text.encode(), "ben.ics"), invitation(ANA, BEN)).decode()
    assert data.index("X-ONETOONE-KEY") < data.index("METHOD:REPLY")
    assert data.count("BEGIN:VCALENDAR") == 2
