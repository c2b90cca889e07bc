"""Our own check of calendar files finds what the readers stay silent about: one broken file a rule."""

import pytest

from scheduler.ics.calendar import calendar_bytes
from scheduler.ics.event import invitation_lines
from tests.foreign.own_check import problems_of
from tests.unit.ics_builders import invitation

GIVEN = invitation(summary="1-2-1: Zoë, " * 9)
EVENT = invitation_lines(GIVEN)
GOOD = calendar_bytes([EVENT], [(GIVEN.zone, GIVEN.start)])
ONE_BY_ONE = b"BEGIN:STANDARD\r\nDTSTART:20251026T030000\r\nTZNAME:CET\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n"
ZONE = GOOD[GOOD.index(b"BEGIN:VTIMEZONE") : GOOD.index(b"BEGIN:VEVENT")]
WHOLE_EVENT = GOOD[GOOD.index(b"BEGIN:VEVENT") : GOOD.index(b"END:VCALENDAR")]


def test_a_good_file_has_no_problem() -> None:
    """What we write passes."""
    assert problems_of(GOOD) == []


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (GOOD.replace(b"\r\n", b"\n"), "does not end in CRLF"),
        (GOOD.replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r"), "does not end in CRLF"),
        (GOOD.removesuffix(b"\r\n"), "no line break"),
        (b"\xef\xbb\xbf" + GOOD, "byte order mark"),
        (GOOD.replace(b"\r\n ", b""), "octets, more than 75"),
        ("X:é\r\n".encode().replace(b"\xa9", b"\r\n \xa9"), "middle of a character"),
        (GOOD.replace(b"SUMMARY:", b"SUMMARY:\x07"), "control character"),
        (GOOD.replace(b"SUMMARY:", b"SUMMARY:\xff"), "not UTF-8"),
        (GOOD.replace(b"ORGANIZER;CN=Ann Able:mailto:", b"ORGANIZER;CN=Ann Able:"), "has no mailto:"),
        (GOOD.replace(ZONE, b""), "TZID Europe/Berlin has no VTIMEZONE"),
        (GOOD.replace(ZONE, ZONE * 2), "has 2 VTIMEZONEs"),
        (GOOD.replace(b"END:VTIMEZONE", ONE_BY_ONE * 2 + b"END:VTIMEZONE"), "without RRULE"),
        (
            GOOD.replace(ZONE, b"BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE\r\n"),
            "neither STANDARD nor",
        ),
        (GOOD.replace(b"UID:ann-bo-0@onetoone\r\n", b""), "has 0 UIDs"),
        (GOOD.replace(b"DTSTAMP:20261123T083000Z\r\n", b""), "has 0 DTSTAMPs"),
        (GOOD.replace(b"DTSTAMP:20261123T083000Z", b"DTSTAMP:20261123T083000"), "not in UTC"),
        (GOOD.replace(b"VERSION:2.0\r\n", b""), "0 VERSIONs"),
        (GOOD.replace(WHOLE_EVENT, WHOLE_EVENT * 2), "stands 2 times without RECURRENCE-ID"),
        (
            GOOD.replace(
                WHOLE_EVENT,
                WHOLE_EVENT.replace(b"UID:", b"RECURRENCE-ID:20261201T090000Z\r\nUID:") * 2,
            ),
            "stands 2 times for 20261201T090000Z",
        ),
        (
            GOOD.replace(b"CALSCALE", b"METHOD:REQUEST\r\nCALSCALE").replace(
                WHOLE_EVENT,
                WHOLE_EVENT + WHOLE_EVENT.replace(b"UID:", b"UID:other-"),
            ),
            "more than one UID",
        ),
        (GOOD.replace(b"BYDAY=TU", b"BYDAY=WE"), "starts on Tuesday 01 December, which is not BYDAY=WE"),
        (GOOD.replace(b"BYDAY=TU", b"BYDAY=2TU"), "is not BYDAY=2TU"),
        (GOOD.replace(b"BYDAY=TU", b"BYDAY=-1TU"), "is not BYDAY=-1TU"),
        (GOOD.replace(b"END:VEVENT\r\n", b""), "ends nothing that is open"),
        (GOOD.removesuffix(b"END:VCALENDAR\r\n"), "BEGIN:VCALENDAR has no END"),
        (GOOD.replace(b"VERSION:2.0", b"VERSION"), "not a content line"),
        (GOOD.replace(b"VERSION:2.0", b"?:2.0"), "not a content line"),
        (GOOD * 2, "not one VCALENDAR"),
        (b"", "not one VCALENDAR"),
    ],
)
def test_each_fault_is_found(broken: bytes, complaint: str) -> None:
    """A file with one fault gets a complaint that names it."""
    assert broken != GOOD
    assert complaint in "\n".join(problems_of(broken))


@pytest.mark.parametrize("byday", ["1TU", "-5TU", "MO,TU"])
def test_a_first_date_that_fits_its_rule_is_right(byday: str) -> None:
    """1 December 2026 is the first Tuesday of five."""
    assert problems_of(GOOD.replace(b"BYDAY=TU", f"BYDAY={byday}".encode())) == []
